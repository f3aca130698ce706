from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from typing import Any, TypeVar
from uuid import UUID

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from .. import types
from ..models.lang_enum import LangEnum, check_lang_enum
from ..models.objects_enum import ObjectsEnum, check_objects_enum
from ..types import UNSET, File, FileTypes, Unset

T = TypeVar("T", bound="OutfitByPhotoRequest")


@_attrs_define
class OutfitByPhotoRequest:
    """A photo of what the shopper owns, as a form: exactly one of `image`, `image_url` and
    `image_id`. `box` and `filters` are JSON text.

    """

    choices: int | Unset = 4
    """ Products at most for each slot. """
    filters: str | Unset = UNSET
    """ JSON text. A product must satisfy every filter given, by any of its values. `attr:` and a name filters by an
    attribute of the shop's own. """
    lang: LangEnum | Unset = UNSET
    """ * `en` - en
    * `ko` - ko """
    image_url: str | Unset = UNSET
    """ A public http or https address of a photo; it is fetched by the server. """
    image_id: UUID | Unset = UNSET
    """ The same photo again, without sending it: of an earlier reply. """
    box: str | Unset = UNSET
    """ JSON text. `[x0, y0, x1, y1]` in pixels of the photo as sent, upright. Only this part is looked at. """
    object_: int | Unset = UNSET
    """ Index of the garment that is owned, in the place of the biggest. """
    objects: ObjectsEnum | Unset = UNSET
    """ * `all` - all """
    image: File | Unset = UNSET
    """ JPEG, PNG, WebP, HEIC or AVIF; at most 10 MB and 40 million pixels, at least 32 pixels a side. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        choices = self.choices

        filters = self.filters

        lang: str | Unset = UNSET
        if not isinstance(self.lang, Unset):
            lang = self.lang

        image_url = self.image_url

        image_id: str | Unset = UNSET
        if not isinstance(self.image_id, Unset):
            image_id = str(self.image_id)

        box = self.box

        object_ = self.object_

        objects: str | Unset = UNSET
        if not isinstance(self.objects, Unset):
            objects = self.objects

        image: FileTypes | Unset = UNSET
        if not isinstance(self.image, Unset):
            image = self.image.to_tuple()

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if choices is not UNSET:
            field_dict["choices"] = choices
        if filters is not UNSET:
            field_dict["filters"] = filters
        if lang is not UNSET:
            field_dict["lang"] = lang
        if image_url is not UNSET:
            field_dict["image_url"] = image_url
        if image_id is not UNSET:
            field_dict["image_id"] = image_id
        if box is not UNSET:
            field_dict["box"] = box
        if object_ is not UNSET:
            field_dict["object"] = object_
        if objects is not UNSET:
            field_dict["objects"] = objects
        if image is not UNSET:
            field_dict["image"] = image

        return field_dict

    def to_multipart(self) -> types.RequestFiles:
        files: types.RequestFiles = []

        if not isinstance(self.choices, Unset):
            files.append(("choices", (None, str(self.choices).encode(), "text/plain")))

        if not isinstance(self.filters, Unset):
            files.append(("filters", (None, str(self.filters).encode(), "text/plain")))

        if not isinstance(self.lang, Unset):
            files.append(("lang", (None, str(self.lang).encode(), "text/plain")))

        if not isinstance(self.image_url, Unset):
            files.append(("image_url", (None, str(self.image_url).encode(), "text/plain")))

        if not isinstance(self.image_id, Unset):
            files.append(("image_id", (None, str(self.image_id), "text/plain")))

        if not isinstance(self.box, Unset):
            files.append(("box", (None, str(self.box).encode(), "text/plain")))

        if not isinstance(self.object_, Unset):
            files.append(("object", (None, str(self.object_).encode(), "text/plain")))

        if not isinstance(self.objects, Unset):
            files.append(("objects", (None, str(self.objects).encode(), "text/plain")))

        if not isinstance(self.image, Unset):
            files.append(("image", self.image.to_tuple()))

        for prop_name, prop in self.additional_properties.items():
            files.append((prop_name, (None, str(prop).encode(), "text/plain")))

        return files

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        choices = d.pop("choices", UNSET)

        filters = d.pop("filters", UNSET)

        _lang = d.pop("lang", UNSET)
        lang: LangEnum | Unset
        if isinstance(_lang, Unset):
            lang = UNSET
        else:
            lang = check_lang_enum(_lang)

        image_url = d.pop("image_url", UNSET)

        _image_id = d.pop("image_id", UNSET)
        image_id: UUID | Unset
        if isinstance(_image_id, Unset):
            image_id = UNSET
        else:
            image_id = UUID(_image_id)

        box = d.pop("box", UNSET)

        object_ = d.pop("object", UNSET)

        _objects = d.pop("objects", UNSET)
        objects: ObjectsEnum | Unset
        if isinstance(_objects, Unset):
            objects = UNSET
        else:
            objects = check_objects_enum(_objects)

        _image = d.pop("image", UNSET)
        image: File | Unset
        if isinstance(_image, Unset):
            image = UNSET
        else:
            image = File(payload=BytesIO(_image))

        outfit_by_photo_request = cls(
            choices=choices,
            filters=filters,
            lang=lang,
            image_url=image_url,
            image_id=image_id,
            box=box,
            object_=object_,
            objects=objects,
            image=image,
        )

        outfit_by_photo_request.additional_properties = d
        return outfit_by_photo_request

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
