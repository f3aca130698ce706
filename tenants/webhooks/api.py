"""`/webhooks`: where a shop wants to be told, for its own server with a secret key."""

from typing import Any

from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from tenants.api_view import SecretView
from tenants.idempotency import IDEMPOTENCY, IDEMPOTENCY_PROBLEMS, idempotent
from tenants.models_webhooks import WebhookDelivery, WebhookEndpoint
from tenants.problem_schema import REPLY_HEADERS, problems
from tenants.problems import Problem
from tenants.scope import shop_scope
from tenants.webhooks import endpoints, replays
from tenants.webhooks.replies import (
    DeliveriesAsked,
    DeliveriesReply,
    DeliveryReply,
    ReplayedReply,
    ReplaySince,
    WebhookInput,
    WebhookMadeReply,
    WebhookReply,
    WebhooksReply,
    delivery_reply,
    webhook_reply,
)

TAGS = ["webhooks"]
WRITE = [*IDEMPOTENCY, *REPLY_HEADERS]


class WebhooksView(SecretView):
    @extend_schema(
        operation_id="webhooks",
        summary="List the shop's webhooks",
        tags=TAGS,
        parameters=REPLY_HEADERS,
        responses={200: WebhooksReply, **problems()},
    )
    def get(self, request: Request) -> Response:
        """All of them: a shop has at most ten."""
        with shop_scope(self.shop):
            found = [webhook_reply(one) for one in WebhookEndpoint.objects.order_by("pk")]
        return Response({"results": found})

    @extend_schema(
        operation_id="webhook_create",
        summary="Add a webhook",
        tags=TAGS,
        parameters=WRITE,
        request=WebhookInput,
        responses={
            201: OpenApiResponse(WebhookMadeReply, description="With its secret, this once."),
            **problems(*IDEMPOTENCY_PROBLEMS),
        },
    )
    @idempotent()
    def post(self, request: Request) -> Response:
        """Verify what arrives with the secret: see the guide, “Webhooks”."""
        told = read(WebhookInput, request.data)
        with shop_scope(self.shop):
            try:
                made, secret = endpoints.endpoint_create(shop=self.shop, **told)
            except endpoints.EndpointRefused as refused:
                raise as_validation(refused) from None
        headers = {"Location": f"/api/v1/webhooks/{made.pk}"}
        return Response(webhook_reply(made, secret=secret), status=201, headers=headers)


class WebhookView(SecretView):
    @extend_schema(
        operation_id="webhook",
        summary="One webhook",
        tags=TAGS,
        parameters=REPLY_HEADERS,
        responses={200: WebhookReply, **problems("webhook_not_found")},
    )
    def get(self, request: Request, webhook_id: int) -> Response:
        with shop_scope(self.shop):
            return Response(webhook_reply(found(webhook_id)))

    @extend_schema(
        operation_id="webhook_change",
        summary="Change a webhook",
        tags=TAGS,
        parameters=WRITE,
        request=WebhookInput(partial=True),
        responses={200: WebhookReply, **problems("webhook_not_found", *IDEMPOTENCY_PROBLEMS)},
    )
    @idempotent()
    def patch(self, request: Request, webhook_id: int) -> Response:
        """What is not named stays. `enabled` true begins anew after a time of failures."""
        told = read(WebhookInput, request.data, partial=True)
        with shop_scope(self.shop):
            endpoint = found(webhook_id)
            try:
                endpoints.endpoint_change(endpoint=endpoint, **told)
            except endpoints.EndpointRefused as refused:
                raise as_validation(refused) from None
            return Response(webhook_reply(endpoint))

    @extend_schema(
        operation_id="webhook_delete",
        summary="Delete a webhook",
        tags=TAGS,
        parameters=WRITE,
        responses={204: None, **problems("webhook_not_found", *IDEMPOTENCY_PROBLEMS)},
    )
    @idempotent()
    def delete(self, request: Request, webhook_id: int) -> Response:
        """With the record of its deliveries; what waits is not sent."""
        with shop_scope(self.shop):
            endpoints.endpoint_delete(endpoint=found(webhook_id))
        return Response(status=204)


