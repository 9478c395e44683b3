"""Refusing to start where isolation would be a fiction.

Superusers and BYPASSRLS roles ignore row security, and an owner may switch it off.
"""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.core.exceptions import ImproperlyConfigured
from django.db import connections

POWERFUL = """
SELECT r.rolsuper OR r.rolbypassrls OR EXISTS (
  SELECT 1 FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE c.relowner = r.oid AND c.relkind IN ('r', 'p') AND n.nspname = 'public')
FROM pg_roles r WHERE r.rolname = current_user
"""


def refuse_powerful_role() -> None:
    """Raise ImproperlyConfigured when the serving role could see or unlock every tenant. Run at boot."""
    if _serving_role_is_powerful():
        raise ImproperlyConfigured(
            "DATABASE_URL names a role that bypasses row security or owns tables. Use app_rw."
        )


@register(Tags.database)
def serving_role(app_configs: Any, databases: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """organizations.E001: the role that serves pages must be powerless over row security."""
    if not databases or "default" not in databases or not _serving_role_is_powerful():
        return []
    return [
        Error(
            "The database role of DATABASE_URL is a superuser, bypasses row security, or owns tables.",
            hint="Use app_rw; migrations use DATABASE_OWNER_URL.",
            id="organizations.E001",
        )
    ]


@register(Tags.security, deploy=True)
def sandboxes_in_production(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """organizations.W001: a partner played by a sandbox never reaches anybody."""
    played = [kind for kind, path in settings.GATEWAYS.items() if ".sandbox." in path]
    if settings.SANDBOX or not played:
        return []
    return [
        Warning(
            f"These partners are sandboxes: {', '.join(played)}.",
            hint="Set GATEWAY_<KIND>, or SANDBOX=true for a demonstration.",
            id="organizations.W001",
        )
    ]


def refuse_unintended_sandboxes() -> None:
    """Raise ImproperlyConfigured when a sandbox would answer for a partner and nobody asked for it."""
    if messages := sandboxes_in_production(None):
        raise ImproperlyConfigured(f"{messages[0].msg} {messages[0].hint}")


def _serving_role_is_powerful() -> bool:
    with connections["default"].cursor() as cursor:
        cursor.execute(POWERFUL)
        return bool(cursor.fetchone()[0])
