from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar
from uuid import UUID

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.result_reply import ResultReply
    from ..models.style_reply import StyleReply


T = TypeVar("T", bound="ShopFoundReply")


@_attrs_define
class ShopFoundReply:
    slug: str
    name: str
    tagline: str
    site: str
    """ Where the shop's own storefront stands; may be empty. """
    by: str
    """ `style`: a shop of the photo's style; `parent`: of the upper style it stands under; `nearest`: what comes
    nearest where these are too few.

    * `style` - style
    * `parent` - parent
    * `nearest` - nearest """
    sentence: str
    """ Why this shop, in the language of the reply. """
    mood: StyleReply
    share: float
    """ Of the shop's products that are of the style. """
    lift: float
    """ That share ÷ the mall's average. """
    search_id: UUID
    """ Names this shop's answer in its events. """
    results: list[ResultReply]
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        slug = self.slug

        name = self.name

        tagline = self.tagline

        site = self.site

        by = self.by

        sentence = self.sentence

        mood = self.mood.to_dict()

        share = self.share

        lift = self.lift

        search_id = str(self.search_id)

        results = []
        for results_item_data in self.results:
            results_item = results_item_data.to_dict()
            results.append(results_item)

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "slug": slug,
                "name": name,
                "tagline": tagline,
                "site": site,
                "by": by,
                "sentence": sentence,
                "mood": mood,
                "share": share,
                "lift": lift,
                "search_id": search_id,
                "results": results,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.result_reply import ResultReply  # noqa: PLC0415
        from ..models.style_reply import StyleReply  # noqa: PLC0415

        d = dict(src_dict)
        slug = d.pop("slug")

        name = d.pop("name")

        tagline = d.pop("tagline")

        site = d.pop("site")

        by = d.pop("by")

        sentence = d.pop("sentence")

        mood = StyleReply.from_dict(d.pop("mood"))

        share = d.pop("share")

        lift = d.pop("lift")

        search_id = UUID(d.pop("search_id"))

        results = []
        _results = d.pop("results")
        for results_item_data in _results:
            results_item = ResultReply.from_dict(results_item_data)

            results.append(results_item)

        shop_found_reply = cls(
            slug=slug,
            name=name,
            tagline=tagline,
            site=site,
            by=by,
            sentence=sentence,
            mood=mood,
            share=share,
            lift=lift,
            search_id=search_id,
            results=results,
        )

        shop_found_reply.additional_properties = d
        return shop_found_reply

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
