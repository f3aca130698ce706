"""How well the mark of a good answer parts what a shop has from what it does not have.

Each photo and product asks twice: the shop as it is, and the shop without anything of the kind that
is looked for (a filter leaves it out). The best result of the first is right where it has the kind;
the best of the second cannot be right.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from analytics.good import LEAST_SCORE
from lookus.relevance.figures import Truths
from lookus.relevance.stock import Asked as Shown
from recommender.filters import Filters, with_kinds
from recommender.searched import Kind
from recommender.services import Asked, search
from recommender.timing import Timings
from tenants.models import Shop
from tenants.problems import Problem
from vision.taxonomy import taxonomy
from vision.training.labels import Labels

PRODUCTS = 150
"""Of the shop's own products, so many are asked with."""


@dataclass
class Scores:
    """Of one way of searching, the best scores: of right answers, of wrong ones, and of shops that
    do not have the kind."""

    right: list[float] = field(default_factory=list)
    wrong: list[float] = field(default_factory=list)
    without: list[float] = field(default_factory=list)

    def figures(self, kind: Kind) -> dict[str, float | int]:
        least = LEAST_SCORE[kind]
        return {
            f"good_{kind}_mark": least,
            f"good_{kind}_right": len(self.right),
            f"good_{kind}_right_pass": _share(self.right, least),
            f"good_{kind}_wrong_pass": _share(self.wrong, least),
            f"good_{kind}_without_pass": _share(self.without, least),
            f"good_{kind}_best_mark": self.best_mark(),
        }

    def best_mark(self) -> float:
        """Where the shares of right answers and of shops without that pass lie farthest apart
        (Youden's J), in hundredths."""
        marks = [one / 100 for one in range(1, 100)]
        return max(marks, key=lambda mark: _share(self.right, mark) - _share(self.without, mark))


def good_figures(shop: Shop, truths: Truths, photos: Iterable[Shown]) -> dict[str, float | int]:
    shown, similar = Scores(), Scores()
    for photo in photos:
        scored(shop, truths, Asked(image=photo.data, by_variant=False), photo.truth, shown)
    for sku in list(truths)[:PRODUCTS]:
        scored(shop, truths, Asked(sku=sku, by_variant=False), truths[sku], similar)
    return shown.figures("photo") | similar.figures("product")


def scored(shop: Shop, truths: Truths, asked: Asked, truth: Labels, into: Scores) -> None:
    """Ask in both shops; a query in which no garment was made out says nothing."""
    wanted = truth.get("category") or frozenset()
    best = _best(shop, asked, Filters())
    if best is not None:
        sku, score = best
        right = bool(wanted & truths[sku].get("category", frozenset()))
        (into.right if right else into.wrong).append(score)
    without = _best(shop, asked, Filters(values={"category": _others(wanted)}))
    if without is not None:
        into.without.append(without[1])


def _best(shop: Shop, asked: Asked, filters: Filters) -> tuple[str, float] | None:
    """SKU and score of the best result."""
    try:
        answer = search(shop=shop, asked=replace(asked, filters=filters), timings=Timings())
    except Problem:
        return None
    if not answer.matches or not answer.query.found:
        return None
    best = max(answer.matches, key=lambda match: match.ranked.score)
    return best.product.sku, best.ranked.score


def _others(wanted: Iterable[str]) -> tuple[str, ...]:
    """Every category that is none of these, nor what one of these is a kind of."""
    known = taxonomy().categories
    family = set(with_kinds({known[one].parent or one for one in wanted}))
    return tuple(one for one in known if one not in family)


def _share(scores: Iterable[float], least: float) -> float:
    held = list(scores)
    return round(sum(score >= least for score in held) / len(held), 3) if held else 0.0
