"""Facets: what a product can be filtered by beside the search table's own columns.

Category, pattern, style, colour, gender, price and stock stand in the garments' rows; here are the
other heads, brand, season and the shop's own attributes. This file alone writes them.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from catalog.holding import tags_that_hold
from catalog.models import ProductFacet, Tag
from catalog.models.product import Product
from catalog.models.teaching import OWN
from catalog.words import one_value
from tenants.bulk import rows_insert
from vision.taxonomy import taxonomy

COLUMNS = ("category", "pattern", "style", "color", "gender")
"""Kinds that the garments hold."""
FACET_FIELDS = frozenset({"brand", "season", "attributes"})
"""Fields of a product whose change changes nothing but facets."""
MOST_KIND = ProductFacet._meta.get_field("kind").max_length or 0
MOST_VALUE = ProductFacet._meta.get_field("value").max_length or 0
MOST_VALUES = 20
"""Of one attribute of one product."""
BATCH = 500
YES_NO = {True: "yes", False: "no"}
_BETWEEN = re.compile(r"\s*[,;/|+&·]\s*")

Facets = set[tuple[str, str]]
"""(kind, value)"""


def facets_write(*, product_ids: Collection[int]) -> int:
    """Bring the facets of these products in step with their fields and tags: how many rows changed.

    A handful of statements for each 500 products.
    """
    ids = sorted(set(product_ids))
    changed = 0
    for first in range(0, len(ids), BATCH):
        batch = ids[first : first + BATCH]
        tags: dict[int, list[Tag]] = {one: [] for one in batch}
        for tag in Tag.objects.filter(product_id__in=batch):
            tags[tag.product_id].append(tag)
        products = Product.objects.filter(pk__in=batch)
        changed += facets_put(
            wanted={
                product.pk: facets_of(product, tags_that_hold(product, tags[product.pk]))
                for product in products
            }
        )
    return changed


def facets_put(*, wanted: Mapping[int, Facets]) -> int:
    """Make the facets of these products (by id) be exactly these: how many rows changed."""
    missing = {(one, *facet) for one, facets in wanted.items() for facet in facets}
    gone = []
    # Which of the shop's own values a product has stands with their classes.
    rows = ProductFacet.objects.filter(product_id__in=list(wanted)).exclude(kind=OWN)
    for pk, *facet in rows.values_list("pk", "product_id", "kind", "value"):
        if tuple(facet) in missing:
            missing.remove(tuple(facet))
        else:
            gone.append(pk)
    if gone:
        ProductFacet.objects.filter(pk__in=gone).delete()
    if missing:
        rows_insert(
            ProductFacet,
            ("product_id", "kind", "value"),
            sorted(missing),
            # Another job may be writing the same product's.
            conflict="DO NOTHING",
        )
    return len(gone) + len(missing)


def facets_of(product: Product, held: Mapping[str, Tag]) -> Facets:
    """The facets of a product; `held` are its tags that count."""
    found = set(_heads(held)) | set(_attributes(product.attributes))
    found |= {("season", season) for season in _seasons(product, held)}
    if product.brand.strip():
        found.add(("brand", product.brand.strip()[:MOST_VALUE]))
    return found


def _heads(held: Mapping[str, Tag]) -> Iterator[tuple[str, str]]:
    """Of the heads that say something about the category that counts: shoes have no sleeve."""
    category = held["category"].value if "category" in held else ""
    known = taxonomy()
    for kind, tag in held.items():
        if kind in COLUMNS or kind == "season" or kind not in known.attributes:
            continue
        if category not in known.categories or tag.value in known.allowed(kind, category):
            yield kind, tag.value


def _seasons(product: Product, held: Mapping[str, Tag]) -> set[str]:
    """A person's word, else every season that the shop names, in its own words where they are no
    season's, else the feed's or the model's."""
    tag = held.get("season")
    if tag is not None and tag.source == Tag.Source.PERSON:
        return {tag.value}
    named = [one for one in _BETWEEN.split(product.season.strip()) if one]
    if named:
        return {one_value("season", one) or one for one in named}
    return {tag.value} if tag is not None else set()


def _attributes(attributes: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Attributes with a value that a person would pick; long texts are none."""
    for name, value in attributes.items():
        kind = f"attr:{name.strip()}"
        values = value if isinstance(value, list) else [value]
        for one in values[:MOST_VALUES]:
            said = _picked(one)
            if name.strip() and len(kind) <= MOST_KIND and 0 < len(said) <= MOST_VALUE:
                yield kind, said


def _picked(value: Any) -> str:
    if isinstance(value, bool):
        return YES_NO[value]
    return str(value).strip() if isinstance(value, str | int | float) else ""
