"""What rows of a feed would change: read and compared, nothing written.

A dry run shows it, a run writes it and keeps it, so that it can be undone.
"""

import hashlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from catalog.models import Photo, Product, Tag
from catalog.services.photos import PhotoSource, photo_is
from tenants.bulk import array_text, whole_cursor
from tenants.scope import current_shop_id

TAGS, PHOTOS, GONE = "tags", "photos", "gone_at"
"""Beside the names of Product's own fields in `before` and `after`."""
PHOTO_FIELDS = (
    *("source_url", "file", "digest", "width", "height", "state", "reason", "detail"),
    *("revision", "etag", "modified"),
)


@dataclass(slots=True)
class ProductRow:
    """One product as a feed gives it. `fields` are Product's own; what is not in them stays."""

    sku: str
    fields: Mapping[str, Any]
    tags: Mapping[str, str] = field(default_factory=dict)
    """Taxonomy ids by kind, as the feed says them."""
    photos: Sequence[PhotoSource] | None = None
    """None leaves the photos as they are."""
    row: int | None = None
    digest: str = ""
    """Of all that the row says (`row_digest`): the same again is not even compared. Empty: it is.
    """


@dataclass(slots=True)
class Held:
    """What an import asks of a product first."""

    pk: int
    digest: str
    gone: bool


@dataclass(slots=True)
class RowChange:
    """One row beside the product that there is. `before` and `after` hold only what differs."""

    row: ProductRow
    product: Product | None
    before: dict[str, Any] = field(default_factory=dict)
    after: dict[str, Any] = field(default_factory=dict)
    photos: dict[int, Photo] = field(default_factory=dict)
    """The product's by position."""
    feed_tags: dict[str, str] = field(default_factory=dict)

    @property
    def fields(self) -> set[str]:
        return set(self.after) - {TAGS, PHOTOS, GONE}


def row_digest(
    fields: Mapping[str, Any], tags: Mapping[str, str], photos: Sequence[PhotoSource] | None
) -> str:
    """A fingerprint of what a row says: 32 hexadecimal digits."""
    sources = None if photos is None else [source_words(one) for one in photos]
    said = repr((sorted(fields.items()), sorted(tags.items()), sources))
    return hashlib.blake2b(said.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


_HELD = """
    SELECT sku, id, row_digest, gone_at IS NOT NULL FROM catalog_product
    WHERE shop_id = {shop} AND sku = ANY(%s::text[])
"""


def held_by_sku(skus: Collection[str]) -> dict[str, Held]:
    """The products with these SKUs, gone ones too."""
    with whole_cursor() as cursor:
        # Not beside the statement: the shop's number in its text finds the partition, or the shard.
        cursor.execute(_HELD.format(shop=current_shop_id()), [array_text(list(skus))])
        return {sku: Held(pk, digest, gone) for sku, pk, digest, gone in cursor.fetchall()}


def rows_compare(rows: Sequence[ProductRow], held: Mapping[str, Held]) -> list[RowChange]:
    """Each row beside its product; those of a product that is new have none."""
    ids = [held[row.sku].pk for row in rows if row.sku in held]
    products = {one.sku: one for one in Product.every.filter(pk__in=ids)} if ids else {}
    tags = feed_tags_held(ids) if ids else {}
    photographed = [held[row.sku].pk for row in rows if row.sku in held and row.photos is not None]
    photos = photos_held(photographed) if photographed else {}
    changes = []
    for row in rows:
        product = products.get(row.sku)
        change = RowChange(row, product)
        if product is not None:
            change.feed_tags = tags.get(product.pk, {})
            change.photos = photos.get(product.pk, {})
            _compare(change, product)
        changes.append(change)
    return changes


def _compare(change: RowChange, product: Product) -> None:
    row = change.row
    if product.gone_at is not None:
        change.before[GONE], change.after[GONE] = product.gone_at.isoformat(), None
    for name, value in row.fields.items():
        held = getattr(product, name)
        if held != value:
            change.before[name], change.after[name] = held, value
    if change.feed_tags != dict(row.tags):
        change.before[TAGS], change.after[TAGS] = change.feed_tags, dict(row.tags)
    if row.photos is not None and photos_differ(change.photos, row.photos):
        change.before[PHOTOS] = [photo_words(one) for _, one in sorted(change.photos.items())]
        change.after[PHOTOS] = [source_words(one) for one in row.photos]


def feed_tags_held(product_ids: Collection[int]) -> dict[int, dict[str, str]]:
    found: dict[int, dict[str, str]] = {}
    rows = Tag.objects.filter(product_id__in=product_ids, source=Tag.Source.FEED)
    for product_id, kind, value in rows.values_list("product_id", "kind", "value"):
        found.setdefault(product_id, {})[kind] = value
    return found


def photos_held(product_ids: Iterable[int]) -> dict[int, dict[int, Photo]]:
    """The photos of these products by product and position."""
    found: dict[int, dict[int, Photo]] = {}
    for photo in Photo.objects.filter(product_id__in=list(product_ids)):
        found.setdefault(photo.product_id, {})[photo.position] = photo
    return found


def photos_differ(held: Mapping[int, Photo], wanted: Sequence[PhotoSource]) -> bool:
    if len(held) != len(wanted):
        return True
    return not all(at in held and photo_is(held[at], one) for at, one in enumerate(wanted))


def photo_words(photo: Photo) -> dict[str, Any]:
    """A photo as a change keeps it."""
    kept = {name: getattr(photo, name) for name in PHOTO_FIELDS}
    return kept | {
        "id": photo.pk,
        "position": photo.position,
        "file": str(photo.file.name or ""),
        "tagged_at": photo.tagged_at.isoformat() if photo.tagged_at else None,
    }


def source_words(source: PhotoSource) -> str:
    """What a change keeps of a photo that a row asks for: its address, or its bytes' digest."""
    if source.url or source.stored is None:
        return source.url
    return source.stored.digest
