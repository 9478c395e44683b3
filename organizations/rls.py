"""Migration operations that put the database's two locks on a tenant table.

Row security filters every statement and checks every write. Foreign-key checks bypass row security, so each
key between tenant tables is composite: `(organization_id, x_id) -> (organization_id, id)`.
"""

from typing import Any

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

FUNCTIONS = """
CREATE FUNCTION app_org() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE AS
  $$ SELECT nullif(current_setting('app.org', true), '')::uuid $$;
CREATE FUNCTION app_user() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE AS
  $$ SELECT nullif(current_setting('app.user', true), '')::uuid $$;
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = '42501'; END $$;
CREATE FUNCTION require_actor() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    IF coalesce(current_setting('app.actor', true), '') = '' THEN
      RAISE EXCEPTION '% may not change without an actor', TG_TABLE_NAME USING ERRCODE = '42501';
    END IF;
    RETURN coalesce(NEW, OLD);
  END $$;
"""
DROP_FUNCTIONS = "DROP FUNCTION require_actor(), refuse_change(), app_user(), app_org();"

OWN_ROWS = "organization_id = app_org()"
LOCK = """
ALTER TABLE "{table}" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "{table}" FORCE ROW LEVEL SECURITY;
CREATE POLICY organization_isolation ON "{table}" USING ({visible}) WITH CHECK ({own});
"""
UNLOCK = """
DROP POLICY organization_isolation ON "{table}";
ALTER TABLE "{table}" NO FORCE ROW LEVEL SECURITY;
ALTER TABLE "{table}" DISABLE ROW LEVEL SECURITY;
"""
COMPOSITE = """
ALTER TABLE "{table}" ADD CONSTRAINT "{name}" FOREIGN KEY (organization_id, "{column}")
  REFERENCES "{other}" (organization_id, id) DEFERRABLE INITIALLY DEFERRED;
"""
APPEND_ONLY = """
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON "{table}" FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON "{table}" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
"""
ATTRIBUTED = """
CREATE TRIGGER attributed BEFORE UPDATE OR DELETE ON "{table}" FOR EACH ROW EXECUTE FUNCTION require_actor();
"""


class Isolate(Operation):
    """Lock one table to its organization; composite keys follow from the model's foreign keys.

    `append_only` refuses every UPDATE, DELETE and TRUNCATE, from the owner too. `attributed` refuses a change
    made with no actor in scope. `visible` widens what may be read (memberships, by their own person).
    """

    reversible = True
    reduces_to_sql = True

    def __init__(
        self, model_name: str, append_only: bool = False, attributed: bool = False, visible: str = OWN_ROWS
    ) -> None:
        self.model_name = model_name
        self.append_only = append_only
        self.attributed = attributed
        self.visible = visible

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Row security is not part of Django's model state."""

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: Any, to_state: Any
    ) -> None:
        """Add the policy, the tenant-wide key, the composite keys and the triggers asked for."""
        model = to_state.apps.get_model(app_label, self.model_name)
        table = model._meta.db_table
        schema_editor.execute(LOCK.format(table=table, visible=self.visible, own=OWN_ROWS))
        historical = model.__name__.startswith("Historical")
        if not historical:
            schema_editor.execute(
                f'ALTER TABLE "{table}" ADD CONSTRAINT "{table[:50]}_org_id" UNIQUE (organization_id, id)'
            )
            self._add_composite_keys(model, schema_editor)
        if self.append_only or historical:
            schema_editor.execute(APPEND_ONLY.format(table=table))
        if self.attributed:
            schema_editor.execute(ATTRIBUTED.format(table=table))

    def _add_composite_keys(self, model: Any, schema_editor: BaseDatabaseSchemaEditor) -> None:
        table = model._meta.db_table
        for field in model._meta.fields:
            if is_tenant_key(field):
                schema_editor.execute(composite_key(table, field))

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: Any, to_state: Any
    ) -> None:
        """Remove what was added, newest first."""
        model = from_state.apps.get_model(app_label, self.model_name)
        table = model._meta.db_table
        for trigger in ("append_only", "never_emptied", "attributed"):
            schema_editor.execute(f'DROP TRIGGER IF EXISTS {trigger} ON "{table}"')
        for field in model._meta.fields:
            if is_tenant_key(field):
                schema_editor.execute(
                    f'ALTER TABLE "{table}" DROP CONSTRAINT IF EXISTS "{key_name(table, field)}"'
                )
        schema_editor.execute(
            f'ALTER TABLE "{table}" DROP CONSTRAINT IF EXISTS "{table[:50]}_org_id" CASCADE'
        )
        schema_editor.execute(UNLOCK.format(table=table))

    def describe(self) -> str:
        """For `migrate`'s output."""
        return f"Isolate {self.model_name} by organization"


class AddCompositeKey(Operation):
    """Lock one foreign key added after its table was isolated."""

    reversible = True
    reduces_to_sql = True

    def __init__(self, model_name: str, field_name: str) -> None:
        self.model_name = model_name
        self.field_name = field_name

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Composite keys are not part of Django's model state."""

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: Any, to_state: Any
    ) -> None:
        """Add the composite key."""
        model = to_state.apps.get_model(app_label, self.model_name)
        schema_editor.execute(composite_key(model._meta.db_table, model._meta.get_field(self.field_name)))

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: Any, to_state: Any
    ) -> None:
        """Drop the composite key."""
        model = from_state.apps.get_model(app_label, self.model_name)
        table, name = (
            model._meta.db_table,
            key_name(model._meta.db_table, model._meta.get_field(self.field_name)),
        )
        schema_editor.execute(f'ALTER TABLE "{table}" DROP CONSTRAINT "{name}"')

    def describe(self) -> str:
        """For `migrate`'s output."""
        return f"Keep {self.model_name}.{self.field_name} inside its organization"


def composite_key(table: str, field: Any) -> str:
    """The statement that keeps one foreign key inside its organization."""
    other = field.related_model._meta.db_table
    return COMPOSITE.format(table=table, column=field.column, other=other, name=key_name(table, field))


def key_name(table: str, field: Any) -> str:
    """The constraint's name, within PostgreSQL's 63 characters."""
    return f"{table[:30]}_{field.column[:24]}_tfk"


def is_tenant_key(field: Any) -> bool:
    """Whether a field points from one tenant table to another (the organization itself is global)."""
    other = getattr(field, "related_model", None)
    return bool(
        field.is_relation
        and field.concrete
        and field.column != "organization_id"
        and other is not None
        and any(f.column == "organization_id" for f in other._meta.fields)
    )
