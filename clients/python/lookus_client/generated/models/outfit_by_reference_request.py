from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast
from uuid import UUID

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.lang_enum import LangEnum, check_lang_enum
from ..models.objects_enum import ObjectsEnum, check_objects_enum
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.filters import Filters


T = TypeVar("T", bound="OutfitByReferenceRequest")


@_attrs_define
class OutfitByReferenceRequest:
    """A photo of what the shopper owns, as JSON: exactly one of `image_url` and `image_id`."""

    choices: int | Unset = 4
    """ Products at most for each slot. """
    filters: Filters | Unset = UNSET
    """ A product must satisfy every filter given, by any of its values. `attr:` and a name filters by an attribute
    of the shop's own. """
    lang: LangEnum | Unset = UNSET
    """ * `en` - en
    * `ko` - ko """
    image_url: str | Unset = UNSET
    """ A public http or https address of a photo; it is fetched by the server. """
    image_id: UUID | Unset = UNSET
    """ The same photo again, without sending it: of an earlier reply. """
    box: list[int] | Unset = UNSET
    """ `[x0, y0, x1, y1]` in pixels of the photo as sent, upright. Only this part is looked at. """
    object_: int | Unset = UNSET
    """ Index of the garment that is owned, in the place of the biggest. """
    objects: ObjectsEnum | Unset = UNSET
    """ * `all` - all """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        choices = self.choices

        filters: dict[str, Any] | Unset = UNSET
        if not isinstance(self.filters, Unset):
            filters = self.filters.to_dict()

        lang: str | Unset = UNSET
        if not isinstance(self.lang, Unset):
            lang = self.lang

        image_url = self.image_url

        image_id: str | Unset = UNSET
        if not isinstance(self.image_id, Unset):
            image_id = str(self.image_id)

        box: list[int] | Unset = UNSET
        if not isinstance(self.box, Unset):
            box = self.box

        object_ = self.object_

        objects: str | Unset = UNSET
        if not isinstance(self.objects, Unset):
            objects = self.objects

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

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.filters import Filters  # noqa: PLC0415

        d = dict(src_dict)
        choices = d.pop("choices", UNSET)

        _filters = d.pop("filters", UNSET)
        filters: Filters | Unset
        if isinstance(_filters, Unset):
            filters = UNSET
        else:
            filters = Filters.from_dict(_filters)

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

        box = cast(list[int], d.pop("box", UNSET))

        object_ = d.pop("object", UNSET)

        _objects = d.pop("objects", UNSET)
        objects: ObjectsEnum | Unset
        if isinstance(_objects, Unset):
            objects = UNSET
        else:
            objects = check_objects_enum(_objects)

        outfit_by_reference_request = cls(
            choices=choices,
            filters=filters,
            lang=lang,
            image_url=image_url,
            image_id=image_id,
            box=box,
            object_=object_,
            objects=objects,
        )

        outfit_by_reference_request.additional_properties = d
        return outfit_by_reference_request

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
