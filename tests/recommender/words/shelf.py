"""A shop whose products can be found by words: each with one garment, its terms written."""

from typing import Any

from catalog.models import Product, Tag
from catalog.services.facets import facets_write
from catalog.services.postings import postings_due, postings_run
from recommender.filters import Filters
from recommender.words import WordMatch, understand, word_matches
from tenants.models import Shop
from tenants.scope import shop_scope
from tests.factories import REVISION, make_garment, make_photo, make_product

Understood = Any


def shelve(shop: Shop, sku: str, title: str, *, product: Any = (), **tags: str) -> Product:
    """A product with a title, and its tags by kind, in its garment and as a person's words."""
    made = make_product(shop, sku=sku, title=title, **dict(product))
    columns = {
        column: tags[kind]
        for kind, column in (("category", "category"), ("pattern", "pattern"), ("style", "style"))
        if kind in tags
    }
    if "color" in tags:
        columns["color_family"] = tags["color"]
    make_garment(make_photo(made, stored=False, state="done"), **columns)
    with shop_scope(shop):
        Tag.objects.bulk_create(
            Tag(product=made, kind=kind, value=value, source="person")
            for kind, value in tags.items()
        )
        facets_write(product_ids=[made.pk])
        postings_due(product_ids=[made.pk])
    return made


def write(shop: Shop) -> None:
    """What the worker does."""
    while postings_run(shop_id=shop.pk):
        pass


def read(shop: Shop, text: str, *, lang: str = "en", off: Any = ()) -> Understood:
    with shop_scope(shop):
        return understand(text, lang=lang, currency=shop.currency, off=off)


def matches(shop: Shop, text: str, *, limit: int = 50) -> list[WordMatch]:
    with shop_scope(shop):
        asked = understand(text, lang="en", currency=shop.currency)
        return word_matches(asked.terms, filters=asked.filters, revision=REVISION, limit=limit)


def found(shop: Shop, text: str, *, limit: int = 50) -> list[str]:
    """SKUs, best first."""
    ids = [one.product_id for one in matches(shop, text, limit=limit)]
    with shop_scope(shop):
        skus = dict(Product.objects.values_list("pk", "sku"))
    return [skus[one] for one in ids]


def by_terms(shop: Shop, *terms: str, filters: Filters | None = None) -> list[str]:
    with shop_scope(shop):
        ids = word_matches(terms, filters=filters or Filters(), revision=REVISION, limit=50)
        skus = dict(Product.objects.values_list("pk", "sku"))
    return [skus[one.product_id] for one in ids]
