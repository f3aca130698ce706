"""A photo's order and its words' order made one, by several methods: which finds most of both?"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from math import log2
from statistics import mean

from catalog.models import Product
from catalog.selectors import live_revision
from lookus.relevance.photo_words import Question, questions, said
from lookus.relevance.stock import Asked as Shown
from recommender.asked import Asked
from recommender.by_photo import photo_and_words
from recommender.grouping import Listed, grouped
from recommender.merchandising import Arrangement
from recommender.query import Query
from recommender.rank import DEFAULT_WEIGHTS, WHOLE_PHOTO_WEIGHTS, Ranked
from recommender.services import search
from recommender.sought import Case, Sought
from recommender.timing import Timings
from recommender.words import WordMatch, fuse, understand
from tenants.models import Shop
from tenants.problems import Problem
from tenants.scope import shop_scope
from vision.training.labels import Labels

FIRST = 6
HALVES = ("a", "b")
"""Photos by turns: a method is chosen on the one half and confirmed on the other."""

Fusing = Callable[[Sequence[Ranked], Sequence[WordMatch]], list[Ranked]]


def by_score(
    ranked: Sequence[Ranked],
    matches: Sequence[WordMatch],
    *,
    words_share: float,
    power: float = 1.0,
    known: int | None = None,
) -> list[Ranked]:
    """The sum of both scores, the words' BM25 over the best's to the `power`; of the words' order
    only the first `known` count."""
    best = max((match.score for match in matches), default=0.0) or 1.0
    words = {one.product_id: (one.score / best) ** power for one in matches[:known]}
    return _sorted(
        ranked,
        [
            (1 - words_share) * one.score + words_share * words.get(one.candidate.product_id, 0.0)
            for one in ranked
        ],
    )


def by_rank(
    ranked: Sequence[Ranked],
    matches: Sequence[WordMatch],
    *,
    k: float = 60.0,
    words_share: float = 0.5,
) -> list[Ranked]:
    """Reciprocal rank fusion (Cormack and others 2009): the sum of share / (k + rank), ranks from
    1. A product that the words did not find has the photo's term alone."""
    places = {match.product_id: at for at, match in enumerate(matches, 1)}
    scores = []
    for at, one in enumerate(ranked, 1):
        place = places.get(one.candidate.product_id)
        words = words_share / (k + place) if place else 0.0
        scores.append((1 - words_share) / (k + at) + words)
    return _sorted(ranked, scores)


def _sorted(ranked: Sequence[Ranked], scores: Sequence[float]) -> list[Ranked]:
    fused = [replace(one, score=score) for one, score in zip(ranked, scores, strict=True)]
    return sorted(fused, key=lambda one: (-one.score, one.candidate.product_id))


METHODS: Mapping[str, Fusing] = {
    "served": fuse,
    "linear_0.30_of_100": partial(by_score, words_share=0.3, known=100),
    **{
        f"linear_{share:.2f}": partial(by_score, words_share=share)
        for share in (0.0, 0.15, 0.3, 0.45, 0.6)
    },
    **{
        f"root_{share:.2f}": partial(by_score, words_share=share, power=0.5)
        for share in (0.2, 0.25, 0.35, 0.4)
    },
    "has_0.25": partial(by_score, words_share=0.25, power=0.0),
    "rank_60": by_rank,
    "rank_10": partial(by_rank, k=10.0),
    "rank_60_words_0.40": partial(by_rank, words_share=0.4),
    "rank_10_words_0.40": partial(by_rank, k=10.0, words_share=0.4),
}
"""`served` is what searches use: root at 0.30. `linear_0.30_of_100` was, before it was measured."""


@dataclass(frozen=True)
class Sides:
    """What the service found of a question, before both orders are made one."""

    question: Question
    half: str
    ranked: Sequence[Ranked]
    matches: Sequence[WordMatch]
    skus: Mapping[int, str]


