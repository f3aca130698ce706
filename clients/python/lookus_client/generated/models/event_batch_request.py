from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.shopper_event_request import ShopperEventRequest


T = TypeVar("T", bound="EventBatchRequest")


@_attrs_define
class EventBatchRequest:
    """At most 500 events; what is said beside them holds for each that does not say it itself."""

    events: list[ShopperEventRequest]
    session: str | Unset = UNSET
    visitor: str | Unset = UNSET
    sent_at: datetime.datetime | Unset = UNSET
    """ The sender's clock now: where it is wrong, `occurred_at` is put right by it. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        events = []
        for events_item_data in self.events:
            events_item = events_item_data.to_dict()
            events.append(events_item)

        session = self.session

        visitor = self.visitor

        sent_at: str | Unset = UNSET
        if not isinstance(self.sent_at, Unset):
            sent_at = self.sent_at.isoformat()

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "events": events,
            }
        )
        if session is not UNSET:
            field_dict["session"] = session
        if visitor is not UNSET:
            field_dict["visitor"] = visitor
        if sent_at is not UNSET:
            field_dict["sent_at"] = sent_at

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.shopper_event_request import ShopperEventRequest  # noqa: PLC0415

        d = dict(src_dict)
        events = []
        _events = d.pop("events")
        for events_item_data in _events:
            events_item = ShopperEventRequest.from_dict(events_item_data)

            events.append(events_item)

        session = d.pop("session", UNSET)

        visitor = d.pop("visitor", UNSET)

        _sent_at = d.pop("sent_at", UNSET)
        sent_at: datetime.datetime | Unset
        if isinstance(_sent_at, Unset):
            sent_at = UNSET
        else:
            sent_at = datetime.datetime.fromisoformat(_sent_at)

        event_batch_request = cls(
            events=events,
            session=session,
            visitor=visitor,
            sent_at=sent_at,
        )

        event_batch_request.additional_properties = d
        return event_batch_request

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
