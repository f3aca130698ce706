"""The migration operation that turns a tenant's table into one that is partitioned by month."""

from datetime import date
from typing import Any

from django.db.models import UniqueConstraint
from django.utils import timezone

from tenants.base import TenantForeignKey
from tenants.migrations_ops import DatabaseOnly, foreign_key
from tenants.months import (
    AHEAD,
    STRAY,
    month_after,
    month_of,
    months_between,
    partition_make,
    rest_of,
    row_lock,
)

# What a table's copy takes over; indexes not, for they would get other names.
LIKE = ("DEFAULTS", "IDENTITY", "CONSTRAINTS", "GENERATED", "STORAGE")


class MonthlyTable(DatabaseOnly):
    """Partition `model_name`'s table by its column `month`; its rows are kept.

    Put it after the CreateModel, or after the state that has `month` in every unique constraint:
    Postgres keeps a row unique within its partition only, so what names a row must give its month.
    `rows` is a query of the rows that were there, `{before}`, with their `month` beside them.

    1. The rows go to a temporary table, and the table is made anew as the state has it.
    2. `PRIMARY KEY (shop_id, id, month)`, partitions of the months that there are rows of, of this
       one and of AHEAD more, and one for all other months.
    3. Row-level security, enabled and forced, on the table and on each partition.
    """

    reversible = False

    def __init__(self, model_name: str, *, rows: str = "") -> None:
        self.model_name = model_name
        self.rows = rows

    def describe(self) -> str:
        return f"Partition {self.model_name} by month"

    def database_forwards(
        self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any
    ) -> None:
        model = to_state.apps.get_model(app_label, self.model_name)
        table, run = model._meta.db_table, schema_editor.execute
        if self.rows:
            run(f'ALTER TABLE "{table}" NO FORCE ROW LEVEL SECURITY')
            run(f'CREATE TEMP TABLE "{table}_before" AS TABLE "{table}"')
            run(f'DROP TABLE "{table}"')
            schema_editor.create_model(model)
        self._partitioned(model, schema_editor)
        for field in model._meta.local_fields:
            if isinstance(field, TenantForeignKey):
                run(foreign_key(table, field))
        row_lock(table, run)
        row_lock(rest_of(table), run)
        first = month_of(timezone.now())
        months = set(months_between(first, month_after(first, AHEAD)))
        for month in sorted(months | self._months_held(table, schema_editor)):
            partition_make(table, month, run)
        if self.rows:
            self._filled(model, run)

    def _partitioned(self, model: Any, schema_editor: Any) -> None:
        table, run = model._meta.db_table, schema_editor.execute
        like = " ".join(f"INCLUDING {part}" for part in LIKE)
        run(f'ALTER TABLE "{table}" RENAME TO "{table}_plain"')
        run(f'CREATE TABLE "{table}" (LIKE "{table}_plain" {like}) PARTITION BY RANGE (month)')
        run(f'DROP TABLE "{table}_plain"')
        run(f'ALTER TABLE "{table}" ADD PRIMARY KEY (shop_id, id, month)')
        for constraint in model._meta.constraints:
            # Those with a condition, and the indexes, come when the migration ends.
            if isinstance(constraint, UniqueConstraint) and constraint.condition is None:
                run(constraint.create_sql(model, schema_editor))
        run(f'CREATE TABLE "{rest_of(table)}" PARTITION OF "{table}" DEFAULT')

    def _months_held(self, table: str, schema_editor: Any) -> set[date]:
        if not self.rows:
            return set()
        with schema_editor.connection.cursor() as cursor:
            cursor.execute(f"SELECT DISTINCT month FROM ({self._rows(table)}) AS row")  # noqa: S608
            return {month for (month,) in cursor.fetchall() if month > STRAY}

    def _filled(self, model: Any, run: Any) -> None:
        table = model._meta.db_table
        columns = [field.column for field in model._meta.local_fields if field.name != "month"]
        names = ", ".join(f'"{one}"' for one in columns)
        run(f'ALTER TABLE "{table}" NO FORCE ROW LEVEL SECURITY')
        run(
            f'INSERT INTO "{table}" ({names}, month)'  # noqa: S608
            f" SELECT {names}, month FROM ({self._rows(table)}) AS row"
        )
        run(
            f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), max(id))"  # noqa: S608
            f' FROM "{table}_before" HAVING max(id) > 0'
        )
        run(f'ALTER TABLE "{table}" FORCE ROW LEVEL SECURITY')
        run(f'DROP TABLE "{table}_before"')

    def _rows(self, table: str) -> str:
        return self.rows.format(before=f'"{table}_before"')