class WebhookSecretView(SecretView):
    @extend_schema(
        operation_id="webhook_secret",
        summary="Give a webhook a new secret",
        tags=TAGS,
        parameters=WRITE,
        request=None,
        responses={
            200: OpenApiResponse(WebhookMadeReply, description="With the new secret, this once."),
            **problems("webhook_not_found", *IDEMPOTENCY_PROBLEMS),
        },
    )
    @idempotent()
    def post(self, request: Request, webhook_id: int) -> Response:
        """The former one signs too until `former_secret_until`."""
        with shop_scope(self.shop):
            endpoint = found(webhook_id)
            secret = endpoints.secret_rotate(endpoint=endpoint)
            return Response(webhook_reply(endpoint, secret=secret))


class WebhookTestView(SecretView):
    @extend_schema(
        operation_id="webhook_test",
        summary="Send a test event",
        tags=TAGS,
        parameters=WRITE,
        request=None,
        responses={
            202: DeliveryReply,
            **problems("webhook_not_found", *IDEMPOTENCY_PROBLEMS),
        },
    )
    @idempotent()
    def post(self, request: Request, webhook_id: int) -> Response:
        """An event of type `test`, whatever types the webhook wants."""
        with shop_scope(self.shop):
            sent = replays.trial_send(shop=self.shop, endpoint=found(webhook_id))
            return Response(delivery_reply(sent), status=202)


class WebhookDeliveriesView(SecretView):
    @extend_schema(
        operation_id="webhook_deliveries",
        summary="What was sent to a webhook",
        tags=TAGS,
        parameters=[DeliveriesAsked, *REPLY_HEADERS],
        responses={200: DeliveriesReply, **problems("webhook_not_found")},
    )
    def get(self, request: Request, webhook_id: int) -> Response:
        """The newest first; kept for 30 days."""
        told = read(DeliveriesAsked, request.query_params)
        with shop_scope(self.shop):
            rows = found(webhook_id).deliveries.select_related("message").order_by("-pk")
            if "state" in told:
                rows = rows.filter(state=told["state"])
            if "cursor" in told:
                rows = rows.filter(pk__lt=told["cursor"])
            page = list(rows[: told["limit"] + 1])
        shown = page[: told["limit"]]
        more = shown[-1].pk if len(page) > len(shown) else None
        return Response({"results": [delivery_reply(one) for one in shown], "next_cursor": more})


class DeliveryReplayView(SecretView):
    @extend_schema(
        operation_id="webhook_delivery_replay",
        summary="Send one message once more",
        tags=TAGS,
        parameters=WRITE,
        request=None,
        responses={
            202: DeliveryReply,
            **problems("webhook_not_found", *IDEMPOTENCY_PROBLEMS),
        },
    )
    @idempotent()
    def post(self, request: Request, webhook_id: int, delivery_id: int) -> Response:
        """Under the same `webhook-id`, whatever came of it before."""
        with shop_scope(self.shop):
            rows = found(webhook_id).deliveries.select_related("message", "endpoint")
            delivery: WebhookDelivery | None = rows.filter(pk=delivery_id).first()
            if delivery is None:
                raise Problem("webhook_not_found")
            replays.delivery_replay(shop=self.shop, delivery=delivery)
            delivery.refresh_from_db()
            return Response(delivery_reply(delivery), status=202)


class FailedReplayView(SecretView):
    @extend_schema(
        operation_id="webhook_failed_replay",
        summary="Send all that failed since a time once more",
        tags=TAGS,
        parameters=WRITE,
        request=ReplaySince,
        responses={
            202: ReplayedReply,
            **problems("webhook_not_found", *IDEMPOTENCY_PROBLEMS),
        },
    )
    @idempotent()
    def post(self, request: Request, webhook_id: int) -> Response:
        """After your server was away for longer than a day. At most 10,000 at a time."""
        told = read(ReplaySince, request.data)
        with shop_scope(self.shop):
            count = replays.failed_replay(
                shop=self.shop, endpoint=found(webhook_id), since=told["since"]
            )
        return Response({"count": count}, status=202)


def found(pk: int) -> WebhookEndpoint:
    """The webhook of the shop in scope. Raises Problem."""
    endpoint: WebhookEndpoint | None = WebhookEndpoint.objects.filter(pk=pk).first()
    if endpoint is None:
        raise Problem("webhook_not_found")
    return endpoint


def read(
    kind: type[serializers.Serializer[Any]], data: Any, *, partial: bool = False
) -> dict[str, Any]:
    asked = kind(data=data, partial=partial)
    asked.is_valid(raise_exception=True)
    return dict(asked.validated_data)


def as_validation(refused: endpoints.EndpointRefused) -> serializers.ValidationError:
    detail = serializers.ErrorDetail(refused.message, refused.code)
    return serializers.ValidationError({refused.field: [detail]})
