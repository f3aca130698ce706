from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

T = TypeVar("T", bound="StatementReply")


@_attrs_define
class StatementReply:
    value: str
    source: str
    """ `person` stands above `feed` (the shop's own word), and that above `model`.

    * `person` - Person
    * `feed` - Feed
    * `model` - Model """
    probability: float | None
    """ 0..1; of the model. """
    unsure: bool
    """ The model itself would not rely on it. """
    revision: str
    """ Of the bundle that said it; empty for others. """
    at: datetime.datetime
    kind: str
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        value = self.value

        source = self.source

        probability: float | None
        probability = self.probability

        unsure = self.unsure

        revision = self.revision

        at = self.at.isoformat()

        kind = self.kind

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "value": value,
                "source": source,
                "probability": probability,
                "unsure": unsure,
                "revision": revision,
                "at": at,
                "kind": kind,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        value = d.pop("value")

        source = d.pop("source")

        def _parse_probability(data: object) -> float | None:
            if data is None:
                return data
            return cast(float | None, data)

        probability = _parse_probability(d.pop("probability"))

        unsure = d.pop("unsure")

        revision = d.pop("revision")

        at = datetime.datetime.fromisoformat(d.pop("at"))

        kind = d.pop("kind")

        statement_reply = cls(
            value=value,
            source=source,
            probability=probability,
            unsure=unsure,
            revision=revision,
            at=at,
            kind=kind,
        )

        statement_reply.additional_properties = d
        return statement_reply

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
