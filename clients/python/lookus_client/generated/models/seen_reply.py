from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.name_reply import NameReply


T = TypeVar("T", bound="SeenReply")


@_attrs_define
class SeenReply:
    index: int
    """ For `object`. """
    box: list[int]
    """ [x0, y0, x1, y1] in pixels of the photo as sent, upright. """
    category: NameReply
    selected: bool
    """ Whether the outfit is made around it. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        index = self.index

        box = self.box

        category = self.category.to_dict()

        selected = self.selected

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "index": index,
                "box": box,
                "category": category,
                "selected": selected,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.name_reply import NameReply  # noqa: PLC0415

        d = dict(src_dict)
        index = d.pop("index")

        box = cast(list[int], d.pop("box"))

        category = NameReply.from_dict(d.pop("category"))

        selected = d.pop("selected")

        seen_reply = cls(
            index=index,
            box=box,
            category=category,
            selected=selected,
        )

        seen_reply.additional_properties = d
        return seen_reply

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
