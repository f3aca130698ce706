"""`/webhooks`: where a shop wants to be told, for its own server with a secret key."""

from collections.abc import Callable
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

UNKNOWN = "webhook_not_found"
View = Callable[..., Response]


def reads(operation_id: str, summary: str, reply: Any, *codes: str, asked: Any = None) -> Any:
    """What a GET is called, takes and answers."""
    return extend_schema(
        operation_id=operation_id,
        summary=summary,
        tags=["webhooks"],
        parameters=[*([asked] if asked else ()), *REPLY_HEADERS],
        responses={200: reply, **problems(*codes)},
    )


def writes(
    operation_id: str, summary: str, replies: dict[int, Any], *codes: str, body: Any = None
) -> Callable[[View], View]:
    """The same of what changes something, which may be sent twice under one key."""
    described = extend_schema(
        operation_id=operation_id,
        summary=summary,
        tags=["webhooks"],
        parameters=[*IDEMPOTENCY, *REPLY_HEADERS],
        request=body,
        responses={**replies, **problems(*codes, *IDEMPOTENCY_PROBLEMS)},
    )

    def wrap(view: View) -> View:
        wrapped: View = described(idempotent()(view))
        return wrapped

    return wrap


def once(what: str) -> OpenApiResponse:
    return OpenApiResponse(WebhookMadeReply, description=f"With {what}, this once.")


class WebhooksView(SecretView):
    @reads("webhooks", "List the shop's webhooks", WebhooksReply)
    def get(self, request: Request) -> Response:
        """All of them: a shop has at most ten."""
        with shop_scope(self.shop):
            found = [webhook_reply(one) for one in WebhookEndpoint.objects.order_by("pk")]
        return Response({"results": found})

    @writes("webhook_create", "Add a webhook", {201: once("its secret")}, body=WebhookInput)
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
    @reads("webhook", "One webhook", WebhookReply, UNKNOWN)
    def get(self, request: Request, webhook_id: int) -> Response:
        with shop_scope(self.shop):
            return Response(webhook_reply(found(webhook_id)))

    @writes(
        "webhook_change",
        "Change a webhook",
        {200: WebhookReply},
        UNKNOWN,
        body=WebhookInput(partial=True),
    )
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

    @writes("webhook_delete", "Delete a webhook", {204: None}, UNKNOWN)
    def delete(self, request: Request, webhook_id: int) -> Response:
        """With the record of its deliveries; what waits is not sent."""
        with shop_scope(self.shop):
            endpoints.endpoint_delete(endpoint=found(webhook_id))
        return Response(status=204)


class WebhookSecretView(SecretView):
    @writes("webhook_secret", "Give a webhook a new secret", {200: once("the new secret")}, UNKNOWN)
    def post(self, request: Request, webhook_id: int) -> Response:
        """The former one signs too until `former_secret_until`."""
        with shop_scope(self.shop):
            endpoint = found(webhook_id)
            secret = endpoints.secret_rotate(endpoint=endpoint)
            return Response(webhook_reply(endpoint, secret=secret))


class WebhookTestView(SecretView):
    @writes("webhook_test", "Send a test event", {202: DeliveryReply}, UNKNOWN)
    def post(self, request: Request, webhook_id: int) -> Response:
        """An event of type `test`, whatever types the webhook wants."""
        with shop_scope(self.shop):
            sent = replays.trial_send(shop=self.shop, endpoint=found(webhook_id))
            return Response(delivery_reply(sent), status=202)


class WebhookDeliveriesView(SecretView):
    @reads(
        "webhook_deliveries",
        "What was sent to a webhook",
        DeliveriesReply,
        UNKNOWN,
        asked=DeliveriesAsked,
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
    @writes("webhook_delivery_replay", "Send one message once more", {202: DeliveryReply}, UNKNOWN)
    def post(self, request: Request, webhook_id: int, delivery_id: int) -> Response:
        """Under the same `webhook-id`, whatever came of it before."""
        with shop_scope(self.shop):
            rows = found(webhook_id).deliveries.select_related("message", "endpoint")
            delivery: WebhookDelivery | None = rows.filter(pk=delivery_id).first()
            if delivery is None:
                raise Problem(UNKNOWN)
            replays.delivery_replay(shop=self.shop, delivery=delivery)
            delivery.refresh_from_db()
            return Response(delivery_reply(delivery), status=202)


class FailedReplayView(SecretView):
    @writes(
        "webhook_failed_replay",
        "Send all that failed since a time once more",
        {202: ReplayedReply},
        UNKNOWN,
        body=ReplaySince,
    )
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
        raise Problem(UNKNOWN)
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
