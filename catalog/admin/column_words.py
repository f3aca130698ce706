"""Names of our columns and of what may be wrong with a row, as people read them."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from catalog.imports.columns import ATTRIBUTE, COLUMNS

NAMES: dict[str, Any] = {
    "sku": _("SKU"),
    "title": _("Title"),
    "price": _("Price"),
    "sale_price": _("Sale price"),
    "currency": _("Currency"),
    "image_url": _("Photos"),
    "url": _("Product page"),
    "brand": _("Brand"),
    "description": _("Description"),
    "category": _("Category"),
    "gender": _("Gender"),
    "season": _("Season"),
    "in_stock": _("In stock"),
    "color": _("Colour"),
    "pattern": _("Pattern"),
    "material": _("Material"),
    "style": _("Style"),
    "variant_group": _("Variant group"),
    "title_ko": _("Title in Korean"),
    "title_en": _("Title in English"),
    "description_ko": _("Description in Korean"),
    "description_en": _("Description in English"),
}
# What a column may be told to be: one of ours, kept as it is, or nothing.
CHOICES: list[tuple[str, Any]] = [
    ("", _("Leave out")),
    (ATTRIBUTE, _("Keep as an attribute")),
    *((column.name, NAMES[column.name]) for column in COLUMNS),
]
