"""The test that a shop carries in itself: its products' second photos, and its reviewed tags."""

import random
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from catalog.models import Garment, Tag

MOST = 300
"""Photos asked for at most: 300 tell a loss of three in a hundred from chance."""
SEED = 4
"""The same cases for the same catalogue, so that two measurements are of the same questions."""
MEASURED = ("color",)
"""Kinds that are measured and not told by a head: they stand in the palette."""


@dataclass(frozen=True, slots=True)
class Case:
    """One question: is `product_id`, or one that looks the same, found by its photo `photo_id`?"""

    photo_id: int
    product_id: int
    fold: int | None


def second_photos(revision: str, *, most: int = MOST) -> list[Case]:
    """Of every product with several seen photos the last one, at most `most` drawn by lot; those
    that every revision saw can be compared. In the shop's scope."""
    rows = (
        Garment.objects.filter(revision=revision, is_product=True)
        .order_by("product_id", "photo__position", "photo_id", "id")
        .values_list("product_id", "photo_id", "fold")
    )
    photos: dict[int, list[tuple[int, int | None]]] = {}
    for product, photo, fold in rows:
        photos.setdefault(product, []).append((photo, fold))
    cases = [
        Case(held[-1][0], product, held[-1][1])
        for product, held in photos.items()
        if len({photo for photo, _ in held}) > 1
    ]
    chosen = random.Random(SEED).sample(cases, min(most, len(cases)))  # noqa: S311  no secret
    return sorted(chosen, key=lambda one: one.photo_id)


@dataclass(frozen=True, slots=True)
class Reviewed:
    """What a person said of a product, and what a revision of the model says of its photo."""

    product_id: int
    kind: str
    said: str
    model: str

    @property
    def right(self) -> bool:
        return self.said == self.model


def reviewed_tags(revision: str) -> list[Reviewed]:
    """Each person's tag beside the model's answer for the product's first photo, as it would be
    without that person. In the shop's scope."""
    people = Tag.objects.filter(source=Tag.Source.PERSON).values_list("product_id", "kind", "value")
    said: dict[int, dict[str, str]] = {}
    for product, kind, value in people:
        said.setdefault(product, {})[kind] = value
    rows = (
        Garment.objects.filter(revision=revision, is_product=True, product_id__in=said)
        .order_by("product_id", "photo__position", "photo_id", "id")
        .values_list("product_id", "tags", "palette")
    )
    first: dict[int, tuple[dict[str, Any], list[dict[str, Any]]]] = {}
    for product, tags, palette in rows:
        first.setdefault(product, (tags, palette))
    return [one for product, seen in first.items() for one in _beside(product, said[product], seen)]


def _beside(
    product: int, said: dict[str, str], seen: tuple[dict[str, Any], list[dict[str, Any]]]
) -> Iterable[Reviewed]:
    tags, palette = seen
    for kind, value in sorted(said.items()):
        if kind in MEASURED:
            model = palette[0]["family"] if palette else ""
        elif kind in tags:
            model = str(tags[kind]["value"])
        else:
            continue
        yield Reviewed(product, kind, value, model)
