"""Run as `./dev manage <name>`."""
