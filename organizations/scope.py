"""One organization, one actor at a time: the ambient scope in which every tenant query runs.

The scope lives in a context variable and, at each outermost BEGIN, in PostgreSQL (`organizations.postgres`),
where row security reads it. It is local to the transaction: a rollback can never bring another tenant back.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from uuid import UUID

from django.db import connections, transaction


class NoOrganization(RuntimeError):
    """A tenant query was asked for outside any organization's scope."""


class OrganizationSwitch(RuntimeError):
    """Another organization's scope was opened inside an open transaction."""


@dataclass(frozen=True)
class Scope:
    """Whose rows are visible, and who acts: `user:<id>`, `job:<name>`, `link:<id>` or `command:<name>`."""

    organization_id: UUID | None = None
    actor: str = ""

    @property
    def user_id(self) -> str:
        """The acting user's id as text, empty when no person is signed in."""
        kind, _, identity = self.actor.partition(":")
        return identity if kind == "user" else ""


_scope: ContextVar[Scope] = ContextVar("scope", default=Scope())  # noqa: B039 (it is frozen)


def current_scope() -> Scope:
    """The scope in force, empty when there is none."""
    return _scope.get()


def current_organization_id() -> UUID:
    """The organization in scope; raises NoOrganization outside one."""
    if (organization_id := _scope.get().organization_id) is None:
        raise NoOrganization("No organization is in scope.")
    return organization_id


def organization_in_scope() -> UUID | None:
    """Field default. Migrations evaluate defaults outside any scope, so this one may be None."""
    return _scope.get().organization_id


@contextmanager
def organization_scope(organization_id: UUID | str | None, *, actor: str = "") -> Iterator[None]:
    """Open a transaction in which only this organization's rows exist.

    Nested use for the same organization is a savepoint; the actor is inherited when not given.
    Raises OrganizationSwitch when another organization's transaction is open, NoOrganization for None.
    """
    if organization_id is None:
        raise NoOrganization("No organization was named.")
    outer = _scope.get()
    scope = Scope(UUID(str(organization_id)), actor or outer.actor)
    if connections["default"].in_atomic_block and outer.organization_id not in (None, scope.organization_id):
        raise OrganizationSwitch("Another organization's transaction is open.")
    with _entered(scope), transaction.atomic():
        yield


@contextmanager
def acting(actor: str) -> Iterator[None]:
    """Act as a person before an organization is chosen: only that person's memberships are visible."""
    with _entered(Scope(None, actor)), transaction.atomic():
        yield


@contextmanager
def _entered(scope: Scope) -> Iterator[None]:
    token = _scope.set(scope)
    _tell_open_transaction()
    try:
        yield
    finally:
        _scope.reset(token)
        _tell_open_transaction()


def _tell_open_transaction() -> None:
    connection = connections["default"]
    if connection.in_atomic_block and not connection.needs_rollback and not connection.closed_in_transaction:
        connection.apply_scope()  # type: ignore[attr-defined]
