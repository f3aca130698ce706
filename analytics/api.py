"""What a storefront tells about its shoppers."""

from typing import Any

from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.parsers import JSONParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from analytics.models import EventType
from analytics.services import UnknownSearch, click_recorded
from catalog.models import Product
from recommender.experiments import arm_clicked
from tenants.auth import shop_of
from tenants.models import ApiKey
from tenants.problem_schema import REPLY_HEADERS, problems
from tenants.problems import Problem, request_id_of, speak
from tenants.scope import shop_scope

GREATEST_POSITION = 1000
LONGEST_VISITOR = 64


class ShopperEvent(serializers.Serializer[Any]):
    type = serializers.ChoiceField(choices=[EventType.CLICK.value])
    search_id = serializers.UUIDField(help_text="Of the search that showed the product.")
    product_id = serializers.CharField(max_length=100, help_text="SKU of the product clicked.")
    position = serializers.IntegerField(
        required=False,
        allow_null=True,
        min_value=1,
        max_value=GREATEST_POSITION,
        help_text="Its place among the results, from 1.",
    )
    visitor = serializers.CharField(
        required=False,
        max_length=LONGEST_VISITOR,
        help_text="The opaque id that the search was sent with: a running test of two orders "
        "counts by it. It is not kept.",
    )


class EventReply(serializers.Serializer[Any]):
    request_id = serializers.CharField()
    counted = serializers.BooleanField(help_text="False for a click that was counted before.")


class EventsView(APIView):
    allowed_kinds = (ApiKey.Kind.PUBLISHABLE, ApiKey.Kind.SECRET)
    parser_classes = [JSONParser]

    @extend_schema(
        operation_id="event",
        summary="Tell that a shopper clicked a result",
        tags=["events"],
        parameters=REPLY_HEADERS,
        request=ShopperEvent,
        responses={
            202: OpenApiResponse(EventReply, description="Kept."),
            **problems("product_not_found", "search_not_found"),
        },
    )
    def post(self, request: Request) -> Response:
        """A click on the same product of the same search counts once.

        Nothing is kept that says who clicked.
        """
        shop = shop_of(request)
        speak(request, fallback=shop.language)
        event = ShopperEvent(data=request.data)
        event.is_valid(raise_exception=True)
        told = event.validated_data
        with shop_scope(shop):
            if not Product.objects.filter(sku=told["product_id"]).exists():
                raise Problem("product_not_found")
            try:
                counted = click_recorded(
                    shop=shop,
                    search_id=told["search_id"],
                    sku=told["product_id"],
                    position=told.get("position"),
                )
            except UnknownSearch:
                raise Problem("search_not_found") from None
            if counted:
                arm_clicked(visitor=told.get("visitor", ""))
        return Response({"request_id": request_id_of(request), "counted": counted}, status=202)
