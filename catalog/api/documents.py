"""A product as the API shows it, in no person's language: names are in `/taxonomy`.

Four statements for a page of products.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from catalog.models import Garment, Photo, Product, Tag
from catalog.selectors import RANK, effective_tags, live_revision
from tenants.models import Shop

Document = dict[str, Any]


def product_documents(products: Sequence[Product], *, shop: Shop) -> list[Document]:
    """In the shop's scope; the same order."""
    ids = [product.pk for product in products]
    tags, photos, garments = defaultdict(list), defaultdict(list), defaultdict(list)
    for tag in Tag.objects.filter(product_id__in=ids).order_by("kind", "pk"):
        tags[tag.product_id].append(tag)
    for photo in Photo.objects.filter(product_id__in=ids).order_by("position", "pk"):
        photos[photo.product_id].append(photo)
    seen = Garment.objects.filter(product_id__in=ids, revision=live_revision(shop))
    for garment in seen.defer("embedding", "tags", "shades").order_by("photo_id", "-area", "pk"):
        garments[garment.product_id].append(garment)
    return [_document(one, tags[one.pk], photos[one.pk], garments[one.pk]) for one in products]


def photo_document(photo: Photo) -> Document:
    return {
        "id": photo.pk,
        "position": photo.position,
        "source_url": photo.source_url,
        "image_url": photo.file.url if photo.file else "",
        "width": photo.width,
        "height": photo.height,
        "state": photo.state,
        "reason": photo.reason,
        "detail": photo.detail,
        "revision": photo.revision,
        "tagged_at": photo.tagged_at,
    }


def tag_document(tag: Tag) -> Document:
    return {
        "value": tag.value,
        "source": tag.source,
        "probability": tag.probability,
        "unsure": tag.unsure,
        "revision": tag.revision,
        "at": tag.at,
    }


def _document(
    product: Product, tags: Iterable[Tag], photos: Iterable[Photo], garments: Iterable[Garment]
) -> Document:
    tags = list(tags)
    return {
        "sku": product.sku,
        "title": product.title,
        "description": product.description,
        "brand": product.brand,
        "url": product.url,
        "category": product.feed_category,
        "gender": product.gender,
        "season": product.season,
        "price": _price(product.price, product.currency),
        "sale_price": _price(product.sale_price, product.currency),
        "currency": product.currency,
        "in_stock": product.in_stock,
        "variant_group": product.variant_group,
        "attributes": product.attributes,
        "translations": product.translations,
        "tags": {kind: tag_document(tag) for kind, tag in effective_tags(tags).items()},
        "statements": [
            {"kind": tag.kind} | tag_document(tag)
            for tag in sorted(tags, key=lambda one: (one.kind, RANK[Tag.Source(one.source)]))
        ],
        "photos": [photo_document(photo) for photo in photos],
        "garments": [_garment(garment) for garment in garments],
        "created_at": product.created_at,
        "updated_at": product.updated_at,
    }


def _price(amount: int | None, currency: str) -> Document | None:
    return None if amount is None else {"amount": amount, "currency": currency}


def _garment(garment: Garment) -> Document:
    return {
        "photo": garment.photo_id,
        "region": garment.region,
        "box": garment.box,
        "area": round(garment.area, 4),
        "is_product": garment.is_product,
        "category": garment.category,
        "pattern": garment.pattern,
        "style": garment.style,
        "color_family": garment.color_family,
        "colors": [
            {name: color[name] for name in ("name", "family", "hex", "share")}
            for color in garment.palette
        ],
    }
