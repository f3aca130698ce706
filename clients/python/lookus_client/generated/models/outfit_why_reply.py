from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

T = TypeVar("T", bound="OutfitWhyReply")


@_attrs_define
class OutfitWhyReply:
    color: float
    """ How well the colours go together, 0..1. """
    rule: str
    """ By which rule: neutrals, accent, tonal, set, analogous, complementary, echo; contrast where none. """
    style: float
    """ How well the styles agree, 0..1. """
    season: float
    """ How well the seasons agree, 0..1. """
    together: float
    """ How often shoppers looked at or bought both, 0..1; 0 while too few did. """
    sentence: str
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        color = self.color

        rule = self.rule

        style = self.style

        season = self.season

        together = self.together

        sentence = self.sentence

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "color": color,
                "rule": rule,
                "style": style,
                "season": season,
                "together": together,
                "sentence": sentence,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        color = d.pop("color")

        rule = d.pop("rule")

        style = d.pop("style")

        season = d.pop("season")

        together = d.pop("together")

        sentence = d.pop("sentence")

        outfit_why_reply = cls(
            color=color,
            rule=rule,
            style=style,
            season=season,
            together=together,
            sentence=sentence,
        )

        outfit_why_reply.additional_properties = d
        return outfit_why_reply

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