@dataclass
class Tally:
    """Of one method: right results among the first six, and what each query was worth."""

    results: int = 0
    category: int = 0
    word: int = 0
    both: int = 0
    gains: list[float] = field(default_factory=list)
    photo: list[float] = field(default_factory=list)

    def add(self, sides: Sides, fusing: Fusing) -> None:
        question = sides.question
        photo = {one.candidate.product_id: one.score for one in sides.ranked}
        first = _first(fusing(sides.ranked, sides.matches))
        skus = [sides.skus[one] for one in first]
        both = question.alike & question.having
        self.results += len(skus)
        self.category += sum(sku in question.alike for sku in skus)
        self.word += sum(sku in question.having for sku in skus)
        self.both += sum(sku in both for sku in skus)
        self.gains.append(ndcg([sku in both for sku in skus], len(both)))
        self.photo += [photo[one] for one in first]

    def figures(self, name: str) -> dict[str, float | int]:
        return {
            f"{name}_queries": len(self.gains),
            f"{name}_category": round(self.category / self.results, 4),
            f"{name}_word": round(self.word / self.results, 4),
            f"{name}_both": round(self.both / self.results, 4),
            f"{name}_ndcg": round(mean(self.gains), 4),
            f"{name}_photo_score": round(mean(self.photo), 4),
        }


def fused_figures(
    shop: Shop, truths: Mapping[str, Labels], photos: Iterable[Shown]
) -> dict[str, float | int]:
    """The figures of each method, on each half of the photos and on each kind of word."""
    tallies: dict[str, Tally] = {}
    for sides in asked_sides(shop, truths, photos):
        for method, fusing in METHODS.items():
            for part in (sides.half, sides.question.kind):
                tallies.setdefault(f"fused_{method}_{part}", Tally()).add(sides, fusing)
    return {
        key: value
        for name, tally in tallies.items()
        if tally.results
        for key, value in tally.figures(name).items()
    }


def asked_sides(
    shop: Shop, truths: Mapping[str, Labels], photos: Iterable[Shown]
) -> Iterable[Sides]:
    """Every question, as the service understands it and finds products for it."""
    texts, skus = _texts(shop)
    for at, shown in enumerate(photos):
        query = _seen(shop, shown)
        if query is None:
            continue
        for question in questions(shown, truths, texts):
            ranked, matches = _found(shop, query, question)
            yield Sides(question, HALVES[at % len(HALVES)], ranked, matches, skus)


def ndcg(right: Sequence[bool], there_are: int) -> float:
    """Normalised discounted cumulative gain of the first six (Järvelin and Kekäläinen 2002), of
    results that are right or not; `there_are` so many right ones in the shop."""
    best = sum(1 / log2(at + 2) for at in range(min(FIRST, there_are)))
    return sum(1 / log2(at + 2) for at, one in enumerate(right) if one) / best


def _texts(shop: Shop) -> tuple[dict[str, frozenset[str]], dict[int, str]]:
    """By SKU what the product's texts say, and the SKUs by id."""
    with shop_scope(shop):
        rows = list(Product.objects.values_list("pk", "sku", "title", "description"))
    return (
        {sku: said(f"{title}. {description}") for _, sku, title, description in rows},
        {key: sku for key, sku, _, _ in rows},
    )


def _seen(shop: Shop, shown: Shown) -> Query | None:
    try:
        asked = Asked(image=shown.data, limit=FIRST, by_variant=False)
        return search(shop=shop, asked=asked, timings=Timings()).query
    except Problem:
        return None


def _found(
    shop: Shop, query: Query, question: Question
) -> tuple[Sequence[Ranked], Sequence[WordMatch]]:
    asked = Asked(text=question.text, limit=FIRST, by_variant=False)
    weights = DEFAULT_WEIGHTS if query.found else WHOLE_PHOTO_WEIGHTS
    with shop_scope(shop):
        words = understand(question.text, lang=asked.lang, currency=shop.currency)
        case = Case(
            shop, Sought(query, words), asked, live_revision(shop), words.filters, Arrangement
        )
        return photo_and_words(case, Arrangement(), weights)


def _first(ranked: Sequence[Ranked]) -> list[int]:
    """The ids of the first six places, look-alikes on one place as a search has them."""
    listed = grouped([Listed(one) for one in ranked], by_variant=False, fold=True)
    return [one.product_id for one in listed[:FIRST]]
