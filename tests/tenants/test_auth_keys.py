from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from tenants.auth import origin_of
from tenants.models import ApiKey, Shop
from tests.factories import make_key, make_shop, make_user

SEARCH = "/api/v1/search"
pytestmark = pytest.mark.django_db


def call(token: str | None = None, *, origin: str | None = None, header: str = "") -> Any:
    """An empty search: 400 once the key has passed."""
    headers = {"Authorization": header or f"Bearer {token}"} if token or header else {}
    if origin is not None:
        headers["Origin"] = origin
    return Client().post(SEARCH, {}, content_type="application/json", headers=headers)


def answer(reply: Any) -> tuple[int, str]:
    return reply.status_code, reply.json()["code"]


PASSED = (400, "validation_error")
INVALID = (401, "invalid_key")
REFUSED = (403, "origin_not_allowed")


def test_a_live_key_passes() -> None:
    for kind in ("pk", "sk"):
        assert answer(call(make_key(kind)[1])) == PASSED


def test_no_key_is_challenged() -> None:
    reply = call()
    assert answer(reply) == (401, "missing_key")
    assert reply["WWW-Authenticate"] == 'Bearer realm="LookUs"'


@pytest.mark.parametrize(
    "header",
    [
        "Bearer",
        "Bearer sk_unknown",
        "Bearer a b",
        "Basic dXNlcjpwYXNz",
        "sk_x",
        "Bearer " + "키".encode().decode("latin-1"),
        "Bearer \0",
    ],
)
def test_a_key_that_is_none(header: str) -> None:
    reply = call(header=header)
    assert answer(reply) == INVALID
    assert "WWW-Authenticate" in reply


def test_a_revoked_and_an_expired_key_are_refused_and_one_that_expires_later_is_not() -> None:
    now = timezone.now()
    for change, expected in (
        ({"revoked_at": now}, INVALID),
        ({"expires_at": now - timedelta(seconds=1)}, INVALID),
        ({"expires_at": now + timedelta(hours=1)}, PASSED),
    ):
        key, token = make_key("sk")
        ApiKey.objects.filter(pk=key.pk).update(**change)
        assert answer(call(token)) == expected, change


def test_the_key_itself_is_not_what_is_looked_up() -> None:
    key, _ = make_key("sk")
    assert answer(call(key.digest)) == INVALID
    assert answer(call(key.hint)) == INVALID


def test_a_mall_key_may_not_search() -> None:
    _, token = make_key("mk")
    assert answer(call(token)) == (403, "key_kind_not_allowed")


def test_a_session_does_not_authenticate_the_api() -> None:
    client = Client()
    client.force_login(make_user("owner"))
    reply = client.post(SEARCH, {}, content_type="application/json")
    assert answer(reply) == (401, "missing_key")


def test_the_last_use_is_noted_at_most_once_a_minute() -> None:
    key, token = make_key("sk")

    def noted() -> Any:
        call(token)
        return ApiKey.objects.get(pk=key.pk).last_used_at

    first = noted()
    assert first is not None and noted() == first
    earlier = timezone.now() - timedelta(seconds=61)
    ApiKey.objects.filter(pk=key.pk).update(last_used_at=earlier)
    assert noted() > earlier


@pytest.mark.parametrize(
    ("origin", "expected"),
    [
        ("https://shop.example", PASSED),
        ("https://SHOP.example", PASSED),
        ("https://shop.example:443", PASSED),
        ("http://shop.example", REFUSED),
        ("https://shop.example:8443", REFUSED),
        ("https://shop.example.evil.test", REFUSED),
        ("https://evil-shop.example", REFUSED),
        ("https://sub.shop.example", REFUSED),
        ("https://other.example:8443", PASSED),
        ("https://other.example", REFUSED),
        ("http://localhost:3000", REFUSED),
        ("null", REFUSED),
        ("", REFUSED),
        ("https://shop.example:port", REFUSED),
        ("https://lookus.example", PASSED),
        (None, REFUSED),
    ],
)
def test_a_publishable_key_works_on_the_shops_own_pages_only(
    settings: Settings, origin: str | None, expected: tuple[int, str]
) -> None:
    settings.PUBLIC_URL = "https://lookus.example"
    shop = _shop("https://shop.example/", "https://other.example:8443")
    assert answer(call(make_key("pk", shop=shop)[1], origin=origin)) == expected


@pytest.mark.parametrize(
    "origin",
    ["http://localhost:3000", "http://127.0.0.1", "https://localhost", "http://[::1]:5173", None],
)
def test_a_shop_in_test_mode_may_be_tried_from_this_machine(origin: str | None) -> None:
    shop = make_shop(test_mode=True)
    assert answer(call(make_key("pk", shop=shop)[1], origin=origin)) == PASSED


def test_test_mode_opens_no_other_origin() -> None:
    _, token = make_key("pk", shop=make_shop(test_mode=True))
    assert answer(call(token, origin="https://localhost.evil.test")) == REFUSED


def test_a_secret_key_asks_for_no_origin() -> None:
    _, token = make_key("sk", shop=_shop())
    assert answer(call(token, origin="https://anywhere.example")) == PASSED


def test_another_shops_origin_opens_nothing() -> None:
    _shop("https://theirs.example")
    _, token = make_key("pk", shop=_shop("https://ours.example"))
    assert answer(call(token, origin="https://theirs.example")) == REFUSED


def test_origins_are_compared_by_scheme_host_and_port() -> None:
    assert origin_of(" HTTPS://Shop.Example/a/page?x=1 ") == ("https", "shop.example", 443)
    for none in ("", "null", "shop.example", "ftp://shop.example", "https://", "file:///x"):
        assert origin_of(none) is None


def _shop(*origins: str) -> Shop:
    return make_shop(test_mode=False, allowed_origins=list(origins))
