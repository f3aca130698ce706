"""What a filter names must exist in the shop: its brands, seasons and attributes. In its scope."""

from collections.abc import Sequence
from difflib import get_close_matches

from django.db.models import Count, Q

from catalog.models import ProductFacet
from recommender.facets import known_kinds
from recommender.fields import worded
from recommender.filter_shape import HEADS, KINDS, OPEN, is_attribute, short
from recommender.filters import Filters
from tenants.problems import Problem
from vision.taxonomy import taxonomy

MOST_NAMED = 20
"""Values that a message lists: the most like the one that was asked for, then the commonest."""


def filters_check(filters: Filters) -> None:
    """Raises Problem for a brand, season or attribute that no product of the shop has, naming what
    there is. One statement where there is such a filter, none where there is not.
    """
    asked = {kind: values for kind, values in filters.values.items() if kind not in HEADS}
    if not asked:
        return
    pairs = Q()
    for kind, values in asked.items():
        pairs |= Q(kind=kind, value__in=values)
    there = set(ProductFacet.objects.filter(pairs).order_by().values_list("kind", "value"))
    there |= {("season", season) for season in taxonomy().ids("season")}
    for kind, values in asked.items():
        for value in values:
            if (kind, value) not in there:
                raise _unknown(kind, value)


def kinds_check(kinds: Sequence[str]) -> None:
    """Raises Problem for a facet that there is not, naming those that there are."""
    for kind in kinds:
        if kind in KINDS or (is_attribute(kind) and _exists(kind)):
            continue
        known = ", ".join(known_kinds())
        raise _refused("facets", "unknown_facet", name=short(kind), known=known)


def _exists(kind: str) -> bool:
    return ProductFacet.objects.filter(kind=kind).exists()


def _unknown(kind: str, value: str) -> Problem:
    if kind not in OPEN and not _exists(kind):
        kinds = ", ".join(dict.fromkeys((*known_kinds(), *OPEN)))
        return _refused("filters", "unknown_filter", name=short(kind), known=kinds)
    known = ", ".join(_values_like(kind, value)) or "–"
    field = f"filters.{kind}"
    return _refused(field, "unknown_value", kind=kind, name=short(value), known=known)


def _values_like(kind: str, asked: str) -> list[str]:
    rows = ProductFacet.objects.filter(kind=kind).values_list("value")
    common = [value for value, _ in rows.annotate(count=Count("id")).order_by("-count", "value")]
    folded: dict[str, str] = {}
    for value in common:
        folded.setdefault(value.casefold(), value)
    near = get_close_matches(asked.casefold(), folded, n=MOST_NAMED // 4)
    return list(dict.fromkeys([*(folded[one] for one in near), *common]))[:MOST_NAMED]


def _refused(field: str, code: str, **words: str) -> Problem:
    error = {"field": field, "code": code, "message": worded(code, **words)}
    return Problem("validation_error", errors=[error])
