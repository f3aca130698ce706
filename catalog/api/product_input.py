"""What a product may be written as, and what comes of it: a change for the service."""

from collections.abc import Mapping
from typing import Any

from rest_framework import serializers

from catalog.api.fields import (
    SHOWN,
    AddressField,
    Amount,
    AttributesField,
    CurrencyField,
    PhotosField,
    PriceField,
    TagsField,
    TranslationsField,
)
from catalog.api.words import refused
from catalog.models import Product
from catalog.models.product import Gender
from catalog.services.product_changes import Change, Op

LONGEST = {
    name: int(getattr(Product._meta.get_field(name), "max_length", None) or 100_000)
    for name in ("sku", "title", "description", "brand", "url", "season", "variant_group",
                 "feed_category")
}  # fmt: skip
EMPTY: dict[str, Any] = {
    "description": "", "brand": "", "url": "", "gender": "", "season": "", "price": None,
    "sale_price": None, "in_stock": True, "variant_group": "", "feed_category": "",
    "attributes": {}, "translations": {},
}  # fmt: skip
"""A product of which nothing but SKU, title and currency is said."""


def text(name: str, help_text: str = "") -> serializers.CharField:
    return serializers.CharField(
        required=False,
        allow_blank=True,
        allow_null=True,
        max_length=LONGEST[name],
        help_text=help_text or None,
    )


class ProductInput(serializers.Serializer[Any]):
    """A product as it is written. What is null, or not named in a PUT, is empty.

    `photos` that a PUT does not name stay as they are, for they may have been uploaded.
    """

    sku = serializers.CharField(
        required=False, max_length=LONGEST["sku"], help_text="As in the address, if at all."
    )
    title = serializers.CharField(max_length=LONGEST["title"])
    description = text("description")
    brand = text("brand")
    url = AddressField(
        required=False,
        allow_blank=True,
        allow_null=True,
        max_length=LONGEST["url"],
        help_text="The product's page in the shop.",
    )
    category = text("feed_category", "The shop's own, as `Women > Dresses`.")
    gender = serializers.ChoiceField(
        choices=Gender.choices, required=False, allow_blank=True, allow_null=True
    )
    season = text("season")
    price = PriceField(required=False, allow_null=True)
    sale_price = PriceField(required=False, allow_null=True)
    currency = CurrencyField(
        required=False, allow_null=True, help_text="ISO 4217; otherwise the shop's."
    )
    in_stock = serializers.BooleanField(required=False, allow_null=True)
    variant_group = text("variant_group", "The same for all colours of one design.")
    attributes = AttributesField(required=False, allow_null=True)
    translations = TranslationsField(required=False, allow_null=True)
    tags = TagsField(required=False, allow_null=True)
    photos = PhotosField(
        required=False,
        allow_null=True,
        help_text="Addresses, in order; they are fetched later. Null takes all photos away.",
    )

    def to_internal_value(self, data: Any) -> Any:
        if isinstance(data, Mapping):
            for name in data:
                if name not in self.fields:
                    shown = str(name)[:SHOWN]
                    raise refused("unknown_field", shown, name=shown, known=", ".join(self.fields))
        return super().to_internal_value(data)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Prices become plain amounts, and say their currency once."""
        named = {attrs["currency"]} if attrs.get("currency") else set()
        for name in ("price", "sale_price"):
            said = attrs.get(name)
            if isinstance(said, Amount):
                attrs[name] = said.amount
                named |= {said.currency} if said.currency else set()
        if len(named) > 1:
            raise refused("currencies_differ", "currency")
        if named:
            attrs["currency"] = named.pop()
        price, reduced = attrs.get("price"), attrs.get("sale_price")
        if reduced is not None and price is not None and reduced > price:
            raise refused("sale_price_above_price", "sale_price")
        if reduced is not None and price is None and ("price" in attrs or not self.partial):
            raise refused("price_missing", "price")
        return attrs


class ProductPatch(ProductInput):
    """A JSON merge patch (RFC 7396): what is not named stays, null empties.

    `attributes`, `translations` and `tags` are merged name by name, `photos` are replaced.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **(kwargs | {"partial": True}))


def put_of(sku: str, said: Mapping[str, Any]) -> Change:
    """The whole product, from valid input; what is not named is empty."""
    named = {name: value for name, value in _fields(said).items() if value is not None}
    photos = (said["photos"] or []) if "photos" in said else None
    for name in ("attributes", "translations"):
        named[name] = _without_nulls(named.get(name) or {})
    tags = _without_nulls(said.get("tags") or {})
    return Change(Op.PUT, sku, EMPTY | named, tags, photos)


def patch_of(sku: str, said: Mapping[str, Any]) -> Change:
    """What is named alone. A null within attributes, translations and tags takes that one away."""
    fields = {
        name: EMPTY.get(name) if value is None else value for name, value in _fields(said).items()
    }
    for name in ("attributes", "translations"):
        if name in said and said[name] is None:
            fields[name] = None
    photos = (said["photos"] or []) if "photos" in said else None
    clear = "tags" in said and said["tags"] is None
    return Change(Op.PATCH, sku, fields, said.get("tags") or {}, photos, clear_tags=clear)


def _fields(said: Mapping[str, Any]) -> dict[str, Any]:
    """Product's own fields under its own names."""
    names = {"category": "feed_category"}
    own = {name: value for name, value in said.items() if name not in ("sku", "tags", "photos")}
    return {names.get(name, name): value for name, value in own.items()}


def _without_nulls(said: Mapping[str, Any]) -> dict[str, Any]:
    """As a merge patch upon nothing: what is null is not there."""
    return {
        name: _without_nulls(value) if isinstance(value, Mapping) else value
        for name, value in said.items()
        if value is not None
    }
