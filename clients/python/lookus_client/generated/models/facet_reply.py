from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.facet_value_reply import FacetValueReply


T = TypeVar("T", bound="FacetReply")


@_attrs_define
class FacetReply:
    kind: str
    label: str
    values: list[FacetValueReply]
    left_off: int
    """ Rarer values that are not listed. """
    low: int | None
    """ The least price. """
    high: int | None
    """ The greatest price. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        kind = self.kind

        label = self.label

        values = []
        for values_item_data in self.values:
            values_item = values_item_data.to_dict()
            values.append(values_item)

        left_off = self.left_off

        low: int | None
        low = self.low

        high: int | None
        high = self.high

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "kind": kind,
                "label": label,
                "values": values,
                "left_off": left_off,
                "low": low,
                "high": high,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.facet_value_reply import FacetValueReply  # noqa: PLC0415

        d = dict(src_dict)
        kind = d.pop("kind")

        label = d.pop("label")

        values = []
        _values = d.pop("values")
        for values_item_data in _values:
            values_item = FacetValueReply.from_dict(values_item_data)

            values.append(values_item)

        left_off = d.pop("left_off")

        def _parse_low(data: object) -> int | None:
            if data is None:
                return data
            return cast(int | None, data)

        low = _parse_low(d.pop("low"))

        def _parse_high(data: object) -> int | None:
            if data is None:
                return data
            return cast(int | None, data)

        high = _parse_high(d.pop("high"))

        facet_reply = cls(
            kind=kind,
            label=label,
            values=values,
            left_off=left_off,
            low=low,
            high=high,
        )

        facet_reply.additional_properties = d
        return facet_reply

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
