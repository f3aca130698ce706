"""Whether the version before can go on with the database that this one has migrated."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.migrations.state import ProjectState
from django.db.models import Field, Model, UniqueConstraint

from lookus.migrating.released import RELEASED

_COLUMNS = """
    SELECT attname, attnotnull,
           atthasdef OR attidentity <> '' OR attgenerated <> ''
    FROM pg_attribute
    WHERE attrelid = to_regclass(%s) AND attnum > 0 AND NOT attisdropped
"""


@dataclass(frozen=True)
class Misfit:
    """`rule` is what a migration's `reviewed` answers."""

    rule: str
    says: str

    def __str__(self) -> str:
        return f"{self.rule}: {self.says}"


@dataclass(frozen=True)
class Column:
    required: bool
    filled: bool


def misfits(before: ProjectState, now: ProjectState, connection: Any) -> Iterator[Misfit]:
    """Where the version before would fail: it reads and writes every column that it knows.

    `before` and `now` are the models of both versions, `connection` leads to a database with every
    migration of this one. Columns and tables are looked up there; types and constraints are
    compared from state to state.
    """
    for old in _models(before):
        table = old._meta.db_table
        columns = _columns(connection, table)
        if not columns:
            yield Misfit("table", f"{table} is gone or has another name")
            continue
        yield from _columns_fit(old, columns)
        new = _model(now, old)
        if new is not None:
            yield from _types_fit(old, new, connection)
            yield from _constraints_fit(old, new)


def _models(state: ProjectState) -> list[type[Model]]:
    """Not those that a many-to-many field makes: their tables have no state of their own."""
    found = [one for app in RELEASED for one in state.apps.get_app_config(app).get_models()]
    return [one for one in found if one._meta.managed and not one._meta.proxy]


def _model(state: ProjectState, like: type[Model]) -> type[Model] | None:
    known = (like._meta.app_label, like._meta.model_name)
    return state.apps.get_model(*known) if known in state.models else None


def _columns(connection: Any, table: str) -> dict[str, Column]:
    with connection.cursor() as cursor:
        cursor.execute(_COLUMNS, [table])
        return {name: Column(required, filled) for name, required, filled in cursor.fetchall()}


def _fields(model: type[Model]) -> dict[str, "Field[Any, Any]"]:
    return {str(field.column): field for field in model._meta.local_concrete_fields if field.column}


def _columns_fit(old: type[Model], columns: dict[str, Column]) -> Iterator[Misfit]:
    table, known = old._meta.db_table, _fields(old)
    for name, field in known.items():
        if name not in columns:
            yield Misfit("column", f"{table}.{name} is gone or has another name")
        elif field.null and columns[name].required:
            yield Misfit("null", f"{table}.{name} takes no NULL, and the version before writes it")
    for name, column in columns.items():
        if name not in known and column.required and not column.filled:
            yield Misfit(
                "new_column",
                f"{table}.{name} takes no NULL and has no default in the database (db_default): "
                "the version before cannot insert a row",
            )


def _types_fit(old: type[Model], new: type[Model], connection: Any) -> Iterator[Misfit]:
    fields = _fields(new)
    for name, field in _fields(old).items():
        now = fields.get(name)
        if now is None:
            continue
        was, is_ = field.db_type(connection), now.db_type(connection)
        if was != is_ and not _wider(was or "", is_ or ""):
            yield Misfit("type", f"{old._meta.db_table}.{name} was {was} and is {is_}")


def _wider(was: str, is_: str) -> bool:
    def room(kind: str) -> float:
        if kind == "text":
            return float("inf")
        length = kind.removeprefix("varchar(").removesuffix(")")
        return float(length) if kind.startswith("varchar(") and length.isdigit() else -1.0

    return -1 < room(was) <= room(is_)


def _constraints_fit(old: type[Model], new: type[Model]) -> Iterator[Misfit]:
    table = old._meta.db_table
    for name in _constraints(new) - _constraints(old):
        yield Misfit("constraint", f"{table}: the version before does not know {name}")


def _constraints(model: type[Model]) -> set[str]:
    """Not of uniqueness over new columns alone, nor of indexes: they refuse no row."""
    meta = model._meta
    named = {one.name for one in meta.constraints if isinstance(one, UniqueConstraint) or one.name}
    fields = {f"unique {field.column}" for field in meta.local_concrete_fields if field.unique}
    return named | fields | {f"unique {sorted(one)}" for one in meta.unique_together}
