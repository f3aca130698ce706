"""A page of results: the products of a cut of the list, with all that the reply says of them.

In the shop's scope; one statement a page, a second where a result stands for others.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from django.core.files.storage import default_storage

from catalog.models import Product
from recommender.candidates import Candidate
from recommender.direct import direct
from recommender.explain import explain
from recommender.grouping import Listed
from recommender.query import Query, Shade
from recommender.rank import DIGITS, Parts, Ranked, Weights
from recommender.word_reasons import word_reason
from recommender.words import damped

_OURS = {"en": "One of this shop's products.", "ko": "이 쇼핑몰의 상품이에요."}
MOST_NAMED = 12
"""SKUs that a result names of those that it stands for; it counts them all."""


_FIELDS = (
    *("id", "shop_id", "sku", "title", "brand", "url", "price", "sale_price", "currency"),
    *("in_stock", "translations"),
)
# Of its garments the one that was ranked, or another where its photo was seen again since.
_PAGE = """
    SELECT product.id, product.shop_id, product.sku, product.title, product.brand, product.url,
        product.price, product.sale_price, product.currency, product.in_stock,
        product.translations,
        (SELECT photo.file FROM catalog_photo photo
         WHERE photo.shop_id = {shop} AND photo.product_id = product.id AND photo.state = 'done'
         ORDER BY photo.position, photo.id LIMIT 1),
        garment.id, garment.photo_id, garment.category, garment.pattern, garment.color_family,
        garment.palette
    FROM catalog_product product CROSS JOIN LATERAL (
        SELECT * FROM catalog_garment
        WHERE shop_id = {shop} AND product_id = product.id AND is_product
        ORDER BY id = ANY(%s) DESC, area DESC, id LIMIT 1
    ) garment
    WHERE product.shop_id = {shop} AND product.id = ANY(%s)
"""


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
class _Shown:
    product: Product
    image: str
    candidate: Candidate


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
        fit = damped(words) if self.query.garments else words
        return Gave(
            Parts(*(round(shown * one, DIGITS) for one in parts)),
            round(self.words_share * fit, DIGITS),
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


def first_pages(
    lists: Iterable[Sequence[Listed]], *, limit: int, reasons: Reasons
) -> list[tuple[Match, ...]]:
    """The beginnings of several orders of the same products, which are read once."""
    cuts = [listed[:limit] for listed in lists]
    every = [one for cut in cuts for one in cut]
    found, skus = _products(every), _skus(every)
    return [tuple(_those_of(cut, found, skus, reasons)) for cut in cuts]


def _matches(cut: Sequence[Listed], reasons: Reasons) -> list[Match]:
    return list(_those_of(cut, _products(cut), _skus(cut), reasons))


def _those_of(
    cut: Iterable[Listed], found: Mapping[int, _Shown], skus: dict[int, str], reasons: Reasons
) -> Iterator[Match]:
    return (
        _match(one, found[one.product_id], skus, reasons) for one in cut if one.product_id in found
    )


def _match(one: Listed, shown: _Shown, skus: dict[int, str], reasons: Reasons) -> Match:
    ranked = replace(one.ranked, candidate=shown.candidate)
    return Match(
        product=shown.product,
        image=shown.image,
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


def _products(cut: Sequence[Listed]) -> dict[int, _Shown]:
    """By product, what it is now. A product without a garment is not shown anywhere."""
    ranked = {one.product_id: one.ranked.candidate for one in cut}
    garments = [one.garment_id for one in ranked.values()]
    found = {}
    for row in direct(_PAGE, [garments, list(ranked)]):
        fields = list(row[: len(_FIELDS)])
        fields[-1] = json.loads(fields[-1])
        image, garment_id, photo_id, category, pattern, family, palette = row[len(_FIELDS) :]
        found[row[0]] = _Shown(
            Product.from_db("default", _FIELDS, fields),
            image or "",
            ranked[row[0]]._replace(
                photo_id=photo_id,
                garment_id=garment_id,
                category=category,
                pattern=pattern,
                color_family=family,
                palette=tuple(map(Shade.stored, json.loads(palette))),
            ),
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
