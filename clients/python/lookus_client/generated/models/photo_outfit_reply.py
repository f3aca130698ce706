from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast
from uuid import UUID

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.outfit_row_reply import OutfitRowReply
    from ..models.owned_reply import OwnedReply
    from ..models.seen_reply import SeenReply


T = TypeVar("T", bound="PhotoOutfitReply")


@_attrs_define
class PhotoOutfitReply:
    request_id: str
    owned: list[OwnedReply]
    """ What the outfit is made around. """
    rows: list[OutfitRowReply]
    """ One a slot; the first results of all rows are one look. """
    note: str
    """ Why there are no rows; otherwise empty. """
    image_id: None | UUID
    """ Names this photo for 30 minutes: no second upload. """
    garments: list[SeenReply]
    """ What was found in the photo. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        request_id = self.request_id

        owned = []
        for owned_item_data in self.owned:
            owned_item = owned_item_data.to_dict()
            owned.append(owned_item)

        rows = []
        for rows_item_data in self.rows:
            rows_item = rows_item_data.to_dict()
            rows.append(rows_item)

        note = self.note

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
                "request_id": request_id,
                "owned": owned,
                "rows": rows,
                "note": note,
                "image_id": image_id,
                "garments": garments,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.outfit_row_reply import OutfitRowReply  # noqa: PLC0415
        from ..models.owned_reply import OwnedReply  # noqa: PLC0415
        from ..models.seen_reply import SeenReply  # noqa: PLC0415

        d = dict(src_dict)
        request_id = d.pop("request_id")

        owned = []
        _owned = d.pop("owned")
        for owned_item_data in _owned:
            owned_item = OwnedReply.from_dict(owned_item_data)

            owned.append(owned_item)

        rows = []
        _rows = d.pop("rows")
        for rows_item_data in _rows:
            rows_item = OutfitRowReply.from_dict(rows_item_data)

            rows.append(rows_item)

        note = d.pop("note")

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
            garments_item = SeenReply.from_dict(garments_item_data)

            garments.append(garments_item)

        photo_outfit_reply = cls(
            request_id=request_id,
            owned=owned,
            rows=rows,
            note=note,
            image_id=image_id,
            garments=garments,
        )

        photo_outfit_reply.additional_properties = d
        return photo_outfit_reply

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
