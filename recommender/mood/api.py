"""The public API of moods: one shop's, and the shops of a mall by a photo's."""

from dataclasses import replace

from django.utils import translation
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from catalog.models import Product
from recommender.api import FORM, PHOTO, TIMING_HEADER, TimedView
from recommender.mood.discovery import discover
from recommender.mood.replies import (
    DiscoverReply,
    ShopMoodReply,
    discover_reply,
    shop_mood_reply,
)
from recommender.mood.selectors import shop_mood
from recommender.mood.serializers import DiscoverByPhoto, DiscoverByReference
from tenants.auth import key_of
from tenants.models import ApiKey, Shop
from tenants.problem_schema import REPLY_HEADERS, problems
from tenants.problems import LANGUAGES, Problem, request_id_of, speak
from tenants.robots import by_robot
from tenants.scope import shop_scope

SENT = tuple(code for code in PHOTO if code not in ("image_expired", "photo_needed"))
"""What may be wrong with a photo; it has no name here, for it is seen in no one shop."""
LANG = OpenApiParameter("lang", str, enum=LANGUAGES, description="Of names and words.")


class ShopMoodView(APIView):
    allowed_kinds = (ApiKey.Kind.PUBLISHABLE, ApiKey.Kind.SECRET, ApiKey.Kind.MALL)

    @extend_schema(
        operation_id="shop_mood",
        summary="Say which styles a shop sells, and which one sets it apart",
        tags=["moods"],
        parameters=[LANG, *REPLY_HEADERS],
        responses={
            200: OpenApiResponse(ShopMoodReply, description="The shop's styles and its mood."),
            **problems("shop_not_found", "no_products", "no_products_ready"),
        },
    )
    def get(self, request: Request, slug: str) -> Response:
        """A shop's own key reads its own mood; a mall's key those of its shops that joined."""
        shop = _readable(key_of(request), slug)
        lang = _speak(request, shop)
        if shop is None:
            raise Problem("shop_not_found")
        mood = shop_mood(shop)
        if mood is None:
            with shop_scope(shop):
                raise Problem("no_products_ready" if Product.objects.exists() else "no_products")
        reply = shop_mood_reply(mood, request_id=request_id_of(request), lang=lang)
        return Response(reply)


class DiscoverView(TimedView):
    allowed_kinds = (ApiKey.Kind.MALL,)

    @extend_schema(
        operation_id="discover",
        summary="Find three shops of a mall by the style of a photo",
        tags=["moods"],
        parameters=[*REPLY_HEADERS, TIMING_HEADER],
        request={FORM: DiscoverByPhoto, "application/json": DiscoverByReference},
        responses={
            200: OpenApiResponse(
                DiscoverReply, description="The photo's styles, and shops of them with products."
            ),
            **problems(*SENT, "no_shops_joined", "no_products_ready", "over_quota"),
        },
    )
    def post(self, request: Request) -> Response:
        """The photo's styles, the mall's shops of that mood, and what each has that looks like it.

        Only shops whose owners let them be discovered take part. The photo is dropped after the
        answer.
        """
        lang = speak(request, fallback=LANGUAGES[0])
        form = (request.content_type or "").startswith(FORM)
        asked = (DiscoverByPhoto if form else DiscoverByReference)(data=request.data)
        asked.is_valid(raise_exception=True)
        seen = replace(asked.asked(lang), robot=by_robot(request))
        found = discover(mall=key_of(request).mall, asked=seen, timings=self.timings)
        return Response(discover_reply(found, request=request, lang=lang))


def _readable(key: ApiKey, slug: str) -> Shop | None:
    if key.kind == ApiKey.Kind.MALL:
        joined = Shop.objects.open().filter(discoverable=True)
        return joined.filter(mall_id=key.mall_id, slug=slug).first()
    return key.shop if key.shop is not None and key.shop.slug == slug else None


def _speak(request: Request, shop: Shop | None) -> str:
    """The language of the reply, activated: `lang`, Accept-Language, the shop's own."""
    asked = request.query_params.get("lang")
    if asked in LANGUAGES:
        translation.activate(asked)
        return asked
    return speak(request, fallback=shop.language if shop else LANGUAGES[0])
