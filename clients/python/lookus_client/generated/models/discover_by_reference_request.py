from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.lang_enum import LangEnum, check_lang_enum
from ..types import UNSET, Unset

T = TypeVar("T", bound="DiscoverByReferenceRequest")


@_attrs_define
class DiscoverByReferenceRequest:
    """The address of a photo, as JSON."""

    image_url: str | Unset = UNSET
    """ A public http or https address of a photo; it is fetched by the server. """
    box: list[int] | Unset = UNSET
    """ `[x0, y0, x1, y1]` in pixels of the photo as sent, upright. Only this part is looked at. """
    lang: LangEnum | Unset = UNSET
    """ * `en` - en
    * `ko` - ko """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        image_url = self.image_url

        box: list[int] | Unset = UNSET
        if not isinstance(self.box, Unset):
            box = self.box

        lang: str | Unset = UNSET
        if not isinstance(self.lang, Unset):
            lang = self.lang

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if image_url is not UNSET:
            field_dict["image_url"] = image_url
        if box is not UNSET:
            field_dict["box"] = box
        if lang is not UNSET:
            field_dict["lang"] = lang

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        image_url = d.pop("image_url", UNSET)

        box = cast(list[int], d.pop("box", UNSET))

        _lang = d.pop("lang", UNSET)
        lang: LangEnum | Unset
        if isinstance(_lang, Unset):
            lang = UNSET
        else:
            lang = check_lang_enum(_lang)

        discover_by_reference_request = cls(
            image_url=image_url,
            box=box,
            lang=lang,
        )

        discover_by_reference_request.additional_properties = d
        return discover_by_reference_request

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
