from typing import Any

import pytest
from django.test import Client

from tests.factories import make_key, make_shop

SEARCH = "/api/v1/search"
ORIGIN = "https://shop.example"
pytestmark = pytest.mark.django_db


def allowed(reply: Any) -> str | None:
    return reply.headers.get("Access-Control-Allow-Origin")


def test_a_preflight_is_answered_without_a_key() -> None:
    reply = Client().options(
        SEARCH,
        headers={
            "Origin": ORIGIN,
            "Access-Control-Request-Method": "POST",
            "Access-Control-Request-Headers": "authorization,content-type",
        },
    )
    assert reply.status_code == 204 and reply.content == b""
    assert allowed(reply) == ORIGIN
    assert "POST" in reply["Access-Control-Allow-Methods"]
    for name in ("Authorization", "Content-Type"):
        assert name in reply["Access-Control-Allow-Headers"]
    assert int(reply["Access-Control-Max-Age"]) > 0
    assert "Origin" in reply["Vary"]
    assert "Access-Control-Allow-Credentials" not in reply


def test_options_that_is_no_preflight_needs_a_key() -> None:
    assert Client().options(SEARCH, headers={"Origin": ORIGIN}).status_code == 401


def test_a_refused_page_can_read_why() -> None:
    shop = make_shop(test_mode=False, allowed_origins=[])
    _, token = make_key("pk", shop=shop)
    reply = Client().post(
        SEARCH, {}, headers={"Authorization": f"Bearer {token}", "Origin": ORIGIN}
    )
    assert reply.json()["code"] == "origin_not_allowed"
    assert allowed(reply) == ORIGIN
    for name in ("Retry-After", "Server-Timing", "X-Request-ID"):
        assert name in reply["Access-Control-Expose-Headers"]


@pytest.mark.parametrize("path", [SEARCH, "/api/v1/nothing"])
def test_errors_of_every_kind_can_be_read(path: str) -> None:
    assert allowed(Client().get(path, headers={"Origin": ORIGIN})) == ORIGIN


def test_a_reply_varies_by_origin_even_when_none_was_sent() -> None:
    reply = Client().post(SEARCH)
    assert "Origin" in reply["Vary"] and allowed(reply) is None
    assert reply["Cache-Control"] == "no-store"


def test_pages_outside_the_api_are_not_shared() -> None:
    for path in ("/login/", "/api/schema/"):
        reply = Client().get(path, headers={"Origin": ORIGIN})
        assert allowed(reply) is None
    preflight = {"Origin": ORIGIN, "Access-Control-Request-Method": "POST"}
    assert allowed(Client().options("/login/", headers=preflight)) is None
