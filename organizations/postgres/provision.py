"""Make a PostgreSQL server ready for ReferralHub: three roles, one database, its extensions and rights.

    python -m organizations.postgres.provision --admin-url postgresql://… --database referralhub

Needs psycopg only, may be run again at any time, and prints the three addresses the application reads.
Passwords come from APP_OWNER_PASSWORD, APP_RW_PASSWORD and APP_OPS_PASSWORD, never from the command line,
where any user of the machine could read them.

Why three roles: superusers and table owners can step around row security, so the role that serves requests
is neither (https://www.postgresql.org/docs/current/ddl-rowsecurity.html).
"""

import argparse
import json
import os
import sys
from collections.abc import Mapping, Sequence
from typing import LiteralString, NamedTuple
from urllib.parse import quote, urlsplit, urlunsplit

import psycopg
from psycopg import errors, sql
from psycopg.conninfo import make_conninfo

EXTENSIONS = ("pg_trgm", "btree_gist", "unaccent")  # all "trusted": a database's owner may create them
OLDEST_SERVER = 150000  # 15.0: security_invoker views, and a public schema closed to strangers
FROM_NOW_ON: LiteralString = "ALTER DEFAULT PRIVILEGES FOR ROLE app_owner IN SCHEMA public"
PROVISIONING = 20_418  # advisory lock, so that two runs at once take turns


class Role(NamedTuple):
    """A login role: what it is called, what it may do, and its settings in each session."""

    name: str
    variable: str
    attributes: Mapping[str, bool]
    settings: Mapping[str, str]


ROLES = (
    Role(
        "app_owner",
        "DATABASE_OWNER_URL",
        {"LOGIN": True, "SUPERUSER": False, "BYPASSRLS": False, "CREATEDB": True},
        {"lock_timeout": "2s"},
    ),
    Role(
        "app_rw",
        "DATABASE_URL",
        {"LOGIN": True, "SUPERUSER": False, "BYPASSRLS": False, "CREATEDB": False},
        {"statement_timeout": "15s", "lock_timeout": "3s", "idle_in_transaction_session_timeout": "60s"},
    ),
    Role(
        "app_ops",
        "DATABASE_OPS_URL",
        {"LOGIN": True, "SUPERUSER": False, "BYPASSRLS": True, "CREATEDB": False},
        {},
    ),
)
CATALOG_COLUMNS = {
    "LOGIN": "rolcanlogin",
    "SUPERUSER": "rolsuper",
    "BYPASSRLS": "rolbypassrls",
    "CREATEDB": "rolcreatedb",
}


class CannotProvision(Exception):
    """The server cannot be made ready; the text says what is missing and what to do."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; return 0, or 1 after one sentence on standard error."""
    parser = argparse.ArgumentParser(prog="python -m organizations.postgres.provision", description=__doc__)
    parser.add_argument("--admin-url", required=True, help="a role that may create roles and databases")
    parser.add_argument("--database", required=True, help="created when it does not exist")
    parser.add_argument(
        "--json", action="store_true", help="print one JSON object instead of NAME=value lines"
    )
    options = parser.parse_args(arguments)
    passwords = {role.name: os.environ.get(f"{role.name.upper()}_PASSWORD", "") for role in ROLES}
    try:
        urls = provision(options.admin_url, options.database, passwords)
    except CannotProvision as reason:
        sys.stderr.write(f"{reason}\n")
        return 1
    lines = [json.dumps(urls)] if options.json else [f"{name}={url}" for name, url in urls.items()]
    sys.stdout.write("\n".join(lines) + "\n")
    return 0


def provision(admin_url: str, database: str, passwords: Mapping[str, str]) -> dict[str, str]:
    """Make roles and database; return the addresses by variable name, or raise CannotProvision."""
    if not admin_url.startswith(("postgresql://", "postgres://")):
        raise CannotProvision("The database's address must begin with postgresql://")
    try:
        with connect_as_admin(admin_url) as admin:
            prepare_server(admin, database, passwords)
        with psycopg.connect(make_conninfo(admin_url, dbname=database), autocommit=True) as connection:
            connection.execute("SET ROLE app_owner")
            prepare_database(connection)
    except errors.InsufficientPrivilege as refusal:
        raise CannotProvision(
            f"The database role of the given address may not set up ReferralHub ({first_line(refusal)}). "
            "Use a superuser, or create app_owner, app_rw and app_ops yourself and set DATABASE_URL, "
            "DATABASE_OWNER_URL and DATABASE_OPS_URL."
        ) from refusal
    except psycopg.Error as trouble:
        raise CannotProvision(f"PostgreSQL could not be made ready: {first_line(trouble)}") from trouble
    return {role.variable: url_for(admin_url, role.name, passwords[role.name], database) for role in ROLES}


