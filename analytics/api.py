"""What a storefront, or a shop's server, tells about its shoppers."""

from datetime import datetime
from typing import Any

from django.utils import timezone
from drf_spectacular.utils import (
    OpenApiExample,
    OpenApiResponse,
    PolymorphicProxySerializer,
    extend_schema,
)
from rest_framework import exceptions, serializers
from rest_framework.parsers import JSONParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from analytics.event_input import LONGEST_VISITOR, SESSION_LEAST, SESSION_MOST, ShopperEvent
from analytics.event_reply import (
    EventBatchReply,
    EventReply,
    batch_reply,
    refused_reply,
    row_reply,
)
from analytics.event_words import refused
from analytics.intake import events_take
from analytics.told import Taken, Told
from tenants.auth import key_of, shop_of
from tenants.models import ApiKey, Shop
from tenants.problem_schema import REPLY_HEADERS, problems
from tenants.problems import Problem, request_id_of, speak
from tenants.robots import by_robot
from tenants.scope import shop_scope

MOST_EVENTS = 500
OF_ALL = ("session", "visitor")
LEFT_OUT = Taken("left_out")


class EventEnvelope(serializers.Serializer[Any]):
    """At most 500 events; what is said beside them holds for each that does not say it itself."""

    session = serializers.CharField(
        required=False, min_length=SESSION_LEAST, max_length=SESSION_MOST
    )
    visitor = serializers.CharField(required=False, max_length=LONGEST_VISITOR)
    sent_at = serializers.DateTimeField(
        required=False,
        help_text="The sender's clock now: where it is wrong, `occurred_at` is put right by it.",
    )


class EventBatch(EventEnvelope):
    """At most 500 events; what is said beside them holds for each that does not say it itself."""

    events = ShopperEvent(many=True)


class EventsView(APIView):
    allowed_kinds = (ApiKey.Kind.PUBLISHABLE, ApiKey.Kind.SECRET)
    parser_classes = [JSONParser]

    @extend_schema(
        operation_id="event",
        summary="Tell what shoppers saw, clicked, looked at, put into the cart and bought",
        tags=["events"],
        parameters=REPLY_HEADERS,
        request=PolymorphicProxySerializer(
            component_name="EventOrBatch",
            serializers=[ShopperEvent, EventBatch],
            resource_type_field_name=None,
        ),
        examples=[
            OpenApiExample(
                "An order, from the shop's server",
                request_only=True,
                value={
                    "type": "purchase",
                    "order": "2026-0001",
                    "items": [{"product_id": "MR-1042", "quantity": 1, "price": 59000}],
                    "occurred_at": "2026-11-21T10:00:00+09:00",
                },
            )
        ],
        responses={
            202: OpenApiResponse(
                PolymorphicProxySerializer(
                    component_name="EventOrBatchReply",
                    serializers=[EventBatchReply, EventReply],
                    resource_type_field_name=None,
                ),
                description="Kept. Of a batch, each event has its own result.",
            ),
            **problems("product_not_found", "search_not_found"),
        },
    )
    def post(self, request: Request) -> Response:
        """One event, or a batch. The same event again counts once.

        Nothing is kept that says who it was.
        """
        shop = shop_of(request)
        speak(request, fallback=shop.language)
        data = request.data
        if not isinstance(data, dict):
            raise refused("not_an_object")
        one = "events" not in data
        body = _single(request, shop) if one else _batch(request, shop)
        return Response({"request_id": request_id_of(request), **body}, status=202)


def _single(request: Request, shop: Shop) -> dict[str, Any]:
    now = timezone.now()
    form = ShopperEvent(context={"shop": shop})
    said = form.run_validation(request.data)
    told = form.told(said, now=now, sent_at=None)
    taken = _taken(request, shop, [told])[0]
    if taken.code:
        raise Problem(taken.code)
    return {"counted": taken.outcome == "counted"}


def _batch(request: Request, shop: Shop) -> dict[str, Any]:
    """What is good is kept, what is not is told; one bad event stops no other."""
    envelope = EventEnvelope(data=request.data)
    envelope.is_valid(raise_exception=True)
    of_all = {name: request.data[name] for name in OF_ALL if name in request.data}
    sent_at, now = envelope.validated_data.get("sent_at"), timezone.now()
    form = ShopperEvent(context={"shop": shop, "of_all": of_all})
    rows: dict[int, dict[str, Any]] = {}
    told: dict[int, Told] = {}
    events = _events(request.data)
    for index, event in enumerate(events):
        try:
            told[index] = _read(form, event, now, sent_at)
        except exceptions.ValidationError as error:
            rows[index] = refused_reply(index, event, error)
    taken = _taken(request, shop, list(told.values()))
    for index, one in zip(told, taken, strict=True):
        rows[index] = row_reply(index, events[index], one)
    return batch_reply(request_id_of(request), [rows[index] for index in range(len(events))])


def _events(data: dict[str, Any]) -> list[Any]:
    events = data["events"]
    if not isinstance(events, list):
        raise refused("not_a_list", "events")
    if len(events) > MOST_EVENTS:
        raise refused("too_many_events", "events", most=MOST_EVENTS)
    return events


def _read(form: ShopperEvent, event: Any, now: datetime, sent_at: datetime | None) -> Told:
    return form.told(form.run_validation(event), now=now, sent_at=sent_at)


def _taken(request: Request, shop: Shop, told: list[Told]) -> list[Taken]:
    by_server = key_of(request).kind == ApiKey.Kind.SECRET
    if not by_server and _unwanted(request):
        return [LEFT_OUT] * len(told)
    with shop_scope(shop):
        return events_take(shop=shop, told=told, by_server=by_server)


def _unwanted(request: Request) -> bool:
    """A robot's, or of a browser whose owner asks not to be tracked, whatever the page does."""
    asked = (request.headers.get("Sec-GPC"), request.headers.get("DNT"))
    return "1" in asked or by_robot(request)
