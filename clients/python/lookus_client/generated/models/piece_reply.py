from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.card_reply import CardReply


T = TypeVar("T", bound="PieceReply")


@_attrs_define
class PieceReply:
    description: str
    """ What it is. Without a product, `text` of a search finds one. """
    product: CardReply | None
    garment: int | None
    """ Index of the garment of the photo that it is, where known. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        from ..models.card_reply import CardReply  # noqa: PLC0415

        description = self.description

        product: dict[str, Any] | None
        if isinstance(self.product, CardReply):
            product = self.product.to_dict()
        else:
            product = self.product

        garment: int | None
        garment = self.garment

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "description": description,
                "product": product,
                "garment": garment,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.card_reply import CardReply  # noqa: PLC0415

        d = dict(src_dict)
        description = d.pop("description")

        def _parse_product(data: object) -> CardReply | None:
            if data is None:
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                product_type_0 = CardReply.from_dict(data)

                return product_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(CardReply | None, data)

        product = _parse_product(d.pop("product"))

        def _parse_garment(data: object) -> int | None:
            if data is None:
                return data
            return cast(int | None, data)

        garment = _parse_garment(d.pop("garment"))

        piece_reply = cls(
            description=description,
            product=product,
            garment=garment,
        )

        piece_reply.additional_properties = d
        return piece_reply

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
