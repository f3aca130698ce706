from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.cover_reply import CoverReply


T = TypeVar("T", bound="LooksReply")


@_attrs_define
class LooksReply:
    request_id: str
    total: int
    """ How many looks the shop shows. """
    looks: list[CoverReply]
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        request_id = self.request_id

        total = self.total

        looks = []
        for looks_item_data in self.looks:
            looks_item = looks_item_data.to_dict()
            looks.append(looks_item)

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "request_id": request_id,
                "total": total,
                "looks": looks,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.cover_reply import CoverReply  # noqa: PLC0415

        d = dict(src_dict)
        request_id = d.pop("request_id")

        total = d.pop("total")

        looks = []
        _looks = d.pop("looks")
        for looks_item_data in _looks:
            looks_item = CoverReply.from_dict(looks_item_data)

            looks.append(looks_item)

        looks_reply = cls(
            request_id=request_id,
            total=total,
            looks=looks,
        )

        looks_reply.additional_properties = d
        return looks_reply

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
