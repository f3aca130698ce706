from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.mood_word_reply import MoodWordReply
    from ..models.shop_reply import ShopReply
    from ..models.style_share_reply import StyleShareReply


T = TypeVar("T", bound="ShopMoodReply")


@_attrs_define
class ShopMoodReply:
    request_id: str
    shop: ShopReply
    mood: MoodWordReply
    styles: list[StyleShareReply]
    """ Every style, the largest share first. """
    products: int
    """ How many products were counted. """
    updated_at: datetime.datetime
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        request_id = self.request_id

        shop = self.shop.to_dict()

        mood = self.mood.to_dict()

        styles = []
        for styles_item_data in self.styles:
            styles_item = styles_item_data.to_dict()
            styles.append(styles_item)

        products = self.products

        updated_at = self.updated_at.isoformat()

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "request_id": request_id,
                "shop": shop,
                "mood": mood,
                "styles": styles,
                "products": products,
                "updated_at": updated_at,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.mood_word_reply import MoodWordReply  # noqa: PLC0415
        from ..models.shop_reply import ShopReply  # noqa: PLC0415
        from ..models.style_share_reply import StyleShareReply  # noqa: PLC0415

        d = dict(src_dict)
        request_id = d.pop("request_id")

        shop = ShopReply.from_dict(d.pop("shop"))

        mood = MoodWordReply.from_dict(d.pop("mood"))

        styles = []
        _styles = d.pop("styles")
        for styles_item_data in _styles:
            styles_item = StyleShareReply.from_dict(styles_item_data)

            styles.append(styles_item)

        products = d.pop("products")

        updated_at = datetime.datetime.fromisoformat(d.pop("updated_at"))

        shop_mood_reply = cls(
            request_id=request_id,
            shop=shop,
            mood=mood,
            styles=styles,
            products=products,
            updated_at=updated_at,
        )

        shop_mood_reply.additional_properties = d
        return shop_mood_reply

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
