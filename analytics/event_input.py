"""The form of events, as a storefront's page or a shop's server sends them."""

import uuid
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.conf import settings
from rest_framework import serializers

from analytics.clocks import TooLate, happened_at
from analytics.event_words import refused
from analytics.models import EventType
from analytics.told import Line, Told
from catalog.api.fields import Amount, CurrencyField, PriceField
from tenants.models import Shop
from tenants.uuid7 import VERSION, uuid7

GREATEST_POSITION = 1000
MOST_PRODUCTS = 100
"""Products of one order."""
MOST_PIECES = 10_000
SESSION_LEAST, SESSION_MOST = 8, 64
"""Letters of a session's name: enough that two do not meet by chance."""
LONGEST_VISITOR = 64
LONGEST_ORDER = 100
TYPES = (
    EventType.IMPRESSION,
    EventType.CLICK,
    EventType.VIEW,
    EventType.CART,
    EventType.PURCHASE,
)
PRODUCTS = ("product_id", "product_ids", "items")
NEEDED = {
    EventType.IMPRESSION: ("search_id", "product_id"),
    EventType.CLICK: ("search_id", "product_id"),
    EventType.VIEW: ("product_id",),
    EventType.CART: ("product_id",),
}


class EventIdField(serializers.UUIDField):
    """Its time comes first, so that ids of one day lie together."""

    def to_internal_value(self, data: Any) -> uuid.UUID:
        found: uuid.UUID = super().to_internal_value(data)
        if found.version != VERSION:
            raise refused("not_uuid7")
        return found


class LineInput(serializers.Serializer[Any]):
    """One product of an order."""

    product_id = serializers.CharField(max_length=100)
    quantity = serializers.IntegerField(required=False, min_value=1, max_value=MOST_PIECES)
    price = PriceField(required=False, allow_null=True, help_text="Of one piece.")
    search_id = serializers.UUIDField(required=False, allow_null=True)
    position = serializers.IntegerField(
        required=False, allow_null=True, min_value=1, max_value=GREATEST_POSITION
    )


