"""The database: reached, with pgvector, by a role that row-level security binds, and migrated."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import psycopg
from django.apps import apps
from django.conf import settings

from lookus.doctor.findings import Finding, doubtful, well, wrong
from lookus.watching.parts import database_ask, migrations_missing
from tenants.base import TenantModel

PGVECTOR = (0, 8)
CLOCK_SECONDS = 5.0
MIGRATE = "Run `lookus manage migrate --database owner --no-input` with OWNER_DATABASE_URL set."
ROLES = (
    "Run lookus/roles.sql as the superuser and let DATABASE_URL name lookus_app (operations.md)."
)
_ROLE = """
    SELECT rolname, rolsuper, rolbypassrls, rolcreaterole, EXISTS (
        SELECT FROM pg_class WHERE relnamespace = 'public'::regnamespace
            AND relkind IN ('r', 'p') AND pg_has_role(current_user, relowner, 'MEMBER')
    )
    FROM pg_roles WHERE rolname = current_user
"""
_OPEN = """
    SELECT relname FROM pg_class
    WHERE relnamespace = 'public'::regnamespace AND relname = ANY(%s)
        AND NOT (relrowsecurity AND relforcerowsecurity)
    ORDER BY relname
"""


def database_check() -> Iterator[Finding]:
    try:
        with database_ask() as asked:
            yield well("database", f"Postgres {_server(asked)} answers.")
            yield from _pgvector(asked)
            yield from _role(asked)
            yield from _clock(asked)
            yield from _row_security(asked)
            yield from _pooler(asked)
        yield from _migrations()
        yield from _owners_pooler()
    except psycopg.Error as error:
        yield wrong("database", f"The database cannot be used: {_words(error)}", _cure(error))
    if "owner" not in settings.DATABASES:
        yield doubtful(
            "owner",
            "OWNER_DATABASE_URL is not set here: no migrations, no large indexes, no deletion.",
            "Set it for the migrations and for the workers; web processes need none.",
        )


def _server(asked: psycopg.Connection[Any]) -> str:
    return f"{asked.info.server_version // 10000}"


def _pgvector(asked: psycopg.Connection[Any]) -> Iterator[Finding]:
    row = asked.execute("SELECT extversion FROM pg_extension WHERE extname = 'vector'").fetchone()
    needed = ".".join(map(str, PGVECTOR))
    if row is None:
        yield wrong(
            "pgvector",
            "The database has no extension pgvector: nothing can be searched.",
            f"Install pgvector {needed} or newer on the server, then run lookus/roles.sql.",
        )
    elif tuple(int(part) for part in row[0].split(".")[:2]) < PGVECTOR:
        yield wrong(
            "pgvector",
            f"pgvector {row[0]} is too old: {needed} is needed.",
            "Install a newer one, then `ALTER EXTENSION vector UPDATE` as the superuser.",
        )
    else:
        yield well("pgvector", f"pgvector {row[0]} is there.")


def _role(asked: psycopg.Connection[Any]) -> Iterator[Finding]:
    row = asked.execute(_ROLE).fetchone()
    assert row is not None
    name, superuser, bypasses, makes_roles, owns = row
    powers = [
        words
        for words, held in (
            ("is a superuser", superuser),
            ("has BYPASSRLS", bypasses),
            ("may make roles", makes_roles),
            ("owns tables", owns),
        )
        if held
    ]
    if powers:
        yield wrong(
            "role",
            f"DATABASE_URL's role {name} {', '.join(powers)}: it must not, or a fault in the code "
            "shows one shop's rows to another.",
            ROLES,
        )
    else:
        yield well("role", f"The role {name} is bound by row-level security.")


def _clock(asked: psycopg.Connection[Any]) -> Iterator[Finding]:
    before = datetime.now(UTC)
    row = asked.execute("SELECT clock_timestamp()").fetchone()
    assert row is not None
    yield clock_told(before, row[0], datetime.now(UTC))


def clock_told(before: datetime, database: datetime, after: datetime) -> Finding:
    """`database` was read between `before` and `after`: so much is known of how far it is off."""
    off = max((before - database).total_seconds(), (database - after).total_seconds(), 0.0)
    if off > CLOCK_SECONDS:
        return wrong(
            "clock",
            f"This machine's clock and the database's are {off:.0f} seconds apart: leases end too "
            "early or late, second factors and webhooks are refused.",
            "Let both keep time by NTP (chrony or systemd-timesyncd).",
        )
    return well("clock", "This machine and the database agree about the time.")


def _row_security(asked: psycopg.Connection[Any]) -> Iterator[Finding]:
    tables = [one._meta.db_table for one in apps.get_models() if issubclass(one, TenantModel)]
    open_ones = [name for (name,) in asked.execute(_OPEN, [tables]).fetchall()]
    if open_ones:
        yield wrong(
            "row_security",
            f"Row-level security is off in {', '.join(open_ones[:5])}.",
            "As lookus_owner: ALTER TABLE … ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY.",
        )


def _pooler(asked: psycopg.Connection[Any]) -> Iterator[Finding]:
    if is_pooled(asked) and settings.DATABASE_POOLER == "none":
        yield doubtful(
            "pooler",
            "DATABASE_URL leads through a pooler.",
            "If it pools transactions, set DATABASE_POOLER=transaction.",
        )


def _owners_pooler() -> Iterator[Finding]:
    """Building an index holds a lock of its session, which a pooler would give to others."""
    if "owner" not in settings.DATABASES:
        return
    with database_ask("owner") as asked:
        if is_pooled(asked):
            yield wrong(
                "pooler",
                "OWNER_DATABASE_URL leads through a pooler: migrations and index builds need a "
                "session of their own.",
                "Let it name Postgres itself; only DATABASE_URL goes through the pooler.",
            )


def is_pooled(asked: psycopg.Connection[Any]) -> bool:
    """Whether somebody stands between: the greeting named another process than the one at work."""
    row = asked.execute("SELECT pg_backend_pid()").fetchone()
    assert row is not None
    return bool(asked.info.backend_pid != row[0])


def _migrations() -> Iterator[Finding]:
    missing = migrations_missing()
    if missing:
        yield wrong(
            "migrations",
            f"{len(missing)} migrations are missing: {', '.join(missing[:3])} …",
            MIGRATE,
        )
    else:
        yield well("migrations", "The database has every migration of this version.")


def _words(error: psycopg.Error) -> str:
    return " ".join(str(error).split())[:300]


def _cure(error: psycopg.Error) -> str:
    said = str(error)
    if "password authentication" in said or 'role "' in said or "no pg_hba" in said:
        return f"The role or its password is refused. {ROLES}"
    if 'database "' in said and "does not exist" in said:
        return "Make it: CREATE DATABASE lookus OWNER lookus_owner, then lookus/roles.sql in it."
    return "Start Postgres, and see that DATABASE_URL names its host and port."
