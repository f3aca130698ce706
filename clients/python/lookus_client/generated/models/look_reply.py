from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast
from uuid import UUID

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.look_garment_reply import LookGarmentReply
    from ..models.piece_reply import PieceReply


T = TypeVar("T", bound="LookReply")


@_attrs_define
class LookReply:
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
    request_id: str
    image_id: None | UUID
    """ For a search, with `object` for one of the garments; good for half an hour. Null while the photo is being
    looked at. """
    garments: list[LookGarmentReply]
    items: list[PieceReply]
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        slug = self.slug

        title = self.title

        story = self.story

        url = self.url

        image_url = self.image_url

        width = self.width

        height = self.height

        request_id = self.request_id

        image_id: None | str
        if isinstance(self.image_id, UUID):
            image_id = str(self.image_id)
        else:
            image_id = self.image_id

        garments = []
        for garments_item_data in self.garments:
            garments_item = garments_item_data.to_dict()
            garments.append(garments_item)

        items = []
        for items_item_data in self.items:
            items_item = items_item_data.to_dict()
            items.append(items_item)

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
                "request_id": request_id,
                "image_id": image_id,
                "garments": garments,
                "items": items,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.look_garment_reply import LookGarmentReply  # noqa: PLC0415
        from ..models.piece_reply import PieceReply  # noqa: PLC0415

        d = dict(src_dict)
        slug = d.pop("slug")

        title = d.pop("title")

        story = d.pop("story")

        url = d.pop("url")

        image_url = d.pop("image_url")

        width = d.pop("width")

        height = d.pop("height")

        request_id = d.pop("request_id")

        def _parse_image_id(data: object) -> None | UUID:
            if data is None:
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                image_id_type_0 = UUID(data)

                return image_id_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | UUID, data)

        image_id = _parse_image_id(d.pop("image_id"))

        garments = []
        _garments = d.pop("garments")
        for garments_item_data in _garments:
            garments_item = LookGarmentReply.from_dict(garments_item_data)

            garments.append(garments_item)

        items = []
        _items = d.pop("items")
        for items_item_data in _items:
            items_item = PieceReply.from_dict(items_item_data)

            items.append(items_item)

        look_reply = cls(
            slug=slug,
            title=title,
            story=story,
            url=url,
            image_url=image_url,
            width=width,
            height=height,
            request_id=request_id,
            image_id=image_id,
            garments=garments,
            items=items,
        )

        look_reply.additional_properties = d
        return look_reply

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
