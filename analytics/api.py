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
from analytics.visits import UnknownProduct, taken_recorded
from catalog.models import Product
from recommender.experiments import arm_clicked
from tenants.auth import shop_of
from tenants.models import ApiKey, Shop
from tenants.problem_schema import REPLY_HEADERS, problems
from tenants.problems import Problem, request_id_of, speak
from tenants.scope import shop_scope

GREATEST_POSITION = 1000
MOST_PRODUCTS = 20
"""SKUs of one order."""
SESSION_LEAST, SESSION_MOST = 8, 64
"""Letters of a session's name: enough that two do not meet by chance."""
LONGEST_VISITOR = 64


class ShopperEvent(serializers.Serializer[Any]):
    """A click on a result, a product page that was looked at, or an order."""

    type = serializers.ChoiceField(
        choices=[EventType.CLICK.value, EventType.VIEW.value, EventType.PURCHASE.value]
    )
    search_id = serializers.UUIDField(
        required=False, help_text="Of a click: the search that showed the product."
    )
    product_id = serializers.CharField(
        required=False, max_length=100, help_text="SKU of the product clicked or looked at."
    )
    product_ids = serializers.ListField(
        child=serializers.CharField(max_length=100),
        required=False,
        allow_empty=False,
        max_length=MOST_PRODUCTS,
        help_text="SKUs of an order, in the place of `product_id`.",
    )
    session = serializers.CharField(
        required=False,
        min_length=SESSION_LEAST,
        max_length=SESSION_MOST,
        help_text="Of a view and a purchase: the page's own random name for this session. Only "
        "a hash of it is kept, for 30 minutes, to count which products were taken together.",
    )
    position = serializers.IntegerField(
        required=False,
        allow_null=True,
        min_value=1,
        max_value=GREATEST_POSITION,
        help_text="Of a click: its place among the results, from 1.",
    )
    visitor = serializers.CharField(
        required=False,
        max_length=LONGEST_VISITOR,
        help_text="The opaque id that the search was sent with: a running test of two orders "
        "counts by it. It is not kept.",
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        click = attrs["type"] == EventType.CLICK
        needed = ["search_id"] if click else ["session"]
        if click or "product_ids" not in attrs:
            needed.append("product_id")
        missing = {name: _required(self.fields[name]) for name in needed if name not in attrs}
        if missing:
            raise serializers.ValidationError(missing)
        return attrs

    @property
    def skus(self) -> list[str]:
        told = self.validated_data
        return list(told.get("product_ids", ())) or [told["product_id"]]


def _required(field: Any) -> list[serializers.ErrorDetail]:
    return [serializers.ErrorDetail(field.error_messages["required"], "required")]


class EventReply(serializers.Serializer[Any]):
    request_id = serializers.CharField()
    counted = serializers.BooleanField(help_text="False for what was counted before.")


class EventsView(APIView):
    allowed_kinds = (ApiKey.Kind.PUBLISHABLE, ApiKey.Kind.SECRET)
    parser_classes = [JSONParser]

    @extend_schema(
        operation_id="event",
        summary="Tell that a shopper clicked a result, looked at a product or bought some",
        tags=["events"],
        parameters=REPLY_HEADERS,
        request=ShopperEvent,
        responses={
            202: OpenApiResponse(EventReply, description="Kept."),
            **problems("product_not_found", "search_not_found"),
        },
    )
    def post(self, request: Request) -> Response:
        """The same click of a search, and the same product of a session, count once.

        Nothing is kept that says who it was.
        """
        shop = shop_of(request)
        speak(request, fallback=shop.language)
        event = ShopperEvent(data=request.data)
        event.is_valid(raise_exception=True)
        with shop_scope(shop):
            counted = _recorded(shop, event)
        return Response({"request_id": request_id_of(request), "counted": counted}, status=202)


def _recorded(shop: Shop, event: ShopperEvent) -> bool:
    told = event.validated_data
    if told["type"] == EventType.CLICK:
        return _clicked(shop, told)
    try:
        return taken_recorded(
            shop=shop, session=told["session"], skus=event.skus, kind=EventType(told["type"])
        )
    except UnknownProduct:
        raise Problem("product_not_found") from None


def _clicked(shop: Shop, told: dict[str, Any]) -> bool:
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
    return counted
