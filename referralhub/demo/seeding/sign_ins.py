"""Who may sign in to the demo, as a table for the terminal."""

from collections.abc import Iterator

from organizations.roles import ROLES
from referralhub.demo import practices
from referralhub.demo.seeding.organizations_and_people import PASSWORD


def sign_ins() -> str:
    """The demo's people by organization, and their one password."""
    return "\n".join(_lines())


def _lines() -> Iterator[str]:
    yield f"Demo sign-ins, all with the password  {PASSWORD}"
    for organization in practices.ORGANIZATIONS:
        yield ""
        yield organization.name
        for user in practices.USERS:
            if user.organization == organization.slug:
                yield f"  {user.email:<28}{ROLES[user.role].label:<16}{user.name}"
