"""What the addresses of moods answer, and the same as its description in the OpenAPI document."""

from collections.abc import Mapping
from typing import Any

from rest_framework import serializers
from rest_framework.request import Request

from recommender.mood.discovery import Discovery, ShopFound
from recommender.mood.reasons import why_shop
from recommender.mood.selectors import Mood
from recommender.mood.styles import parent_of, styles
from recommender.replies import query_reply, results_reply
from recommender.reply_schema import QueryReply, ResultReply
from tenants.models import Shop
from tenants.problems import request_id_of

DIGITS = 4


class StyleReply(serializers.Serializer[Any]):
    id = serializers.CharField()
    label = serializers.CharField(  # type: ignore[assignment]  # a field of this name
        help_text="In the language of the reply."
    )


class StyleShareReply(StyleReply):
    share = serializers.FloatField(help_text="Of the shop's products, 0..1, smoothed.")
    mall_share = serializers.FloatField(help_text="The mean of the mall's shops that joined.")
    lift = serializers.FloatField(help_text="`share` ÷ `mall_share`: 1 is as everywhere.")


class MoodWordReply(StyleReply):
    parent = StyleReply(help_text="The upper style that it stands under.")
    about = serializers.CharField(help_text="A few words about the style.")


class ShopReply(serializers.Serializer[Any]):
    slug = serializers.CharField()
    name = serializers.CharField()
    tagline = serializers.CharField(allow_blank=True)
    site = serializers.CharField(
        allow_blank=True, help_text="Where the shop's own storefront stands; may be empty."
    )


class ShopMoodReply(serializers.Serializer[Any]):
    request_id = serializers.CharField()
    shop = ShopReply()
    mood = MoodWordReply(help_text="The style that sets the shop apart in its mall.")
    styles = StyleShareReply(many=True, help_text="Every style, the largest share first.")
    products = serializers.IntegerField(help_text="How many products were counted.")
    updated_at = serializers.DateTimeField()


class PhotoStyleReply(StyleReply):
    share = serializers.FloatField(help_text="How much of the photo is of this style, 0..1.")


class ShopFoundReply(ShopReply):
    by = serializers.ChoiceField(
        choices=["style", "parent", "nearest"],
        help_text="`style`: a shop of the photo's style; `parent`: of the upper style it stands "
        "under; `nearest`: what comes nearest where these are too few.",
    )
    sentence = serializers.CharField(help_text="Why this shop, in the language of the reply.")
    mood = StyleReply(help_text="The style that sets the shop apart in its mall.")
    share = serializers.FloatField(help_text="Of the shop's products that are of the style.")
    lift = serializers.FloatField(help_text="That share ÷ the mall's average.")
    search_id = serializers.UUIDField(help_text="Names this shop's answer in its events.")
    results = ResultReply(many=True)


class DiscoverReply(serializers.Serializer[Any]):
    request_id = serializers.CharField()
    query = QueryReply()
    style = MoodWordReply(  # type: ignore[assignment]  # a field of this name
        allow_null=True,
        help_text="The photo's likeliest style; null where no garment was made out.",
    )
    styles = PhotoStyleReply(many=True, help_text="The photo's styles, the likeliest first.")
    total = serializers.IntegerField(help_text="How many shops follow.")
    shops = ShopFoundReply(many=True)


def shop_mood_reply(mood: Mood, *, request_id: str, lang: str) -> dict[str, Any]:
    """The body of `ShopMoodReply`."""
    head, shares = mood.row.head, mood.shares
    order = sorted(shares, key=lambda style: -shares[style])
    return {
        "request_id": request_id,
        "shop": shop_part(mood.shop, lang),
        "mood": mood_word(head, mood.style, lang),
        "styles": [style_share(mood, style, lang) for style in order],
        "products": mood.row.products,
        "updated_at": mood.row.updated_at.isoformat(),
    }


def shop_part(shop: Shop, lang: str) -> dict[str, Any]:
    return {
        "slug": shop.slug,
        "name": shop.text("name", lang),
        "tagline": shop.text("tagline", lang),
        "site": shop.site,
    }


def mood_word(head: str, style: str, lang: str) -> dict[str, Any]:
    parent = parent_of(head, style)
    return {
        **style_part(head, style, lang),
        "parent": {"id": parent.id, "label": parent.label(lang)},
        "about": styles(head)[style].about(lang),
    }


def style_part(head: str, style: str, lang: str) -> dict[str, Any]:
    return {"id": style, "label": styles(head)[style].label(lang)}


def style_share(mood: Mood, style: str, lang: str) -> dict[str, Any]:
    return {
        **style_part(mood.row.head, style, lang),
        "share": round(mood.shares[style], DIGITS),
        "mall_share": round(mood.average[style], DIGITS),
        "lift": round(mood.lifts[style], DIGITS),
    }


def photo_styles(head: str, belief: Mapping[str, float], lang: str) -> list[dict[str, Any]]:
    """A photo's styles, the likeliest first."""
    order = sorted(belief, key=lambda style: -belief[style])
    return [
        {**style_part(head, style, lang), "share": round(belief[style], DIGITS)} for style in order
    ]


def discover_reply(found: Discovery, *, request: Request, lang: str) -> dict[str, Any]:
    """The body of `DiscoverReply`."""
    return {
        "request_id": request_id_of(request),
        "query": query_reply(found.query, lang),
        "style": mood_word(found.head, found.style, lang) if found.style else None,
        "styles": photo_styles(found.head, found.belief, lang),
        "total": len(found.shops),
        "shops": [_shop_found(one, found.style, request, lang) for one in found.shops],
    }


def _shop_found(found: ShopFound, asked: str | None, request: Request, lang: str) -> dict[str, Any]:
    mood = found.mood
    style = asked or mood.style
    return {
        **shop_part(mood.shop, lang),
        "by": found.by,
        "sentence": why_shop(found, style, lang),
        "mood": style_part(mood.row.head, mood.style, lang),
        "share": round(mood.shares[style], DIGITS),
        "lift": round(mood.lifts[style], DIGITS),
        "search_id": str(found.search_id),
        "results": results_reply(found.matches, request=request, shop=mood.shop, lang=lang),
    }
