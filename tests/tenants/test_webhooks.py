"""Webhooks against a real server on this machine."""

import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.utils import timezone
from standardwebhooks import Webhook, WebhookVerificationError

from tenants import outbox
from tenants.models import (
    AuditEntry,
    Outbox,
    Shop,
    WebhookDelivery,
    WebhookEndpoint,
    WebhookMessage,
)
from tenants.scope import shop_scope
from tenants.webhooks import event_announce
from tenants.webhooks.endpoints import (
    EndpointRefused,
    endpoint_change,
    endpoint_create,
    endpoint_delete,
    secret_rotate,
)
from tenants.webhooks.replays import delivery_replay, failed_replay, trial_send
from tenants.webhooks.sending import ATTEMPTS, deliveries_forget, deliveries_send, wait_before
from tests.factories import make_shop, make_user
from tests.support.hook_server import HookServer, hook_server

pytestmark = pytest.mark.django_db(transaction=True)

DATA = {"skus": ["가디건-1", "B-2"]}


@pytest.fixture
def server(settings: Any) -> Iterator[HookServer]:
    with hook_server() as serving:
        settings.FETCH_ALLOWED_PRIVATE = [serving.authority]
        yield serving


@pytest.fixture
def shop() -> Shop:
    found = make_shop(language="en", name="Namu")
    make_user("owner", mall=found.mall, email="owner@namu.example")
    return found


def listen(shop: Shop, server: HookServer, *types: str) -> tuple[WebhookEndpoint, str]:
    with shop_scope(shop):
        return endpoint_create(shop=shop, url=server.url(), types=types or ("product.tagged",))


def tell(shop: Shop, kind: str = "product.tagged") -> None:
    with shop_scope(shop):
        event_announce(shop=shop, type=kind, data=DATA)


def delivery(shop: Shop) -> WebhookDelivery:
    with shop_scope(shop):
        return WebhookDelivery.objects.get()


def due_now(shop: Shop) -> None:
    """As if the wait before the next attempt were over."""
    Outbox.objects.filter(shop=shop, topic=outbox.WEBHOOK).update(leased_until=None)


def test_an_event_arrives_signed_with_what_happened(shop: Shop, server: HookServer) -> None:
    _, secret = listen(shop, server)
    tell(shop)
    assert deliveries_send(shop_id=shop.pk) == 1
    (received,) = server.received
    told = Webhook(secret).verify(received.body, received.headers)
    assert told["type"] == "product.tagged"
    assert told["shop"] == shop.slug
    assert told["data"] == DATA
    assert told["timestamp"].endswith("Z")
    assert received.path == "/hook"
    assert received.headers["Content-Type"].startswith("application/json")
    kept = delivery(shop)
    assert (kept.state, kept.status, kept.attempts) == ("delivered", 204, 1)
    assert kept.duration_ms is not None
    assert outbox.idle(shop_id=shop.pk, topic=outbox.WEBHOOK)


def test_a_changed_body_or_another_secret_does_not_verify(shop: Shop, server: HookServer) -> None:
    _, secret = listen(shop, server)
    tell(shop)
    deliveries_send(shop_id=shop.pk)
    (received,) = server.received
    changed = received.body.replace(b"B-2", b"B-3")
    with pytest.raises(WebhookVerificationError):
        Webhook(secret).verify(changed, received.headers)
    with pytest.raises(WebhookVerificationError):
        Webhook("whsec_" + "QUFB" * 8).verify(received.body, received.headers)


