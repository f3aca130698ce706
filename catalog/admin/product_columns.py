"""The columns of the product list, as what was seen in a product's photos gives them."""

from typing import Any

from django.contrib import admin
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from catalog.admin.framed import NO_PHOTO
from catalog.admin.seen import Said, card
from catalog.admin.words import language
from catalog.models import Product
from catalog.money import display


class ProductColumns:
    """Mixed into the ModelAdmin."""

    get_empty_value_display: Any

    @admin.display(description="")
    def thumbnail(self, product: Product) -> str:
        photo = card(product).photo
        if photo is None:
            return NO_PHOTO
        return format_html('<img class="thumb" src="{}" alt="" loading="lazy">', photo.file.url)

    def _said(self, product: Product, kind: str) -> str:
        said = next((one for one in card(product).said if one.kind == kind), None)
        return said_as_html(said) if said else self.get_empty_value_display()

    @admin.display(description=_("Category"))
    def category(self, product: Product) -> str:
        return self._said(product, "category")

    @admin.display(description=_("Pattern"))
    def pattern(self, product: Product) -> str:
        return self._said(product, "pattern")

    @admin.display(description=_("Style"))
    def style(self, product: Product) -> str:
        return self._said(product, "style")

    @admin.display(description=_("Colour"))
    def colors(self, product: Product) -> str:
        return format_html_join(
            " ",
            '<svg class="swatch" role="img" aria-label="{}"><title>{}</title>'
            '<rect width="100%" height="100%" fill="{}"/></svg>',
            ((one["name"], one["name"], one["hex"]) for one in card(product).palette),
        )

    @admin.display(description=_("Tagging"))
    def tagging(self, product: Product) -> str:
        shown = card(product)
        return format_html('<span class="chip {}">{}</span>', shown.tone, shown.state_name)

    @admin.display(description=_("Price"), ordering="selling_price")
    def price_shown(self, product: Product) -> str:
        return display(product.selling_price, product.currency, language())


def said_as_html(said: Said) -> str:
    """A value with the model's confidence, or with who said it."""
    tone = "unsure" if said.unsure else "soft"
    return format_html(
        '{} <small class="{}" title="{}">{}{}</small>',
        said.value_label,
        tone,
        said.details,
        f"{gettext('unsure')} " if said.unsure else "",
        said.by,
    )
