from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.suggestion_reply import SuggestionReply


T = TypeVar("T", bound="OutfitRowReply")


@_attrs_define
class OutfitRowReply:
    slot: str
    label: str
    """ The slot's name in the language of the reply. """
    results: list[SuggestionReply]
    """ Best first; any of them can stand in the first one's place. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        slot = self.slot

        label = self.label

        results = []
        for results_item_data in self.results:
            results_item = results_item_data.to_dict()
            results.append(results_item)

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "slot": slot,
                "label": label,
                "results": results,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.suggestion_reply import SuggestionReply  # noqa: PLC0415

        d = dict(src_dict)
        slot = d.pop("slot")

        label = d.pop("label")

        results = []
        _results = d.pop("results")
        for results_item_data in _results:
            results_item = SuggestionReply.from_dict(results_item_data)

            results.append(results_item)

        outfit_row_reply = cls(
            slot=slot,
            label=label,
            results=results,
        )

        outfit_row_reply.additional_properties = d
        return outfit_row_reply

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
