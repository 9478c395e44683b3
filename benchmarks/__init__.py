"""Commands that make test material and measure what the documentation claims."""