def test_while_a_secret_is_changed_both_verify_and_later_the_new_one_only(
    shop: Shop, server: HookServer
) -> None:
    endpoint, former = listen(shop, server)
    with shop_scope(shop):
        new = secret_rotate(endpoint=endpoint)
    tell(shop)
    deliveries_send(shop_id=shop.pk)
    received = server.received[0]
    assert received.headers["webhook-signature"].count("v1,") == 2
    for secret in (former, new):
        Webhook(secret).verify(received.body, received.headers)
    with shop_scope(shop):
        past = timezone.now() - timedelta(seconds=1)
        WebhookEndpoint.objects.update(secret_before_until=past)
    tell(shop)
    deliveries_send(shop_id=shop.pk)
    received = server.received[1]
    Webhook(new).verify(received.body, received.headers)
    with pytest.raises(WebhookVerificationError):
        Webhook(former).verify(received.body, received.headers)


def test_the_secret_stands_readable_in_no_row(shop: Shop, server: HookServer) -> None:
    _, secret = listen(shop, server)
    bare = secret.removeprefix("whsec_")
    with shop_scope(shop):
        rows = [*WebhookEndpoint.objects.values(), *AuditEntry.objects.values()]
    assert rows
    assert bare not in repr(rows)


def test_nobody_who_wants_it_nothing_written(shop: Shop, server: HookServer) -> None:
    endpoint, _ = listen(shop, server, "quota.warning")
    tell(shop, "product.tagged")
    with shop_scope(shop):
        endpoint_change(endpoint=endpoint, enabled=False)
    tell(shop, "quota.warning")
    with shop_scope(shop):
        assert not WebhookMessage.objects.exists()
    with shop_scope(shop), pytest.raises(ValueError, match="no event"):
        event_announce(shop=shop, type="product.eaten", data={})


def test_each_shop_hears_of_itself_only(shop: Shop, server: HookServer) -> None:
    other = make_shop()
    listen(other, server)
    tell(shop)
    assert deliveries_send(shop_id=shop.pk) == deliveries_send(shop_id=other.pk) == 0
    assert server.received == []


def test_a_failure_is_tried_again_later_with_the_same_id(shop: Shop, server: HookServer) -> None:
    listen(shop, server)
    server.answers = [(500, b"oops"), (200, b"thanks")]
    tell(shop)
    deliveries_send(shop_id=shop.pk)
    kept = delivery(shop)
    assert (kept.state, kept.status, kept.answer) == ("waiting", 500, "oops")
    assert kept.next_at is not None
    assert 3 < (kept.next_at - timezone.now()).total_seconds() < 7
    assert deliveries_send(shop_id=shop.pk) == 0
    due_now(shop)
    assert deliveries_send(shop_id=shop.pk) == 1
    kept = delivery(shop)
    assert (kept.state, kept.status, kept.attempts, kept.answer) == ("delivered", 200, 2, "thanks")
    first, second = server.received
    assert first.headers["webhook-id"] == second.headers["webhook-id"]
    assert first.body == second.body


def test_it_is_given_up_after_a_day(shop: Shop, server: HookServer) -> None:
    endpoint, _ = listen(shop, server)
    server.answers = [(503, b"")]
    tell(shop)
    for _ in range(ATTEMPTS):
        assert deliveries_send(shop_id=shop.pk) == 1
        due_now(shop)
    assert deliveries_send(shop_id=shop.pk) == 0
    kept = delivery(shop)
    assert (kept.state, kept.attempts) == ("failed", ATTEMPTS)
    with shop_scope(shop):
        endpoint.refresh_from_db()
    assert endpoint.enabled
    assert endpoint.failing_since is not None


def test_the_waits_grow_to_about_a_day_and_are_never_the_same() -> None:
    waits = [wait_before(number) for number in range(1, ATTEMPTS)]
    seconds = [one.total_seconds() for one in waits if one is not None]
    assert len(seconds) == ATTEMPTS - 1
    assert seconds[0] < 10
    assert seconds[:5] == sorted(seconds[:5])
    assert 20 * 3600 < sum(seconds) < 36 * 3600
    assert len({wait_before(6) for _ in range(20)}) > 1
    assert wait_before(ATTEMPTS) is None


