"""What is done to the directory."""
