from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.statement_result import StatementResult


T = TypeVar("T", bound="StatementsReply")


@_attrs_define
class StatementsReply:
    request_id: str
    said: int
    taken_back: int
    refused: int
    results: list[StatementResult]
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        request_id = self.request_id

        said = self.said

        taken_back = self.taken_back

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
                "said": said,
                "taken_back": taken_back,
                "refused": refused,
                "results": results,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.statement_result import StatementResult  # noqa: PLC0415

        d = dict(src_dict)
        request_id = d.pop("request_id")

        said = d.pop("said")

        taken_back = d.pop("taken_back")

        refused = d.pop("refused")

        results = []
        _results = d.pop("results")
        for results_item_data in _results:
            results_item = StatementResult.from_dict(results_item_data)

            results.append(results_item)

        statements_reply = cls(
            request_id=request_id,
            said=said,
            taken_back=taken_back,
            refused=refused,
            results=results,
        )

        statements_reply.additional_properties = d
        return statements_reply

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
