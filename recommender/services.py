"""Searching: key's shop and a photo, a product or words in; ranked products and why out."""

import uuid
from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from catalog.models import Product
from catalog.selectors import live_revision
from recommender import sources
from recommender.answer import Answer, Row
from recommender.asked import Asked
from recommender.candidates import searchable
from recommender.facets import Facet, facet_counts, usual_kinds
from recommender.filter_check import filters_check, kinds_check
from recommender.kept.services import keeping_wanted, may_keep, photo_keep
from recommender.listing import Listing, Sought, listing
from recommender.memory import digest_of
from recommender.pages import cursor_of, list_keep, list_kept
from recommender.query import Query
from recommender.results import Match, Page, Reasons, page_cut
from recommender.said import Said, facts_json, facts_read, said_of
from recommender.searched import Searched, searched
from recommender.signals import search_answered
from recommender.sketch.seeing import sketch_looked_at
from recommender.sources import Seen
from recommender.timing import Timings
from recommender.usage import (
    photo_paid,
    product_counted,
    product_paid,
    quota_held,
    words_counted,
    words_paid,
)
from recommender.words import understand
from tenants.fair import turn
from tenants.models import Shop
from tenants.problems import Problem
from tenants.scope import shop_scope
from tenants.uuid7 import uuid7

__all__ = ["Answer", "Asked", "Match", "Row", "matches_like", "search", "similar_products"]

MOST_ROWS = 8
"""Garments of one photo that get results each: more is a crowd or a shelf."""
EVERY_FACET = ("all",)


def search(*, shop: Shop, asked: Asked, timings: Timings) -> Answer:
    """Answer one search of a shop, count it and announce it. Raises Problem.

    Short scopes: photos are fetched, decoded and seen between them, in no transaction. A photo
    that is remembered, a product and words need one scope.
    """
    revision = live_revision(shop)
    with turn(shop.pk), shop_scope(shop):
        if asked.cursor:
            return _next_page(asked)
        _check(shop, asked, revision)
        if not asked.image_url:
            seen = _seen_before(shop, asked, asked.digest, revision)
            if seen is not None or not asked.sends_picture:
                return _answered(shop, asked, seen, revision, timings)
    if asked.sketch is not None:
        with turn(shop.pk):
            seen = sketch_looked_at(asked.sketch, revision=revision, timings=timings)
            with shop_scope(shop):
                return _answered(shop, asked, seen, revision, timings)
    data = asked.image
    if data is None:
        data = sources.photo_fetched(asked.image_url, timings)
        with turn(shop.pk), shop_scope(shop):
            seen = _seen_before(shop, asked, digest_of(data), revision)
            if seen is not None:
                return _answered(shop, asked, seen, revision, timings)
    with turn(shop.pk):
        seen = sources.photo_looked_at(
            data, box=asked.box, revision=revision, timings=timings, hide=may_keep(shop, asked)
        )
        with shop_scope(shop):
            answer = _answered(shop, asked, seen, revision, timings)
    if seen.hidden is None:
        return answer
    return photo_keep(shop=shop, answer=answer, hidden=seen.hidden)


def similar_products(*, shop: Shop, sku: str, limit: int = 6, lang: str = "en") -> list[Match]:
    """Products like one of the shop, for the shop's own pages: not counted, never a Problem.

    Empty for an unknown product and for one that has not been tagged yet.
    """
    revision = live_revision(shop)
    with shop_scope(shop):
        try:
            query, own = sources.product_query(sku, revision=revision)
        except Problem:
            return []
        return _like(shop, Sought(query, own=own), limit, lang, revision)


def matches_like(*, shop: Shop, query: Query, limit: int = 6, lang: str = "en") -> list[Match]:
    """Products like a query that is at hand, as a garment of a look: not counted."""
    revision = live_revision(shop)
    with shop_scope(shop):
        return _like(shop, Sought(query), limit, lang, revision)


def _like(shop: Shop, sought: Sought, limit: int, lang: str, revision: str) -> list[Match]:
    asked = Asked(limit=limit, lang=lang)
    made = listing(shop=shop, sought=sought, asked=asked, revision=revision)
    return list(_page(made, sought.query, asked, Said()).matches)


def _check(shop: Shop, asked: Asked, revision: str) -> None:
    """Refuse what cannot be answered before a photo is looked at."""
    if asked.image_id is None:
        quota_held(shop, paid=partial(_paid, asked))
        _refuse_empty(revision)
    filters_check(asked.filters)
    if asked.facets != EVERY_FACET:
        kinds_check(asked.facets)


def _paid(asked: Asked) -> bool:
    """Whether this query was counted before: what is only moved or filtered is never refused."""
    if asked.sends_picture:
        return bool(asked.digest) and photo_paid(asked.digest)
    return product_paid(asked.sku) if asked.sku else words_paid(asked.text)


def _refuse_empty(revision: str) -> None:
    """Nothing can be found: say why."""
    if not searchable(revision).exists():
        raise Problem("no_products_ready" if Product.objects.exists() else "no_products")


def _seen_before(shop: Shop, asked: Asked, digest: str, revision: str) -> Seen | None:
    if asked.image_id is not None:
        return sources.photo_named(asked.image_id, box=asked.box, revision=revision)
    if not digest:
        return None
    if keeping_wanted(shop=shop, asked=asked, digest=digest):
        return None
    return sources.photo_known(digest, box=asked.box, revision=revision, shop=shop)


