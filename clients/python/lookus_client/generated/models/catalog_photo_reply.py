from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

T = TypeVar("T", bound="CatalogPhotoReply")


@_attrs_define
class CatalogPhotoReply:
    id: int
    position: int
    """ From 0. """
    source_url: str
    """ Empty for one that was uploaded. """
    image_url: str
    """ Empty until it was fetched. """
    width: int | None
    height: int | None
    state: str
    reason: str
    """ Stable code of a failure, or of why it waits. """
    detail: str
    revision: str
    tagged_at: datetime.datetime | None
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        id = self.id

        position = self.position

        source_url = self.source_url

        image_url = self.image_url

        width: int | None
        width = self.width

        height: int | None
        height = self.height

        state = self.state

        reason = self.reason

        detail = self.detail

        revision = self.revision

        tagged_at: None | str
        if isinstance(self.tagged_at, datetime.datetime):
            tagged_at = self.tagged_at.isoformat()
        else:
            tagged_at = self.tagged_at

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "id": id,
                "position": position,
                "source_url": source_url,
                "image_url": image_url,
                "width": width,
                "height": height,
                "state": state,
                "reason": reason,
                "detail": detail,
                "revision": revision,
                "tagged_at": tagged_at,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        id = d.pop("id")

        position = d.pop("position")

        source_url = d.pop("source_url")

        image_url = d.pop("image_url")

        def _parse_width(data: object) -> int | None:
            if data is None:
                return data
            return cast(int | None, data)

        width = _parse_width(d.pop("width"))

        def _parse_height(data: object) -> int | None:
            if data is None:
                return data
            return cast(int | None, data)

        height = _parse_height(d.pop("height"))

        state = d.pop("state")

        reason = d.pop("reason")

        detail = d.pop("detail")

        revision = d.pop("revision")

        def _parse_tagged_at(data: object) -> datetime.datetime | None:
            if data is None:
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                tagged_at_type_0 = datetime.datetime.fromisoformat(data)

                return tagged_at_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(datetime.datetime | None, data)

        tagged_at = _parse_tagged_at(d.pop("tagged_at"))

        catalog_photo_reply = cls(
            id=id,
            position=position,
            source_url=source_url,
            image_url=image_url,
            width=width,
            height=height,
            state=state,
            reason=reason,
            detail=detail,
            revision=revision,
            tagged_at=tagged_at,
        )

        catalog_photo_reply.additional_properties = d
        return catalog_photo_reply

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
