"""The test database: made by the owner's role, used by the application's."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest
from django.db import connections
from psycopg import sql

from lookus.embedded import SUPERUSER, THROWAWAY, EmbeddedPostgres
from lookus.settings import postgres

PREFIX = "test_"
# Where the rows that migrations made are kept, to be put back after each emptying.
PRISTINE = "pristine"
# A connection that a test forgot in a transaction fails here instead of waiting for ever.
LOCK_TIMEOUT = "20s"
# A vacuum that runs when the database is dropped belongs to nobody whom the owner may end.
SETTINGS = THROWAWAY | {"autovacuum": "off"}


@dataclass
class Databases:
    """`server_url` is the owner's address of a database that exists, to make others from.

    `superuser_url` and the server's `log` are known of the embedded server only.
    """

    server_url: str
    app_url: str
    owner_url: str
    superuser_url: str = ""
    log: Path | None = None
    kept_tables: list[str] = field(default_factory=list)

    @classmethod
    @contextmanager
    def serve(cls, home: Path) -> Iterator["Databases"]:
        app, owner = os.environ.get("DATABASE_URL"), os.environ.get("OWNER_DATABASE_URL")
        if app and owner:
            yield cls(owner, _test_database(app), _test_database(owner))
            return
        server = EmbeddedPostgres(home, settings=SETTINGS)
        try:
            addresses = server.start()
            app, owner = addresses.app, addresses.owner
            superuser = addresses.url(SUPERUSER)
            yield cls(owner, *map(_test_database, (app, owner, superuser)), log=server.log)
        finally:
            server.destroy()

    def create(self) -> None:
        self._server("DROP DATABASE IF EXISTS {} WITH (FORCE)")
        self._server("CREATE DATABASE {}")

    def drop(self) -> None:
        """On a server that stays. The embedded one goes as a whole, and a superuser's connection
        that is just ending there is not the owner's to cut."""
        if not self.superuser_url:
            self._server("DROP DATABASE IF EXISTS {} WITH (FORCE)")

    def point(self, alias: str, address: str) -> None:
        """Let Django's connection `alias` lead to `address` from now on, in every thread."""
        settings: dict[str, Any] = connections.settings
        settings[alias] = {**settings["default"], **postgres(address)}
        for connection in connections.all(initialized_only=True):
            if connection.alias == alias:
                connection.settings_dict.update(settings[alias])

    def remember_rows_of_migrations(self) -> None:
        """Copy the tables that migrations filled (content types, permissions, plans …)."""
        with psycopg.connect(self.owner_url) as connection:
            connection.execute(f"CREATE SCHEMA {PRISTINE}")
            self.kept_tables = _filled_tables(connection)
            for table in self.kept_tables:
                source, copy = sql.Identifier(table), sql.Identifier(PRISTINE, table)
                connection.execute(sql.SQL("CREATE TABLE {} AS TABLE {}").format(copy, source))

    def empty(self) -> None:
        """What `flush` is elsewhere: every filled table emptied, the migrations' rows put back."""
        for connection in connections.all(initialized_only=True):
            connection.close()
        with psycopg.connect(self.superuser_url or self.owner_url) as connection:
            connection.execute(f"SET lock_timeout = '{LOCK_TIMEOUT}'")
            filled = _filled_tables(connection)
            if not filled:
                return
            names = sql.SQL(", ").join(map(sql.Identifier, filled))
            if self.superuser_url:
                _delete(connection, filled, names)
            else:
                connection.execute(sql.SQL("TRUNCATE {} CASCADE").format(names))
            connection.execute("SET CONSTRAINTS ALL DEFERRED")
            for table in self.kept_tables:
                copy, target = sql.Identifier(PRISTINE, table), sql.Identifier(table)
                connection.execute(
                    sql.SQL("INSERT INTO {} OVERRIDING SYSTEM VALUE TABLE {}").format(target, copy)
                )
            connection.commit()
            if self.superuser_url:
                # What is empty takes no space again, and is not among the filled the next time.
                connection.autocommit = True
                connection.execute(sql.SQL("VACUUM (SKIP_DATABASE_STATS) {}").format(names))

    def _server(self, statement: str) -> None:
        name = sql.Identifier(urlsplit(self.owner_url).path.lstrip("/"))
        with psycopg.connect(self.server_url, autocommit=True) as connection:
            connection.execute(sql.SQL(statement).format(name))


def refuse_privileged_role(cursor: Any) -> None:
    """Stop the whole run where row-level security would not bind the role under test."""
    cursor.execute(
        """
        SELECT current_user, rolsuper, rolbypassrls, EXISTS (
            SELECT FROM pg_class
            WHERE relnamespace = 'public'::regnamespace
              AND pg_has_role(current_user, relowner, 'MEMBER')
        )
        FROM pg_roles WHERE rolname = current_user
        """
    )
    role, superuser, bypasses, owns = cursor.fetchone()
    faults = [
        name
        for name, held in (
            ("is a superuser", superuser),
            ("has BYPASSRLS", bypasses),
            ("owns tables", owns),
        )
        if held
    ]
    if faults:
        pytest.exit(
            f"tests refuse the database role {role}: it {' and '.join(faults)}, so that no test of "
            "isolation means anything (use a plain role, as lookus/roles.sql makes)",
            returncode=4,
        )


def _test_database(address: str) -> str:
    """Of a database, the test's; of each of several processes its own."""
    parts = urlsplit(address)
    name = f"{PREFIX}{parts.path.lstrip('/')}{os.environ.get('PYTEST_XDIST_WORKER', '')}"
    return urlunsplit(parts._replace(path=f"/{name}"))


def _delete(connection: psycopg.Connection[Any], filled: list[str], names: sql.Composable) -> None:
    """TRUNCATE's work in a fifteenth of its time: cascading, that makes every partition anew.

    A superuser is above row-level security, and may leave out what the tables' triggers do.
    """
    connection.execute("SET LOCAL session_replication_role = replica")
    connection.execute(sql.SQL("LOCK TABLE {} IN ACCESS EXCLUSIVE MODE").format(names))
    for table in filled:
        connection.execute(sql.SQL("DELETE FROM {}").format(sql.Identifier(table)))


def _filled_tables(connection: psycopg.Connection[Any]) -> list[str]:
    """Names of the public tables that take space on disk, without the list of migrations.

    Read from sizes and not from rows: forced row-level security hides those from the owner too.
    """
    rows = connection.execute(
        """
        SELECT relname FROM pg_class
        WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'
          AND relname <> 'django_migrations' AND pg_relation_size(oid) > 0
        """
    )
    return [name for (name,) in rows]
