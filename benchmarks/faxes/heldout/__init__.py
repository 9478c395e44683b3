"""The held-out set's own words, people and places: for measuring a reader, never for making one."""
