from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.gave_reply import GaveReply


T = TypeVar("T", bound="WhyReply")


@_attrs_define
class WhyReply:
    shape: float
    color: float
    pattern: float
    category: float
    words: float
    """ How well its texts fit the words, 0..1, the best of this search 1. """
    gave: GaveReply
    sentence: str
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        shape = self.shape

        color = self.color

        pattern = self.pattern

        category = self.category

        words = self.words

        gave = self.gave.to_dict()

        sentence = self.sentence

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "shape": shape,
                "color": color,
                "pattern": pattern,
                "category": category,
                "words": words,
                "gave": gave,
                "sentence": sentence,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.gave_reply import GaveReply  # noqa: PLC0415

        d = dict(src_dict)
        shape = d.pop("shape")

        color = d.pop("color")

        pattern = d.pop("pattern")

        category = d.pop("category")

        words = d.pop("words")

        gave = GaveReply.from_dict(d.pop("gave"))

        sentence = d.pop("sentence")

        why_reply = cls(
            shape=shape,
            color=color,
            pattern=pattern,
            category=category,
            words=words,
            gave=gave,
            sentence=sentence,
        )

        why_reply.additional_properties = d
        return why_reply

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
