"""Searching: key's shop and a photo, an address or a product in; ranked products and why out."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils import timezone

from billing.models import Kind
from billing.services import OverQuota, quota_check
from catalog.models import Photo, Product
from catalog.selectors import live_revision
from recommender.candidates import Filters, candidates, searchable, with_palettes
from recommender.explain import explain
from recommender.query import Query
from recommender.rank import DEFAULT_WEIGHTS, WHOLE_PHOTO_WEIGHTS, Parts, Ranked, rank
from recommender.signals import search_answered
from recommender.sources import photo_query, product_query
from recommender.timing import Timings
from recommender.usage import photo_counted, product_counted, seconds_to_next_month
from tenants.fetch import FetchFailed, FetchRefused, fetch
from tenants.models import Shop
from tenants.problems import Problem
from tenants.scope import shop_scope
from vision.decode import DEFAULT_LIMITS
from vision.types import Box


@dataclass(frozen=True, slots=True)
class Asked:
    """One of `image`, `image_url` and `sku`, and how to answer."""

    image: bytes | None = None
    image_url: str = ""
    sku: str = ""
    box: Box | None = None
    filters: Filters = field(default_factory=Filters)
    limit: int = 6
    lang: str = "en"


@dataclass(frozen=True, slots=True)
class Match:
    """One product of the answer; `photo` is the product's first that has been tagged."""

    product: Product
    photo: Photo | None
    ranked: Ranked
    sentence: str

    @property
    def parts(self) -> Parts:
        return self.ranked.parts

    @property
    def score(self) -> float:
        return self.ranked.score


@dataclass(frozen=True, slots=True)
class Answer:
    search_id: uuid.UUID
    query: Query
    matches: tuple[Match, ...]


def search(*, shop: Shop, asked: Asked, timings: Timings) -> Answer:
    """Answer one search of a shop, count it and announce it. Raises Problem.

    Two short scopes: photos are fetched, decoded and seen between them, in no transaction.
    """
    revision = live_revision(shop)
    with shop_scope(shop):
        _quota(shop)
        _refuse_empty(revision)
    if asked.sku:
        return _search_product(shop=shop, asked=asked, revision=revision, timings=timings)
    data = asked.image if asked.image is not None else _fetched(asked.image_url, timings)
    query = photo_query(data, box=asked.box, timings=timings)
    with shop_scope(shop):
        matches = _matches(query, asked=asked, revision=revision)
        photo_counted(shop=shop, data=data)
        return _answered(shop, query, matches, timings)


def similar_products(*, shop: Shop, sku: str, limit: int = 6, lang: str = "en") -> list[Match]:
    """Products like one of the shop, for the shop's own pages: not counted, never a Problem.

    Empty for an unknown product and for one that has not been tagged yet.
    """
    revision = live_revision(shop)
    with shop_scope(shop):
        try:
            query, own = product_query(sku, revision=revision)
        except Problem:
            return []
        asked = Asked(sku=sku, limit=limit, lang=lang)
        return list(_matches(query, asked=asked, revision=revision, without=own))


def _search_product(*, shop: Shop, asked: Asked, revision: str, timings: Timings) -> Answer:
    with shop_scope(shop):
        query, own = product_query(asked.sku, revision=revision)
        matches = _matches(query, asked=asked, revision=revision, without=own)
        product_counted(shop=shop, sku=asked.sku)
        return _answered(shop, query, matches, timings)


def _matches(
    query: Query, *, asked: Asked, revision: str, without: int | None = None
) -> tuple[Match, ...]:
    found = candidates(
        query.garment.embedding,
        revision=revision,
        filters=asked.filters,
        limit=asked.limit,
        without=without,
    )
    weights = DEFAULT_WEIGHTS if query.found else WHOLE_PHOTO_WEIGHTS
    best = with_palettes(rank(query.garment, found, weights)[: asked.limit])
    return _with_products(query, best, asked.lang)


def _with_products(query: Query, best: Sequence[Ranked], lang: str) -> tuple[Match, ...]:
    ids = [one.candidate.product_id for one in best]
    products = Product.objects.in_bulk(ids)
    photos: dict[int, Photo] = {}
    tagged = Photo.objects.filter(product_id__in=ids, state=Photo.State.DONE)
    for photo in tagged.order_by("position", "id"):
        photos.setdefault(photo.product_id, photo)
    return tuple(
        Match(products[key], photos.get(key), one, explain(query, one, lang))
        for key, one in zip(ids, best, strict=True)
        if key in products
    )


def _answered(shop: Shop, query: Query, matches: tuple[Match, ...], timings: Timings) -> Answer:
    answer = Answer(uuid.uuid4(), query, matches)
    search_answered.send(
        sender=Answer,
        shop=shop,
        search_id=answer.search_id,
        results=len(matches),
        category=query.garment.category if query.found else "",
        milliseconds=round(timings.total),
    )
    return answer


def _fetched(url: str, timings: Timings) -> bytes:
    with timings.part("fetch"):
        try:
            return fetch(url, max_bytes=DEFAULT_LIMITS.max_bytes, accept="image/*").body
        except (FetchRefused, FetchFailed) as error:
            raise Problem(error.code, error.message) from error


def _quota(shop: Shop) -> None:
    try:
        quota_check(mall_id=shop.mall_id, kind=Kind.SEARCH)
    except OverQuota as over:
        wait = seconds_to_next_month(timezone.localtime())
        raise Problem("over_quota", str(over), headers={"Retry-After": str(wait)}) from over


def _refuse_empty(revision: str) -> None:
    """Nothing can be found: say why, before a photo is looked at."""
    if searchable(revision).exists():
        return
    raise Problem("no_products_ready" if Product.objects.exists() else "no_products")
