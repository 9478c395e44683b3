"""The database's own catalog, asked whether every tenant table is locked. Removing one policy turns this red."""

import pytest
from django.db import connections

GLOBAL_UNIQUES = {"organizations_organization", "organizations_user"}  # not tenant tables: no organization_id
TENANT_TABLES = """
SELECT c.oid, c.relname FROM pg_class c
JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'organization_id' AND NOT a.attisdropped
JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind IN ('r', 'p') AND n.nspname = 'public'
"""
UNLOCKED = f"""
SELECT t.relname FROM ({TENANT_TABLES}) t JOIN pg_class c ON c.oid = t.oid
WHERE NOT (c.relrowsecurity AND c.relforcerowsecurity AND EXISTS (
  SELECT 1 FROM pg_policy p WHERE p.polrelid = t.oid AND p.polqual IS NOT NULL AND p.polwithcheck IS NOT NULL
    AND pg_get_expr(p.polwithcheck, p.polrelid) = '(organization_id = app_org())'))
"""
TELLTALE_UNIQUES = f"""
SELECT t.relname, i.relname FROM ({TENANT_TABLES}) t
JOIN pg_index x ON x.indrelid = t.oid AND x.indisunique
JOIN pg_class i ON i.oid = x.indexrelid
LEFT JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = x.indkey[0]
WHERE a.attname IS DISTINCT FROM 'organization_id' AND NOT x.indisprimary
"""
SINGLE_KEYS = f"""
SELECT f.conname FROM pg_constraint f
JOIN ({TENANT_TABLES}) child ON child.oid = f.conrelid JOIN ({TENANT_TABLES}) parent ON parent.oid = f.confrelid
WHERE f.contype = 'f' AND NOT EXISTS (
  SELECT 1 FROM pg_attribute a WHERE a.attrelid = f.conrelid AND a.attnum = f.conkey[1] AND a.attname = 'organization_id')
"""
LOOSE_KEYS = f"""
SELECT t.relname, a.attname FROM ({TENANT_TABLES}) t
JOIN pg_attribute a ON a.attrelid = t.oid AND a.attname LIKE '%%\\_id' AND a.atttypid = 'uuid'::regtype AND a.attnum > 0
WHERE NOT EXISTS (SELECT 1 FROM pg_constraint f WHERE f.conrelid = t.oid AND f.contype = 'f' AND a.attnum = ANY (f.conkey))
  AND t.relname NOT LIKE '%%\\_historical%%'
"""
# Ids of rows on higher floors, or of nothing at all: followed by code that stands in the organization's scope.
KNOWN_LOOSE = {
    ("audit_accessevent", "object_id"),
    ("insurance_eligibilitycheck", "about_id"),
    ("notifications_message", "about_id"),
    ("organizations_accesslink", "subject_id"),
    ("referrals_referral", "source_id"),
}


@pytest.fixture
def owner(db):
    """A cursor of the role that owns the tables: nothing is hidden from the catalog's reader."""
    with connections["owner"].cursor() as cursor:
        yield cursor
    connections["owner"].close()


def ask(cursor, question: str) -> list[tuple]:
    cursor.execute(question, [])
    return cursor.fetchall()


pytestmark = pytest.mark.django_db(databases=["default", "owner"])


def test_every_tenant_table_is_locked_both_ways(owner):
    assert len(ask(owner, TENANT_TABLES)) > 50
    assert ask(owner, UNLOCKED) == []


def test_no_unique_index_tells_one_tenant_about_another(owner):
    assert ask(owner, TELLTALE_UNIQUES) == []


def test_every_key_between_tenant_tables_is_composite(owner):
    assert ask(owner, SINGLE_KEYS) == []
    assert {tuple(row) for row in ask(owner, LOOSE_KEYS)} <= KNOWN_LOOSE


def test_views_run_as_their_reader_and_no_materialized_view_exists(owner):
    rows = ask(owner, "SELECT relname, relkind, reloptions FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace "
                      "WHERE n.nspname = 'public' AND relkind IN ('v', 'm')")  # fmt: skip
    assert [r for r in rows if r[1] == "m" or "security_invoker=true" not in (r[2] or [])] == []


def test_no_function_runs_with_its_owners_rights(owner):
    rows = ask(owner, "SELECT proname FROM pg_proc p JOIN pg_namespace n ON n.oid = pronamespace "
                      "JOIN pg_roles r ON r.oid = p.proowner WHERE prosecdef AND n.nspname = 'public'")  # fmt: skip
    assert rows == []


def test_the_serving_role_is_powerless_over_locks(owner):
    rows = ask(
        owner, "SELECT rolsuper OR rolbypassrls OR rolcreaterole FROM pg_roles WHERE rolname = 'app_rw'"
    )
    assert rows == [(False,)]
    assert ask(owner, "SELECT relname FROM pg_class WHERE relowner = 'app_rw'::regrole") == []


def test_the_operations_role_reaches_only_the_outbox(owner):
    rows = ask(
        owner,
        "SELECT DISTINCT table_name FROM information_schema.role_table_grants WHERE grantee = 'app_ops'",
    )
    assert rows == [("jobs_job",)]


@pytest.mark.parametrize(
    "sabotage",
    [
        "DROP POLICY organization_isolation ON patients_patient",
        "ALTER TABLE referrals_step NO FORCE ROW LEVEL SECURITY",
        "ALTER TABLE intake_historicalarrival DISABLE ROW LEVEL SECURITY",
    ],
)
def test_removing_one_lock_is_noticed_by_name(owner, sabotage):
    owner.execute("BEGIN")
    owner.execute(sabotage)
    found = ask(owner, UNLOCKED)
    owner.execute("ROLLBACK")
    assert [name for (name,) in found] == [
        next(w for w in sabotage.split() if "_" in w and w != "organization_isolation")
    ]
