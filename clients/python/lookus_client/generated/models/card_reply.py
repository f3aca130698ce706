from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.price_reply import PriceReply


T = TypeVar("T", bound="CardReply")


@_attrs_define
class CardReply:
    """A product as every list of products shows it."""

    product_id: str
    """ The shop's SKU. """
    title: str
    brand: str
    url: str
    """ The product's page; empty where the shop gave none. """
    image_url: str
    price: None | PriceReply
    sale_price: None | PriceReply
    in_stock: bool
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        from ..models.price_reply import PriceReply  # noqa: PLC0415

        product_id = self.product_id

        title = self.title

        brand = self.brand

        url = self.url

        image_url = self.image_url

        price: dict[str, Any] | None
        if isinstance(self.price, PriceReply):
            price = self.price.to_dict()
        else:
            price = self.price

        sale_price: dict[str, Any] | None
        if isinstance(self.sale_price, PriceReply):
            sale_price = self.sale_price.to_dict()
        else:
            sale_price = self.sale_price

        in_stock = self.in_stock

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "product_id": product_id,
                "title": title,
                "brand": brand,
                "url": url,
                "image_url": image_url,
                "price": price,
                "sale_price": sale_price,
                "in_stock": in_stock,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.price_reply import PriceReply  # noqa: PLC0415

        d = dict(src_dict)
        product_id = d.pop("product_id")

        title = d.pop("title")

        brand = d.pop("brand")

        url = d.pop("url")

        image_url = d.pop("image_url")

        def _parse_price(data: object) -> None | PriceReply:
            if data is None:
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                price_type_0 = PriceReply.from_dict(data)

                return price_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | PriceReply, data)

        price = _parse_price(d.pop("price"))

        def _parse_sale_price(data: object) -> None | PriceReply:
            if data is None:
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                sale_price_type_0 = PriceReply.from_dict(data)

                return sale_price_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | PriceReply, data)

        sale_price = _parse_sale_price(d.pop("sale_price"))

        in_stock = d.pop("in_stock")

        card_reply = cls(
            product_id=product_id,
            title=title,
            brand=brand,
            url=url,
            image_url=image_url,
            price=price,
            sale_price=sale_price,
            in_stock=in_stock,
        )

        card_reply.additional_properties = d
        return card_reply

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