def _answered(
    shop: Shop, asked: Asked, seen: Seen | None, revision: str, timings: Timings
) -> Answer:
    """The first page. In the scope that counts and announces it."""
    if asked.only_seen and seen is not None:
        return _seen_alone(shop, asked, seen, revision)
    sought = _sought(shop, asked, seen, revision)
    query = sought.query
    made = listing(shop=shop, sought=sought, asked=asked, revision=revision)
    if not made.listed:
        _refuse_empty(revision)
    said = said_of(sought.words, loose=made.loose, lang=asked.lang)
    page = _page(made, query, asked, said)
    # Its time tells the month that its rows stand in.
    search_id = uuid7()
    if page.end is not None:
        list_keep(
            search_id=search_id,
            asked=asked,
            sources=_names(shop, asked, query),
            listed=made.listed,
            facts=facts_json(_reasons(made, query, asked, said), said),
        )
    answer = Answer(
        search_id,
        query,
        page.matches,
        found=len(made.listed),
        cursor=_cursor(search_id, page),
        said=said,
        facets=_facets(made, sought, asked, revision),
        rows=_rows(shop, sought, asked, revision, page.matches) if asked.every_object else (),
    )
    _announce(
        shop,
        answer,
        made,
        timings,
        searched(asked=asked, sought=sought, made=made, revision=revision),
    )
    return answer


def _seen_alone(shop: Shop, asked: Asked, seen: Seen, revision: str) -> Answer:
    """What a photo shows, remembered and counted as every photo is: the search by its name is free.

    No products were shown, so no search is announced.
    """
    query = sources.photo_kept(seen, shop=shop, box=asked.box, revision=revision)
    return Answer(uuid.uuid4(), sources.garment_selected(query, asked.object), (), found=0)


def _sought(shop: Shop, asked: Asked, seen: Seen | None, revision: str) -> Sought:
    """What is looked for; a photo is remembered, and what is new is counted."""
    query, own = Query(), None
    if seen is not None:
        query = sources.photo_kept(seen, shop=shop, box=asked.box, revision=revision)
    elif asked.sku:
        query, own = sources.product_query(asked.sku, revision=revision)
        product_counted(shop=shop, sku=asked.sku)
    else:
        words_counted(shop=shop, text=asked.text)
    words = None
    if asked.text:
        words = understand(asked.text, lang=asked.lang, currency=shop.currency, off=asked.words_off)
    return Sought(sources.garment_selected(query, asked.object), words, own)


def _names(shop: Shop, asked: Asked, query: Query) -> set[str]:
    """All names that a next request may call this query's photo or product by."""
    names = set(asked.sources(shop_id=shop.pk))
    if query.image_id is not None:
        names.add(f"image:{query.image_id}")
    return names


def _next_page(asked: Asked) -> Answer:
    kept = list_kept(asked)
    reasons, said = facts_read(kept.facts, lang=asked.lang)
    page = page_cut(kept.listed, start=kept.start, limit=asked.limit, reasons=reasons)
    return Answer(
        kept.search_id,
        reasons.query,
        page.matches,
        found=len(kept.listed),
        cursor=_cursor(kept.search_id, page),
        said=said,
    )


def _page(made: Listing, query: Query, asked: Asked, said: Said) -> Page:
    reasons = _reasons(made, query, asked, said)
    return page_cut(made.listed, start=0, limit=asked.limit, reasons=reasons)


def _reasons(made: Listing, query: Query, asked: Asked, said: Said) -> Reasons:
    return Reasons(
        query, made.weights, asked.lang, said.labels, said.literal, words_share=made.words_share
    )


def _cursor(search_id: uuid.UUID, page: Page) -> str:
    return cursor_of(search_id, page.end) if page.end is not None else ""


def _rows(
    shop: Shop, sought: Sought, asked: Asked, revision: str, first: Sequence[Match]
) -> tuple[Row, ...]:
    """A row a garment; `first` are the results of the one that is selected."""
    rows = []
    for index in range(min(len(sought.query.garments), MOST_ROWS)):
        matches = first
        if index != sought.query.selected:
            other = replace(sought, query=replace(sought.query, selected=index))
            made = listing(shop=shop, sought=other, asked=asked, revision=revision)
            said = said_of(sought.words, loose=made.loose, lang=asked.lang)
            matches = _page(made, other.query, asked, said).matches
        rows.append(Row(index, tuple(matches)))
    return tuple(rows)


def _facets(made: Listing, sought: Sought, asked: Asked, revision: str) -> tuple[Facet, ...]:
    if not asked.facets:
        return ()
    kinds = usual_kinds() if asked.facets == EVERY_FACET else asked.facets
    return tuple(
        facet_counts(
            kinds=kinds,
            filters=made.filters,
            revision=revision,
            among=made.among,
            lang=asked.lang,
            own=sought.own,
            by_variant=asked.by_variant,
            fold=asked.fold,
        )
    )


def _announce(
    shop: Shop, answer: Answer, made: Listing, timings: Timings, details: Searched
) -> None:
    query = answer.query
    search_answered.send(
        sender=Answer,
        shop=shop,
        search_id=answer.search_id,
        results=len(answer.matches),
        category=query.garment.category if query.found else "",
        milliseconds=round(timings.total),
        experiment=made.arrangement.experiment,
        visitor="" if details.robot else made.arrangement.visitor,
        searched=details,
        parts=timings.parts,
    )
