from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.blank_enum import BlankEnum, check_blank_enum
from ..models.off_reason_enum import OffReasonEnum, check_off_reason_enum
from ..models.types_enum import TypesEnum, check_types_enum

T = TypeVar("T", bound="WebhookMadeReply")


@_attrs_define
class WebhookMadeReply:
    id: int
    url: str
    types: list[TypesEnum]
    description: str
    enabled: bool
    off_reason: BlankEnum | OffReasonEnum
    """ Why LookUs switched it off; empty otherwise.

    * `` -
    * `gone` - gone
    * `failing` - failing """
    failing_since: datetime.datetime | None
    """ The first failure after the last success. """
    former_secret_until: datetime.datetime | None
    """ Until then the secret before this one signs too. """
    created_at: datetime.datetime
    secret: str
    """ Shown this once: `whsec_` and base64. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        id = self.id

        url = self.url

        types = []
        for types_item_data in self.types:
            types_item: str = types_item_data
            types.append(types_item)

        description = self.description

        enabled = self.enabled

        off_reason: str
        if isinstance(self.off_reason, str):
            off_reason = self.off_reason
        else:
            off_reason = self.off_reason

        failing_since: None | str
        if isinstance(self.failing_since, datetime.datetime):
            failing_since = self.failing_since.isoformat()
        else:
            failing_since = self.failing_since

        former_secret_until: None | str
        if isinstance(self.former_secret_until, datetime.datetime):
            former_secret_until = self.former_secret_until.isoformat()
        else:
            former_secret_until = self.former_secret_until

        created_at = self.created_at.isoformat()

        secret = self.secret

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "id": id,
                "url": url,
                "types": types,
                "description": description,
                "enabled": enabled,
                "off_reason": off_reason,
                "failing_since": failing_since,
                "former_secret_until": former_secret_until,
                "created_at": created_at,
                "secret": secret,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        id = d.pop("id")

        url = d.pop("url")

        types = []
        _types = d.pop("types")
        for types_item_data in _types:
            types_item = check_types_enum(types_item_data)

            types.append(types_item)

        description = d.pop("description")

        enabled = d.pop("enabled")

        def _parse_off_reason(data: object) -> BlankEnum | OffReasonEnum:
            try:
                if not isinstance(data, str):
                    raise TypeError()
                off_reason_type_0 = check_off_reason_enum(data)

                return off_reason_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            if not isinstance(data, str):
                raise TypeError()
            off_reason_type_1 = check_blank_enum(data)

            return off_reason_type_1

        off_reason = _parse_off_reason(d.pop("off_reason"))

        def _parse_failing_since(data: object) -> datetime.datetime | None:
            if data is None:
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                failing_since_type_0 = datetime.datetime.fromisoformat(data)

                return failing_since_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(datetime.datetime | None, data)

        failing_since = _parse_failing_since(d.pop("failing_since"))

        def _parse_former_secret_until(data: object) -> datetime.datetime | None:
            if data is None:
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                former_secret_until_type_0 = datetime.datetime.fromisoformat(data)

                return former_secret_until_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(datetime.datetime | None, data)

        former_secret_until = _parse_former_secret_until(d.pop("former_secret_until"))

        created_at = datetime.datetime.fromisoformat(d.pop("created_at"))

        secret = d.pop("secret")

        webhook_made_reply = cls(
            id=id,
            url=url,
            types=types,
            description=description,
            enabled=enabled,
            off_reason=off_reason,
            failing_since=failing_since,
            former_secret_until=former_secret_until,
            created_at=created_at,
            secret=secret,
        )

        webhook_made_reply.additional_properties = d
        return webhook_made_reply

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
