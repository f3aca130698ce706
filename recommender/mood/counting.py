"""The styles of the products of the shop in scope, counted from their tags."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from heapq import nsmallest
from typing import Any

from django.db.models import Count, Max

from catalog.models import Garment, Tag
from catalog.selectors import RANK
from recommender.mood.styles import says_style
from vision.types import WHOLE_PHOTO

PICKS = 12
"""Products kept for each style, to be shown on its page."""
CHUNK = 2000
DECIMALS = 3

Said = tuple[int, str, Mapping[str, float]]
"""Of one product: the rank of who said it, the style, the styles with how sure each is."""


@dataclass(frozen=True, slots=True)
class Counted:
    """`counts`: products by style; `picks`: ids of those most surely of it, the surest first."""

    counts: dict[str, float]
    picks: dict[str, list[int]]
    products: int


def fingerprint(*, head: str, revision: str) -> str:
    """Of the tags that `counted` reads: the same fingerprint, the same count."""
    told = Tag.objects.filter(kind=head).aggregate(count=Count("pk"), newest=Max("at"))
    newest = told["newest"].isoformat() if told["newest"] else "-"
    return f"{head}:{revision}:{told['count']}:{newest}"


def counted(*, head: str, styles: Collection[str], revision: str) -> Counted:
    """Count each product in its styles by how sure they are; a person's or feed's word is sure.

    Probabilities are calibrated, so that their sums are the number of products of a style even
    where most of them are unsure. Products whose garment was not made out are left out, and bags,
    shoes and the like too, unless the shop sells nothing else.
    """
    groups = _products(revision)
    said = _said(head, styles, groups)
    counts: dict[str, float] = defaultdict(float)
    ranked: dict[str, list[tuple[float, int]]] = defaultdict(list)
    for product_id, (_, style, shares) in said.items():
        for one, share in shares.items():
            counts[one] += share
        if style in shares:
            ranked[style].append((-shares[style], product_id))
    return Counted(
        counts={style: round(one, DECIMALS) for style, one in sorted(counts.items())},
        picks={style: _picked(ranked[style], groups) for style in sorted(ranked)},
        products=len(said),
    )


def _products(revision: str) -> dict[int, str]:
    """The products that searches see and that say something about a style, with their variant
    groups."""
    rows = Garment.objects.filter(revision=revision, is_product=True).exclude(region=WHOLE_PHOTO)
    worn: dict[int, str] = {}
    others: dict[int, str] = {}
    found = rows.order_by().values_list("product_id", "variant_group", "category")
    for product_id, group, category in found.iterator(CHUNK):
        (worn if says_style(category) else others)[product_id] = group
    return worn or others


def _said(head: str, styles: Collection[str], products: Collection[int]) -> dict[int, Said]:
    """By product, the word that counts."""
    best: dict[int, Said] = {}
    rows = Tag.objects.filter(kind=head).order_by()
    for product_id, source, value, top in rows.values_list(
        "product_id", "source", "value", "top"
    ).iterator(CHUNK):
        rank = RANK[Tag.Source(source)]
        if product_id not in products or (product_id in best and best[product_id][0] < rank):
            continue
        likely: Iterable[tuple[str, Any]] = top if source == Tag.Source.MODEL else [(value, 1.0)]
        shares = {style: float(share) for style, share in likely if style in styles}
        best[product_id] = (rank, value, shares)
    return {product_id: one for product_id, one in best.items() if one[2]}


def _picked(ranked: Iterable[tuple[float, int]], groups: Mapping[int, str]) -> list[int]:
    """The surest, one of a group of variants."""
    picks: dict[str, int] = {}
    for _, product_id in nsmallest(PICKS * PICKS, ranked):
        picks.setdefault(groups[product_id] or f"alone {product_id}", product_id)
    return list(picks.values())[:PICKS]
