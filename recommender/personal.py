"""A visitor's own clicks of this session move the order a little. Nothing about it is kept.

The page sends the SKUs that its visitor clicked, the latest last; they are read, used and
forgotten. A shop switches it on (`Shop.personalised`): the statement that reads what was clicked
asks, so that no caller can forget to.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
from django.db.models import Subquery
from pgvector import HalfVector
from pgvector.django import CosineDistance

from catalog.models import Garment
from recommender import alike
from recommender.rank import Ranked

MOST_CLICKS = 10
"""The latest of a session: older ones tell of another wish."""
FADE = 0.8
"""A click counts so much of the one after it."""
STRENGTH = 0.06
"""The most that clicks add to a score of 0..1. A kindred category costs 0.105 by the default
weights: clicks choose among garments of the kind that was asked for, never the kind."""
LOOK, COLOR, PATTERN = 0.6, 0.25, 0.15
"""Shares of a taste: how the garments look, their colour families, their patterns."""
STRANGE = 0.3
"""Cosine with the clicked garments' mean at which a look says nothing; 1 is a twin."""


@dataclass(frozen=True, slots=True, eq=False)
class Taste:
    """What a session's clicks have in common; the shares of a kind sum to 1."""

    products: Collection[int]
    look: npt.NDArray[np.float32]
    colors: Mapping[str, float]
    patterns: Mapping[str, float]


def personal(ranked: Sequence[Ranked], *, clicked: Sequence[str]) -> list[Ranked]:
    """The order with what is like the clicked SKUs a little higher.

    As it is where the shop has not switched it on or knows none of the SKUs. What was clicked
    gets nothing itself: it was looked at already. Call it in the shop's scope, before `arranged`.
    """
    taste = _taste(clicked, beside=ranked[0].candidate.garment_id) if clicked and ranked else None
    if taste is None:
        return list(ranked)
    looks = _looks(taste, [one.candidate.garment_id for one in ranked])
    moved = [
        one
        if one.candidate.product_id in taste.products
        else replace(one, boost=one.boost + STRENGTH * _liking(one, taste, looks))
        for one in ranked
    ]
    return sorted(moved, key=lambda one: (-(one.score + one.boost), one.candidate.product_id))


def _taste(clicked: Sequence[str], *, beside: int) -> Taste | None:
    """Of the latest clicks' garments, seen by the bundle that saw the garment `beside`."""
    latest = list(dict.fromkeys(reversed(clicked)))[:MOST_CLICKS]
    seen_by = Garment.objects.filter(pk=beside).values("revision")[:1]
    rows = Garment.objects.filter(
        product__sku__in=latest,
        is_product=True,
        revision=Subquery(seen_by),
        shop__personalised=True,
    )
    biggest: dict[str, Garment] = {}
    for one in rows.select_related("product").order_by("-area", "id"):
        biggest.setdefault(one.product.sku, one)
    garments = [biggest[sku] for sku in latest if sku in biggest]
    if not garments:
        return None
    weights = np.power(FADE, np.arange(len(garments), dtype=np.float32))
    weights /= weights.sum()
    embeddings = np.asarray([one.embedding for one in garments], np.float32)
    return Taste(
        products={one.product_id for one in garments},
        look=weights @ embeddings,
        colors=_shares([one.color_family for one in garments], weights),
        patterns=_shares([one.pattern for one in garments], weights),
    )


def _shares(values: Sequence[str], weights: npt.NDArray[np.float32]) -> dict[str, float]:
    shares: dict[str, float] = {}
    for value, weight in zip(values, weights, strict=True):
        shares[value] = shares.get(value, 0.0) + float(weight)
    return shares


def _looks(taste: Taste, garments: Sequence[int]) -> dict[int, float]:
    """By garment, the cosine with the mean of what was clicked."""
    distance = CosineDistance("embedding", HalfVector(taste.look))
    rows = Garment.objects.filter(pk__in=garments).annotate(distance=distance)
    return {key: 1.0 - apart for key, apart in rows.values_list("pk", "distance")}


def _liking(one: Ranked, taste: Taste, looks: Mapping[int, float]) -> float:
    """0..1."""
    candidate = one.candidate
    look = (looks.get(candidate.garment_id, 0.0) - STRANGE) / (1 - STRANGE)
    return (
        LOOK * min(1.0, max(0.0, look))
        + COLOR * taste.colors.get(candidate.color_family, 0.0)
        + PATTERN * alike.pattern(taste.patterns, candidate.pattern)
    )
