from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.import_change_reply_after import ImportChangeReplyAfter
    from ..models.import_change_reply_before import ImportChangeReplyBefore


T = TypeVar("T", bound="ImportChangeReply")


@_attrs_define
class ImportChangeReply:
    sku: str
    action: str
    before: ImportChangeReplyBefore
    """ Only what differs. """
    after: ImportChangeReplyAfter
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        sku = self.sku

        action = self.action

        before = self.before.to_dict()

        after = self.after.to_dict()

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "sku": sku,
                "action": action,
                "before": before,
                "after": after,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.import_change_reply_after import ImportChangeReplyAfter  # noqa: PLC0415
        from ..models.import_change_reply_before import ImportChangeReplyBefore  # noqa: PLC0415

        d = dict(src_dict)
        sku = d.pop("sku")

        action = d.pop("action")

        before = ImportChangeReplyBefore.from_dict(d.pop("before"))

        after = ImportChangeReplyAfter.from_dict(d.pop("after"))

        import_change_reply = cls(
            sku=sku,
            action=action,
            before=before,
            after=after,
        )

        import_change_reply.additional_properties = d
        return import_change_reply

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