def connect_as_admin(admin_url: str) -> psycopg.Connection:
    """Connect to the database of the address or, where it does not exist yet, to the server's own."""
    try:
        return psycopg.connect(admin_url, autocommit=True)
    except psycopg.OperationalError:
        return psycopg.connect(make_conninfo(admin_url, dbname="postgres"), autocommit=True)


def prepare_server(admin: psycopg.Connection, database: str, passwords: Mapping[str, str]) -> None:
    """Create or correct what belongs to the whole server: the roles, and the database as such."""
    require_supported_server(admin)
    admin.execute("SELECT pg_advisory_lock(%s)", [PROVISIONING])
    for role in ROLES:
        ensure_role(admin, role, passwords[role.name])
    ensure_owner_can_be_played(admin)
    ensure_database(admin, database)


def require_supported_server(admin: psycopg.Connection) -> None:
    """Refuse servers older than 15."""
    version = admin.info.server_version
    if version < OLDEST_SERVER:
        raise CannotProvision(f"PostgreSQL 15 or newer is needed; this server is {version // 10000}.")


def ensure_role(admin: psycopg.Connection, role: Role, password: str) -> None:
    """Create the role, or correct what differs: only a superuser may name some attributes, even to say no."""
    columns = sql.SQL(", ").join(sql.Identifier(CATALOG_COLUMNS[name]) for name in role.attributes)
    query = sql.SQL("SELECT {} FROM pg_roles WHERE rolname = %s").format(columns)
    found = admin.execute(query, [role.name]).fetchone()
    current = dict(zip(role.attributes, found or [False] * len(role.attributes), strict=True))
    changes = [
        name if wanted else f"NO{name}" for name, wanted in role.attributes.items() if wanted != current[name]
    ]
    name = sql.Identifier(role.name)
    if found is None:
        admin.execute(sql.SQL("CREATE ROLE {}").format(name))
    if changes:
        admin.execute(sql.SQL("ALTER ROLE {} {}").format(name, sql.SQL(" ".join(changes))))
    if password:
        scrambled = admin.pgconn.encrypt_password(password.encode(), role.name.encode(), b"scram-sha-256")
        admin.execute(sql.SQL("ALTER ROLE {} PASSWORD {}").format(name, scrambled.decode()))
    for setting, value in role.settings.items():
        admin.execute(sql.SQL("ALTER ROLE {} SET {} = {}").format(name, sql.Identifier(setting), value))


def ensure_owner_can_be_played(admin: psycopg.Connection) -> None:
    """Let an admin who is no superuser act as app_owner, which creating its database needs."""
    row = admin.execute("SELECT pg_has_role(current_user, 'app_owner', 'MEMBER')").fetchone()
    if row != (True,):
        admin.execute("GRANT app_owner TO CURRENT_USER")


def ensure_database(admin: psycopg.Connection, database: str) -> None:
    """Create the database, or give an existing one to app_owner, who alone may change its tables."""
    query = "SELECT pg_get_userbyid(datdba) FROM pg_database WHERE datname = %s"
    found = admin.execute(query, [database]).fetchone()
    name = sql.Identifier(database)
    if found is None:
        admin.execute(sql.SQL("CREATE DATABASE {} OWNER app_owner").format(name))
    elif found[0] != "app_owner":
        admin.execute(sql.SQL("ALTER DATABASE {} OWNER TO app_owner").format(name))


def prepare_database(connection: psycopg.Connection) -> None:
    """Give one database its extensions and rights. The connection acts as the database's owner, app_owner.

    app_rw may read and write rows of every table that app_owner makes from now on; app_ops receives nothing
    here, because migrations grant it single tables by name.
    """
    for extension in EXTENSIONS:
        connection.execute(sql.SQL("CREATE EXTENSION IF NOT EXISTS {}").format(sql.Identifier(extension)))
    for statement in (
        "REVOKE CREATE ON SCHEMA public FROM PUBLIC",
        "GRANT USAGE ON SCHEMA public TO app_rw, app_ops",
        f"{FROM_NOW_ON} GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO app_rw",
        f"{FROM_NOW_ON} GRANT USAGE, SELECT ON SEQUENCES TO app_rw",
    ):
        connection.execute(statement)


def url_for(admin_url: str, role: str, password: str, database: str) -> str:
    """Return the admin's address with another role and database; host, port and options stay."""
    address = urlsplit(admin_url)
    secret = f":{quote(password, safe='')}" if password else ""
    server = address.netloc.rpartition("@")[2]
    return urlunsplit(
        address._replace(netloc=f"{role}{secret}@{server}", path=f"/{quote(database, safe='')}")
    )


def first_line(trouble: psycopg.Error) -> str:
    """Return what went wrong without the server's hints and line marks."""
    return (trouble.diag.message_primary or str(trouble)).partition("\n")[0]


if __name__ == "__main__":
    sys.exit(main())
