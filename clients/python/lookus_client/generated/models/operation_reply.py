from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.op_enum import OpEnum, check_op_enum

if TYPE_CHECKING:
    from ..models.row_error_reply import RowErrorReply


T = TypeVar("T", bound="OperationReply")


@_attrs_define
class OperationReply:
    index: int
    """ Place among the operations, from 0. """
    op: None | OpEnum
    sku: None | str
    status: int
    """ As if it had been sent alone. """
    outcome: None | str
    """ created, updated, unchanged or deleted; null where refused. """
    errors: list[RowErrorReply]
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        index = self.index

        op: None | str
        if isinstance(self.op, str):
            op = self.op
        else:
            op = self.op

        sku: None | str
        sku = self.sku

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
                "op": op,
                "sku": sku,
                "status": status,
                "outcome": outcome,
                "errors": errors,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.row_error_reply import RowErrorReply  # noqa: PLC0415

        d = dict(src_dict)
        index = d.pop("index")

        def _parse_op(data: object) -> None | OpEnum:
            if data is None:
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                op_type_0 = check_op_enum(data)

                return op_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | OpEnum, data)

        op = _parse_op(d.pop("op"))

        def _parse_sku(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        sku = _parse_sku(d.pop("sku"))

        status = d.pop("status")

        def _parse_outcome(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        outcome = _parse_outcome(d.pop("outcome"))

        errors = []
        _errors = d.pop("errors")
        for errors_item_data in _errors:
            errors_item = RowErrorReply.from_dict(errors_item_data)

            errors.append(errors_item)

        operation_reply = cls(
            index=index,
            op=op,
            sku=sku,
            status=status,
            outcome=outcome,
            errors=errors,
        )

        operation_reply.additional_properties = d
        return operation_reply

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