def test_an_endpoint_that_fails_for_days_is_switched_off_and_its_owner_told(
    shop: Shop, server: HookServer
) -> None:
    endpoint, _ = listen(shop, server)
    server.answers = [(500, b"")]
    with shop_scope(shop):
        since = timezone.now() - timedelta(days=5, minutes=1)
        WebhookEndpoint.objects.update(failing_since=since)
    tell(shop)
    tell(shop)
    deliveries_send(shop_id=shop.pk)
    with shop_scope(shop):
        endpoint.refresh_from_db()
        states = set(WebhookDelivery.objects.values_list("state", flat=True))
    assert (endpoint.enabled, endpoint.off_reason) == (False, "failing")
    assert states == {"failed"}
    (letter,) = mail.outbox
    assert letter.to == ["owner@namu.example"]
    assert letter.subject == "Namu: a webhook was switched off"
    assert server.url() in letter.body


def test_one_success_wipes_the_failures_out(shop: Shop, server: HookServer) -> None:
    endpoint, _ = listen(shop, server)
    with shop_scope(shop):
        WebhookEndpoint.objects.update(failing_since=timezone.now() - timedelta(days=30))
    tell(shop)
    deliveries_send(shop_id=shop.pk)
    with shop_scope(shop):
        endpoint.refresh_from_db()
    assert endpoint.enabled
    assert endpoint.failing_since is None


def test_gone_switches_it_off_at_once(shop: Shop, server: HookServer) -> None:
    endpoint, _ = listen(shop, server)
    server.answers = [(410, b"")]
    tell(shop)
    deliveries_send(shop_id=shop.pk)
    with shop_scope(shop):
        endpoint.refresh_from_db()
    assert (endpoint.enabled, endpoint.off_reason) == (False, "gone")
    assert delivery(shop).state == "failed"
    assert "410" in mail.outbox[0].body
    due_now(shop)
    assert deliveries_send(shop_id=shop.pk) == 0


def test_a_redirect_is_not_followed(shop: Shop, server: HookServer) -> None:
    listen(shop, server)
    server.answers, server.location = [(302, b"")], server.url("/elsewhere")
    tell(shop)
    deliveries_send(shop_id=shop.pk)
    assert [one.path for one in server.received] == ["/hook"]
    assert (delivery(shop).state, delivery(shop).status) == ("waiting", 302)


def test_a_slow_server_is_left_at_the_deadline(
    shop: Shop, server: HookServer, settings: Any
) -> None:
    settings.WEBHOOK_TIMEOUT_SECONDS = 1
    listen(shop, server)
    server.held.clear()
    tell(shop)
    deliveries_send(shop_id=shop.pk)
    kept = delivery(shop)
    assert (kept.state, kept.status) == ("waiting", None)
    assert "no answer within 1 seconds" in kept.error


def test_a_long_answer_is_cut(shop: Shop, server: HookServer) -> None:
    listen(shop, server)
    server.answers = [(200, "가".encode() * 50_000 + b"\0")]
    tell(shop)
    deliveries_send(shop_id=shop.pk)
    assert delivery(shop).answer == "가" * 1000


def test_an_address_that_became_private_is_refused(
    shop: Shop, server: HookServer, settings: Any
) -> None:
    listen(shop, server)
    settings.FETCH_ALLOWED_PRIVATE = []
    tell(shop)
    deliveries_send(shop_id=shop.pk)
    assert server.received == []
    assert "not allowed" in delivery(shop).error or "private" in delivery(shop).error


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("http://127.0.0.1/hook", "address_refused"),
        ("https://10.0.0.1/hook", "address_refused"),
        ("https://localhost/hook", "address_refused"),
        ("https://user:pw@shop.example/hook", "address_refused"),
        ("https://shop.example:8443/hook", "address_refused"),
        ("http://shop.example/hook", "https"),
        ("ftp://shop.example/hook", "address_refused"),
    ],
)
def test_addresses_that_are_none_are_refused(shop: Shop, url: str, code: str) -> None:
    with shop_scope(shop), pytest.raises(EndpointRefused) as refused:
        endpoint_create(shop=shop, url=url, types=["product.tagged"])
    assert (refused.value.field, refused.value.code) == ("url", code)


