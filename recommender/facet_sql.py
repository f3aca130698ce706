# ruff: noqa: S608  -- the pieces are this file's own words; values go as parameters
"""The statement behind the facets: who passes which filters, counted by kind and value."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

from catalog.models import ProductFacet
from recommender.filters import COLUMNS, Filters, filtered, searchable
from tenants.scope import current_shop_id
from vision.taxonomy import taxonomy

BY_CATEGORY = ("category", "group")
"""A product counts for its category, for the one that this is a kind of, and for its group."""
COLUMN_SQL = {
    **{kind: column for kind, column in COLUMNS.items() if kind not in BY_CATEGORY},
    "in_stock": "in_stock::text",
}
READ = (
    *("product_id", "category", "pattern", "style", "color_family", "gender"),
    *("in_stock", "selling_price", "variant_group", "fold"),
)


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
    by_variant: bool,
    fold: bool,
    most: int,
) -> list[Row]:
    """Products by kind and value, each kind under all filters but its own.

    Of a kind the `most` frequent values, those that are chosen, and every price.
    """
    one = _one(by_variant=by_variant, fold=fold)
    passing, counts = [], []
    for at, (kept, served) in enumerate(_by_filters(kinds, filters)):
        name = f"passing_{at}"
        passing.append(_passing(name, kept, revision, among, one))
        counts += _counts(name, served)
    chosen = [f"{kind}:{value}" for kind, values in filters.values.items() for value in values]
    sql = (
        f"WITH {', '.join(part.sql for part in passing)}, counted (kind, value, found) AS"
        f" ({' UNION ALL '.join(part.sql for part in counts)}), placed AS (SELECT *,"
        " row_number() OVER (PARTITION BY kind ORDER BY found DESC, value) AS place,"
        " count(*) OVER (PARTITION BY kind) AS values FROM counted)"
        " SELECT kind, value, found, values FROM placed"
        " WHERE place <= %s OR kind = 'price' OR kind || ':' || value = ANY(%s)"
    )
    params = [value for part in (*passing, *counts) for value in part.params]
    with connection.cursor() as cursor:
        cursor.execute(sql, [*params, most, chosen])
        return [Row(*row) for row in cursor.fetchall()]


def _one(*, by_variant: bool, fold: bool) -> str:
    """What is counted once: what stands in one place of the results (`grouping`)."""
    one = "'p' || coalesce(fold, product_id)" if fold else "'p' || product_id"
    if not by_variant:
        return one
    return f"CASE WHEN variant_group = '' THEN {one} ELSE 'v' || variant_group END"


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
    name: str, kept: Filters, revision: str, among: Collection[int] | None, one: str
) -> Part:
    """Once a product, whatever the number of its photos."""
    rows = filtered(searchable(revision), kept).order_by().values_list(*READ)
    inner, params = rows.query.sql_with_params()
    where, last = ("", ()) if among is None else (" WHERE product_id = ANY(%s)", (list(among),))
    return Part(
        f"{name} AS MATERIALIZED (SELECT DISTINCT product_id, category, pattern, style,"
        f" color_family, gender, in_stock, selling_price, {one} AS one"
        f" FROM ({inner}) AS found{where})",
        (*params, *last),
    )


def _counts(name: str, kinds: Sequence[str]) -> Iterator[Part]:
    by_category = [kind for kind in BY_CATEGORY if kind in kinds]
    columns = [kind for kind in COLUMN_SQL if kind in kinds]
    stored = [kind for kind in kinds if kind not in (*BY_CATEGORY, *COLUMN_SQL, "price")]
    if by_category:
        names, of, values = zip(*_category_words(by_category), strict=True)
        yield Part(
            f"SELECT words.kind, words.value, count(DISTINCT one) FROM {name} JOIN unnest("
            "%s::text[], %s::text[], %s::text[]) AS words (category, kind, value)"
            " USING (category) GROUP BY 1, 2",
            (list(names), list(of), list(values)),
        )
    for kind in columns:
        column = COLUMN_SQL[kind]
        yield Part(
            f"SELECT '{kind}', {column}, count(DISTINCT one) FROM {name}"
            f" WHERE {column} <> '' GROUP BY 2"
        )
    if "price" in kinds:
        yield Part(
            f"SELECT 'price', selling_price::text, count(DISTINCT one) FROM {name}"
            " WHERE selling_price IS NOT NULL GROUP BY 2"
        )
    if stored:
        yield Part(
            "SELECT facet.kind, facet.value, count(DISTINCT one)"
            f' FROM "{ProductFacet._meta.db_table}" AS facet JOIN {name} USING (product_id)'
            f" WHERE facet.shop_id = {current_shop_id()} AND facet.kind = ANY(%s) GROUP BY 1, 2",
            (stored,),
        )


def _category_words(kinds: Sequence[str]) -> Iterator[tuple[str, str, str]]:
    """(category, kind, value that a product of it counts for)."""
    for category in taxonomy().categories.values():
        if "category" in kinds:
            yield category.id, "category", category.id
            if category.parent is not None:
                yield category.id, "category", category.parent
        if "group" in kinds:
            yield category.id, "group", category.group