class ShopperEvent(serializers.Serializer[Any]):
    """Something a shopper did."""

    event_id = EventIdField(
        required=False,
        help_text="A UUID of version 7 that the teller made: the same event again counts once.",
    )
    type = serializers.ChoiceField(choices=[one.value for one in TYPES])
    search_id = serializers.UUIDField(
        required=False,
        allow_null=True,
        help_text="The search that showed the product; an impression and a click need it.",
    )
    product_id = serializers.CharField(
        required=False, max_length=100, help_text="SKU of the product."
    )
    product_ids = serializers.ListField(
        child=serializers.CharField(max_length=100),
        required=False,
        allow_empty=False,
        max_length=MOST_PRODUCTS,
        help_text="SKUs of an order, where nothing else is known of them.",
    )
    items = LineInput(  # type: ignore[call-arg]  # the list's, which many=True makes
        many=True,
        required=False,
        allow_empty=False,
        max_length=MOST_PRODUCTS,
        help_text="Of a purchase: the products of the order.",
    )
    quantity = serializers.IntegerField(required=False, min_value=1, max_value=MOST_PIECES)
    price = PriceField(required=False, allow_null=True, help_text="Of one piece.")
    currency = CurrencyField(
        required=False, help_text="The shop's own, which it is without this field."
    )
    order = serializers.CharField(
        required=False,
        max_length=LONGEST_ORDER,
        help_text="Of a purchase: the shop's order number. Only a hash is kept, so that the "
        "thank-you page and the server may both tell of it and it counts once.",
    )
    total = PriceField(
        required=False, allow_null=True, help_text="What was paid for the whole order."
    )
    position = serializers.IntegerField(
        required=False,
        allow_null=True,
        min_value=1,
        max_value=GREATEST_POSITION,
        help_text="The product's place among the results, from 1.",
    )
    session = serializers.CharField(
        required=False,
        min_length=SESSION_LEAST,
        max_length=SESSION_MOST,
        help_text="The page's own random name for this session. Only a hash of it is kept, for "
        "30 minutes, to count which products were looked at together.",
    )
    visitor = serializers.CharField(
        required=False,
        max_length=LONGEST_VISITOR,
        help_text="The opaque id that the searches were sent with, where the shopper agreed to "
        "one. Only a hash of it is kept, another in each shop, for some weeks.",
    )
    occurred_at = serializers.DateTimeField(
        required=False, help_text="When it happened; without it, now."
    )

    def run_validation(self, data: Any = serializers.empty) -> Any:
        if not isinstance(data, Mapping):
            raise refused("not_an_object")
        # What the batch says of all stands in the place of what an event leaves out.
        return super().run_validation({**self.context.get("of_all", {}), **data})

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        kind = attrs["type"]
        if kind == EventType.PURCHASE:
            named = [name for name in PRODUCTS if name in attrs]
            if len(named) > 1:
                raise refused("only_one", named[1], names=", ".join(named))
            missing = [] if named else ["product_id"]
            if "order" not in attrs and "session" not in attrs:
                raise refused("order_or_session", "order")
        else:
            missing = [name for name in NEEDED[kind] if attrs.get(name) is None]
        if missing:
            raise serializers.ValidationError({name: _required(self, name) for name in missing})
        self._check_currency(attrs)
        return attrs

    def told(self, attrs: dict[str, Any], *, now: datetime, sent_at: datetime | None) -> Told:
        """Of what `run_validation` gave. Raises ValidationError for what is too late."""
        try:
            at = happened_at(now=now, occurred_at=attrs.get("occurred_at"), sent_at=sent_at)
        except TooLate:
            raise refused("too_late", "occurred_at", days=settings.EVENT_LATE_DAYS) from None
        total = attrs.get("total")
        lines = _lines(attrs)
        money = total is not None or any(line.price is not None for line in lines)
        shop: Shop = self.context["shop"]
        return Told(
            kind=EventType(attrs["type"]),
            event_id=attrs.get("event_id") or uuid7(now),
            lines=lines,
            at=at,
            currency=shop.currency if money else "",
            order=attrs.get("order", ""),
            total=total.amount if total is not None else None,
            session=attrs.get("session", ""),
            visitor=attrs.get("visitor", ""),
        )

    def _check_currency(self, attrs: dict[str, Any]) -> None:
        own = self.context["shop"].currency
        amounts: dict[str, Amount | None] = {name: attrs.get(name) for name in ("price", "total")}
        amounts |= {f"items.{at}.price": one.get("price") for at, one in _items(attrs)}
        said = {name: one.currency for name, one in amounts.items() if one and one.currency}
        for name, currency in {"currency": attrs.get("currency", own), **said}.items():
            if currency != own:
                raise refused("wrong_currency", name, shop=own, name=currency)


def _items(attrs: dict[str, Any]) -> list[tuple[int, dict[str, Any]]]:
    return list(enumerate(attrs.get("items", ())))


def _required(form: serializers.Serializer[Any], name: str) -> list[serializers.ErrorDetail]:
    message = str(form.fields[name].error_messages["required"])
    return [serializers.ErrorDetail(message, "required")]


def _lines(attrs: dict[str, Any]) -> tuple[Line, ...]:
    """A line a product: two of the same become one."""
    if attrs["type"] == EventType.PURCHASE and "product_id" not in attrs:
        items = attrs.get("items") or [{"product_id": sku} for sku in attrs["product_ids"]]
    else:
        items = [attrs]
    lines: dict[str, Line] = {}
    for item in items:
        line = _line(item, attrs)
        held = lines.get(line.sku)
        lines[line.sku] = line if held is None else _together(held, line)
    return tuple(lines.values())


def _line(item: dict[str, Any], attrs: dict[str, Any]) -> Line:
    bought = attrs["type"] in (EventType.CART, EventType.PURCHASE)
    price: Amount | None = item.get("price") if bought else None
    return Line(
        sku=item["product_id"],
        quantity=item.get("quantity", 1) if bought else None,
        price=price.amount if price is not None else None,
        search_id=item.get("search_id"),
        position=item.get("position"),
    )


def _together(one: Line, other: Line) -> Line:
    """The mean price, so that pieces times price stays what was paid, but for rounding."""
    quantity = (one.quantity or 1) + (other.quantity or 1)
    price = one.price
    if one.price is not None and other.price is not None:
        paid = one.price * (one.quantity or 1) + other.price * (other.quantity or 1)
        price = round(paid / quantity)
    return replace(one, quantity=quantity, price=price)
