"""The fields of Google Merchant's product data, from an item of a feed to our columns.

Names and values: support.google.com/merchants, "Product data specification".
"""

from collections.abc import Mapping, Sequence

from catalog.imports.addresses import addresses
from catalog.imports.plain import plain_text

# Our column, and Google's fields in the order in which they are asked.
FIELDS = {
    "sku": ("id",),
    "title": ("title",),
    "description": ("description", "content", "summary"),
    "url": ("link",),
    "price": ("price",),
    "sale_price": ("sale_price",),
    "brand": ("brand",),
    "in_stock": ("availability", "quantity"),
    "color": ("color",),
    "pattern": ("pattern",),
    "material": ("material",),
    "variant_group": ("item_group_id",),
    "category": ("product_type", "google_product_category"),
    "gender": ("gender",),
}
PHOTOS = ("image_link", "additional_image_link")
# Kept with the product under their own names.
KEPT = (
    *(
        "size",
        "size_type",
        "size_system",
        "age_group",
        "condition",
        "gtin",
        "mpn",
        "google_product_category",
    ),
    *("custom_label_0", "custom_label_1", "custom_label_2", "custom_label_3", "custom_label_4"),
    *("sale_price_effective_date", "product_highlight", "availability_date"),
)
CHILDREN = ("newborn", "infant", "toddler", "kids")

Fields = Mapping[str, Sequence[str]]


def record_of(fields: Fields) -> tuple[dict[str, str], list[str] | None, dict[str, str]]:
    """An item's fields as cells by our columns, its photos, and what becomes attributes.

    A field that is not there leaves the product's value alone; only a sale price that is not
    there has ended.
    """
    cells = {}
    for ours, names in FIELDS.items():
        found = [text for name in names if (text := _first(fields, name)) is not None]
        if found:
            cells[ours] = next((text for text in found if text), "")
    cells.setdefault("sale_price", "")
    if cells.get("category", "").isdecimal():
        # A number of Google's own list, which says nothing to anybody.
        del cells["category"]
    for name in ("title", "description"):
        if name in cells:
            cells[name] = plain_text(cells[name])
    if (_first(fields, "age_group") or "").lower() in CHILDREN:
        cells["gender"] = "kids"
    photos = [url for name in PHOTOS for text in _all(fields, name) for url in addresses(text)]
    has_photos = any(_first(fields, name) is not None for name in PHOTOS)
    others = {name: text for name in KEPT if (text := _first(fields, name))}
    return cells, photos if has_photos else None, others


def _all(fields: Fields, name: str) -> Sequence[str]:
    """Google's own field stands above one of RSS or Atom of the same name."""
    return fields.get(f"g:{name}") or fields.get(name) or ()


def _first(fields: Fields, name: str) -> str | None:
    found = _all(fields, name)
    return found[0] if found else None
