from typing import Any

import pytest
from django.core.cache import cache
from django.core.exceptions import ImproperlyConfigured
from django.test import Client
from pytest_django import Settings

from lookus import env
from tests.factories import make_key, make_shop

pytestmark = pytest.mark.django_db
PASSED = 400  # an empty search, once the key and the rate have let it through


@pytest.fixture(autouse=True)
def rates(settings: Settings) -> None:
    settings.API_RATE_PUBLISHABLE = "2/min"
    settings.API_RATE_SECRET = "3/min"
    cache.clear()


def call(token: str, *, address: str = "203.0.113.1", path: str = "search", **headers: str) -> Any:
    return Client().post(
        f"/api/v1/{path}",
        {},
        content_type="application/json",
        headers={"Authorization": f"Bearer {token}", **headers},
        REMOTE_ADDR=address,
    )


def statuses(token: str, times: int, **kwargs: Any) -> list[int]:
    return [call(token, **kwargs).status_code for _ in range(times)]


def test_a_publishable_key_is_counted_for_each_client() -> None:
    _, token = make_key("pk")
    assert statuses(token, 3) == [PASSED, PASSED, 429]
    assert statuses(token, 1, address="203.0.113.2") == [PASSED]


def test_a_secret_key_is_counted_for_itself() -> None:
    _, token = make_key("sk")
    assert statuses(token, 3) == [PASSED] * 3
    assert statuses(token, 1, address="203.0.113.2") == [429]


def test_a_client_that_lies_about_its_address_is_still_counted() -> None:
    _, token = make_key("pk")
    found = [call(token, **{"X-Forwarded-For": f"198.51.100.{n}"}).status_code for n in range(3)]
    assert found == [PASSED, PASSED, 429]


def test_keys_do_not_share_a_rate_nor_do_addresses() -> None:
    shop = make_shop()
    (_, one), (_, other) = make_key("pk", shop=shop), make_key("pk", shop=shop)
    assert statuses(one, 3)[-1] == 429
    assert statuses(other, 1) == [PASSED]
    assert statuses(one, 1, path="events") == [PASSED]


def test_the_reply_says_how_long_to_wait() -> None:
    _, token = make_key("pk")
    statuses(token, 2)
    reply = call(token)
    assert reply.json()["code"] == "rate_limited"
    assert 1 <= int(reply["Retry-After"]) <= 60


@pytest.mark.parametrize("wrong", ["", "60", "0/min", "-1/min", "60/fortnight", "many/min"])
def test_a_rate_that_is_none_stops_the_start(monkeypatch: pytest.MonkeyPatch, wrong: str) -> None:
    monkeypatch.setenv("API_RATE_SECRET", wrong)
    with pytest.raises(ImproperlyConfigured, match=r"API_RATE_SECRET=.*60/min"):
        env.rate("API_RATE_SECRET", "600/min")
