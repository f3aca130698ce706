from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.import_by_url_request_mapping import ImportByUrlRequestMapping


T = TypeVar("T", bound="ImportByUrlRequest")


@_attrs_define
class ImportByUrlRequest:
    """The address of a file, as JSON."""

    url: str
    """ A public address, fetched now: at most 32 MB within FETCH_TIMEOUT_SECONDS. """
    dry: bool | Unset = False
    """ Only say what would change. """
    complete: bool | Unset = False
    """ The file is the whole catalogue: what it does not name is gone. """
    look_again: bool | Unset = False
    """ Ask the addresses of known photos too whether they changed. """
    mapping: ImportByUrlRequestMapping | Unset = UNSET
    """ Our column for each of the file's; an empty text leaves one out. In a form as JSON text. Otherwise it is
    guessed, or as the shop mapped such a file before. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        url = self.url

        dry = self.dry

        complete = self.complete

        look_again = self.look_again

        mapping: dict[str, Any] | Unset = UNSET
        if not isinstance(self.mapping, Unset):
            mapping = self.mapping.to_dict()

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "url": url,
            }
        )
        if dry is not UNSET:
            field_dict["dry"] = dry
        if complete is not UNSET:
            field_dict["complete"] = complete
        if look_again is not UNSET:
            field_dict["look_again"] = look_again
        if mapping is not UNSET:
            field_dict["mapping"] = mapping

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.import_by_url_request_mapping import ImportByUrlRequestMapping  # noqa: PLC0415

        d = dict(src_dict)
        url = d.pop("url")

        dry = d.pop("dry", UNSET)

        complete = d.pop("complete", UNSET)

        look_again = d.pop("look_again", UNSET)

        _mapping = d.pop("mapping", UNSET)
        mapping: ImportByUrlRequestMapping | Unset
        if isinstance(_mapping, Unset):
            mapping = UNSET
        else:
            mapping = ImportByUrlRequestMapping.from_dict(_mapping)

        import_by_url_request = cls(
            url=url,
            dry=dry,
            complete=complete,
            look_again=look_again,
            mapping=mapping,
        )

        import_by_url_request.additional_properties = d
        return import_by_url_request

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
