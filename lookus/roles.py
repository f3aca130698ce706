"""What a server needs before LookUs can migrate on it: roles, extension, database."""

from collections.abc import Callable
from pathlib import Path

import psycopg
from psycopg import sql

ROLES_SQL = Path(__file__).with_name("roles.sql")


def prepare(superuser: Callable[[str], str], database: str, owner: str) -> None:
    """Roles, extension, database and default privileges: safe to run at every start.

    `superuser` gives the superuser's address of a database.
    """
    script = ROLES_SQL.read_bytes()
    with psycopg.connect(superuser("template1"), autocommit=True) as template:
        template.execute(script)
        query = "SELECT FROM pg_database WHERE datname = %s"
        missing = template.execute(query, [database]).fetchone() is None
    if missing:
        with psycopg.connect(superuser("postgres"), autocommit=True) as server:
            server.execute(
                sql.SQL("CREATE DATABASE {} OWNER {}").format(
                    sql.Identifier(database), sql.Identifier(owner)
                )
            )
    with psycopg.connect(superuser(database), autocommit=True) as one:
        one.execute(script)
