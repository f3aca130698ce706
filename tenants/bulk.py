"""Many rows of one tenant table in one statement: arrays of its columns, unnested.

Where thousands of rows are written it takes a fraction of what the ORM takes, which makes an
object and a parameter of each value. Row-level security forbids COPY into a tenant's table.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import connection, models
from django.db.models import NOT_PROVIDED
from django.utils import timezone
from psycopg import Cursor, sql

from tenants.scope import current_shop_id

# Types whose arrays unnest would take apart, or that psycopg does not know: sent as text.
_AS_TEXT = ("[", "halfvec")


def rows_insert(
    model: type[models.Model],
    names: Sequence[str],
    rows: Sequence[Sequence[Any]],
    *,
    fixed: Mapping[str, Any] | None = None,
    conflict: str = "",
    returning: Sequence[str] = (),
) -> list[tuple[Any, ...]]:
    """Insert rows of the shop in scope, each with a value for every name (of a column).

    `fixed` are columns with one value for all; those that are named nowhere get their default.
    JSON may be given as objects or as text. `conflict` is what follows ON CONFLICT.
    Returns the columns `returning` of each row that was written, in no promised order.
    """
    if not rows:
        return []
    values = dict(zip(names, zip(*rows, strict=True), strict=True))
    return columns_insert(model, values, fixed=fixed, conflict=conflict, returning=returning)


def columns_insert(
    model: type[models.Model],
    values: Mapping[str, Sequence[Any]],
    *,
    fixed: Mapping[str, Any] | None = None,
    conflict: str = "",
    returning: Sequence[str] = (),
) -> list[tuple[Any, ...]]:
    """`rows_insert` of rows that are given column by column, at least one of them."""
    names = list(values)
    # What is the same in every row is sent once.
    same = {name: one[0] for name, one in values.items() if _is_same(one)}
    columns = [_Column(model, name) for name in names if name not in same]
    if not columns:
        columns = [_Column(model, names[0])]
        del same[names[0]]
    constant = _defaults(model, names) | dict(fixed or {}) | _as_sent(model, same)
    constant.pop("shop_id", None)
    statement = sql.SQL(
        "INSERT INTO {table} ({names}) SELECT {values} FROM unnest({arrays}) AS t ({given})"
    ).format(
        table=sql.Identifier(model._meta.db_table),
        names=_names(["shop_id", *constant, *(one.name for one in columns)]),
        values=sql.SQL(", ").join(
            [
                # In the text, as everywhere: what stands beside a statement finds no shard.
                sql.Literal(current_shop_id()),
                *(sql.SQL("%s") for _ in constant),
                *(one.value for one in columns),
            ]
        ),
        arrays=sql.SQL(", ").join(one.array for one in columns),
        given=_names(one.name for one in columns),
    )
    if conflict:
        statement += sql.SQL(" ON CONFLICT ") + sql.SQL(conflict)
    if returning:
        statement += sql.SQL(" RETURNING ") + _names(returning)
    with whole_cursor() as cursor:
        arrays = [one.array_of(values[one.name]) for one in columns]
        cursor.execute(statement, [*constant.values(), *arrays])
        return cursor.fetchall() if returning else []


def rows_update(
    model: type[models.Model],
    names: Sequence[str],
    rows: Sequence[Sequence[Any]],
    *,
    fixed: Mapping[str, Any] | None = None,
    where: str = "",
    clear: Sequence[str] = (),
) -> list[int]:
    """Write columns of the rows whose id stands first in each of `rows`: the ids that there were.

    `names` are the other columns, `fixed` those with one value for all, `where` further conditions
    between the row, which is called `held`, and what is given, `t`. Of `names`, those in `clear`
    are there for the conditions only, and become NULL.
    """
    if not rows:
        return []
    columns = [_Column(model, name) for name in ("id", *names)]
    constant = dict(fixed or {})
    assign = [
        *(sql.SQL("{} = %s").format(sql.Identifier(name)) for name in constant),
        *(
            sql.SQL("{} = {}").format(
                sql.Identifier(one.name),
                sql.SQL("NULL") if one.name in clear else one.value_of("t"),
            )
            for one in columns[1:]
        ),
    ]
    statement = sql.SQL(
        "UPDATE {table} AS held SET {assign} FROM unnest({arrays}) AS t ({given})"
        " WHERE held.shop_id = {shop} AND held.id = t.id"
    ).format(
        table=sql.Identifier(model._meta.db_table),
        assign=sql.SQL(", ").join(assign),
        arrays=sql.SQL(", ").join(one.array for one in columns),
        given=_names(one.name for one in columns),
        shop=sql.Literal(current_shop_id()),
    )
    if where:
        statement += sql.SQL(" AND ") + sql.SQL(where)
    statement += sql.SQL(" RETURNING held.id")
    with whole_cursor() as cursor:
        values = zip(*rows, strict=True)
        arrays = [one.array_of(said) for one, said in zip(columns, values, strict=True)]
        cursor.execute(statement, [*constant.values(), *arrays])
        return [pk for (pk,) in cursor.fetchall()]


def whole_cursor() -> Any:
    """A cursor that sends its values beside the statement and not written into it: of a statement
    of half a megabyte neither side must then look at each sign to see where a value ends."""
    server: Any = connection
    server.ensure_connection()
    return server._prepare_cursor(Cursor(server.connection))


class _Column:
    """A column of the statement: its array's type, and how a value of it is written."""

    def __init__(self, model: type[models.Model], name: str) -> None:
        self.name = name
        field = next(one for one in model._meta.local_fields if one.column == name)
        kind = field.db_type(connection) or "text"
        # Assigned and not cast, so that what is too long is refused and not cut off.
        kind = "text" if kind.startswith("varchar") else kind
        self.json = isinstance(field, models.JSONField)
        self._kind = kind if any(sign in kind for sign in _AS_TEXT) else ""
        sent = "text" if self._kind else kind
        self.array = sql.SQL(f"%s::{sent}[]")

    def array_of(self, values: Sequence[Any]) -> str:
        return array_text([_text(one) for one in values] if self.json else values)

    @property
    def value(self) -> sql.Composable:
        return self.value_of("t")

    def value_of(self, table: str) -> sql.Composable:
        value = sql.Identifier(table, self.name)
        return value + sql.SQL(f"::{self._kind}") if self._kind else value


