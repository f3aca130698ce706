from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from typing import Any, TypeVar, cast
from uuid import UUID

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from .. import types
from ..models.group_by_enum import GroupByEnum, check_group_by_enum
from ..models.lang_enum import LangEnum, check_lang_enum
from ..models.objects_enum import ObjectsEnum, check_objects_enum
from ..models.sort_enum import SortEnum, check_sort_enum
from ..types import UNSET, File, FileTypes, Unset

T = TypeVar("T", bound="SearchByPhotoRequest")


@_attrs_define
class SearchByPhotoRequest:
    """A search as a form: as in JSON, or with an `image`; a `sketch` is a file.

    `box`, `filters`, `weights` and lists are JSON text.

    """

    filters: str | Unset = UNSET
    """ JSON text. A product must satisfy every filter given, by any of its values. `attr:` and a name filters by an
    attribute of the shop's own. """
    facets: str | Unset = UNSET
    """ Kinds to count the values of, as ["color", "price"]; "all" for those there are. """
    sort: SortEnum | Unset = "relevance"
    """ * `relevance` - relevance
    * `price_asc` - price_asc
    * `price_desc` - price_desc
    * `newest` - newest """
    weights: str | Unset = UNSET
    """ JSON text. How much each part of the likeness counts; made to sum to 1. A part that is not named counts
    nothing. """
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
    sketch: File | Unset = UNSET
    """ A drawing instead of a photo: lines of ink (#1a1a1a) and strokes of colour on a transparent or white ground;
    at most 5 MB and 16 million pixels. PNG, best. """
    colors: str | Unset = UNSET
    """ JSON text. The colours that were painted with: black and white paint are told from ink and ground by them.
    """
    category: str | Unset = UNSET
    """ What is drawn, a category of the taxonomy. """
    product_id: str | Unset = UNSET
    """ SKU of one of the shop's products: what is similar to it, without itself. """
    text: str | Unset = UNSET
    """ Words, Korean or English; beside a photo, what should be otherwise. """
    words_off: str | Unset = UNSET
    """ `id` of what was understood in the words and should not count. """
    box: str | Unset = UNSET
    """ JSON text. `[x0, y0, x1, y1]` in pixels of the photo as sent, upright. Only this part is looked at. """
    object_: int | Unset = UNSET
    """ Index of a garment found in the photo: look for this one. """
    objects: ObjectsEnum | Unset = UNSET
    """ * `all` - all """
    visitor: str | Unset = UNSET
    """ The page's own opaque name of who looks, for a test of two orders: hashed. """
    clicked: str | Unset = UNSET
    """ SKUs clicked in this session, the latest last; used at once and not kept. """
    image: File | Unset = UNSET
    """ JPEG, PNG, WebP, HEIC or AVIF; at most 10 MB and 40 million pixels, at least 32 pixels a side. """
    consent: bool | Unset = UNSET
    """ The shopper agrees that the shop keeps this photo for its days, all but the garments blurred. Nothing is
    kept without, nor where the shop keeps no photos. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        filters = self.filters

        facets = self.facets

        sort: str | Unset = UNSET
        if not isinstance(self.sort, Unset):
            sort = self.sort

        weights = self.weights

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

        sketch: FileTypes | Unset = UNSET
        if not isinstance(self.sketch, Unset):
            sketch = self.sketch.to_tuple()

        colors = self.colors

        category = self.category

        product_id = self.product_id

        text = self.text

        words_off = self.words_off

        box = self.box

        object_ = self.object_

        objects: str | Unset = UNSET
        if not isinstance(self.objects, Unset):
            objects = self.objects

        visitor = self.visitor

        clicked = self.clicked

        image: FileTypes | Unset = UNSET
        if not isinstance(self.image, Unset):
            image = self.image.to_tuple()

        consent = self.consent

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
        if image is not UNSET:
            field_dict["image"] = image
        if consent is not UNSET:
            field_dict["consent"] = consent

        return field_dict

    def to_multipart(self) -> types.RequestFiles:
        files: types.RequestFiles = []

        if not isinstance(self.filters, Unset):
            files.append(("filters", (None, str(self.filters).encode(), "text/plain")))

        if not isinstance(self.facets, Unset):
            files.append(("facets", (None, str(self.facets).encode(), "text/plain")))

        if not isinstance(self.sort, Unset):
            files.append(("sort", (None, str(self.sort).encode(), "text/plain")))

        if not isinstance(self.weights, Unset):
            files.append(("weights", (None, str(self.weights).encode(), "text/plain")))

        if not isinstance(self.min_score, Unset):
            files.append(("min_score", (None, str(self.min_score).encode(), "text/plain")))

        if not isinstance(self.group_by, Unset):
            files.append(("group_by", (None, str(self.group_by).encode(), "text/plain")))

        if not isinstance(self.fold, Unset):
            if isinstance(self.fold, bool):
                files.append(("fold", (None, str(self.fold).encode(), "text/plain")))
            else:
                files.append(("fold", (None, str(self.fold).encode(), "text/plain")))

        if not isinstance(self.limit, Unset):
            files.append(("limit", (None, str(self.limit).encode(), "text/plain")))

        if not isinstance(self.cursor, Unset):
            files.append(("cursor", (None, str(self.cursor).encode(), "text/plain")))

        if not isinstance(self.lang, Unset):
            files.append(("lang", (None, str(self.lang).encode(), "text/plain")))

        if not isinstance(self.image_url, Unset):
            files.append(("image_url", (None, str(self.image_url).encode(), "text/plain")))

        if not isinstance(self.image_id, Unset):
            files.append(("image_id", (None, str(self.image_id), "text/plain")))

        if not isinstance(self.sketch, Unset):
            files.append(("sketch", self.sketch.to_tuple()))

        if not isinstance(self.colors, Unset):
            files.append(("colors", (None, str(self.colors).encode(), "text/plain")))

        if not isinstance(self.category, Unset):
            files.append(("category", (None, str(self.category).encode(), "text/plain")))

        if not isinstance(self.product_id, Unset):
            files.append(("product_id", (None, str(self.product_id).encode(), "text/plain")))

        if not isinstance(self.text, Unset):
            files.append(("text", (None, str(self.text).encode(), "text/plain")))

        if not isinstance(self.words_off, Unset):
            files.append(("words_off", (None, str(self.words_off).encode(), "text/plain")))

        if not isinstance(self.box, Unset):
            files.append(("box", (None, str(self.box).encode(), "text/plain")))

        if not isinstance(self.object_, Unset):
            files.append(("object", (None, str(self.object_).encode(), "text/plain")))

        if not isinstance(self.objects, Unset):
            files.append(("objects", (None, str(self.objects).encode(), "text/plain")))

        if not isinstance(self.visitor, Unset):
            files.append(("visitor", (None, str(self.visitor).encode(), "text/plain")))

        if not isinstance(self.clicked, Unset):
            files.append(("clicked", (None, str(self.clicked).encode(), "text/plain")))

        if not isinstance(self.image, Unset):
            files.append(("image", self.image.to_tuple()))

        if not isinstance(self.consent, Unset):
            files.append(("consent", (None, str(self.consent).encode(), "text/plain")))

        for prop_name, prop in self.additional_properties.items():
            files.append((prop_name, (None, str(prop).encode(), "text/plain")))

        return files

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        filters = d.pop("filters", UNSET)

        facets = d.pop("facets", UNSET)

        _sort = d.pop("sort", UNSET)
        sort: SortEnum | Unset
        if isinstance(_sort, Unset):
            sort = UNSET
        else:
            sort = check_sort_enum(_sort)

        weights = d.pop("weights", UNSET)

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

        _sketch = d.pop("sketch", UNSET)
        sketch: File | Unset
        if isinstance(_sketch, Unset):
            sketch = UNSET
        else:
            sketch = File(payload=BytesIO(_sketch))

        colors = d.pop("colors", UNSET)

        category = d.pop("category", UNSET)

        product_id = d.pop("product_id", UNSET)

        text = d.pop("text", UNSET)

        words_off = d.pop("words_off", UNSET)

        box = d.pop("box", UNSET)

        object_ = d.pop("object", UNSET)

        _objects = d.pop("objects", UNSET)
        objects: ObjectsEnum | Unset
        if isinstance(_objects, Unset):
            objects = UNSET
        else:
            objects = check_objects_enum(_objects)

        visitor = d.pop("visitor", UNSET)

        clicked = d.pop("clicked", UNSET)

        _image = d.pop("image", UNSET)
        image: File | Unset
        if isinstance(_image, Unset):
            image = UNSET
        else:
            image = File(payload=BytesIO(_image))

        consent = d.pop("consent", UNSET)

        search_by_photo_request = cls(
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
            image=image,
            consent=consent,
        )

        search_by_photo_request.additional_properties = d
        return search_by_photo_request

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
