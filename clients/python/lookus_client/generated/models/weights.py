from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..types import UNSET, Unset

T = TypeVar("T", bound="Weights")


@_attrs_define
class Weights:
    """How much each part of the likeness counts; made to sum to 1. A part that is not named counts nothing."""

    shape: float | Unset = UNSET
    color: float | Unset = UNSET
    pattern: float | Unset = UNSET
    category: float | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        shape = self.shape

        color = self.color

        pattern = self.pattern

        category = self.category

        field_dict: dict[str, Any] = {}

        field_dict.update({})
        if shape is not UNSET:
            field_dict["shape"] = shape
        if color is not UNSET:
            field_dict["color"] = color
        if pattern is not UNSET:
            field_dict["pattern"] = pattern
        if category is not UNSET:
            field_dict["category"] = category

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        shape = d.pop("shape", UNSET)

        color = d.pop("color", UNSET)

        pattern = d.pop("pattern", UNSET)

        category = d.pop("category", UNSET)

        weights = cls(
            shape=shape,
            color=color,
            pattern=pattern,
            category=category,
        )

        return weights
