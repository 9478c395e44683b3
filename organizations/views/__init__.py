"""Pages of floor 0: choosing an organization, staying signed in, health, settings and people."""
