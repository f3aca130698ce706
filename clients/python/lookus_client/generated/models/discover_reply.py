from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.mood_word_reply import MoodWordReply
    from ..models.photo_style_reply import PhotoStyleReply
    from ..models.query_reply import QueryReply
    from ..models.shop_found_reply import ShopFoundReply


T = TypeVar("T", bound="DiscoverReply")


@_attrs_define
class DiscoverReply:
    request_id: str
    query: QueryReply
    style: MoodWordReply | None
    """ The photo's likeliest style; null where no garment was made out. """
    styles: list[PhotoStyleReply]
    """ The photo's styles, the likeliest first. """
    total: int
    """ How many shops follow. """
    shops: list[ShopFoundReply]
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        from ..models.mood_word_reply import MoodWordReply  # noqa: PLC0415

        request_id = self.request_id

        query = self.query.to_dict()

        style: dict[str, Any] | None
        if isinstance(self.style, MoodWordReply):
            style = self.style.to_dict()
        else:
            style = self.style

        styles = []
        for styles_item_data in self.styles:
            styles_item = styles_item_data.to_dict()
            styles.append(styles_item)

        total = self.total

        shops = []
        for shops_item_data in self.shops:
            shops_item = shops_item_data.to_dict()
            shops.append(shops_item)

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "request_id": request_id,
                "query": query,
                "style": style,
                "styles": styles,
                "total": total,
                "shops": shops,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.mood_word_reply import MoodWordReply  # noqa: PLC0415
        from ..models.photo_style_reply import PhotoStyleReply  # noqa: PLC0415
        from ..models.query_reply import QueryReply  # noqa: PLC0415
        from ..models.shop_found_reply import ShopFoundReply  # noqa: PLC0415

        d = dict(src_dict)
        request_id = d.pop("request_id")

        query = QueryReply.from_dict(d.pop("query"))

        def _parse_style(data: object) -> MoodWordReply | None:
            if data is None:
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                style_type_0 = MoodWordReply.from_dict(data)

                return style_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(MoodWordReply | None, data)

        style = _parse_style(d.pop("style"))

        styles = []
        _styles = d.pop("styles")
        for styles_item_data in _styles:
            styles_item = PhotoStyleReply.from_dict(styles_item_data)

            styles.append(styles_item)

        total = d.pop("total")

        shops = []
        _shops = d.pop("shops")
        for shops_item_data in _shops:
            shops_item = ShopFoundReply.from_dict(shops_item_data)

            shops.append(shops_item)

        discover_reply = cls(
            request_id=request_id,
            query=query,
            style=style,
            styles=styles,
            total=total,
            shops=shops,
        )

        discover_reply.additional_properties = d
        return discover_reply

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
