"""What people said of products, beside what the stock heads said: rows to learn a head from."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from django.db.models import Count

from catalog.models import Garment, Product, ReviewDecision, Tag
from catalog.services.teaching.vectors import Clear, vectors_of
from catalog.shop_taxonomy import shop_taxonomy
from catalog.teaching.head import Examples, stock_logs
from vision.taxonomy import taxonomy

SURE = 0.8
"""The stock's answers from here on are shown as right where nobody touched them."""
MOST_PEOPLE = 5000
"""The newest words of people that a head is made of."""
ANCHORS_A_WORD = 2
LEAST_ANCHORS, MOST_ANCHORS = 200, 2000
DISAGREED = 3
"""Where people so often said otherwise, and mostly, a sure stock answer is no anchor."""
SEED = 7


@dataclass(frozen=True, slots=True)
class Said:
    """One product: what the stock head says of it, and what is right."""

    product: int
    garment: int
    stock: Mapping[str, Any]
    value: str
    person: bool
    sample: bool = False


def examples_of(kind: str, clear: Clear) -> Examples:
    """People's words and anchors of one kind, for the products of `clear`. In the shop's scope."""
    garments = dict(zip(clear.products.tolist(), clear.garments.tolist(), strict=True))
    said = _people(kind, garments)
    said += _anchors(kind, garments, said)
    values = list(taxonomy().ids(kind))
    place = {value: at for at, value in enumerate(values)}
    groups = designs({one.product for one in said})
    return Examples(
        vectors=vectors_of(np.array([one.garment for one in said], np.int64)),
        stock=np.array([stock_logs(values, one.stock["top"], one.stock["value"]) for one in said]),
        said=np.array([place[one.stock["value"]] for one in said], np.int64),
        labels=np.array([place[one.value] for one in said], np.int64),
        groups=np.array([groups[one.product] for one in said], np.int64),
        people=np.array([one.person for one in said], bool),
        asked_only=np.array([one.sample for one in said], bool),
    )


def designs(product_ids: Collection[int]) -> dict[int, int]:
    """Product → its design: one number for variants of one group, and for those that look the same.

    A design is never learned from and asked about at once.
    """
    rows = Product.objects.filter(pk__in=product_ids).values_list("pk", "variant_group")
    groups = dict(rows)
    folds = dict(
        Garment.objects.filter(product_id__in=product_ids, fold__isnull=False)
        .order_by()
        .values_list("product_id", "fold")
    )
    numbers: dict[Any, int] = {}
    found = {}
    for product in sorted(product_ids):
        name = groups.get(product) or folds.get(product, product)
        found[product] = numbers.setdefault(name, len(numbers))
    return found


def people_counts() -> dict[str, int]:
    """How many words of people there are of each kind that the stock bundles have a head for."""
    rows = Tag.objects.filter(source=Tag.Source.PERSON).order_by().values_list("kind")
    counts = dict(rows.annotate(count=Count("pk")))
    return {kind: count for kind, count in counts.items() if kind in taxonomy().kinds}


def _people(kind: str, garments: Mapping[int, int]) -> list[Said]:
    """Values that the shop merged count as what they were merged into."""
    rows = Tag.objects.filter(kind=kind, source=Tag.Source.PERSON).order_by("-at", "-pk")
    own, known = shop_taxonomy(), set(taxonomy().ids(kind))
    words = {
        product: own.counts_as(kind, value)
        for product, value in rows.values_list("product_id", "value")[:MOST_PEOPLE]
        if product in garments and value in known
    }
    drawn = ReviewDecision.objects.filter(kind=kind, sampled=True, undone_at__isnull=True)
    sample = set(drawn.values_list("product_id", flat=True))
    stock = _stock(kind, [garments[product] for product in words])
    return [
        Said(product, garments[product], stock[garments[product]], value, True, product in sample)
        for product, value in sorted(words.items())
        if garments[product] in stock
    ]


def _anchors(kind: str, garments: Mapping[int, int], people: list[Said]) -> list[Said]:
    """Products by lot of whose kind nobody said anything and of which the stock head is sure."""
    told = Tag.objects.filter(kind=kind).exclude(source=Tag.Source.MODEL)
    free = np.array(sorted(set(garments) - set(told.values_list("product_id", flat=True))))
    wanted = min(MOST_ANCHORS, max(LEAST_ANCHORS, ANCHORS_A_WORD * len(people)))
    if not len(free):
        return []
    drawn = np.random.default_rng(SEED).permutation(free)[: 3 * wanted].tolist()
    stock = _stock(kind, [garments[product] for product in drawn])
    doubted = _doubted(people)
    found = []
    for product in drawn:
        seen = stock.get(garments[product])
        if seen is None or seen["unsure"] or seen["probability"] < SURE:
            continue
        if seen["value"] not in doubted:
            found.append(Said(product, garments[product], seen, seen["value"], False))
    return found[:wanted]


def _doubted(people: list[Said]) -> set[str]:
    """Values that people mostly deny even where the stock head is sure of them."""
    asked: dict[str, list[bool]] = {}
    for one in people:
        if not one.stock["unsure"]:
            asked.setdefault(one.stock["value"], []).append(one.value == one.stock["value"])
    return {
        value
        for value, agreed in asked.items()
        if agreed.count(False) >= DISAGREED and agreed.count(False) > agreed.count(True)
    }


def _stock(kind: str, garment_ids: list[int]) -> dict[int, dict[str, Any]]:
    """What the stock head said of these garments, where it is there and knows the value."""
    rows = Garment.objects.filter(pk__in=garment_ids).values_list("pk", f"tags__{kind}")
    known = set(taxonomy().ids(kind))
    return {pk: said for pk, said in rows if said and said["value"] in known}
