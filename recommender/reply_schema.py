"""What a search answers, as its description in the OpenAPI document."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from vision.outline import MOST_POINTS, MOST_RINGS


class TermReply(serializers.Serializer[Any]):
    id = serializers.CharField()
    label = serializers.CharField(  # type: ignore[assignment]  # a field of this name
        help_text="In the language of the reply."
    )
    confidence = serializers.FloatField(help_text="0..1")
    unsure = serializers.BooleanField(help_text="Too uncertain to be relied on.")


class ColorReply(serializers.Serializer[Any]):
    name = serializers.CharField()
    family = serializers.CharField()
    hex = serializers.CharField()


class ShareReply(ColorReply):
    share = serializers.FloatField(help_text="Of the garment's pixels, 0..1.")


@extend_schema_field({"type": "array", "items": {"type": "integer"}, "minItems": 4, "maxItems": 4})
class BoxReply(serializers.ListField):
    pass


@extend_schema_field(
    {
        "type": "array",
        "items": {
            "type": "array",
            "items": {
                "type": "array",
                "items": {"type": "integer"},
                "minItems": 2,
                "maxItems": 2,
            },
            "minItems": 3,
        },
        "maxItems": MOST_RINGS,
    }
)
class OutlineReply(serializers.ListField):
    pass


class GarmentReply(serializers.Serializer[Any]):
    index = serializers.IntegerField()
    box = BoxReply(help_text="[x0, y0, x1, y1] in pixels of the photo as sent, upright.")
    outline = OutlineReply(
        help_text="The garment's edge: closed polygons of [x, y] in the same pixels, one for each "
        f"piece (a pair of shoes has two), at most {MOST_POINTS} points together. Empty where no "
        "garment was made out, and for a product of the catalogue."
    )
    category = TermReply()
    pattern = TermReply()
    style = TermReply(required=False)  # type: ignore[assignment]  # a field of this name
    colors = ShareReply(many=True)


class QueryReply(serializers.Serializer[Any]):
    width = serializers.IntegerField()
    height = serializers.IntegerField()
    found = serializers.BooleanField(
        help_text="False where no garment was made out: the results look like the whole photo."
    )
    selected = serializers.IntegerField(help_text="Index of the garment that was looked for.")
    image_id = serializers.UUIDField(
        allow_null=True,
        help_text="Names this photo for half an hour: send it instead of the photo. Null where "
        "there is none.",
    )
    garments = GarmentReply(many=True)


class PriceReply(serializers.Serializer[Any]):
    amount = serializers.IntegerField(help_text="In the currency's smallest unit.")
    currency = serializers.CharField()
    display = serializers.CharField(help_text="As a person of the language reads it.")


class PartsReply(serializers.Serializer[Any]):
    shape = serializers.FloatField()
    color = serializers.FloatField()
    pattern = serializers.FloatField()
    category = serializers.FloatField()


class GaveReply(PartsReply):
    words = serializers.FloatField()


class WhyReply(PartsReply):
    words = serializers.FloatField(
        help_text="How well its texts fit the words, 0..1, the best of this search 1."
    )
    gave = GaveReply(help_text="What each part gave to the score; together they are the score.")
    sentence = serializers.CharField()


class OthersReply(serializers.Serializer[Any]):
    count = serializers.IntegerField(help_text="Beside this product.")
    skus = serializers.ListField(child=serializers.CharField(), help_text="The best of them.")


class CardReply(serializers.Serializer[Any]):
    """A product as every list of products shows it."""

    product_id = serializers.CharField(help_text="The shop's SKU.")
    title = serializers.CharField()
    brand = serializers.CharField()
    url = serializers.CharField(help_text="The product's page; empty where the shop gave none.")
    image_url = serializers.CharField()
    price = PriceReply(allow_null=True)
    sale_price = PriceReply(allow_null=True)
    in_stock = serializers.BooleanField()


class ResultReply(CardReply):
    category = serializers.CharField()
    pattern = serializers.CharField()
    color = ColorReply(allow_null=True)
    score = serializers.FloatField(help_text="0..1, the order of the results.")
    pinned = serializers.BooleanField(help_text="The shop put it on this place.")
    variants = OthersReply(help_text="Others of its variant group that were found too.")
    duplicates = OthersReply(help_text="Others found that look the same.")
    why = WhyReply(help_text="How alike in each respect, 0..1, and in words.")


class ChipReply(serializers.Serializer[Any]):
    id = serializers.CharField(help_text="Send it in `words_off` to take it off.")
    kind = serializers.CharField()
    value = serializers.CharField()
    label = serializers.CharField(  # type: ignore[assignment]  # a field of this name
        help_text="In the language of the reply."
    )
    words = serializers.CharField(help_text="What the shopper wrote.")
    negated = serializers.BooleanField(help_text="Products must not have it.")
    applied = serializers.BooleanField(
        help_text="False where nothing of the shop fits it beside the rest: nothing is left out."
    )


class WordsReply(serializers.Serializer[Any]):
    """The words that name no filter."""

    terms = serializers.ListField(
        child=serializers.CharField(),
        help_text='Looked up in the texts of products; "-" before one: not with it.',
    )
    mended = serializers.DictField(
        child=serializers.CharField(), help_text="Misspelt words and how they were read."
    )
    unknown = serializers.ListField(
        child=serializers.CharField(), help_text="Words that no product has."
    )
    foreign = serializers.CharField(help_text="A price in another currency, which was not used.")


class FacetValueReply(serializers.Serializer[Any]):
    value = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]  # a field of this name
    count = serializers.IntegerField(help_text="Results under all filters but this facet's own.")
    selected = serializers.BooleanField()
    low = serializers.IntegerField(allow_null=True, help_text="Of a range of prices.")
    high = serializers.IntegerField(allow_null=True)
    hex = serializers.CharField(allow_null=True, help_text="Of a colour: its plainest shade.")


class FacetReply(serializers.Serializer[Any]):
    kind = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]  # a field of this name
    values = FacetValueReply(many=True)
    left_off = serializers.IntegerField(help_text="Rarer values that are not listed.")
    low = serializers.IntegerField(allow_null=True, help_text="The least price.")
    high = serializers.IntegerField(allow_null=True, help_text="The greatest price.")


class RowReply(serializers.Serializer[Any]):
    garment = serializers.IntegerField(help_text="Index among `query.garments`.")
    slot = serializers.CharField(help_text="Group of its category, as `top`.")
    label = serializers.CharField(  # type: ignore[assignment]  # a field of this name
        help_text="Of its category, in the language of the reply."
    )
    results = ResultReply(many=True)


class SearchReply(serializers.Serializer[Any]):
    request_id = serializers.CharField()
    search_id = serializers.UUIDField(
        help_text="Names this search in events, which know none of `limit` 0: it showed nothing."
    )
    query = QueryReply()
    kept_until = serializers.DateTimeField(
        allow_null=True, help_text="With `consent`: until when this search's photo is kept."
    )
    understood = ChipReply(many=True, help_text="What the words name: filters, to be taken off.")
    words = WordsReply()
    total = serializers.IntegerField(help_text="How many results follow.")
    found = serializers.IntegerField(help_text="How many the whole list has.")
    next_cursor = serializers.CharField(allow_null=True, help_text="Null on the last page.")
    results = ResultReply(many=True)
    rows = RowReply(many=True, help_text="With `objects`: the results for each garment.")
    facets = FacetReply(many=True, help_text="As asked for, on the first page.")
