from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.slot_enum import SlotEnum, check_slot_enum

if TYPE_CHECKING:
    from ..models.color_reply import ColorReply
    from ..models.name_reply import NameReply


T = TypeVar("T", bound="OwnedReply")


@_attrs_define
class OwnedReply:
    slot: None | SlotEnum
    """ Null for what is worn by itself.

    * `full-body` - full-body
    * `top` - top
    * `bottom` - bottom
    * `outer` - outer
    * `footwear` - footwear
    * `bag` - bag
    * `headwear` - headwear
    * `accessory` - accessory """
    category: NameReply
    pattern: NameReply
    color: ColorReply | None
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        from ..models.color_reply import ColorReply  # noqa: PLC0415

        slot: None | str
        if isinstance(self.slot, str):
            slot = self.slot
        else:
            slot = self.slot

        category = self.category.to_dict()

        pattern = self.pattern.to_dict()

        color: dict[str, Any] | None
        if isinstance(self.color, ColorReply):
            color = self.color.to_dict()
        else:
            color = self.color

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "slot": slot,
                "category": category,
                "pattern": pattern,
                "color": color,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.color_reply import ColorReply  # noqa: PLC0415
        from ..models.name_reply import NameReply  # noqa: PLC0415

        d = dict(src_dict)

        def _parse_slot(data: object) -> None | SlotEnum:
            if data is None:
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                slot_type_0 = check_slot_enum(data)

                return slot_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | SlotEnum, data)

        slot = _parse_slot(d.pop("slot"))

        category = NameReply.from_dict(d.pop("category"))

        pattern = NameReply.from_dict(d.pop("pattern"))

        def _parse_color(data: object) -> ColorReply | None:
            if data is None:
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                color_type_0 = ColorReply.from_dict(data)

                return color_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(ColorReply | None, data)

        color = _parse_color(d.pop("color"))

        owned_reply = cls(
            slot=slot,
            category=category,
            pattern=pattern,
            color=color,
        )

        owned_reply.additional_properties = d
        return owned_reply

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
