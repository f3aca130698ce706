"""The public API of finding."""

from typing import Any

from django.db import connection
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from recommender.replies import SearchReply, search_reply
from recommender.serializers import SearchByPhoto, SearchByReference
from recommender.services import search
from recommender.timing import Timings
from tenants.auth import shop_of
from tenants.models import ApiKey
from tenants.problem_schema import REPLY_HEADERS, problems
from tenants.problems import speak

FORM = "multipart/form-data"
TIMING_HEADER = OpenApiParameter(
    "Server-Timing",
    str,
    OpenApiParameter.HEADER,
    response=True,
    description="Milliseconds: `fetch` (of an address), `decode`, `infer`, `sql`, `total`.",
)


class SearchView(APIView):
    allowed_kinds = (ApiKey.Kind.PUBLISHABLE, ApiKey.Kind.SECRET)

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.timings = Timings()
        with connection.execute_wrapper(self.timings.statement):
            response = super().dispatch(request, *args, **kwargs)
        response.headers["Server-Timing"] = self.timings.header()
        return response

    @extend_schema(
        operation_id="search",
        summary="Find products that look like a photo or a product",
        tags=["search"],
        parameters=[*REPLY_HEADERS, TIMING_HEADER],
        request={FORM: SearchByPhoto, "application/json": SearchByReference},
        responses={
            200: OpenApiResponse(
                SearchReply, description="What was seen in the query, and the products like it."
            ),
            **problems(
                "empty",
                "product_not_found",
                "no_products",
                "no_products_ready",
                "product_not_ready",
                "too_large",
                "too_many_pixels",
                "not_an_image",
                "unsupported_format",
                "too_small",
                "truncated",
                "url_refused",
                "url_failed",
                "over_quota",
            ),
        },
    )
    def post(self, request: Request) -> Response:
        """A photo's garments are found, tagged and looked up among the shop's products.

        The photo is dropped after the answer.
        """
        shop = shop_of(request)
        lang = speak(request, fallback=shop.language)
        form = (request.content_type or "").startswith(FORM)
        asked = (SearchByPhoto if form else SearchByReference)(data=request.data)
        asked.is_valid(raise_exception=True)
        answer = search(shop=shop, asked=asked.asked(lang), timings=self.timings)
        return Response(search_reply(answer, request=request, shop=shop, lang=lang))
