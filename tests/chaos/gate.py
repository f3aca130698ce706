"""A place in the database where whoever comes by waits until the test lets it go.

Nothing of LookUs knows of it: a trigger waits for an advisory lock that the test holds. So a
process stands still between two statements of its own, for as long as it takes to kill it there.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import psycopg
from psycopg import sql

from lookus.processes import wait_until

# Somebody is stopped there, however busy the machine is.
PATIENCE = 150
LOCK = 6_020_509


@dataclass(frozen=True)
class Place:
    """Rows of `table` about to be written by `event` (UPDATE, INSERT, DELETE), where `condition`
    holds of OLD and NEW; `commit`: not before the statement but before the transaction's end."""

    table: str
    event: str
    condition: str = "true"
    commit: bool = False


class Gate:
    def __init__(self, owner: psycopg.Connection[Any]) -> None:
        self.owner = owner
        self.closed = True

    def wait_for_somebody(self) -> None:
        """Until a process stands before the gate."""
        assert wait_until(lambda: self.waiting() > 0, seconds=PATIENCE), "nobody came by"

    def waiting(self) -> int:
        query = (
            "SELECT count(*) FROM pg_locks JOIN pg_database ON pg_database.oid = database "
            "WHERE locktype = 'advisory' AND NOT granted AND datname = current_database()"
        )
        row = self.owner.execute(query).fetchone()
        assert row is not None
        return int(row[0])

    def open(self) -> None:
        """Whoever waits goes on, and nobody waits here any more."""
        if self.closed:
            self.owner.execute("SELECT pg_advisory_unlock(%s)", [LOCK])
            self.closed = False


@contextmanager
def gate(address: str, place: Place, **numbers: int) -> Iterator[Gate]:
    """Closed until it is opened or the block ends. `address` is the tables' owner's; `numbers` are
    put into the place's condition."""
    condition = place.condition.format(**numbers)
    table = sql.Identifier(place.table)
    with psycopg.connect(address, autocommit=True) as owner:
        owner.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        owner.execute(_FUNCTION)
        owner.execute(
            sql.SQL(_AT_COMMIT if place.commit else _BEFORE).format(
                event=sql.SQL(place.event), table=table, condition=sql.SQL(condition)
            )
        )
        standing = Gate(owner)
        try:
            yield standing
        finally:
            standing.open()
            owner.execute(sql.SQL("DROP TRIGGER chaos_gate ON {}").format(table))
            owner.execute("DROP FUNCTION chaos_wait()")


_FUNCTION = f"""
    CREATE FUNCTION chaos_wait() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      PERFORM pg_advisory_xact_lock_shared({LOCK});
      RETURN coalesce(NEW, OLD);
    END $$
"""
_BEFORE = """
    CREATE TRIGGER chaos_gate BEFORE {event} ON {table}
    FOR EACH ROW WHEN ({condition}) EXECUTE FUNCTION chaos_wait()
"""
_AT_COMMIT = """
    CREATE CONSTRAINT TRIGGER chaos_gate AFTER {event} ON {table}
    DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN ({condition}) EXECUTE FUNCTION chaos_wait()
"""
