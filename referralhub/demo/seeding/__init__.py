"""The demo world as rows, one module a theme: made in memory and written together, with their history."""
