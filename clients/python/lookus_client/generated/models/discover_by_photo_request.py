from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from .. import types
from ..models.lang_enum import LangEnum, check_lang_enum
from ..types import UNSET, File, FileTypes, Unset

T = TypeVar("T", bound="DiscoverByPhotoRequest")


@_attrs_define
class DiscoverByPhotoRequest:
    """A photo as a form, or its address; `box` is JSON text."""

    image_url: str | Unset = UNSET
    """ A public http or https address of a photo; it is fetched by the server. """
    box: str | Unset = UNSET
    """ JSON text. `[x0, y0, x1, y1]` in pixels of the photo as sent, upright. Only this part is looked at. """
    lang: LangEnum | Unset = UNSET
    """ * `en` - en
    * `ko` - ko """
    image: File | Unset = UNSET
    """ JPEG, PNG, WebP, HEIC or AVIF; at most 10 MB and 40 million pixels, at least 32 pixels a side. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        image_url = self.image_url

        box = self.box

        lang: str | Unset = UNSET
        if not isinstance(self.lang, Unset):
            lang = self.lang

        image: FileTypes | Unset = UNSET
        if not isinstance(self.image, Unset):
            image = self.image.to_tuple()

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if image_url is not UNSET:
            field_dict["image_url"] = image_url
        if box is not UNSET:
            field_dict["box"] = box
        if lang is not UNSET:
            field_dict["lang"] = lang
        if image is not UNSET:
            field_dict["image"] = image

        return field_dict

    def to_multipart(self) -> types.RequestFiles:
        files: types.RequestFiles = []

        if not isinstance(self.image_url, Unset):
            files.append(("image_url", (None, str(self.image_url).encode(), "text/plain")))

        if not isinstance(self.box, Unset):
            files.append(("box", (None, str(self.box).encode(), "text/plain")))

        if not isinstance(self.lang, Unset):
            files.append(("lang", (None, str(self.lang).encode(), "text/plain")))

        if not isinstance(self.image, Unset):
            files.append(("image", self.image.to_tuple()))

        for prop_name, prop in self.additional_properties.items():
            files.append((prop_name, (None, str(prop).encode(), "text/plain")))

        return files

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        image_url = d.pop("image_url", UNSET)

        box = d.pop("box", UNSET)

        _lang = d.pop("lang", UNSET)
        lang: LangEnum | Unset
        if isinstance(_lang, Unset):
            lang = UNSET
        else:
            lang = check_lang_enum(_lang)

        _image = d.pop("image", UNSET)
        image: File | Unset
        if isinstance(_image, Unset):
            image = UNSET
        else:
            image = File(payload=BytesIO(_image))

        discover_by_photo_request = cls(
            image_url=image_url,
            box=box,
            lang=lang,
            image=image,
        )

        discover_by_photo_request.additional_properties = d
        return discover_by_photo_request

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
