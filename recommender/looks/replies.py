"""What looks answer, and the same as its description in the OpenAPI document."""

from typing import Any
from uuid import UUID

from rest_framework import serializers
from rest_framework.request import Request

from catalog.models import Photo, Product
from catalog.selectors import first_photos
from recommender.models import Look, LookItem
from recommender.query import Query
from recommender.replies import absolute, base_of, card_reply, garment_reply
from recommender.reply_schema import BoxReply, CardReply, GarmentReply
from tenants.models import Shop
from tenants.problems import request_id_of


class CoverReply(serializers.Serializer[Any]):
    slug = serializers.CharField()
    title = serializers.CharField(help_text="In the language of the reply, as the story.")
    story = serializers.CharField()
    url = serializers.CharField(help_text="Its page; empty where the shop has no storefront here.")
    image_url = serializers.CharField()
    width = serializers.IntegerField(help_text="Of the photo, in pixels.")
    height = serializers.IntegerField()


class LooksReply(serializers.Serializer[Any]):
    request_id = serializers.CharField()
    total = serializers.IntegerField(help_text="How many looks the shop shows.")
    looks = CoverReply(many=True)


class PieceReply(serializers.Serializer[Any]):
    description = serializers.CharField(
        help_text="What it is. Without a product, `text` of a search finds one."
    )
    product = CardReply(allow_null=True)
    garment = serializers.IntegerField(
        allow_null=True, help_text="Index of the garment of the photo that it is, where known."
    )


class LookGarmentReply(GarmentReply):
    box = BoxReply(help_text="[x0, y0, x1, y1] in pixels of the look's photo.")


class LookReply(CoverReply):
    request_id = serializers.CharField()
    image_id = serializers.UUIDField(
        allow_null=True,
        help_text="For a search, with `object` for one of the garments; good for half an hour. "
        "Null while the photo is being looked at.",
    )
    garments = LookGarmentReply(many=True)
    items = PieceReply(many=True)


def looks_reply(
    looks: list[Look], total: int, *, request: Request, shop: Shop, lang: str
) -> dict[str, Any]:
    """The body of `LooksReply`."""
    base = base_of(request)
    return {
        "request_id": request_id_of(request),
        "total": total,
        "looks": [_cover(look, base, shop, lang) for look in looks],
    }


def look_reply(
    look: Look, query: Query | None, *, request: Request, shop: Shop, lang: str
) -> dict[str, Any]:
    """The body of `LookReply`. In the shop's scope, for it reads the products' photos."""
    base = base_of(request)
    garments = query.garments if query else ()
    items = list(look.items.all())
    photos = first_photos([one.product_id for one in items if one.product_id])
    places = {told.get("item"): at for at, told in enumerate(look.garments)} if query else {}
    return {
        "request_id": request_id_of(request),
        **_cover(look, base, shop, lang),
        "image_id": _named(query.image_id) if query else None,
        "garments": [garment_reply(at, one, lang) for at, one in enumerate(garments)],
        "items": [
            {
                "description": item.text(lang),
                "product": _product(item, photos, base, shop, lang),
                "garment": places.get(item.pk),
            }
            for item in items
        ],
    }


def _cover(look: Look, base: str, shop: Shop, lang: str) -> dict[str, Any]:
    page = f"{base}/shop/{shop.slug}/looks/{look.slug}/"
    return {
        "slug": look.slug,
        "title": look.text("title", lang),
        "story": look.text("story", lang),
        "url": page if shop.hosted_storefront else "",
        "image_url": absolute(look.photo.url, base),
        "width": look.width or 0,
        "height": look.height or 0,
    }


def _product(
    item: LookItem, photos: dict[int, Photo], base: str, shop: Shop, lang: str
) -> dict[str, Any] | None:
    product: Product | None = item.product
    if product is None:
        return None
    photo = photos.get(product.pk)
    image_url = photo.file.url if photo and photo.file else ""
    return card_reply(product, image_url, base=base, shop=shop, lang=lang)


def _named(image_id: UUID | None) -> str | None:
    return str(image_id) if image_id else None
