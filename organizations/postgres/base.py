"""PostgreSQL with the organization applied at every outermost BEGIN, and gone at COMMIT or ROLLBACK.

`set_config(..., is_local => true)` only: a session-level setting was seen to bring the previous tenant back
after a rollback.
"""

from django.db.backends.postgresql import base

from organizations.scope import current_scope

APPLY = """
SELECT set_config('app.org', %s, true), set_config('app.actor', %s, true), set_config('app.user', %s, true)
"""


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's PostgreSQL backend; the first statement of each transaction names its scope."""

    def set_autocommit(
        self, autocommit: bool, force_begin_transaction_with_broken_autocommit: bool = False
    ) -> None:
        """Begin as Django does, then tell the new transaction whose rows it may see."""
        super().set_autocommit(autocommit, force_begin_transaction_with_broken_autocommit)
        if not autocommit:
            self.apply_scope()

    def apply_scope(self) -> None:
        """Write the scope in force into the open transaction."""
        scope = current_scope()
        with self.connection.cursor() as cursor:
            cursor.execute(APPLY, (str(scope.organization_id or ""), scope.actor, scope.user_id))
