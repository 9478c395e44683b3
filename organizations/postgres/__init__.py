"""PostgreSQL with an organization in scope."""
