from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

T = TypeVar("T", bound="CoverReply")


@_attrs_define
class CoverReply:
    slug: str
    title: str
    """ In the language of the reply, as the story. """
    story: str
    url: str
    """ Its page; empty where the shop has no storefront here. """
    image_url: str
    width: int
    """ Of the photo, in pixels. """
    height: int
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        slug = self.slug

        title = self.title

        story = self.story

        url = self.url

        image_url = self.image_url

        width = self.width

        height = self.height

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "slug": slug,
                "title": title,
                "story": story,
                "url": url,
                "image_url": image_url,
                "width": width,
                "height": height,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        slug = d.pop("slug")

        title = d.pop("title")

        story = d.pop("story")

        url = d.pop("url")

        image_url = d.pop("image_url")

        width = d.pop("width")

        height = d.pop("height")

        cover_reply = cls(
            slug=slug,
            title=title,
            story=story,
            url=url,
            image_url=image_url,
            width=width,
            height=height,
        )

        cover_reply.additional_properties = d
        return cover_reply

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
