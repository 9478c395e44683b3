"""The demo world: plain data and pure functions. Nobody in it exists."""
