"""`/api/v1/webhooks` with a secret key."""

import json
from typing import Any

import pytest
from django.test import Client

from tenants.models import Shop, WebhookDelivery, WebhookEndpoint
from tenants.scope import shop_scope
from tenants.webhooks import event_announce
from tests.factories import make_key, make_shop

pytestmark = pytest.mark.django_db(transaction=True)

BASE = "/api/v1/webhooks"
BODY = {"url": "https://shop.example/hook", "types": ["product.tagged"]}


@pytest.fixture
def shop() -> Shop:
    return make_shop(language="en")


class Server:
    """The shop's own server, with its key."""

    def __init__(self, shop: Shop, kind: str = "sk") -> None:
        self.client = Client(headers={"Authorization": f"Bearer {make_key(kind, shop=shop)[1]}"})

    def ask(self, method: str, path: str = "", body: Any = None, **headers: str) -> Any:
        text = json.dumps(body) if body is not None else ""
        call = getattr(self.client, method)
        if method == "get":
            return call(BASE + path)
        return call(BASE + path, text, content_type="application/json", headers=headers)


def test_made_listed_changed_and_deleted(shop: Shop) -> None:
    server = Server(shop)
    made = server.ask("post", body=BODY | {"description": "stock"})
    assert made.status_code == 201
    told = made.json()
    assert told["secret"].startswith("whsec_")
    path = f"/{told['id']}"
    assert made.headers["Location"] == BASE + path
    (listed,) = server.ask("get").json()["results"]
    assert listed == server.ask("get", path).json()
    assert "secret" not in listed
    assert (listed["url"], listed["enabled"]) == (BODY["url"], True)
    changed = server.ask("patch", path, {"enabled": False}).json()
    assert (changed["enabled"], changed["description"]) == (False, "stock")
    assert server.ask("delete", path).status_code == 204
    gone = server.ask("get", path)
    assert (gone.status_code, gone.json()["code"]) == (404, "webhook_not_found")


def test_a_doubled_write_makes_one(shop: Shop) -> None:
    server = Server(shop)
    first = server.ask("post", body=BODY, **{"Idempotency-Key": "one"})
    second = server.ask("post", body=BODY, **{"Idempotency-Key": "one"})
    assert first.json() == second.json()
    with shop_scope(shop):
        assert WebhookEndpoint.objects.count() == 1


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "url"),
        ({"url": "https://10.0.0.1/", "types": ["product.tagged"]}, "url"),
        ({"url": "http://shop.example/", "types": ["product.tagged"]}, "url"),
        ({"url": "https://shop.example/", "types": ["product.eaten"]}, "types.0"),
        ({"url": "https://shop.example/", "types": []}, "types"),
        ({"url": ["x"], "types": "product.tagged"}, "url"),
    ],
)
def test_what_is_wrong_is_named(shop: Shop, body: Any, field: str) -> None:
    refused = Server(shop).ask("post", body=body)
    assert refused.status_code == 400
    assert field.split(".", maxsplit=1)[0] in [
        error["field"].split(".")[0] for error in refused.json()["errors"]
    ]


def test_a_new_secret_a_test_and_the_log(shop: Shop) -> None:
    server = Server(shop)
    made = server.ask("post", body=BODY).json()
    path = f"/{made['id']}"
    rotated = server.ask("post", f"{path}/secret").json()
    assert rotated["secret"] != made["secret"]
    assert rotated["former_secret_until"]
    assert server.ask("post", f"{path}/test").status_code == 202
    with shop_scope(shop):
        for number in range(3):
            event_announce(shop=shop, type="product.tagged", data={"skus": [str(number)]})
    page = server.ask("get", f"{path}/deliveries?limit=3").json()
    assert [one["type"] for one in page["results"]] == ["product.tagged"] * 3
    rest = server.ask("get", f"{path}/deliveries?limit=3&cursor={page['next_cursor']}").json()
    assert [one["type"] for one in rest["results"]] == ["test"]
    assert rest["next_cursor"] is None
    assert server.ask("get", f"{path}/deliveries?state=failed").json()["results"] == []


def test_one_and_all_that_failed_are_sent_again(shop: Shop) -> None:
    server = Server(shop)
    path = f"/{server.ask('post', body=BODY).json()['id']}"
    with shop_scope(shop):
        event_announce(shop=shop, type="product.tagged", data={})
        WebhookDelivery.objects.update(state="failed", attempts=8)
    delivery = server.ask("get", f"{path}/deliveries").json()["results"][0]
    again = server.ask("post", f"{path}/deliveries/{delivery['id']}/replay")
    assert (again.status_code, again.json()["state"]) == (202, "waiting")
    with shop_scope(shop):
        WebhookDelivery.objects.update(state="failed")
    all_of_them = server.ask("post", f"{path}/replay", {"since": "2020-01-01T00:00:00Z"})
    assert all_of_them.json() == {"count": 1}
    assert server.ask("post", f"{path}/replay", {}).status_code == 400
    assert server.ask("post", f"{path}/deliveries/999999/replay").status_code == 404


def test_another_shops_are_not_there_and_a_publishable_key_is_none(shop: Shop) -> None:
    server = Server(shop)
    made = server.ask("post", body=BODY).json()
    with shop_scope(shop):
        event_announce(shop=shop, type="product.tagged", data={})
        delivery = WebhookDelivery.objects.get()
    stranger, path = Server(make_shop()), f"/{made['id']}"
    tries = [
        *(("get", path), ("patch", path), ("delete", path), ("get", f"{path}/deliveries")),
        *(("post", f"{path}/secret"), ("post", f"{path}/test")),
        ("post", f"{path}/deliveries/{delivery.pk}/replay"),
    ]
    for method, one in tries:
        assert stranger.ask(method, one, {}).status_code == 404, one
    since = {"since": "2020-01-01T00:00:00Z"}
    assert stranger.ask("post", f"{path}/replay", since).status_code == 404
    assert stranger.ask("get").json() == {"results": []}
    page = Server(shop, "pk")
    for method, one in [("get", ""), ("post", ""), *tries]:
        assert page.ask(method, one, BODY).status_code == 403, one
    with shop_scope(shop):
        kept = WebhookEndpoint.objects.get()
        assert (kept.pk, kept.secret_before) == (made["id"], "")
