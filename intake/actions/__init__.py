"""What people and machines do to an arrival, by theme. Each verb is one transaction."""
