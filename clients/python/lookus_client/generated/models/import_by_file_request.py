from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from .. import types
from ..types import UNSET, File, FileTypes, Unset

T = TypeVar("T", bound="ImportByFileRequest")


@_attrs_define
class ImportByFileRequest:
    """A file in a form, or the address of one; `mapping` is JSON text."""

    file: File | Unset = UNSET
    """ CSV, TSV, XML or ZIP: what it is, its content says. At most IMPORT_MAX_BYTES. """
    url: str | Unset = UNSET
    """ A public address, fetched now: at most 32 MB within FETCH_TIMEOUT_SECONDS. """
    dry: bool | Unset = False
    """ Only say what would change. """
    complete: bool | Unset = False
    """ The file is the whole catalogue: what it does not name is gone. """
    look_again: bool | Unset = False
    """ Ask the addresses of known photos too whether they changed. """
    mapping: str | Unset = UNSET
    """ JSON text: our column for each of the file's; an empty text leaves one out. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        file: FileTypes | Unset = UNSET
        if not isinstance(self.file, Unset):
            file = self.file.to_tuple()

        url = self.url

        dry = self.dry

        complete = self.complete

        look_again = self.look_again

        mapping = self.mapping

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if file is not UNSET:
            field_dict["file"] = file
        if url is not UNSET:
            field_dict["url"] = url
        if dry is not UNSET:
            field_dict["dry"] = dry
        if complete is not UNSET:
            field_dict["complete"] = complete
        if look_again is not UNSET:
            field_dict["look_again"] = look_again
        if mapping is not UNSET:
            field_dict["mapping"] = mapping

        return field_dict

    def to_multipart(self) -> types.RequestFiles:
        files: types.RequestFiles = []

        if not isinstance(self.file, Unset):
            files.append(("file", self.file.to_tuple()))

        if not isinstance(self.url, Unset):
            files.append(("url", (None, str(self.url).encode(), "text/plain")))

        if not isinstance(self.dry, Unset):
            files.append(("dry", (None, str(self.dry).encode(), "text/plain")))

        if not isinstance(self.complete, Unset):
            files.append(("complete", (None, str(self.complete).encode(), "text/plain")))

        if not isinstance(self.look_again, Unset):
            files.append(("look_again", (None, str(self.look_again).encode(), "text/plain")))

        if not isinstance(self.mapping, Unset):
            files.append(("mapping", (None, str(self.mapping).encode(), "text/plain")))

        for prop_name, prop in self.additional_properties.items():
            files.append((prop_name, (None, str(prop).encode(), "text/plain")))

        return files

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        _file = d.pop("file", UNSET)
        file: File | Unset
        if isinstance(_file, Unset):
            file = UNSET
        else:
            file = File(payload=BytesIO(_file))

        url = d.pop("url", UNSET)

        dry = d.pop("dry", UNSET)

        complete = d.pop("complete", UNSET)

        look_again = d.pop("look_again", UNSET)

        mapping = d.pop("mapping", UNSET)

        import_by_file_request = cls(
            file=file,
            url=url,
            dry=dry,
            complete=complete,
            look_again=look_again,
            mapping=mapping,
        )

        import_by_file_request.additional_properties = d
        return import_by_file_request

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
