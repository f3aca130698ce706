"""Products: put by SKU, with what changed told apart from what did not."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from catalog.models import Garment, ImportRun, Product
from catalog.services.facets import FACET_FIELDS, facets_write
from catalog.services.folds import fold_settle
from catalog.services.garments import garments_follow_products, garments_settle
from catalog.services.photos import PhotoSource, PhotosWanted, photos_set
from catalog.services.postings import TEXT_FIELDS, postings_due, products_forget
from catalog.services.tag_rows import feed_tags_write

BATCH = 500


class Outcome(StrEnum):
    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"


@dataclass(frozen=True)
class ProductRow:
    """One product as a feed gives it. `fields` are Product's own; what is not in them stays."""

    sku: str
    fields: Mapping[str, Any]
    tags: Mapping[str, str] = field(default_factory=dict)
    """Taxonomy ids by kind, as the feed says them."""
    photos: Sequence[PhotoSource] | None = None
    """None leaves the photos as they are."""
    row: int | None = None


# Fields whose change moves more of a garment than price and stock: which one it is, its tags.
WORDS = {"title", "feed_category", "gender"}


def product_saved(*, product: Product) -> None:
    """Bring the garments in step after a product was edited: price, stock, gender, title."""
    garments_settle(product=product)


def products_remove(*, product_ids: Collection[int]) -> None:
    """Delete products with all that hangs on them; their words no longer count."""
    products_forget(product_ids=product_ids)
    Product.objects.filter(pk__in=product_ids).delete()


def products_put(
    *, rows: Sequence[ProductRow], currency: str, run: ImportRun | None = None
) -> list[Outcome]:
    """Create or update these products, one outcome a row; every SKU may stand once in `rows`.

    `currency` is for new products whose row names none. Call it in one transaction: products,
    feed tags, photos and the outbox rows of new photos belong together.
    """
    skus = [row.sku for row in rows]
    held = {product.sku: product for product in Product.objects.filter(sku__in=skus)}
    created, updated, touched = [], [], {}
    for row in rows:
        product = held.get(row.sku)
        if product is None:
            created.append(Product(sku=row.sku, **{"currency": currency} | dict(row.fields)))
            continue
        changes = {key for key, value in row.fields.items() if getattr(product, key) != value}
        for key in changes:
            setattr(product, key, row.fields[key])
        if changes:
            updated.append(product)
            touched[row.sku] = changes
    made = {product.sku: product for product in Product.objects.bulk_create(created, BATCH)}
    _save(updated, touched.values())
    ids = {sku: product.pk for sku, product in (held | made).items()}
    retagged = feed_tags_write(wanted={ids[row.sku]: row.tags for row in rows})
    photographed = photos_set(
        wanted={
            ids[row.sku]: PhotosWanted(row.photos, row.row)
            for row in rows
            if row.photos is not None
        },
        run=run,
    )
    _follow([held[sku] for sku in touched], touched, retagged, held.values())
    reworded = {ids[sku] for sku, changes in touched.items() if changes & TEXT_FIELDS}
    postings_due(product_ids=sorted({ids[sku] for sku in made} | reworded | retagged))
    outcomes = []
    for row in rows:
        changed = row.sku in touched or ids[row.sku] in retagged | photographed
        outcomes.append(
            Outcome.CREATED
            if row.sku in made
            else Outcome.UPDATED
            if changed
            else Outcome.UNCHANGED
        )
    return outcomes


def _save(products: Sequence[Product], changes: Iterable[set[str]]) -> None:
    fields = set().union(*changes)
    if products:
        Product.objects.bulk_update(products, sorted(fields), BATCH)


def _follow(
    updated: Iterable[Product],
    touched: Mapping[str, set[str]],
    retagged: set[int],
    held: Iterable[Product],
) -> None:
    """Bring the garments of changed products in step: in one statement where words stayed."""
    reworded = {product.pk for product in updated if touched[product.sku] & WORDS}
    settle = reworded | (retagged & {product.pk for product in held})
    seen = set(Garment.objects.filter(product_id__in=settle).values_list("product_id", flat=True))
    for product in Product.objects.filter(pk__in=seen):
        garments_settle(product=product)
    rest = [product for product in updated if product.pk not in seen]
    if rest:
        garments_follow_products(product_ids=[product.pk for product in rest])
    facets_write(product_ids={one.pk for one in rest if touched[one.sku] & FACET_FIELDS})
    regrouped = [one.pk for one in rest if "variant_group" in touched[one.sku]]
    sold = Garment.objects.filter(product_id__in=regrouped, is_product=True).order_by("product_id")
    for product_id in sold.values_list("product_id", flat=True).distinct():
        fold_settle(product_id=product_id)