def test_at_most_ten_and_known_events(shop: Shop, server: HookServer) -> None:
    for types, code in ((["x"], "unknown_type"), ([], "none")):
        with shop_scope(shop), pytest.raises(EndpointRefused) as refused:
            endpoint_create(shop=shop, url=server.url(), types=types)
        assert refused.value.code == code
    for _ in range(10):
        listen(shop, server)
    with pytest.raises(EndpointRefused) as refused:
        listen(shop, server)
    assert refused.value.code == "many"


def test_a_delivery_is_replayed_and_all_failed_since(shop: Shop, server: HookServer) -> None:
    endpoint, _ = listen(shop, server)
    for _ in range(3):
        tell(shop)
    with shop_scope(shop):
        rows = list(WebhookDelivery.objects.order_by("pk"))
        old = timezone.now() - timedelta(days=2)
        WebhookDelivery.objects.update(state="failed", attempts=8)
        WebhookDelivery.objects.filter(pk=rows[0].pk).update(created_at=old)
    Outbox.objects.all().delete()
    with shop_scope(shop):
        hour_ago = timezone.now() - timedelta(hours=1)
        assert failed_replay(shop=shop, endpoint=endpoint, since=hour_ago) == 2
    assert deliveries_send(shop_id=shop.pk) == 2
    with shop_scope(shop):
        states = list(WebhookDelivery.objects.order_by("pk").values_list("state", flat=True))
        assert states == ["failed", "delivered", "delivered"]
        delivery_replay(shop=shop, delivery=WebhookDelivery.objects.get(pk=rows[0].pk))
    assert deliveries_send(shop_id=shop.pk) == 1
    with shop_scope(shop):
        assert WebhookDelivery.objects.filter(state="delivered").count() == 3


def test_the_test_button_reaches_an_endpoint_that_asked_for_nothing_of_it(
    shop: Shop, server: HookServer
) -> None:
    endpoint, secret = listen(shop, server, "quota.warning")
    with shop_scope(shop):
        trial_send(shop=shop, endpoint=endpoint)
    deliveries_send(shop_id=shop.pk)
    told = Webhook(secret).verify(server.received[0].body, server.received[0].headers)
    assert told["type"] == "test"


def test_what_waits_for_a_deleted_endpoint_is_nobodys(shop: Shop, server: HookServer) -> None:
    endpoint, _ = listen(shop, server)
    tell(shop)
    with shop_scope(shop):
        endpoint_delete(endpoint=endpoint)
    assert deliveries_send(shop_id=shop.pk) == 0
    assert server.received == []
    assert outbox.idle(shop_id=shop.pk, topic=outbox.WEBHOOK)


def test_old_messages_are_forgotten_with_their_deliveries(shop: Shop, server: HookServer) -> None:
    listen(shop, server)
    tell(shop)
    tell(shop)
    with shop_scope(shop):
        first = WebhookMessage.objects.order_by("pk").first()
        assert first is not None
        first.at = timezone.now() - timedelta(days=31)
        first.save()
    assert deliveries_forget() == 1
    with shop_scope(shop):
        assert WebhookMessage.objects.count() == WebhookDelivery.objects.count() == 1


def test_the_body_is_the_same_bytes_at_every_attempt(shop: Shop, server: HookServer) -> None:
    listen(shop, server)
    server.answers = [(500, b"")]
    tell(shop)
    for _ in range(3):
        deliveries_send(shop_id=shop.pk)
        due_now(shop)
    bodies = {one.body for one in server.received}
    assert len(server.received) == 3
    assert len(bodies) == 1
    assert json.loads(bodies.pop())["data"] == DATA
