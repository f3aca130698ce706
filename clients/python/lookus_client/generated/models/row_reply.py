from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.result_reply import ResultReply


T = TypeVar("T", bound="RowReply")


@_attrs_define
class RowReply:
    garment: int
    """ Index among `query.garments`. """
    slot: str
    """ Group of its category, as `top`. """
    label: str
    """ Of its category, in the language of the reply. """
    results: list[ResultReply]
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        garment = self.garment

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
                "garment": garment,
                "slot": slot,
                "label": label,
                "results": results,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.result_reply import ResultReply  # noqa: PLC0415

        d = dict(src_dict)
        garment = d.pop("garment")

        slot = d.pop("slot")

        label = d.pop("label")

        results = []
        _results = d.pop("results")
        for results_item_data in _results:
            results_item = ResultReply.from_dict(results_item_data)

            results.append(results_item)

        row_reply = cls(
            garment=garment,
            slot=slot,
            label=label,
            results=results,
        )

        row_reply.additional_properties = d
        return row_reply

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
