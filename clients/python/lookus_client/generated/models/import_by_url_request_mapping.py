from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.import_by_url_request_mapping_additional_property import (
    ImportByUrlRequestMappingAdditionalProperty,
    check_import_by_url_request_mapping_additional_property,
)

T = TypeVar("T", bound="ImportByUrlRequestMapping")


@_attrs_define
class ImportByUrlRequestMapping:
    """Our column for each of the file's; an empty text leaves one out. In a form as JSON text. Otherwise it is guessed, or
    as the shop mapped such a file before.

    """

    additional_properties: dict[str, ImportByUrlRequestMappingAdditionalProperty] = _attrs_field(
        init=False, factory=dict
    )

    def to_dict(self) -> dict[str, Any]:

        field_dict: dict[str, Any] = {}
        for prop_name, prop in self.additional_properties.items():
            field_dict[prop_name] = prop

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        import_by_url_request_mapping = cls()

        additional_properties = {}
        for prop_name, prop_dict in d.items():
            additional_property = check_import_by_url_request_mapping_additional_property(prop_dict)

            additional_properties[prop_name] = additional_property

        import_by_url_request_mapping.additional_properties = additional_properties
        return import_by_url_request_mapping

    @property
    def additional_keys(self) -> list[str]:
        return list(self.additional_properties.keys())

    def __getitem__(self, key: str) -> ImportByUrlRequestMappingAdditionalProperty:
        return self.additional_properties[key]

    def __setitem__(self, key: str, value: ImportByUrlRequestMappingAdditionalProperty) -> None:
        self.additional_properties[key] = value

    def __delitem__(self, key: str) -> None:
        del self.additional_properties[key]

    def __contains__(self, key: str) -> bool:
        return key in self.additional_properties
