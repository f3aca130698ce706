from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.catalog_color_reply import CatalogColorReply


T = TypeVar("T", bound="CatalogGarmentReply")


@_attrs_define
class CatalogGarmentReply:
    photo: int
    """ Its id among `photos`. """
    region: str
    box: list[int]
    """ [x0, y0, x1, y1] in pixels of the photo. """
    area: float
    """ Share of the photo. """
    is_product: bool
    """ This garment is what the product sells. """
    category: str
    pattern: str
    style: str
    color_family: str
    colors: list[CatalogColorReply]
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        photo = self.photo

        region = self.region

        box = self.box

        area = self.area

        is_product = self.is_product

        category = self.category

        pattern = self.pattern

        style = self.style

        color_family = self.color_family

        colors = []
        for colors_item_data in self.colors:
            colors_item = colors_item_data.to_dict()
            colors.append(colors_item)

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "photo": photo,
                "region": region,
                "box": box,
                "area": area,
                "is_product": is_product,
                "category": category,
                "pattern": pattern,
                "style": style,
                "color_family": color_family,
                "colors": colors,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.catalog_color_reply import CatalogColorReply  # noqa: PLC0415

        d = dict(src_dict)
        photo = d.pop("photo")

        region = d.pop("region")

        box = cast(list[int], d.pop("box"))

        area = d.pop("area")

        is_product = d.pop("is_product")

        category = d.pop("category")

        pattern = d.pop("pattern")

        style = d.pop("style")

        color_family = d.pop("color_family")

        colors = []
        _colors = d.pop("colors")
        for colors_item_data in _colors:
            colors_item = CatalogColorReply.from_dict(colors_item_data)

            colors.append(colors_item)

        catalog_garment_reply = cls(
            photo=photo,
            region=region,
            box=box,
            area=area,
            is_product=is_product,
            category=category,
            pattern=pattern,
            style=style,
            color_family=color_family,
            colors=colors,
        )

        catalog_garment_reply.additional_properties = d
        return catalog_garment_reply

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
