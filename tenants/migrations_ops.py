"""Migration operations that turn a plain new table into a tenant's table, and keep it one."""

from collections.abc import Sequence
from typing import Any

from django.db import models
from django.db.migrations.operations.base import Operation

from tenants.base import TenantForeignKey
from tenants.months import row_lock

# Bytes that a long row is brought down to, as far as its columns may be moved out.
SHORT_ROW = 256


class DatabaseOnly(Operation):
    """An operation that Django's idea of a model does not show."""

    reversible = True
    reduces_to_sql = True

    def state_forwards(self, app_label: str, state: Any) -> None:
        pass


def partitions_of(table: str, count: int) -> list[str]:
    return [f"{table}_p{number:02d}" for number in range(count)]


class TenantTable(DatabaseOnly):
    """Give `model_name`'s table its tenant's shape; put it after the model's CreateModel.

    1. `PRIMARY KEY (shop_id, id)`: Django goes on believing that `id` alone is the key.
    2. `PARTITION BY HASH (shop_id)` into `partitions` tables, if any (the table must be empty).
    3. Foreign keys to other tenant tables over `(shop_id, x_id)`, with the deletion rule.
    4. Row-level security, enabled and forced, on the table and on each partition.
    """

    def __init__(self, model_name: str, partitions: int = 0) -> None:
        self.model_name = model_name
        self.partitions = partitions

    def describe(self) -> str:
        return f"Make {self.model_name} a tenant's table"

    def database_forwards(
        self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any
    ) -> None:
        model = to_state.apps.get_model(app_label, self.model_name)
        table = model._meta.db_table
        run = schema_editor.execute
        run(f'ALTER TABLE "{table}" DROP CONSTRAINT "{table}_pkey"')
        if self.partitions:
            self._partition(table, run)
        run(f'ALTER TABLE "{table}" ADD PRIMARY KEY (shop_id, id)')
        for field in model._meta.local_fields:
            if isinstance(field, TenantForeignKey):
                run(foreign_key(table, field))
        for name in [table, *partitions_of(table, self.partitions)]:
            row_lock(name, run)

    def _partition(self, table: str, run: Any) -> None:
        run(f'ALTER TABLE "{table}" RENAME TO "{table}_plain"')
        run(
            f'CREATE TABLE "{table}" (LIKE "{table}_plain" INCLUDING ALL)'
            " PARTITION BY HASH (shop_id)"
        )
        run(f'DROP TABLE "{table}_plain"')
        for number, name in enumerate(partitions_of(table, self.partitions)):
            run(
                f'CREATE TABLE "{name}" PARTITION OF "{table}"'
                f" FOR VALUES WITH (MODULUS {self.partitions}, REMAINDER {number})"
            )

    def database_backwards(
        self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any
    ) -> None:
        """Nothing to undo by itself: the model's CreateModel drops the table, partitions too."""


class AppendOnly(DatabaseOnly):
    """Let nobody but the owner's role change or delete rows of `model_name`'s table.

    The right is taken back, so that no code of the application can give it to itself: rows are
    added, and they go with the whole shop, which the owner's role deletes.
    """

    reversible = False

    def __init__(self, model_name: str) -> None:
        self.model_name = model_name

    def describe(self) -> str:
        return f"Let {self.model_name} only grow"

    def database_forwards(
        self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any
    ) -> None:
        table = to_state.apps.get_model(app_label, self.model_name)._meta.db_table
        schema_editor.execute(
            f"""
            DO $$
            DECLARE grantee text;
            BEGIN
              FOR grantee IN
                SELECT DISTINCT CASE WHEN acl.grantee = 0 THEN 'PUBLIC'
                                     ELSE quote_ident(pg_get_userbyid(acl.grantee)) END
                FROM pg_class, aclexplode(relacl) acl
                WHERE oid = '{table}'::regclass AND acl.grantee <> relowner
              LOOP
                EXECUTE 'REVOKE UPDATE, DELETE, TRUNCATE ON "{table}" FROM ' || grantee;
              END LOOP;
            END
            $$
            """  # noqa: S608  the table's name is the model's
        )


