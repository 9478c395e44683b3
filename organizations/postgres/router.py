"""Three roles, one schema: the owner migrates, everyone else reads and writes through `default`."""

from typing import Any


class OneSchemaRouter:
    """Lets migrations run on the owner's connection only."""

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool:
        """The role that serves pages owns nothing and may not change tables."""
        return db == "owner"
