"""Check, plan and apply: what `lookus distribute` does on a connection of the tables' owner."""

from collections.abc import Callable
from typing import Any

import psycopg
from django.apps import apps

from lookus.citus.facts import DISTRIBUTED, facts_read
from lookus.citus.plan import SHARDS, Step, steps
from lookus.citus.rules import cannot_begin, faults, places
from tenants.base import TenantModel, emptied_keys

LOCK = 1_282_305_378
"""Two of these at once would wait for each other's tables: the second is refused."""


class NotDistributable(Exception):
    """The schema or the server cannot do it: sentences, one a line. Nothing was changed."""


class StepFailed(Exception):
    """Postgres refused a step; those before it stand, and the command goes on from there."""


def tenant_tables() -> set[str]:
    """The tables of every TenantModel: what carries `shop_id` and is to be distributed."""
    return {one._meta.db_table for one in apps.get_models() if issubclass(one, TenantModel)}


def emptied() -> set[tuple[str, str]]:
    """The (table, column) of keys that TenantQuerySet.delete empties by itself."""
    keys = (key for one in apps.get_models() for key in emptied_keys(one))
    return {(key.model._meta.db_table, key.column) for key in keys}


def checked(connection: psycopg.Connection[Any]) -> dict[str, Any]:
    """How it stands: figures and lists of names; `faults` is empty where it can be distributed."""
    facts = facts_read(connection)
    where = places(facts, tenant_tables())
    return {
        "citus": facts.cluster,
        "workers": facts.workers,
        "distributed": [n for n in where.distributed if facts.tables[n].kind == DISTRIBUTED],
        "to_distribute": [n for n in where.distributed if facts.tables[n].kind != DISTRIBUTED],
        "reference": where.reference,
        "coordinator": where.coordinator,
        "faults": faults(facts, tenant_tables(), emptied()),
        "first": cannot_begin(facts),
    }


def planned(connection: psycopg.Connection[Any], *, shards: int = SHARDS) -> list[Step]:
    """The steps that are left. Raises NotDistributable where the schema does not allow it."""
    facts = facts_read(connection)
    found = faults(facts, tenant_tables(), emptied())
    if found:
        raise NotDistributable("\n".join(found))
    return steps(connection, facts, tenant_tables(), shards=shards)


def applied(
    connection: psycopg.Connection[Any],
    *,
    shards: int = SHARDS,
    say: Callable[[str], None] = lambda _: None,
) -> int:
    """Do every step that is left, each in a transaction of its own: how many there were.

    Raises NotDistributable before anything is done, and StepFailed with the step's title.
    """
    held = connection.execute("SELECT pg_try_advisory_lock(%s)", [LOCK]).fetchone()
    if not held or not held[0]:
        raise NotDistributable("another `lookus distribute` is at work on this database")
    try:
        facts = facts_read(connection)
        wrong = cannot_begin(facts) + faults(facts, tenant_tables(), emptied())
        if wrong:
            raise NotDistributable("\n".join(wrong))
        todo = steps(connection, facts, tenant_tables(), shards=shards)
        for number, step in enumerate(todo, 1):
            say(f"{number}/{len(todo)} {step.title}")
            _do(connection, step)
        return len(todo)
    finally:
        connection.execute("SELECT pg_advisory_unlock(%s)", [LOCK])


def _do(connection: psycopg.Connection[Any], step: Step) -> None:
    try:
        with connection.transaction():
            for statement in step.statements:
                connection.execute(statement)
    except psycopg.Error as error:
        raise StepFailed(f"{step.title}: {error}") from error
