"""What a search request may say."""

from copy import copy
from typing import Any

from rest_framework import serializers

from recommender.asked import GROUPS, SORTS, Asked
from recommender.fields import BoxField, FiltersField, NamesField, WeightsField, refused
from recommender.filters import Filters
from recommender.pages import cursor_read
from recommender.sketch.fields import (
    PARTS,
    CategoryField,
    ColorsField,
    SketchFile,
    SketchText,
    sketch_of,
)
from tenants.problems import LANGUAGES

DEFAULT_LIMIT, MOST_RESULTS = 6, 48
MOST_CHARACTERS = 200
"""Of a shopper's words: more is a text and no query."""
MOST_OBJECTS = 99
MOST_NAMES = 50
EACH = "all"
IMAGES = ("image", "image_url", "image_id")
QUERIES = (*IMAGES, "sketch", "product_id")
PLACES = ("box", "object", "objects")


class HowToAnswer(serializers.Serializer[Any]):
    """What every search may say, whatever it looks for."""

    filters = FiltersField(required=False)
    facets = NamesField(
        required=False,
        most=MOST_NAMES,
        longest=120,
        help_text='Kinds to count the values of, as ["color", "price"]; "all" for those there are.',
    )
    sort = serializers.ChoiceField(choices=SORTS, required=False, default=SORTS[0])
    weights = WeightsField(required=False)
    min_score = serializers.FloatField(
        required=False,
        default=0.0,
        min_value=0.0,
        max_value=1.0,
        help_text="Leave out what is under.",
    )
    group_by = serializers.ChoiceField(
        choices=GROUPS,
        required=False,
        default=GROUPS[0],
        help_text="`variant`: one result for a product's variants.",
    )
    fold = serializers.BooleanField(
        required=False,
        allow_null=True,
        help_text="One result for products that look the same; unless false.",
    )
    limit = serializers.IntegerField(
        required=False, default=DEFAULT_LIMIT, min_value=1, max_value=MOST_RESULTS
    )
    cursor = serializers.CharField(
        required=False,
        max_length=64,
        help_text="`next_cursor` of a reply: what follows. It may stand alone.",
    )
    lang = serializers.ChoiceField(
        choices=LANGUAGES,
        required=False,
        help_text="Of names, prices and sentences. Otherwise Accept-Language, "
        "otherwise the shop's language.",
    )

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        """Plain copies: made anew with all their arguments, twenty fields cost as much as the
        validation. Nothing changes a field but its binding to this serializer."""
        return {name: copy(field) for name, field in self._declared_fields.items()}

    def to_internal_value(self, data: Any) -> Any:
        known: list[str] = list(self.fields.keys())
        for name in data if hasattr(data, "keys") else ():
            if name not in known:
                raise refused(
                    "unknown_field", str(name)[:40], name=str(name)[:40], known=", ".join(known)
                )
        return super().to_internal_value(data)

    def validate_cursor(self, cursor: str) -> str:
        try:
            cursor_read(cursor)
        except ValueError:
            raise refused("not_a_cursor") from None
        return cursor

    def asked(self, lang: str, **also: Any) -> Asked:
        """The valid request as the service takes it."""
        data = self.validated_data
        return Asked(
            filters=data.get("filters", Filters()),
            facets=data.get("facets", ()),
            sort=data["sort"],
            weights=data.get("weights"),
            min_score=data["min_score"],
            by_variant=data["group_by"] == GROUPS[0],
            fold=data.get("fold") is not False,
            limit=data["limit"],
            cursor=data.get("cursor", ""),
            lang=lang,
            **also,
        )


