"""The public API of drawing."""

from django.http import HttpResponse
from django.utils.cache import patch_cache_control
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework.renderers import BaseRenderer, JSONRenderer
from rest_framework.request import Request

from catalog.api import etags
from recommender.api import FORM, SKETCH, TIMING_HEADER, TimedView
from recommender.sketch.product_lines import lines_png, product_lines
from recommender.sketch.serializers import PreviewByFile, PreviewByText
from recommender.sketch.services import sketch_preview
from tenants.auth import shop_of
from tenants.fair import turn
from tenants.models import ApiKey
from tenants.problem_schema import REPLY_HEADERS, problems
from tenants.problems import speak

PNG = "image/png"
KEPT_SECONDS = 3600
"""In a browser: a new bundle draws other lines, and a shop may give a product another photo."""
CATEGORY = "X-Lookus-Category"
CATEGORY_HEADER = OpenApiParameter(
    CATEGORY,
    str,
    OpenApiParameter.HEADER,
    response=[200],
    description="The category that it was coloured as; not there where none was made out.",
)


class PngRenderer(BaseRenderer):
    """Lets a caller accept nothing but pictures; the views write them themselves."""

    media_type = PNG
    # As JSON's, so that nothing is to be said of it behind a question mark.
    format = JSONRenderer.format


class PreviewView(TimedView):
    # A hand draws several strokes a second, and each is shown.
    rate_factor = 4
    allowed_kinds = (ApiKey.Kind.PUBLISHABLE, ApiKey.Kind.SECRET)
    renderer_classes = (JSONRenderer, PngRenderer)

    @extend_schema(
        operation_id="sketch_preview",
        summary="Show the garment that a drawing means",
        tags=["search"],
        parameters=[*REPLY_HEADERS, TIMING_HEADER, CATEGORY_HEADER],
        request={FORM: PreviewByFile, "application/json": PreviewByText},
        responses={
            (200, PNG): OpenApiResponse(
                OpenApiTypes.BINARY, description="128 × 128 pixels, on white."
            ),
            **problems(*SKETCH),
        },
    )
    def post(self, request: Request) -> HttpResponse:
        """As the networks see it. Nothing is searched, kept or counted."""
        shop = shop_of(request)
        speak(request, fallback=shop.language)
        form = (request.content_type or "").startswith(FORM)
        asked = (PreviewByFile if form else PreviewByText)(data=request.data)
        asked.is_valid(raise_exception=True)
        with turn(shop.pk):
            preview = sketch_preview(shop=shop, sketch=asked.asked(), timings=self.timings)
        headers = {CATEGORY: preview.category} if preview.category else {}
        return HttpResponse(preview.png, content_type=PNG, headers=headers)


class LinesView(TimedView):
    allowed_kinds = (ApiKey.Kind.PUBLISHABLE, ApiKey.Kind.SECRET)
    renderer_classes = (JSONRenderer, PngRenderer)

    @extend_schema(
        operation_id="product_lines",
        summary="The lines of a product's photo, to draw over",
        tags=["search"],
        parameters=[etags.IF_NONE_MATCH, etags.ETAG, *REPLY_HEADERS, TIMING_HEADER],
        responses={
            (200, PNG): OpenApiResponse(
                OpenApiTypes.BINARY,
                description="512 × 512 pixels, ink on nothing, framed as drawings are.",
            ),
            304: OpenApiResponse(description="They have not changed."),
            **problems("product_not_found", "product_not_ready", "sketch_unavailable"),
        },
    )
    def get(self, request: Request, sku: str) -> HttpResponse:
        """As a person would draw them. Nothing is counted."""
        shop = shop_of(request)
        speak(request, fallback=shop.language)
        with turn(shop.pk):
            lines = product_lines(shop=shop, sku=sku)
        if etags.is_held(request, lines.etag):
            answer = HttpResponse(status=304)
        else:
            answer = HttpResponse(lines_png(lines), content_type=PNG)
        answer.headers["ETag"] = lines.etag
        patch_cache_control(answer, private=True, max_age=KEPT_SECONDS)
        return answer
