from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast
from uuid import UUID

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.group_by_enum import GroupByEnum, check_group_by_enum
from ..models.lang_enum import LangEnum, check_lang_enum
from ..models.objects_enum import ObjectsEnum, check_objects_enum
from ..models.sort_enum import SortEnum, check_sort_enum
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.filters import Filters
    from ..models.weights import Weights


T = TypeVar("T", bound="SearchByReferenceRequest")


@_attrs_define
class SearchByReferenceRequest:
    """A search as JSON: one of `image_url`, `image_id`, `sketch` and `product_id`, or `text`, or
    both.

    """

    filters: Filters | Unset = UNSET
    """ A product must satisfy every filter given, by any of its values. `attr:` and a name filters by an attribute
    of the shop's own. """
    facets: list[str] | Unset = UNSET
    """ Kinds to count the values of, as ["color", "price"]; "all" for those there are. """
    sort: SortEnum | Unset = "relevance"
    """ * `relevance` - relevance
    * `price_asc` - price_asc
    * `price_desc` - price_desc
    * `newest` - newest """
    weights: Weights | Unset = UNSET
    """ How much each part of the likeness counts; made to sum to 1. A part that is not named counts nothing. """
    min_score: float | Unset = 0.0
    """ Leave out what is under. """
    group_by: GroupByEnum | Unset = "variant"
    """ * `variant` - variant
    * `none` - none """
    fold: bool | None | Unset = UNSET
    """ One result for products that look the same; unless false. """
    limit: int | Unset = 6
    """ 0, of a photo: only what is seen in it, and its `image_id` to search with. """
    cursor: str | Unset = UNSET
    """ `next_cursor` of a reply: what follows. It may stand alone. """
    lang: LangEnum | Unset = UNSET
    """ * `en` - en
    * `ko` - ko """
    image_url: str | Unset = UNSET
    """ A public http or https address of a photo; it is fetched by the server. """
    image_id: UUID | Unset = UNSET
    """ `query.image_id` of a reply: the same photo again, for half an hour. """
    sketch: str | Unset = UNSET
    """ A drawing instead of a photo: lines of ink (#1a1a1a) and strokes of colour on a transparent or white ground;
    at most 5 MB and 16 million pixels. As `data:image/png;base64,…`. """
    colors: list[str] | Unset = UNSET
    """ The colours that were painted with: black and white paint are told from ink and ground by them. """
    category: str | Unset = UNSET
    """ What is drawn, a category of the taxonomy. """
    product_id: str | Unset = UNSET
    """ SKU of one of the shop's products: what is similar to it, without itself. """
    text: str | Unset = UNSET
    """ Words, Korean or English; beside a photo, what should be otherwise. """
    words_off: list[str] | Unset = UNSET
    """ `id` of what was understood in the words and should not count. """
    box: list[int] | Unset = UNSET
    """ `[x0, y0, x1, y1]` in pixels of the photo as sent, upright. Only this part is looked at. """
    object_: int | Unset = UNSET
    """ Index of a garment found in the photo: look for this one. """
    objects: ObjectsEnum | Unset = UNSET
    """ * `all` - all """
    visitor: str | Unset = UNSET
    """ The page's own opaque name of who looks, for a test of two orders: hashed. """
    clicked: list[str] | Unset = UNSET
    """ SKUs clicked in this session, the latest last; used at once and not kept. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        filters: dict[str, Any] | Unset = UNSET
        if not isinstance(self.filters, Unset):
            filters = self.filters.to_dict()

        facets: list[str] | Unset = UNSET
        if not isinstance(self.facets, Unset):
            facets = self.facets

        sort: str | Unset = UNSET
        if not isinstance(self.sort, Unset):
            sort = self.sort

        weights: dict[str, Any] | Unset = UNSET
        if not isinstance(self.weights, Unset):
            weights = self.weights.to_dict()

        min_score = self.min_score

        group_by: str | Unset = UNSET
        if not isinstance(self.group_by, Unset):
            group_by = self.group_by

        fold: bool | None | Unset
        if isinstance(self.fold, Unset):
            fold = UNSET
        else:
            fold = self.fold

        limit = self.limit

        cursor = self.cursor

        lang: str | Unset = UNSET
        if not isinstance(self.lang, Unset):
            lang = self.lang

        image_url = self.image_url

        image_id: str | Unset = UNSET
        if not isinstance(self.image_id, Unset):
            image_id = str(self.image_id)

        sketch = self.sketch

        colors: list[str] | Unset = UNSET
        if not isinstance(self.colors, Unset):
            colors = self.colors

        category = self.category

        product_id = self.product_id

        text = self.text

        words_off: list[str] | Unset = UNSET
        if not isinstance(self.words_off, Unset):
            words_off = self.words_off

        box: list[int] | Unset = UNSET
        if not isinstance(self.box, Unset):
            box = self.box

        object_ = self.object_

        objects: str | Unset = UNSET
        if not isinstance(self.objects, Unset):
            objects = self.objects

        visitor = self.visitor

        clicked: list[str] | Unset = UNSET
        if not isinstance(self.clicked, Unset):
            clicked = self.clicked

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if filters is not UNSET:
            field_dict["filters"] = filters
        if facets is not UNSET:
            field_dict["facets"] = facets
        if sort is not UNSET:
            field_dict["sort"] = sort
        if weights is not UNSET:
            field_dict["weights"] = weights
        if min_score is not UNSET:
            field_dict["min_score"] = min_score
        if group_by is not UNSET:
            field_dict["group_by"] = group_by
        if fold is not UNSET:
            field_dict["fold"] = fold
        if limit is not UNSET:
            field_dict["limit"] = limit
        if cursor is not UNSET:
            field_dict["cursor"] = cursor
        if lang is not UNSET:
            field_dict["lang"] = lang
        if image_url is not UNSET:
            field_dict["image_url"] = image_url
        if image_id is not UNSET:
            field_dict["image_id"] = image_id
        if sketch is not UNSET:
            field_dict["sketch"] = sketch
        if colors is not UNSET:
            field_dict["colors"] = colors
        if category is not UNSET:
            field_dict["category"] = category
        if product_id is not UNSET:
            field_dict["product_id"] = product_id
        if text is not UNSET:
            field_dict["text"] = text
        if words_off is not UNSET:
            field_dict["words_off"] = words_off
        if box is not UNSET:
            field_dict["box"] = box
        if object_ is not UNSET:
            field_dict["object"] = object_
        if objects is not UNSET:
            field_dict["objects"] = objects
        if visitor is not UNSET:
            field_dict["visitor"] = visitor
        if clicked is not UNSET:
            field_dict["clicked"] = clicked

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.filters import Filters  # noqa: PLC0415
        from ..models.weights import Weights  # noqa: PLC0415

        d = dict(src_dict)
        _filters = d.pop("filters", UNSET)
        filters: Filters | Unset
        if isinstance(_filters, Unset):
            filters = UNSET
        else:
            filters = Filters.from_dict(_filters)

        facets = cast(list[str], d.pop("facets", UNSET))

        _sort = d.pop("sort", UNSET)
        sort: SortEnum | Unset
        if isinstance(_sort, Unset):
            sort = UNSET
        else:
            sort = check_sort_enum(_sort)

        _weights = d.pop("weights", UNSET)
        weights: Weights | Unset
        if isinstance(_weights, Unset):
            weights = UNSET
        else:
            weights = Weights.from_dict(_weights)

        min_score = d.pop("min_score", UNSET)

        _group_by = d.pop("group_by", UNSET)
        group_by: GroupByEnum | Unset
        if isinstance(_group_by, Unset):
            group_by = UNSET
        else:
            group_by = check_group_by_enum(_group_by)

        def _parse_fold(data: object) -> bool | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(bool | None | Unset, data)

        fold = _parse_fold(d.pop("fold", UNSET))

        limit = d.pop("limit", UNSET)

        cursor = d.pop("cursor", UNSET)

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

        sketch = d.pop("sketch", UNSET)

        colors = cast(list[str], d.pop("colors", UNSET))

        category = d.pop("category", UNSET)

        product_id = d.pop("product_id", UNSET)

        text = d.pop("text", UNSET)

        words_off = cast(list[str], d.pop("words_off", UNSET))

        box = cast(list[int], d.pop("box", UNSET))

        object_ = d.pop("object", UNSET)

        _objects = d.pop("objects", UNSET)
        objects: ObjectsEnum | Unset
        if isinstance(_objects, Unset):
            objects = UNSET
        else:
            objects = check_objects_enum(_objects)

        visitor = d.pop("visitor", UNSET)

        clicked = cast(list[str], d.pop("clicked", UNSET))

        search_by_reference_request = cls(
            filters=filters,
            facets=facets,
            sort=sort,
            weights=weights,
            min_score=min_score,
            group_by=group_by,
            fold=fold,
            limit=limit,
            cursor=cursor,
            lang=lang,
            image_url=image_url,
            image_id=image_id,
            sketch=sketch,
            colors=colors,
            category=category,
            product_id=product_id,
            text=text,
            words_off=words_off,
            box=box,
            object_=object_,
            objects=objects,
            visitor=visitor,
            clicked=clicked,
        )

        search_by_reference_request.additional_properties = d
        return search_by_reference_request

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
