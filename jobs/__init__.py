"""Work that must happen later."""
