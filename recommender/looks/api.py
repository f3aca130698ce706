"""The public API of looks: the shop's lookbook, and one look with garments to search for."""

from typing import Any

from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from catalog.selectors import live_revision
from recommender.fields import refused
from recommender.looks.replies import LookReply, LooksReply, look_reply, looks_reply
from recommender.looks.selectors import look_query, published, published_look
from recommender.looks.services import look_remember, look_renew
from tenants.auth import shop_of
from tenants.models import ApiKey, Shop
from tenants.problem_schema import REPLY_HEADERS, problems
from tenants.problems import LANGUAGES, Problem, speak
from tenants.scope import shop_scope

KEYS = (ApiKey.Kind.PUBLISHABLE, ApiKey.Kind.SECRET)
DEFAULT_LOOKS, MOST_LOOKS, FARTHEST = 24, 48, 10_000


class Spoken(serializers.Serializer[Any]):
    lang = serializers.ChoiceField(
        choices=LANGUAGES,
        required=False,
        help_text="Of titles, stories and prices. Otherwise Accept-Language, otherwise the "
        "shop's language.",
    )

    def to_internal_value(self, data: Any) -> Any:
        known: list[str] = list(self.fields.keys())
        for name in data:
            if name not in known:
                told = str(name)[:40]
                raise refused("unknown_field", told, name=told, known=", ".join(known))
        return super().to_internal_value(data)


class LooksAsked(Spoken):
    limit = serializers.IntegerField(
        required=False, default=DEFAULT_LOOKS, min_value=1, max_value=MOST_LOOKS
    )
    offset = serializers.IntegerField(
        required=False, default=0, min_value=0, max_value=FARTHEST, help_text="Looks left out."
    )


class LooksView(APIView):
    allowed_kinds = KEYS

    @extend_schema(
        operation_id="looks",
        summary="The shop's lookbook",
        tags=["looks"],
        parameters=[LooksAsked, *REPLY_HEADERS],
        responses={
            200: OpenApiResponse(LooksReply, description="Published looks in the shop's order."),
            **problems(),
        },
    )
    def get(self, request: Request) -> Response:
        """Titles, stories and photos; `GET /looks/{slug}` has the pieces and the garments."""
        shop = shop_of(request)
        asked, lang = _asked(LooksAsked, request, shop)
        first = asked["offset"]
        with shop_scope(shop):
            total = published().count()
            shown = list(published()[first : first + asked["limit"]])
        return Response(looks_reply(shown, total, request=request, shop=shop, lang=lang))


class LookView(APIView):
    allowed_kinds = KEYS

    @extend_schema(
        operation_id="look",
        summary="One look: its story, its pieces, and the garments of its photo",
        tags=["looks"],
        parameters=[Spoken, *REPLY_HEADERS],
        responses={
            200: OpenApiResponse(LookReply, description="The look."),
            **problems("look_not_found"),
        },
    )
    def get(self, request: Request, slug: str) -> Response:
        """Each garment can be searched for: `POST /search` with `image_id`, and `object` its
        index; filters, words and weights combine with it as with any photo."""
        shop = shop_of(request)
        _, lang = _asked(Spoken, request, shop)
        revision = live_revision(shop)
        with shop_scope(shop):
            look = published_look(slug)
            if look is None:
                raise Problem("look_not_found")
            look_renew(look=look, revision=revision)
            query = look_query(look, revision=revision)
            if query is not None:
                query = look_remember(look=look, query=query)
            body = look_reply(look, query, request=request, shop=shop, lang=lang)
        return Response(body)


def _asked(form: type[Spoken], request: Request, shop: Shop) -> tuple[dict[str, Any], str]:
    """The valid query string, and the language of the reply."""
    lang = speak(request, fallback=shop.language)
    asked = form(data=request.query_params)
    asked.is_valid(raise_exception=True)
    return asked.validated_data, lang
