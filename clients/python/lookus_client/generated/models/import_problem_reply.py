from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

T = TypeVar("T", bound="ImportProblemReply")


@_attrs_define
class ImportProblemReply:
    row: int
    """ Line of the file, from 1. """
    sku: str
    field: str
    code: str
    message: str
    value: str
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        row = self.row

        sku = self.sku

        field = self.field

        code = self.code

        message = self.message

        value = self.value

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "row": row,
                "sku": sku,
                "field": field,
                "code": code,
                "message": message,
                "value": value,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        row = d.pop("row")

        sku = d.pop("sku")

        field = d.pop("field")

        code = d.pop("code")

        message = d.pop("message")

        value = d.pop("value")

        import_problem_reply = cls(
            row=row,
            sku=sku,
            field=field,
            code=code,
            message=message,
            value=value,
        )

        import_problem_reply.additional_properties = d
        return import_problem_reply

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
