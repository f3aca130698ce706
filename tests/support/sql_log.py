"""The server's own log of what the application's role sent, and where each statement looked.

Postgres works out what holds of each table as Citus does, which asks Postgres' planner: a table
whose scan is held to `shop_id = 7` is on one shard, and one that is not is asked on all of them.
"""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg
from django.db import connections
from psycopg import sql

from lookus.embedded import APP_ROLE
from tests.database import Databases

ENTRY = re.compile(r"^\d{4}-\d\d-\d\d [\d:.]+ \w+ \[\d+\] (\w+):  (.*)$")
SENT = re.compile(r"^(?:statement|execute [^:]+): (.*)$", re.DOTALL)
PLANNED = re.compile(r"^\s*(?:SELECT|INSERT|UPDATE|DELETE|WITH|MERGE|\()", re.IGNORECASE)
CONDITIONS = ("Index Cond", "Recheck Cond", "Filter", "TID Cond")
_PARENTS = """
SELECT child.relname, parent.relname FROM pg_inherits
JOIN pg_class child ON child.oid = inhrelid JOIN pg_class parent ON parent.oid = inhparent
"""


@dataclass
class SqlLog:
    """What was sent while it was `open`, in its order."""

    statements: list[str] = field(default_factory=list)

    @classmethod
    @contextmanager
    def open(cls, databases: Databases) -> Iterator["SqlLog"]:
        assert databases.log is not None
        name = sql.Identifier(urlsplit(databases.app_url).path.lstrip("/"))
        role = sql.Identifier(APP_ROLE)
        found = cls()
        before = databases.log.stat().st_size
        with psycopg.connect(databases.superuser_url, autocommit=True) as server:
            server.execute(
                sql.SQL("ALTER ROLE {} IN DATABASE {} SET log_statement = 'all'").format(role, name)
            )
            connections.close_all()
            try:
                yield found
            finally:
                connections.close_all()
                server.execute(
                    sql.SQL("ALTER ROLE {} IN DATABASE {} RESET log_statement").format(role, name)
                )
        found.statements += _sent(databases.log, before)


def _sent(log: Path, offset: int) -> Iterator[str]:
    with log.open("rb") as file:
        file.seek(offset)
        lines = file.read().decode(errors="replace").splitlines()
    entry: list[str] = []
    for line in [*lines, ""]:
        if line.startswith("\t"):
            entry.append(line[1:])
            continue
        said = SENT.match("\n".join(entry))
        if said:
            yield said[1]
        begins = ENTRY.match(line)
        entry = [begins[2]] if begins and begins[1] == "LOG" else []


@dataclass(frozen=True)
class Looked:
    """One statement: the tables that it reads or writes, and those that no shop's id narrows."""

    statement: str
    tables: frozenset[str]
    everywhere: frozenset[str]


def looked(superuser_url: str, statements: list[str], shop_id: int) -> list[Looked]:
    """Each statement once, as the planner sees it without row-level security's help."""
    found = []
    with psycopg.connect(superuser_url, autocommit=True) as server:
        parents = dict(server.execute(_PARENTS).fetchall())
        for statement in dict.fromkeys(statements):
            if not PLANNED.match(statement):
                continue
            generic = ", GENERIC_PLAN" if re.search(r"\$\d", statement) else ""
            row = server.execute(
                f"EXPLAIN (FORMAT JSON, COSTS OFF{generic}) {statement}"  # type: ignore[arg-type]
            ).fetchone()
            assert row
            plan = row[0] if isinstance(row[0], list) else json.loads(row[0])
            tables: set[str] = set()
            everywhere: set[str] = set()
            for node in _nodes(plan[0]["Plan"]):
                name = node.get("Relation Name")
                if name is None:
                    continue
                name = parents.get(name, name)
                tables.add(name)
                if not _narrowed(node, statement, shop_id):
                    everywhere.add(name)
            found.append(Looked(statement, frozenset(tables), frozenset(everywhere)))
    return found


def _nodes(node: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield node
    for below in node.get("Plans", ()):
        yield from _nodes(below)


def _narrowed(node: dict[str, Any], statement: str, shop_id: int) -> bool:
    if node["Node Type"] == "ModifyTable":
        # What is changed was found by a scan, which is looked at by itself.
        written = rf"\b{shop_id}\b"
        return node["Operation"] != "Insert" or re.search(written, statement) is not None
    literal = re.compile(rf"\bshop_id = (?:'{shop_id}'::bigint|{shop_id})\b|shop_id = '{shop_id}'")
    return any(literal.search(str(node.get(one, ""))) for one in CONDITIONS)
