from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.share_reply import ShareReply
    from ..models.term_reply import TermReply


T = TypeVar("T", bound="LookGarmentReply")


@_attrs_define
class LookGarmentReply:
    index: int
    box: list[int]
    """ [x0, y0, x1, y1] in pixels of the look's photo. """
    outline: list[list[list[int]]]
    """ The garment's edge: closed polygons of [x, y] in the same pixels, one for each piece (a pair of shoes has
    two), at most 60 points together. Empty where no garment was made out, and for a product of the catalogue. """
    category: TermReply
    pattern: TermReply
    colors: list[ShareReply]
    style: TermReply | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        index = self.index

        box = self.box

        outline = []
        for outline_item_data in self.outline:
            outline_item = []
            for outline_item_item_data in outline_item_data:
                outline_item_item = outline_item_item_data

                outline_item.append(outline_item_item)

            outline.append(outline_item)

        category = self.category.to_dict()

        pattern = self.pattern.to_dict()

        colors = []
        for colors_item_data in self.colors:
            colors_item = colors_item_data.to_dict()
            colors.append(colors_item)

        style: dict[str, Any] | Unset = UNSET
        if not isinstance(self.style, Unset):
            style = self.style.to_dict()

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "index": index,
                "box": box,
                "outline": outline,
                "category": category,
                "pattern": pattern,
                "colors": colors,
            }
        )
        if style is not UNSET:
            field_dict["style"] = style

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.share_reply import ShareReply  # noqa: PLC0415
        from ..models.term_reply import TermReply  # noqa: PLC0415

        d = dict(src_dict)
        index = d.pop("index")

        box = cast(list[int], d.pop("box"))

        outline = []
        _outline = d.pop("outline")
        for outline_item_data in _outline:
            outline_item = []
            _outline_item = outline_item_data
            for outline_item_item_data in _outline_item:
                outline_item_item = cast(list[int], outline_item_item_data)

                outline_item.append(outline_item_item)

            outline.append(outline_item)

        category = TermReply.from_dict(d.pop("category"))

        pattern = TermReply.from_dict(d.pop("pattern"))

        colors = []
        _colors = d.pop("colors")
        for colors_item_data in _colors:
            colors_item = ShareReply.from_dict(colors_item_data)

            colors.append(colors_item)

        _style = d.pop("style", UNSET)
        style: TermReply | Unset
        if isinstance(_style, Unset):
            style = UNSET
        else:
            style = TermReply.from_dict(_style)

        look_garment_reply = cls(
            index=index,
            box=box,
            outline=outline,
            category=category,
            pattern=pattern,
            colors=colors,
            style=style,
        )

        look_garment_reply.additional_properties = d
        return look_garment_reply

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
