# ruff: noqa: S608  -- the pieces are this file's own words; values go as parameters
"""The statement behind the facets: who passes which filters, counted by kind and value."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import Q, QuerySet

from catalog.models import Garment, ProductFacet
from catalog.shop_taxonomy import shop_taxonomy
from recommender.candidates import Candidate
from recommender.filters import COLUMNS, Filters, filtered, searchable
from tenants.scope import current_shop_id
from vision.taxonomy import taxonomy

BY_CATEGORY = ("category", "group")
"""A product counts for its category, for the one that this is a kind of, and for its group."""
COLUMN_OF = {**COLUMNS, "group": "category", "in_stock": "in_stock", "price": "selling_price"}
"""Where the search table holds a kind."""


@dataclass(frozen=True, slots=True)
class Row:
    """`values` is how many values the kind has in all."""

    kind: str
    value: str
    count: int
    values: int


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of SQL and its parameters."""

    sql: str
    params: tuple[Any, ...] = ()


def counted(
    kinds: Sequence[str],
    filters: Filters,
    revision: str,
    *,
    among: Collection[int] | None,
    own: Candidate | None,
    by_variant: bool,
    fold: bool,
    most: int,
) -> list[Row]:
    """Products by kind and value, each kind under all filters but its own.

    Of a kind the `most` frequent values, those that are chosen, and every price.
    """
    one = _one(by_variant=by_variant, fold=fold)
    passing: list[Part] = []
    counts: list[Part] = []
    prices: list[Part] = []
    for at, (kept, served) in enumerate(_by_filters(kinds, filters)):
        name = f"passing_{at}"
        rows = filtered(searchable(revision), kept).order_by()
        if own is not None:
            rows = _others(rows, own, by_variant=by_variant, fold=fold)
        passing.append(_passing(name, rows, kinds=served, among=among, one=one))
        counts += _counts(name, served)
        if "price" in served:
            prices.append(_each_once(name, "price", "selling_price"))
    chosen = [f"{kind}:{value}" for kind, values in filters.values.items() for value in values]
    parts = [*passing, *counts]
    found = []
    if counts:
        found.append(
            "SELECT kind, value, found, values FROM (SELECT *,"
            " row_number() OVER (PARTITION BY kind ORDER BY found DESC, value) AS place,"
            " count(*) OVER (PARTITION BY kind) AS values"
            f" FROM ({' UNION ALL '.join(part.sql for part in counts)})"
            " AS counted (kind, value, found)) AS placed"
            " WHERE place <= %s OR kind || ':' || value = ANY(%s)"
        )
        parts.append(Part("", (most, chosen)))
    found += [f"SELECT *, 0 FROM ({part.sql}) AS prices" for part in prices]
    sql = f"WITH {', '.join(part.sql for part in passing)} {' UNION ALL '.join(found)}"
    with connection.cursor() as cursor:
        cursor.execute(sql, [value for part in parts for value in part.params])
        return [Row(*row) for row in cursor.fetchall()]


def _one(*, by_variant: bool, fold: bool) -> str:
    """What is counted once, as a number: what stands in one place of the results (`grouping`).

    A variant group's name is hashed: two of 100,000 fall together once in a thousand million shops.
    """
    one = "coalesce(fold, product_id)" if fold else "product_id"
    if not by_variant:
        return one
    return f"CASE variant_group WHEN '' THEN {one} ELSE hashtextextended(variant_group, 0) END"


def _others(
    rows: QuerySet[Garment], own: Candidate, *, by_variant: bool, fold: bool
) -> QuerySet[Garment]:
    """Without what the results leave out as the query itself (`grouping.same_thing`)."""
    rows = rows.exclude(product_id=own.product_id)
    if by_variant and own.variant_group:
        rows = rows.exclude(variant_group=own.variant_group)
    if fold:
        original = own.fold or own.product_id
        rows = rows.exclude(Q(product_id=original) | Q(fold=original))
    return rows


def _by_filters(kinds: Sequence[str], filters: Filters) -> list[tuple[Filters, list[str]]]:
    """The kinds by the filters that stand for them: most of them share all."""
    shared: list[tuple[Filters, list[str]]] = []
    for kind in kinds:
        kept = filters.without(kind)
        served = next((served for other, served in shared if other == kept), None)
        if served is None:
            shared.append((kept, [kind]))
        else:
            served.append(kind)
    return shared