def _is_same(values: Sequence[Any]) -> bool:
    first = values[0]
    return isinstance(first, str | int | None) and values.count(first) == len(values)


def _as_sent(model: type[models.Model], same: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _text(one) if _Column(model, name).json else one for name, one in same.items()}


def array_text(values: Sequence[Any]) -> str:
    """An array as Postgres reads it; psycopg takes many times as long to write one."""
    kinds = set(map(type, values))
    if kinds <= _NUMBERS:
        return "{" + ",".join(map(str, values)).replace("None", "NULL") + "}"
    if kinds == {str}:
        plain = _APART.join(values)
        simple = _QUOTE not in plain and "\\" not in plain
        if simple and plain.count(_APART) == len(values) - 1:
            return '{"' + plain.replace(_APART, '","') + '"}'
    return "{" + ",".join(map(_element, values)) + "}"


# Postgres keeps it in no text: a value that holds one goes the long way, and is refused there.
_APART = "\0"
_QUOTE = '"'
_NUMBERS = {int, type(None)}


def _element(value: Any) -> str:
    if isinstance(value, str):
        return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
    if value is None:
        return "NULL"
    if isinstance(value, bytes):
        return f'"\\\\x{value.hex()}"'
    return f'"{value}"'


_encoder = json.JSONEncoder(ensure_ascii=False)


def _text(value: Any) -> str | None:
    if isinstance(value, str):
        return value
    return "{}" if value == {} else _encoder.encode(value)


def _defaults(model: type[models.Model], named: Sequence[str]) -> dict[str, Any]:
    """What a new object of the model would hold in its other columns."""
    found: dict[str, Any] = {}
    for field in model._meta.local_fields:
        made = field.primary_key or isinstance(field, models.GeneratedField)
        by_itself = getattr(field, "db_default", NOT_PROVIDED) is not NOT_PROVIDED
        if made or by_itself or field.column in named:
            continue
        now = getattr(field, "auto_now", False) or getattr(field, "auto_now_add", False)
        value = timezone.now() if now else field.get_default()
        found[field.column] = _text(value) if isinstance(field, models.JSONField) else value
    return found


def _names(names: Iterable[str]) -> sql.Composable:
    return sql.SQL(", ").join(map(sql.Identifier, names))
