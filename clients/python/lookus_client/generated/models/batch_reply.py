from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.operation_reply import OperationReply


T = TypeVar("T", bound="BatchReply")


@_attrs_define
class BatchReply:
    request_id: str
    created: int
    updated: int
    unchanged: int
    deleted: int
    refused: int
    results: list[OperationReply]
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        request_id = self.request_id

        created = self.created

        updated = self.updated

        unchanged = self.unchanged

        deleted = self.deleted

        refused = self.refused

        results = []
        for results_item_data in self.results:
            results_item = results_item_data.to_dict()
            results.append(results_item)

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "request_id": request_id,
                "created": created,
                "updated": updated,
                "unchanged": unchanged,
                "deleted": deleted,
                "refused": refused,
                "results": results,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.operation_reply import OperationReply  # noqa: PLC0415

        d = dict(src_dict)
        request_id = d.pop("request_id")

        created = d.pop("created")

        updated = d.pop("updated")

        unchanged = d.pop("unchanged")

        deleted = d.pop("deleted")

        refused = d.pop("refused")

        results = []
        _results = d.pop("results")
        for results_item_data in _results:
            results_item = OperationReply.from_dict(results_item_data)

            results.append(results_item)

        batch_reply = cls(
            request_id=request_id,
            created=created,
            updated=updated,
            unchanged=unchanged,
            deleted=deleted,
            refused=refused,
            results=results,
        )

        batch_reply.additional_properties = d
        return batch_reply

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