def _passing(
    name: str,
    rows: QuerySet[Garment],
    *,
    kinds: Sequence[str],
    among: Collection[int] | None,
    one: str,
) -> Part:
    """Who passes, once a product whatever the number of its photos, with what is counted."""
    columns = sorted({COLUMN_OF[kind] for kind in kinds if kind in COLUMN_OF})
    read = ("product_id", *columns, *(name for name in ("variant_group", "fold") if name in one))
    inner, params = rows.values_list(*read).query.sql_with_params()
    where, last = ("", ()) if among is None else (" WHERE product_id = ANY(%s)", (list(among),))
    return Part(
        f"{name} AS MATERIALIZED (SELECT DISTINCT {', '.join(('product_id', *columns))},"
        f" {one} AS one FROM ({inner}) AS found{where})",
        (*params, *last),
    )


def _counts(name: str, kinds: Sequence[str]) -> Iterator[Part]:
    """Count every kind but the price. In two steps, each a hash: `count(DISTINCT …)` would sort."""
    by_category = [kind for kind in BY_CATEGORY if kind in kinds]
    stored = [kind for kind in kinds if kind not in COLUMN_OF]
    if by_category:
        names, of, values = zip(*_category_words(by_category), strict=True)
        yield Part(
            "SELECT kind, value, count(*) FROM (SELECT DISTINCT words.kind, words.value, one"
            f" FROM {name} JOIN unnest(%s::text[], %s::text[], %s::text[])"
            " AS words (category, kind, value) USING (category)) AS each_once GROUP BY 1, 2",
            (list(names), list(of), list(values)),
        )
    for kind in kinds:
        if kind in COLUMN_OF and kind not in (*BY_CATEGORY, "price"):
            yield _each_once(name, kind, COLUMN_OF[kind])
    if stored:
        yield _stored(name, stored)


def _each_once(name: str, kind: str, column: str) -> Part:
    merged = shop_taxonomy().merged(kind)
    if not merged:
        return Part(
            f"SELECT '{kind}', {column}::text, count(*) FROM (SELECT DISTINCT {column}, one"
            f" FROM {name} WHERE {column}::text <> '') AS each_once GROUP BY {column}"
        )
    return Part(
        f"SELECT '{kind}', value, count(*) FROM (SELECT DISTINCT"
        f" coalesce(into_value, {column}) AS value, one FROM {name}"
        f" LEFT JOIN unnest(%s::text[], %s::text[]) AS merged (value, into_value)"
        f" ON merged.value = {column} WHERE {column} <> '') AS each_once GROUP BY 2",
        (list(merged), list(merged.values())),
    )


def _stored(name: str, kinds: Sequence[str]) -> Part:
    own = shop_taxonomy()
    merged = [(kind, value, into) for kind in kinds for value, into in own.merged(kind).items()]
    value, join = "facet.value", ""
    params: tuple[Any, ...] = ()
    if merged:
        value = "coalesce(merged.into_value, facet.value)"
        join = (
            " LEFT JOIN unnest(%s::text[], %s::text[], %s::text[])"
            " AS merged (kind, value, into_value) USING (kind, value)"
        )
        params = tuple(list(column) for column in zip(*merged, strict=True))
    return Part(
        f"SELECT kind, value, count(*) FROM (SELECT DISTINCT facet.kind, {value} AS value, one"
        f' FROM "{ProductFacet._meta.db_table}" AS facet JOIN {name} USING (product_id){join}'
        f" WHERE facet.shop_id = {current_shop_id()} AND facet.kind = ANY(%s)) AS each_once"
        " GROUP BY 1, 2",
        (*params, list(kinds)),
    )


def _category_words(kinds: Sequence[str]) -> Iterator[tuple[str, str, str]]:
    """(category, kind, value that a product of it counts for)."""
    own = shop_taxonomy()
    for category in taxonomy().categories.values():
        if "category" in kinds:
            yield category.id, "category", own.counts_as("category", category.id)
            if category.parent is not None:
                yield category.id, "category", own.counts_as("category", category.parent)
        if "group" in kinds:
            yield category.id, "group", own.counts_as("group", category.group)
