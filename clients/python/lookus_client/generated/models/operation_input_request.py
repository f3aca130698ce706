from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.op_enum import OpEnum, check_op_enum
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.operation_input_request_product import OperationInputRequestProduct


T = TypeVar("T", bound="OperationInputRequest")


@_attrs_define
class OperationInputRequest:
    op: OpEnum
    """ * `put` - put
    * `patch` - patch
    * `delete` - delete """
    sku: str
    product: OperationInputRequestProduct | Unset = UNSET
    """ To put: the whole product. To patch: what changes. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        op: str = self.op

        sku = self.sku

        product: dict[str, Any] | Unset = UNSET
        if not isinstance(self.product, Unset):
            product = self.product.to_dict()

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "op": op,
                "sku": sku,
            }
        )
        if product is not UNSET:
            field_dict["product"] = product

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.operation_input_request_product import OperationInputRequestProduct  # noqa: PLC0415

        d = dict(src_dict)
        op = check_op_enum(d.pop("op"))

        sku = d.pop("sku")

        _product = d.pop("product", UNSET)
        product: OperationInputRequestProduct | Unset
        if isinstance(_product, Unset):
            product = UNSET
        else:
            product = OperationInputRequestProduct.from_dict(_product)

        operation_input_request = cls(
            op=op,
            sku=sku,
            product=product,
        )

        operation_input_request.additional_properties = d
        return operation_input_request

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
