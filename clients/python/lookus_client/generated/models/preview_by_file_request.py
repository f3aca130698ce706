from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from .. import types
from ..models.lang_enum import LangEnum, check_lang_enum
from ..types import UNSET, File, Unset

T = TypeVar("T", bound="PreviewByFileRequest")


@_attrs_define
class PreviewByFileRequest:
    """A drawing as a form; `colors` is JSON text."""

    sketch: File
    """ A drawing instead of a photo: lines of ink (#1a1a1a) and strokes of colour on a transparent or white ground;
    at most 5 MB and 16 million pixels. PNG, best. """
    colors: str | Unset = UNSET
    """ JSON text. The colours that were painted with: black and white paint are told from ink and ground by them.
    """
    category: str | Unset = UNSET
    """ What is drawn, a category of the taxonomy. """
    lang: LangEnum | Unset = UNSET
    """ * `en` - en
    * `ko` - ko """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        sketch = self.sketch.to_tuple()

        colors = self.colors

        category = self.category

        lang: str | Unset = UNSET
        if not isinstance(self.lang, Unset):
            lang = self.lang

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "sketch": sketch,
            }
        )
        if colors is not UNSET:
            field_dict["colors"] = colors
        if category is not UNSET:
            field_dict["category"] = category
        if lang is not UNSET:
            field_dict["lang"] = lang

        return field_dict

    def to_multipart(self) -> types.RequestFiles:
        files: types.RequestFiles = []

        files.append(("sketch", self.sketch.to_tuple()))

        if not isinstance(self.colors, Unset):
            files.append(("colors", (None, str(self.colors).encode(), "text/plain")))

        if not isinstance(self.category, Unset):
            files.append(("category", (None, str(self.category).encode(), "text/plain")))

        if not isinstance(self.lang, Unset):
            files.append(("lang", (None, str(self.lang).encode(), "text/plain")))

        for prop_name, prop in self.additional_properties.items():
            files.append((prop_name, (None, str(prop).encode(), "text/plain")))

        return files

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        sketch = File(payload=BytesIO(d.pop("sketch")))

        colors = d.pop("colors", UNSET)

        category = d.pop("category", UNSET)

        _lang = d.pop("lang", UNSET)
        lang: LangEnum | Unset
        if isinstance(_lang, Unset):
            lang = UNSET
        else:
            lang = check_lang_enum(_lang)

        preview_by_file_request = cls(
            sketch=sketch,
            colors=colors,
            category=category,
            lang=lang,
        )

        preview_by_file_request.additional_properties = d
        return preview_by_file_request

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
