"""Reads of looks. Call them inside the shop's scope."""

from django.db.models import QuerySet

from recommender.asked import Asked
from recommender.listing import Sought, listing
from recommender.looks.garments import read
from recommender.models import Look
from recommender.query import Query
from recommender.results import Match, Reasons, page_cut
from recommender.said import said_of
from recommender.words import understand
from tenants.models import Shop


def published() -> QuerySet[Look]:
    """What shoppers may see, in the shop's order, without what was seen in the photos."""
    return (
        Look.objects.filter(published=True)
        .exclude(photo="")
        .defer("garments", "embeddings")
        .order_by("position", "id")
    )


def published_look(slug: str) -> Look | None:
    """One of them with its pieces and their products."""
    looks = Look.objects.filter(published=True, slug=slug).exclude(photo="")
    return looks.prefetch_related("items__product").first()


def look_query(look: Look, *, revision: str, selected: int = 0) -> Query | None:
    """The look's photo as a query for one of its garments.

    None where it has no such garment, and where it was not seen by the bundle whose vectors the
    shop is searched with.
    """
    garments = read(look) if look.revision == revision else ()
    if not 0 <= selected < len(garments):
        return None
    width, height = look.width or 0, look.height or 0
    return Query(width, height, garments, found=True, selected=selected)


def products_said(*, shop: Shop, text: str, revision: str, limit: int, lang: str) -> list[Match]:
    """Products that a piece's words describe: for the shop's own pages, not counted."""
    words = understand(text, lang=lang, currency=shop.currency)
    asked = Asked(text=text, limit=limit, lang=lang)
    made = listing(shop=shop, sought=Sought(Query(), words), asked=asked, revision=revision)
    said = said_of(words, loose=made.loose, lang=lang)
    reasons = Reasons(
        Query(), made.weights, lang, said.labels, said.literal, words_share=made.words_share
    )
    return list(page_cut(made.listed, start=0, limit=limit, reasons=reasons).matches)