class TenantTableOrdered(DatabaseOnly):
    """Write a tenant's table anew with its columns in this order, and long ones apart.

    A row is read from its beginning: what searches filter by stands first, before the vector. The
    columns `inline` are never moved out of the row; those `apart` always are, uncompressed, once
    the row is longer than 2 kB with them: what a scan does not read does not lie in its way.
    """

    def __init__(
        self,
        model_name: str,
        *,
        partitions: int,
        order: Sequence[str],
        inline: Sequence[str] = (),
        apart: Sequence[str] = (),
    ) -> None:
        self.model_name = model_name
        self.partitions = partitions
        self.order = list(order)
        self.inline = list(inline)
        self.apart = list(apart)

    def describe(self) -> str:
        return f"Order the columns of {self.model_name}"

    def database_forwards(
        self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any
    ) -> None:
        model = to_state.apps.get_model(app_label, self.model_name)
        table = model._meta.db_table
        run = schema_editor.execute
        tables = [table, *partitions_of(table, self.partitions)]
        for name in tables:
            run(f'ALTER TABLE "{name}" NO FORCE ROW LEVEL SECURITY')
        run(f'CREATE TEMP TABLE "{table}_before" AS TABLE "{table}"')
        run(f'DROP TABLE "{table}"')
        model._meta.local_fields.sort(key=lambda field: self.order.index(field.name))
        schema_editor.create_model(model)
        tenant = TenantTable(self.model_name, partitions=self.partitions)
        tenant.database_forwards(app_label, schema_editor, from_state, to_state)
        self._store(table, tables, run)
        for name in tables:
            run(f'ALTER TABLE "{name}" NO FORCE ROW LEVEL SECURITY')
        columns = [field.column for field in model._meta.local_fields]
        # Through text, so that nothing stays as the former table had compressed it.
        values = [f'"{one}"::text::jsonb' if one in self.apart else f'"{one}"' for one in columns]
        names = ", ".join(f'"{one}"' for one in columns)
        ordered = f'SELECT {", ".join(values)} FROM "{table}_before" ORDER BY shop_id, id'  # noqa: S608
        run(f'INSERT INTO "{table}" ({names}) {ordered}')
        run(f'DROP TABLE "{table}_before"')
        run(
            f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), max(id))"  # noqa: S608
            f' FROM "{table}" HAVING max(id) > 0'
        )
        for name in tables:
            run(f'ALTER TABLE "{name}" FORCE ROW LEVEL SECURITY')

    def _store(self, table: str, tables: Sequence[str], run: Any) -> None:
        for columns, storage in ((self.inline, "PLAIN"), (self.apart, "EXTERNAL")):
            for column in columns:
                run(f'ALTER TABLE "{table}" ALTER COLUMN "{column}" SET STORAGE {storage}')
        for name in tables[1:] or tables:
            run(f'ALTER TABLE "{name}" SET (toast_tuple_target = {SHORT_ROW})')

    def database_backwards(
        self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any
    ) -> None:
        """The order of columns means nothing to anybody: it stays."""


class TenantForeignKeyAdded(DatabaseOnly):
    """The constraint of a TenantForeignKey that a later migration adds by AddField.

    `rule` is the deletion rule, where it is not the usual one of such a key.
    """

    def __init__(self, model_name: str, field_name: str, rule: str = "") -> None:
        self.model_name = model_name
        self.field_name = field_name
        self.rule = rule

    def describe(self) -> str:
        return f"Constrain {self.model_name}.{self.field_name} within its shop"

    def database_forwards(
        self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any
    ) -> None:
        model = to_state.apps.get_model(app_label, self.model_name)
        field = model._meta.get_field(self.field_name)
        schema_editor.execute(foreign_key(model._meta.db_table, field, self.rule))

    def database_backwards(
        self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any
    ) -> None:
        """AddField's own way back drops the column and the constraint with it."""


def foreign_key(table: str, field: models.ForeignKey, rule: str = "") -> str:
    """The statement that adds the composite foreign key of `field` to `table`.

    Without a deletion rule the row goes with the one it points to, or loses a key that may be NULL.
    """
    target = field.remote_field.model._meta.db_table
    column = field.column
    rule = rule or (f'SET NULL ("{column}")' if field.null else "CASCADE")
    return (
        f'ALTER TABLE "{table}" ADD CONSTRAINT "{table}_{column}_shop_fk"'
        f' FOREIGN KEY (shop_id, "{column}") REFERENCES "{target}" (shop_id, id)'
        f" ON DELETE {rule} DEFERRABLE INITIALLY IMMEDIATE"
    )
