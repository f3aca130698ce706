from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast
from uuid import UUID

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.type_enum import TypeEnum, check_type_enum
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.line_input_request import LineInputRequest
    from ..models.shopper_event_request_price_type_1 import ShopperEventRequestPriceType1
    from ..models.shopper_event_request_total_type_1 import ShopperEventRequestTotalType1


T = TypeVar("T", bound="ShopperEventRequest")


@_attrs_define
class ShopperEventRequest:
    """Something a shopper did."""

    type_: TypeEnum
    """ * `impression` - impression
    * `click` - click
    * `view` - view
    * `cart` - cart
    * `purchase` - purchase """
    event_id: UUID | Unset = UNSET
    """ A UUID of version 7 that the teller made: the same event again counts once. """
    search_id: None | Unset | UUID = UNSET
    """ The search that showed the product; an impression and a click need it. """
    product_id: str | Unset = UNSET
    """ SKU of the product. """
    product_ids: list[str] | Unset = UNSET
    """ SKUs of an order, where nothing else is known of them. """
    items: list[LineInputRequest] | Unset = UNSET
    """ Of a purchase: the products of the order. """
    quantity: int | Unset = UNSET
    price: int | None | ShopperEventRequestPriceType1 | Unset = UNSET
    """ Of one piece. """
    currency: str | Unset = UNSET
    """ The shop's own, which it is without this field. """
    order: str | Unset = UNSET
    """ Of a purchase: the shop's order number. Only a hash is kept, so that the thank-you page and the server may
    both tell of it and it counts once. """
    total: int | None | ShopperEventRequestTotalType1 | Unset = UNSET
    """ What was paid for the whole order. """
    position: int | None | Unset = UNSET
    """ The product's place among the results, from 1. """
    session: str | Unset = UNSET
    """ The page's own random name for this session. Only a hash of it is kept, for 30 minutes, to count which
    products were looked at together. """
    visitor: str | Unset = UNSET
    """ The opaque id that the searches were sent with, where the shopper agreed to one. Only a hash of it is kept,
    another in each shop, for some weeks. """
    occurred_at: datetime.datetime | Unset = UNSET
    """ When it happened; without it, now. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        from ..models.shopper_event_request_price_type_1 import ShopperEventRequestPriceType1  # noqa: PLC0415
        from ..models.shopper_event_request_total_type_1 import ShopperEventRequestTotalType1  # noqa: PLC0415

        type_: str = self.type_

        event_id: str | Unset = UNSET
        if not isinstance(self.event_id, Unset):
            event_id = str(self.event_id)

        search_id: None | str | Unset
        if isinstance(self.search_id, Unset):
            search_id = UNSET
        elif isinstance(self.search_id, UUID):
            search_id = str(self.search_id)
        else:
            search_id = self.search_id

        product_id = self.product_id

        product_ids: list[str] | Unset = UNSET
        if not isinstance(self.product_ids, Unset):
            product_ids = self.product_ids

        items: list[dict[str, Any]] | Unset = UNSET
        if not isinstance(self.items, Unset):
            items = []
            for items_item_data in self.items:
                items_item = items_item_data.to_dict()
                items.append(items_item)

        quantity = self.quantity

        price: dict[str, Any] | int | None | Unset
        if isinstance(self.price, Unset):
            price = UNSET
        elif isinstance(self.price, ShopperEventRequestPriceType1):
            price = self.price.to_dict()
        else:
            price = self.price

        currency = self.currency

        order = self.order

        total: dict[str, Any] | int | None | Unset
        if isinstance(self.total, Unset):
            total = UNSET
        elif isinstance(self.total, ShopperEventRequestTotalType1):
            total = self.total.to_dict()
        else:
            total = self.total

        position: int | None | Unset
        if isinstance(self.position, Unset):
            position = UNSET
        else:
            position = self.position

        session = self.session

        visitor = self.visitor

        occurred_at: str | Unset = UNSET
        if not isinstance(self.occurred_at, Unset):
            occurred_at = self.occurred_at.isoformat()

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "type": type_,
            }
        )
        if event_id is not UNSET:
            field_dict["event_id"] = event_id
        if search_id is not UNSET:
            field_dict["search_id"] = search_id
        if product_id is not UNSET:
            field_dict["product_id"] = product_id
        if product_ids is not UNSET:
            field_dict["product_ids"] = product_ids
        if items is not UNSET:
            field_dict["items"] = items
        if quantity is not UNSET:
            field_dict["quantity"] = quantity
        if price is not UNSET:
            field_dict["price"] = price
        if currency is not UNSET:
            field_dict["currency"] = currency
        if order is not UNSET:
            field_dict["order"] = order
        if total is not UNSET:
            field_dict["total"] = total
        if position is not UNSET:
            field_dict["position"] = position
        if session is not UNSET:
            field_dict["session"] = session
        if visitor is not UNSET:
            field_dict["visitor"] = visitor
        if occurred_at is not UNSET:
            field_dict["occurred_at"] = occurred_at

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.line_input_request import LineInputRequest  # noqa: PLC0415
        from ..models.shopper_event_request_price_type_1 import ShopperEventRequestPriceType1  # noqa: PLC0415
        from ..models.shopper_event_request_total_type_1 import ShopperEventRequestTotalType1  # noqa: PLC0415

        d = dict(src_dict)
        type_ = check_type_enum(d.pop("type"))

        _event_id = d.pop("event_id", UNSET)
        event_id: UUID | Unset
        if isinstance(_event_id, Unset):
            event_id = UNSET
        else:
            event_id = UUID(_event_id)

        def _parse_search_id(data: object) -> None | Unset | UUID:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                search_id_type_0 = UUID(data)

                return search_id_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | Unset | UUID, data)

        search_id = _parse_search_id(d.pop("search_id", UNSET))

        product_id = d.pop("product_id", UNSET)

        product_ids = cast(list[str], d.pop("product_ids", UNSET))

        _items = d.pop("items", UNSET)
        items: list[LineInputRequest] | Unset = UNSET
        if _items is not UNSET:
            items = []
            for items_item_data in _items:
                items_item = LineInputRequest.from_dict(items_item_data)

                items.append(items_item)

        quantity = d.pop("quantity", UNSET)

        def _parse_price(data: object) -> int | None | ShopperEventRequestPriceType1 | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                price_type_1 = ShopperEventRequestPriceType1.from_dict(data)

                return price_type_1
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(int | None | ShopperEventRequestPriceType1 | Unset, data)

        price = _parse_price(d.pop("price", UNSET))

        currency = d.pop("currency", UNSET)

        order = d.pop("order", UNSET)

        def _parse_total(data: object) -> int | None | ShopperEventRequestTotalType1 | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                total_type_1 = ShopperEventRequestTotalType1.from_dict(data)

                return total_type_1
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(int | None | ShopperEventRequestTotalType1 | Unset, data)

        total = _parse_total(d.pop("total", UNSET))

        def _parse_position(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(int | None | Unset, data)

        position = _parse_position(d.pop("position", UNSET))

        session = d.pop("session", UNSET)

        visitor = d.pop("visitor", UNSET)

        _occurred_at = d.pop("occurred_at", UNSET)
        occurred_at: datetime.datetime | Unset
        if isinstance(_occurred_at, Unset):
            occurred_at = UNSET
        else:
            occurred_at = datetime.datetime.fromisoformat(_occurred_at)

        shopper_event_request = cls(
            type_=type_,
            event_id=event_id,
            search_id=search_id,
            product_id=product_id,
            product_ids=product_ids,
            items=items,
            quantity=quantity,
            price=price,
            currency=currency,
            order=order,
            total=total,
            position=position,
            session=session,
            visitor=visitor,
            occurred_at=occurred_at,
        )

        shopper_event_request.additional_properties = d
        return shopper_event_request

    @property
    def additional_keys(self) -> list[str]:
        return list(self.additional_properties.keys())

    def __getitem__(self, key: str) -> Any:
        return self.additional_properties[key]

    def __setitem__(self, key: str, value: Any) -> None:
        self.additional_properties[key] = value

    def __delitem__(self, key: str) -> None:
        del self.additional_properties[key]

    def __contains__(self, key: str) -> bool:
        return key in self.additional_properties
