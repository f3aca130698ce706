from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.event_error_reply import EventErrorReply


T = TypeVar("T", bound="EventRowReply")


@_attrs_define
class EventRowReply:
    index: int
    """ Place among the events, from 0. """
    event_id: None | str
    """ As it was sent. """
    status: int
    """ As if it had been sent alone. """
    outcome: None | str
    """ counted, repeated or left_out; null where refused. """
    errors: list[EventErrorReply]
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        index = self.index

        event_id: None | str
        event_id = self.event_id

        status = self.status

        outcome: None | str
        outcome = self.outcome

        errors = []
        for errors_item_data in self.errors:
            errors_item = errors_item_data.to_dict()
            errors.append(errors_item)

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "index": index,
                "event_id": event_id,
                "status": status,
                "outcome": outcome,
                "errors": errors,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.event_error_reply import EventErrorReply  # noqa: PLC0415

        d = dict(src_dict)
        index = d.pop("index")

        def _parse_event_id(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        event_id = _parse_event_id(d.pop("event_id"))

        status = d.pop("status")

        def _parse_outcome(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        outcome = _parse_outcome(d.pop("outcome"))

        errors = []
        _errors = d.pop("errors")
        for errors_item_data in _errors:
            errors_item = EventErrorReply.from_dict(errors_item_data)

            errors.append(errors_item)

        event_row_reply = cls(
            index=index,
            event_id=event_id,
            status=status,
            outcome=outcome,
            errors=errors,
        )

        event_row_reply.additional_properties = d
        return event_row_reply

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
