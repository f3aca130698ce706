"""What a search answers, and the same as its description in the OpenAPI document."""

from typing import Any
from urllib.parse import quote

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request

from catalog.money import display
from recommender.query import Query, QueryGarment, Shade, label
from recommender.services import Answer, Match
from tenants.models import Shop
from tenants.problems import request_id_of


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


class GarmentReply(serializers.Serializer[Any]):
    index = serializers.IntegerField()
    box = BoxReply(help_text="[x0, y0, x1, y1] in pixels of the photo as sent, upright.")
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
    garments = GarmentReply(many=True)


class PriceReply(serializers.Serializer[Any]):
    amount = serializers.IntegerField(help_text="In the currency's smallest unit.")
    currency = serializers.CharField()
    display = serializers.CharField(help_text="As a person of the language reads it.")


class WhyReply(serializers.Serializer[Any]):
    shape = serializers.FloatField()
    color = serializers.FloatField()
    pattern = serializers.FloatField()
    category = serializers.FloatField()
    sentence = serializers.CharField()


class ResultReply(serializers.Serializer[Any]):
    product_id = serializers.CharField(help_text="The shop's SKU.")
    title = serializers.CharField()
    brand = serializers.CharField()
    url = serializers.CharField(help_text="The product's page; empty where the shop gave none.")
    image_url = serializers.CharField()
    price = PriceReply(allow_null=True)
    sale_price = PriceReply(allow_null=True)
    in_stock = serializers.BooleanField()
    category = serializers.CharField()
    pattern = serializers.CharField()
    color = ColorReply(allow_null=True)
    score = serializers.FloatField(help_text="0..1, the order of the results.")
    why = WhyReply(help_text="How alike in each respect, 0..1, and in words.")


class SearchReply(serializers.Serializer[Any]):
    request_id = serializers.CharField()
    search_id = serializers.UUIDField(help_text="Names this search in events.")
    query = QueryReply()
    total = serializers.IntegerField(help_text="How many results follow.")
    results = ResultReply(many=True)


def search_reply(answer: Answer, *, request: Request, shop: Shop, lang: str) -> dict[str, Any]:
    """The body of `SearchReply`."""
    return {
        "request_id": request_id_of(request),
        "search_id": str(answer.search_id),
        "query": _query(answer.query, lang),
        "total": len(answer.matches),
        "results": [_result(match, request, shop, lang) for match in answer.matches],
    }


def _query(query: Query, lang: str) -> dict[str, Any]:
    return {
        "width": query.width,
        "height": query.height,
        "found": query.found,
        "selected": query.selected,
        "garments": [_garment(at, one, lang) for at, one in enumerate(query.garments)],
    }


def _garment(index: int, garment: QueryGarment, lang: str) -> dict[str, Any]:
    reply: dict[str, Any] = {"index": index, "box": list(garment.box)}
    for head in ("category", "pattern", "style"):
        if named := garment.tags.get(head):
            reply[head] = {
                "id": named.id,
                "label": label(head, named.id, lang),
                "confidence": round(named.confidence, 4),
                "unsure": named.unsure,
            }
    reply["colors"] = [
        {**_color(shade, lang), "share": round(shade.share, 4)} for shade in garment.palette
    ]
    return reply


def _result(match: Match, request: Request, shop: Shop, lang: str) -> dict[str, Any]:
    product, candidate, parts = match.product, match.ranked.candidate, match.parts
    return {
        "product_id": product.sku,
        "title": product.text("title", lang),
        "brand": product.brand,
        "url": product.url or _hosted_page(product.sku, request, shop),
        "image_url": _image(match, request),
        "price": _price(product.price, product.currency, lang),
        "sale_price": _price(product.sale_price, product.currency, lang),
        "in_stock": product.in_stock,
        "category": candidate.category,
        "pattern": candidate.pattern,
        "color": _color(candidate.palette[0], lang) if candidate.palette else None,
        "score": match.score,
        "why": {
            "shape": parts.shape,
            "color": parts.color,
            "pattern": parts.pattern,
            "category": parts.category,
            "sentence": match.sentence,
        },
    }


def _color(shade: Shade, lang: str) -> dict[str, Any]:
    return {"name": shade.label(lang), "family": shade.family, "hex": shade.hex}


def _price(amount: int | None, currency: str, lang: str) -> dict[str, Any] | None:
    if amount is None:
        return None
    return {"amount": amount, "currency": currency, "display": display(amount, currency, lang)}


def _image(match: Match, request: Request) -> str:
    if match.photo is None or not match.photo.file:
        return ""
    return str(request.build_absolute_uri(match.photo.file.url))


def _hosted_page(sku: str, request: Request, shop: Shop) -> str:
    """A shop without pages of its own may be shown on ours: `frontend.storefront` stands there."""
    if not shop.hosted_storefront:
        return ""
    return str(request.build_absolute_uri(f"/shop/{shop.slug}/p/{quote(sku)}/"))
