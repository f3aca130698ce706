"""The public API of finding."""

from dataclasses import replace
from typing import Any

from django.db import connection
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from catalog.shop_taxonomy import spoken_for
from recommender.answer import Answer
from recommender.asked import Asked
from recommender.replies import search_reply
from recommender.reply_schema import SearchReply
from recommender.serializers import SearchByPhoto, SearchByReference, SimilarTo
from recommender.services import search
from recommender.signals import search_refused
from recommender.timing import Timings
from tenants.auth import shop_of
from tenants.models import ApiKey
from tenants.problem_schema import REPLY_HEADERS, problems
from tenants.problems import Problem, speak
from tenants.robots import by_robot

FORM = "multipart/form-data"
TIMING_HEADER = OpenApiParameter(
    "Server-Timing",
    str,
    OpenApiParameter.HEADER,
    response=True,
    description="Milliseconds: `fetch` (of an address), `decode`, `infer`, `sql`, `total`.",
)

FAULT = "server_error"
CATALOGUE = ("no_products", "no_products_ready", "product_not_found", "product_not_ready")
PAGING = ("cursor_expired", "cursor_mismatch", "over_quota")
SKETCH = (
    "decoder_died",
    "sketch_empty",
    "sketch_is_photo",
    "sketch_scribble",
    "sketch_too_little",
    "sketch_unavailable",
    "empty",
    "not_an_image",
    "too_costly",
    "too_large",
    "too_many_pixels",
    "too_small",
    "truncated",
    "unsupported_format",
)
PHOTO = (
    "decoder_died",
    "empty",
    "image_expired",
    "not_an_image",
    "photo_needed",
    "too_costly",
    "too_large",
    "too_many_pixels",
    "too_small",
    "truncated",
    "unsupported_format",
    "url_failed",
    "url_refused",
)


class TimedView(APIView):
    """A view that says in `Server-Timing` where its time went."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.timings = Timings()
        with connection.execute_wrapper(self.timings.statement):
            response = super().dispatch(request, *args, **kwargs)
        response.headers["Server-Timing"] = self.timings.header()
        return response

    def answered(self, request: Request, asked: Asked) -> Response:
        shop = shop_of(request)
        try:
            answer = search(
                shop=shop, asked=replace(asked, robot=by_robot(request)), timings=self.timings
            )
        except Exception as error:
            code = error.code if isinstance(error, Problem) else FAULT
            search_refused.send(sender=Answer, shop=shop, code=code)
            raise
        with spoken_for(shop):
            return Response(search_reply(answer, request=request, shop=shop, lang=asked.lang))


class SearchView(TimedView):
    allowed_kinds = (ApiKey.Kind.PUBLISHABLE, ApiKey.Kind.SECRET)

    @extend_schema(
        operation_id="search",
        summary="Find products by a photo, a drawing, a product, words, or words beside it",
        tags=["search"],
        parameters=[*REPLY_HEADERS, TIMING_HEADER],
        request={FORM: SearchByPhoto, "application/json": SearchByReference},
        responses={
            200: OpenApiResponse(
                SearchReply, description="What was seen in the query, and the products like it."
            ),
            **problems(*CATALOGUE, *PAGING, *PHOTO, *SKETCH),
        },
    )
    def post(self, request: Request) -> Response:
        """A photo's garments are found, tagged and looked up among the shop's products.

        The photo is dropped after the answer; what was seen in it is kept for half an hour.
        """
        lang = speak(request, fallback=shop_of(request).language)
        form = (request.content_type or "").startswith(FORM)
        asked = (SearchByPhoto if form else SearchByReference)(data=request.data)
        asked.is_valid(raise_exception=True)
        return self.answered(request, asked.asked(lang))


class SimilarView(TimedView):
    allowed_kinds = (ApiKey.Kind.PUBLISHABLE, ApiKey.Kind.SECRET)

    @extend_schema(
        operation_id="similar",
        summary="Find products similar to one of the shop's",
        tags=["search"],
        parameters=[SimilarTo, *REPLY_HEADERS, TIMING_HEADER],
        responses={
            200: OpenApiResponse(SearchReply, description="The products like it, without itself."),
            **problems(*CATALOGUE, *PAGING),
        },
    )
    def get(self, request: Request, sku: str) -> Response:
        """The same as a search by `product_id`."""
        lang = speak(request, fallback=shop_of(request).language)
        asked = SimilarTo(data=request.query_params)
        asked.is_valid(raise_exception=True)
        return self.answered(request, asked.asked(lang, sku=sku))
