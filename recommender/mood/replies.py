"""What the addresses of moods answer, and the same as its description in the OpenAPI document."""

from collections.abc import Mapping
from typing import Any

from rest_framework import serializers

from recommender.mood.selectors import Mood
from recommender.mood.styles import parent_of, styles
from tenants.models import Shop

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
