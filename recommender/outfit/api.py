"""The public API of outfits."""

from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from catalog.shop_taxonomy import spoken_for
from recommender.api import FORM, PHOTO, TIMING_HEADER, TimedView
from recommender.outfit.replies import OutfitReply, PhotoOutfitReply, outfit_reply
from recommender.outfit.serializers import OutfitByPhoto, OutfitByReference, OutfitOf
from recommender.outfit.services import photo_outfit, product_outfit
from tenants.auth import shop_of
from tenants.models import ApiKey
from tenants.problem_schema import REPLY_HEADERS, problems
from tenants.problems import speak

KEYS = (ApiKey.Kind.PUBLISHABLE, ApiKey.Kind.SECRET)


class ProductOutfitView(TimedView):
    allowed_kinds = KEYS

    @extend_schema(
        operation_id="product_outfit",
        summary="Complete the look around one of the shop's products",
        tags=["outfits"],
        parameters=[OutfitOf, *REPLY_HEADERS, TIMING_HEADER],
        responses={
            200: OpenApiResponse(OutfitReply, description="Choices for each slot that is free."),
            **problems("product_not_found", "product_not_ready", "over_quota"),
        },
    )
    def get(self, request: Request, sku: str) -> Response:
        """What goes with a product: one row a slot, the first results of all rows one look."""
        shop = shop_of(request)
        lang = speak(request, fallback=shop.language)
        asked = OutfitOf(data=request.query_params)
        asked.is_valid(raise_exception=True)
        outfit = product_outfit(shop=shop, sku=sku, wish=asked.wish(lang))
        with spoken_for(shop):
            return Response(outfit_reply(outfit, request=request, shop=shop, lang=lang))


class PhotoOutfitView(TimedView):
    allowed_kinds = KEYS

    @extend_schema(
        operation_id="photo_outfit",
        summary="Complete the look around something that the shopper owns",
        tags=["outfits"],
        parameters=[*REPLY_HEADERS, TIMING_HEADER],
        request={FORM: OutfitByPhoto, "application/json": OutfitByReference},
        responses={
            200: OpenApiResponse(
                PhotoOutfitReply, description="What was seen, and choices for each slot."
            ),
            **problems(*PHOTO, "no_garment", "no_products", "no_products_ready", "over_quota"),
        },
    )
    def post(self, request: Request) -> Response:
        """What the shop has that goes with the garment in a photo. The photo is dropped."""
        shop = shop_of(request)
        lang = speak(request, fallback=shop.language)
        form = (request.content_type or "").startswith(FORM)
        asked = (OutfitByPhoto if form else OutfitByReference)(data=request.data)
        asked.is_valid(raise_exception=True)
        outfit = photo_outfit(
            shop=shop, owned=asked.owned(), wish=asked.wish(lang), timings=self.timings
        )
        with spoken_for(shop):
            return Response(outfit_reply(outfit, request=request, shop=shop, lang=lang))
