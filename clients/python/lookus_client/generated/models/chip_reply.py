from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

T = TypeVar("T", bound="ChipReply")


@_attrs_define
class ChipReply:
    id: str
    """ Send it in `words_off` to take it off. """
    kind: str
    value: str
    label: str
    """ In the language of the reply. """
    words: str
    """ What the shopper wrote. """
    negated: bool
    """ Products must not have it. """
    applied: bool
    """ False where nothing of the shop fits it beside the rest: nothing is left out. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        id = self.id

        kind = self.kind

        value = self.value

        label = self.label

        words = self.words

        negated = self.negated

        applied = self.applied

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "id": id,
                "kind": kind,
                "value": value,
                "label": label,
                "words": words,
                "negated": negated,
                "applied": applied,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        id = d.pop("id")

        kind = d.pop("kind")

        value = d.pop("value")

        label = d.pop("label")

        words = d.pop("words")

        negated = d.pop("negated")

        applied = d.pop("applied")

        chip_reply = cls(
            id=id,
            kind=kind,
            value=value,
            label=label,
            words=words,
            negated=negated,
            applied=applied,
        )

        chip_reply.additional_properties = d
        return chip_reply

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
