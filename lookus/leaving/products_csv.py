"""products.csv of an export: what our own importer reads back to the same products."""

import json
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.conf import settings

from catalog.imports.columns import COLUMNS, read_header
from catalog.imports.marks import EXPORT
from catalog.models import Photo, Product
from catalog.money import precision
from lookus.leaving.tables import chunks
from tenants.csv_cells import BYTE_ORDER_MARK, csv_line
from tenants.media import lasting_url
from tenants.models import Shop
from tenants.scope import shop_scope

# Attributes that a column of the importer's own says.
WORDS = ("color", "pattern", "material", "style")
DAY = 24 * 3600
# A row has at most so many columns of the shop's own.
MOST_OWN = 200


def photo_name(photo: Photo) -> str:
    """Where a photo lies in the ZIP: all in one folder, for a folder would be a brand."""
    suffix = str(photo.file.name).rpartition(".")[2]
    return f"photos/{photo.digest}.{suffix}"


def products_csv(shop: Shop, *, names: bool) -> Iterator[tuple[str, int]]:
    """Lines, and how many products each piece holds. `names`: photos by their names in the ZIP,
    otherwise by their addresses."""
    own = own_columns(shop)
    yield BYTE_ORDER_MARK + csv_line([*(one.name for one in COLUMNS), *own, EXPORT]), 0
    for found in chunks(shop, Product.objects.all):
        with shop_scope(shop):
            photos = photos_of([one.pk for one in found], names=names)
        lines = [csv_line(_row(one, photos.get(one.pk, []), own)) for one in found]
        yield "".join(lines), len(found)


def own_columns(shop: Shop) -> list[str]:
    """The names of the shop's own attributes that a column can have."""
    seen: dict[str, None] = {}
    for found in chunks(shop, lambda: Product.objects.only("id", "attributes")):
        for product in found:
            seen.update(dict.fromkeys(product.attributes))
    names = [name for name in seen if name not in (*WORDS, "gender")]
    return [name for name in names if not read_header([name]).places][:MOST_OWN]


def photos_of(product_ids: Sequence[int], *, names: bool) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    photos = Photo.objects.filter(product_id__in=product_ids).order_by("product_id", "position")
    for photo in photos:
        told = _named(photo) if names else _address(photo)
        if told:
            found.setdefault(photo.product_id, []).append(told)
    return found


def _named(photo: Photo) -> str:
    return photo_name(photo) if photo.file else ""


def _address(photo: Photo) -> str:
    if photo.source_url or not photo.file:
        return photo.source_url
    # It is kept as long as the export.
    url = lasting_url(str(photo.file.name), seconds=settings.EXPORT_DAYS * DAY)
    return url if "://" in url else f"{settings.PUBLIC_URL}{url}"


def _row(product: Product, photos: Sequence[str], own: Sequence[str]) -> list[str]:
    attributes: Mapping[str, Any] = product.attributes
    told = {
        "sku": product.sku,
        "title": product.title,
        "price": _money(product.price, product.currency),
        "sale_price": _money(product.sale_price, product.currency),
        "currency": product.currency,
        "image_url": " | ".join(photos),
        "url": product.url,
        "brand": product.brand,
        "description": product.description,
        "category": product.feed_category,
        "gender": product.gender or _text(attributes.get("gender", "")),
        "season": product.season,
        "in_stock": "yes" if product.in_stock else "no",
        "variant_group": product.variant_group,
    }
    told |= {name: _text(attributes.get(name, "")) for name in WORDS}
    for language in ("ko", "en"):
        words = product.translations.get(language, {})
        told |= {f"{name}_{language}": words.get(name, "") for name in ("title", "description")}
    return [
        *(told[one.name] for one in COLUMNS),
        *(_text(attributes.get(name, "")) for name in own),
        "",
    ]


def _money(amount: int | None, currency: str) -> str:
    if amount is None:
        return ""
    return f"{Decimal(amount).scaleb(-precision(currency)):f}"


def _text(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
