from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast
from uuid import UUID

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.line_input_request_price_type_1 import LineInputRequestPriceType1


T = TypeVar("T", bound="LineInputRequest")


@_attrs_define
class LineInputRequest:
    """One product of an order."""

    product_id: str
    quantity: int | Unset = UNSET
    price: int | LineInputRequestPriceType1 | None | Unset = UNSET
    """ Of one piece. """
    search_id: None | Unset | UUID = UNSET
    position: int | None | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        from ..models.line_input_request_price_type_1 import LineInputRequestPriceType1  # noqa: PLC0415

        product_id = self.product_id

        quantity = self.quantity

        price: dict[str, Any] | int | None | Unset
        if isinstance(self.price, Unset):
            price = UNSET
        elif isinstance(self.price, LineInputRequestPriceType1):
            price = self.price.to_dict()
        else:
            price = self.price

        search_id: None | str | Unset
        if isinstance(self.search_id, Unset):
            search_id = UNSET
        elif isinstance(self.search_id, UUID):
            search_id = str(self.search_id)
        else:
            search_id = self.search_id

        position: int | None | Unset
        if isinstance(self.position, Unset):
            position = UNSET
        else:
            position = self.position

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "product_id": product_id,
            }
        )
        if quantity is not UNSET:
            field_dict["quantity"] = quantity
        if price is not UNSET:
            field_dict["price"] = price
        if search_id is not UNSET:
            field_dict["search_id"] = search_id
        if position is not UNSET:
            field_dict["position"] = position

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.line_input_request_price_type_1 import LineInputRequestPriceType1  # noqa: PLC0415

        d = dict(src_dict)
        product_id = d.pop("product_id")

        quantity = d.pop("quantity", UNSET)

        def _parse_price(data: object) -> int | LineInputRequestPriceType1 | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                price_type_1 = LineInputRequestPriceType1.from_dict(data)

                return price_type_1
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(int | LineInputRequestPriceType1 | None | Unset, data)

        price = _parse_price(d.pop("price", UNSET))

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

        def _parse_position(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(int | None | Unset, data)

        position = _parse_position(d.pop("position", UNSET))

        line_input_request = cls(
            product_id=product_id,
            quantity=quantity,
            price=price,
            search_id=search_id,
            position=position,
        )

        line_input_request.additional_properties = d
        return line_input_request

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
