from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast
from uuid import UUID

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.garment_reply import GarmentReply


T = TypeVar("T", bound="QueryReply")


@_attrs_define
class QueryReply:
    width: int
    height: int
    found: bool
    """ False where no garment was made out: the results look like the whole photo. """
    selected: int
    """ Index of the garment that was looked for. """
    image_id: None | UUID
    """ Names this photo for half an hour: send it instead of the photo. Null where there is none. """
    garments: list[GarmentReply]
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        width = self.width

        height = self.height

        found = self.found

        selected = self.selected

        image_id: None | str
        if isinstance(self.image_id, UUID):
            image_id = str(self.image_id)
        else:
            image_id = self.image_id

        garments = []
        for garments_item_data in self.garments:
            garments_item = garments_item_data.to_dict()
            garments.append(garments_item)

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "width": width,
                "height": height,
                "found": found,
                "selected": selected,
                "image_id": image_id,
                "garments": garments,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.garment_reply import GarmentReply  # noqa: PLC0415

        d = dict(src_dict)
        width = d.pop("width")

        height = d.pop("height")

        found = d.pop("found")

        selected = d.pop("selected")

        def _parse_image_id(data: object) -> None | UUID:
            if data is None:
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                image_id_type_0 = UUID(data)

                return image_id_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | UUID, data)

        image_id = _parse_image_id(d.pop("image_id"))

        garments = []
        _garments = d.pop("garments")
        for garments_item_data in _garments:
            garments_item = GarmentReply.from_dict(garments_item_data)

            garments.append(garments_item)

        query_reply = cls(
            width=width,
            height=height,
            found=found,
            selected=selected,
            image_id=image_id,
            garments=garments,
        )

        query_reply.additional_properties = d
        return query_reply

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
