"""Statements that keep the version before waiting: they lock a table for as long as it is large.

A lock by itself is short (`manage migrate` gives up and tries again, see MIGRATE_LOCK_SECONDS);
what is refused here reads, writes or sorts a whole table while it holds one. Tables that the same
upgrade makes are empty and nobody's: nothing is said of them.

Sources: Postgres' "ALTER TABLE" and "Explicit Locking"; the rules of strong_migrations and squawk.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

TABLE = r'(?:ONLY )?(?:public\.)?"?(?P<table>\w+)"?'
ALTER = rf"^ALTER TABLE (?:IF EXISTS )?{TABLE} .*"
INDEX_MADE = re.compile(r'^CREATE (?:UNIQUE )?INDEX (?:CONCURRENTLY )?(?:IF NOT EXISTS )?"?(\w+)"?')
VOLATILE = r"DEFAULT \(?\s*(?:random|gen_random_uuid|uuidv7|clock_timestamp|nextval)\b"


@dataclass(frozen=True)
class Rule:
    """`name` is what a migration's `reviewed` answers, `instead` what to write."""

    name: str
    pattern: str
    instead: str


RULES = (
    Rule(
        "index",
        rf"^CREATE (?:UNIQUE )?INDEX (?!CONCURRENTLY).*? ON {TABLE}",
        "AddIndexConcurrently, in a migration with atomic = False",
    ),
    Rule(
        "index_dropped",
        r"^DROP INDEX (?!CONCURRENTLY)",
        "RemoveIndexConcurrently, in a migration with atomic = False",
    ),
    Rule("reindex", r"^REINDEX (?!.*CONCURRENTLY)", "REINDEX … CONCURRENTLY"),
    Rule(
        "check_or_key",
        rf"{ALTER}\bADD (?:CONSTRAINT|COLUMN) .*\b(?:CHECK|FOREIGN KEY)\b(?!.*NOT VALID)",
        "AddConstraintNotValid, then ValidateConstraint in a migration of its own",
    ),
    Rule(
        "unique",
        rf"{ALTER}\bADD (?:CONSTRAINT .*)?(?:UNIQUE|PRIMARY KEY|EXCLUDE)\b(?!.*USING INDEX)",
        "a unique index made CONCURRENTLY, then ADD CONSTRAINT … USING INDEX",
    ),
    Rule(
        "not_null",
        rf"{ALTER}\bALTER COLUMN .* SET NOT NULL",
        "a CHECK (… IS NOT NULL) that is NOT VALID, validated in a migration of its own",
    ),
    Rule(
        "type",
        rf"{ALTER}\bALTER COLUMN .* TYPE\b",
        "a new column, filled shop by shop; only a longer varchar or text costs nothing",
    ),
    Rule(
        "written_anew",
        rf"{ALTER}\bADD COLUMN .*(?:{VOLATILE}|\b(?:big|small)?serial\b|IDENTITY|GENERATED ALWAYS)",
        "a column without that default; give it the default after, and fill it shop by shop",
    ),
    Rule(
        "whole_table",
        rf"^(?:LOCK|TRUNCATE|CLUSTER|VACUUM FULL|REFRESH MATERIALIZED VIEW) (?:TABLE )?{TABLE}",
        "nothing that holds a whole table",
    ),
    Rule(
        "rows",
        rf"^(?:UPDATE|DELETE FROM) {TABLE}",
        "a RunPython that visits shops one by one, in a migration with atomic = False",
    ),
)


@dataclass(frozen=True)
class Fault:
    rule: str
    statement: str
    instead: str

    def __str__(self) -> str:
        return f"{self.rule}: {self.statement[:160]}\n    instead: {self.instead}"


def tables_made(sql: Sequence[str]) -> set[str]:
    """Names of the tables that these statements create or rename to."""
    made = re.compile(rf"^CREATE (?:TEMP )?TABLE (?:IF NOT EXISTS )?{TABLE}")
    return {found["table"] for one in sql if (found := made.match(one))}


def lock_faults(sql: Sequence[str], made: set[str] | None = None) -> Iterator[Fault]:
    """What of these statements holds a table that has rows. `made`: tables of this upgrade."""
    new = (made or set()) | tables_made(sql)
    indexes: set[str] = set()
    for statement in sql:
        created = INDEX_MADE.match(statement)
        if created:
            indexes.add(created[1])
        for rule in RULES:
            found = re.search(rule.pattern, statement, re.IGNORECASE)
            if found is None or found.groupdict().get("table") in new:
                continue
            if rule.name == "index_dropped" and any(f'"{one}"' in statement for one in indexes):
                continue
            yield Fault(rule.name, statement, rule.instead)
