"""Numbers people say aloud: one counter an organization and kind, without gaps that matter."""

from django.db import connection

from organizations.ids import uuid7
from organizations.scope import current_organization_id

NEXT = """
INSERT INTO organizations_counter (id, organization_id, kind, value) VALUES (%s, %s, %s, %s)
ON CONFLICT (organization_id, kind) DO UPDATE SET value = organizations_counter.value + 1
RETURNING value
"""


def next_number(kind: str, *, first: int = 1) -> int:
    """The next number of this kind in the organization in scope. The row stays locked until commit."""
    with connection.cursor() as cursor:
        cursor.execute(NEXT, [uuid7(), current_organization_id(), kind, first])
        return int(cursor.fetchone()[0])