class SearchByReference(HowToAnswer):
    """A search as JSON: one of `image_url`, `image_id`, `sketch` and `product_id`, or `text`, or
    both."""

    limit = serializers.IntegerField(
        required=False,
        default=DEFAULT_LIMIT,
        min_value=0,
        max_value=MOST_RESULTS,
        help_text="0, of a photo: only what is seen in it, and its `image_id` to search with.",
    )
    image_url = serializers.CharField(
        required=False,
        max_length=2000,
        help_text="A public http or https address of a photo; it is fetched by the server.",
    )
    image_id = serializers.UUIDField(
        required=False,
        help_text="`query.image_id` of a reply: the same photo again, for half an hour.",
    )
    sketch = SketchText(required=False)
    colors = ColorsField(required=False)
    category = CategoryField(required=False)
    product_id = serializers.CharField(
        required=False,
        max_length=100,
        help_text="SKU of one of the shop's products: what is similar to it, without itself.",
    )
    text = serializers.CharField(
        required=False,
        allow_blank=True,
        max_length=MOST_CHARACTERS,
        help_text="Words, Korean or English; beside a photo, what should be otherwise.",
    )
    words_off = NamesField(
        required=False,
        most=MOST_NAMES,
        longest=200,
        help_text="`id` of what was understood in the words and should not count.",
    )
    box = BoxField(required=False)
    object = serializers.IntegerField(
        required=False,
        min_value=0,
        max_value=MOST_OBJECTS,
        help_text="Index of a garment found in the photo: look for this one.",
    )
    objects = serializers.ChoiceField(
        choices=[EACH],
        required=False,
        help_text="`all`: a row of results for each garment found, in `rows`.",
    )
    visitor = serializers.CharField(
        required=False,
        max_length=64,
        help_text="The page's own opaque name of who looks, for a test of two orders: hashed.",
    )
    clicked = NamesField(
        required=False,
        most=MOST_NAMES,
        longest=100,
        help_text="SKUs clicked in this session, the latest last; used at once and not kept.",
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        queries = [name for name in QUERIES if name in self.fields]
        sent = [name for name in queries if name in attrs]
        if len(sent) > 1:
            raise refused("one_query", queries[0], known=", ".join(queries))
        if not sent and not attrs.get("text") and not attrs.get("cursor"):
            raise refused("no_query", queries[0], known=", ".join((*queries, "text")))
        places = [name for name in PLACES if name in attrs]
        if len(places) > 1:
            raise refused("one_place", places[1])
        photos = [name for name in queries if name in IMAGES]
        if places and not attrs.get("cursor") and sent[:1] not in ([name] for name in IMAGES):
            raise refused("needs_photo", places[0], known=" / ".join(photos))
        if not attrs["limit"] and (attrs.get("cursor") or not set(sent) & set(photos)):
            raise refused("needs_photo", "limit", known=" / ".join(photos))
        # Beside a name they are known already, and not read again.
        told = [name for name in PARTS if name in attrs]
        if told and not attrs.keys() & {"sketch", "image_id", "cursor"}:
            raise refused("needs_sketch", told[0])
        return attrs

    def asked(self, lang: str, **also: Any) -> Asked:
        data = self.validated_data
        image = data.get("image")
        return super().asked(
            lang,
            image=image.read() if image is not None else None,
            image_url=data.get("image_url", ""),
            image_id=data.get("image_id"),
            sketch=sketch_of(data),
            sku=data.get("product_id", ""),
            text=data.get("text", ""),
            words_off=data.get("words_off", ()),
            box=data.get("box"),
            object=data.get("object"),
            every_object="objects" in data,
            visitor=data.get("visitor", ""),
            clicked=data.get("clicked", ()),
            consent=data.get("consent", False),
            **also,
        )


class SearchByPhoto(SearchByReference):
    """A search as a form: as in JSON, or with an `image`; a `sketch` is a file.

    `box`, `filters`, `weights` and lists are JSON text.
    """

    as_text = True

    sketch = SketchFile(required=False)  # type: ignore[assignment]  # a form's is a file

    image = serializers.FileField(
        required=False,
        allow_empty_file=True,
        use_url=False,
        help_text="JPEG, PNG, WebP, HEIC or AVIF; at most 10 MB and 40 million pixels, "
        "at least 32 pixels a side.",
    )
    consent = serializers.BooleanField(
        required=False,
        help_text="The shopper agrees that the shop keeps this photo for its days, all but the "
        "garments blurred. Nothing is kept without, nor where the shop keeps no photos.",
    )


class SimilarTo(HowToAnswer):
    """What `GET …/similar` may say behind the question mark; `filters` and lists as JSON text."""

    as_text = True
