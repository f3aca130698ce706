"""A page of results: the products of a cut of the list, with all that the reply says of them.

In the shop's scope; two statements a page, a third where a result stands for others.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.core.files.storage import default_storage
from django.db.models import F, OuterRef, Subquery

from catalog.models import Garment, Photo, Product
from recommender.candidates import Candidate
from recommender.explain import explain
from recommender.grouping import Listed
from recommender.query import Query, Shade
from recommender.rank import DIGITS, Parts, Ranked, Weights
from recommender.word_reasons import word_reason

_OURS = {"en": "One of this shop's products.", "ko": "이 쇼핑몰의 상품이에요."}
MOST_NAMED = 12
"""SKUs that a result names of those that it stands for; it counts them all."""


@dataclass(frozen=True, slots=True)
class Others:
    """Products that a result stands for: how many, and the SKUs of the best."""

    count: int = 0
    skus: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Gave:
    """What each part and the words gave to the score; together they are the score."""

    parts: Parts
    words: float = 0.0


@dataclass(frozen=True, slots=True)
class Match:
    """One result. `image` is the storage name of the product's first tagged photo, "" for none."""

    product: Product
    image: str
    ranked: Ranked
    gave: Gave
    sentence: str
    words: float = 0.0
    variants: Others = Others()
    duplicates: Others = Others()

    @property
    def parts(self) -> Parts:
        return self.ranked.parts

    @property
    def score(self) -> float:
        return self.ranked.score

    @property
    def pinned(self) -> bool:
        return self.ranked.place is not None

    @property
    def image_url(self) -> str:
        """As the storage gives it; "" without a photo."""
        return str(default_storage.url(self.image)) if self.image else ""


@dataclass(frozen=True, slots=True)
class Page:
    """The results from one place of the list on; `end` is where the next page starts, if any."""

    matches: tuple[Match, ...]
    end: int | None


@dataclass(frozen=True, slots=True)
class Reasons:
    """What a sentence is made of beside the result: the query, what its words say, the weights."""

    query: Query
    weights: Weights
    lang: str
    labels: tuple[str, ...] = ()
    """What the words name, as the shopper reads it."""
    terms: tuple[str, ...] = ()
    """Words that are looked up in the products' texts."""
    words_share: float = 0.0
    """Of each score that the words gave, 0..1."""

    def gave(self, ranked: Ranked, words: float) -> Gave:
        shown = 1.0 - self.words_share
        parts = self.weights.gave(ranked.parts)
        return Gave(
            Parts(*(round(shown * one, DIGITS) for one in parts)),
            round(self.words_share * words, DIGITS),
        )


def page_cut(listed: Sequence[Listed], *, start: int, limit: int, reasons: Reasons) -> Page:
    """The next `limit` products from `start` on. What is gone since drops out, others move up."""
    matches: list[Match] = []
    at = start
    while at < len(listed) and len(matches) < limit:
        cut = listed[at : at + limit - len(matches)]
        matches += _matches(cut, reasons)
        at += len(cut)
    return Page(tuple(matches), at if at < len(listed) else None)


def _matches(cut: Sequence[Listed], reasons: Reasons) -> list[Match]:
    ids = [one.product_id for one in cut]
    first = Photo.objects.filter(product_id=OuterRef("pk"), state=Photo.State.DONE)
    rows = Product.objects.filter(pk__in=ids).defer("description", "attributes")
    shown = Subquery(first.order_by("position", "id").values("file")[:1])
    products = {one.pk: one for one in rows.annotate(image=shown)}
    garments = _garments(cut)
    skus = _skus(cut)
    return [
        _match(one, products[one.product_id], garments[one.product_id], skus, reasons)
        for one in cut
        if one.product_id in products and one.product_id in garments
    ]


def _match(
    one: Listed, product: Any, candidate: Candidate, skus: dict[int, str], reasons: Reasons
) -> Match:
    ranked = replace(one.ranked, candidate=candidate)
    return Match(
        product=product,
        image=product.image or "",
        ranked=ranked,
        gave=reasons.gave(ranked, one.words),
        sentence=_sentence(ranked, one.words, reasons),
        words=one.words,
        variants=_others(one.variants, skus),
        duplicates=_others(one.duplicates, skus),
    )


def _sentence(ranked: Ranked, words: float, reasons: Reasons) -> str:
    labels = () if reasons.query.garments else reasons.labels
    said = word_reason(labels=labels, terms=reasons.terms, words=words, lang=reasons.lang)
    if not reasons.query.garments:
        return said or _OURS[reasons.lang]
    seen = explain(reasons.query, ranked, reasons.lang, weights=reasons.weights)
    return f"{seen} {said}".strip()


def _garments(cut: Sequence[Listed]) -> dict[int, Candidate]:
    """By product, what its garment says now: the one that was ranked, or another of the product
    where its photo was seen again since."""
    ranked = {one.product_id: one.ranked.candidate for one in cut}
    rows = (
        Garment.objects.filter(product_id__in=list(ranked), is_product=True)
        .order_by(F("area").desc(), "id")
        .values_list(
            "product_id", "photo_id", "pk", "category", "pattern", "color_family", "palette"
        )
    )
    found: dict[int, Candidate] = {}
    for product_id, photo_id, pk, category, pattern, family, palette in rows:
        old = ranked[product_id]
        if product_id in found and pk != old.garment_id:
            continue
        found[product_id] = old._replace(
            photo_id=photo_id,
            garment_id=pk,
            category=category,
            pattern=pattern,
            color_family=family,
            palette=tuple(map(Shade.stored, palette)),
        )
    return found


def _skus(cut: Iterable[Listed]) -> dict[int, str]:
    others = {
        other for one in cut for other in (*one.variants[:MOST_NAMED], *one.duplicates[:MOST_NAMED])
    }
    if not others:
        return {}
    return dict(Product.objects.filter(pk__in=others).values_list("pk", "sku"))


def _others(ids: Sequence[int], skus: dict[int, str]) -> Others:
    return Others(len(ids), tuple(skus[one] for one in ids[:MOST_NAMED] if one in skus))
