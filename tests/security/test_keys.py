"""Keys of the API: spelled so that a slip is told, kept as a digest, replaced without a pause."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tenants.admin.history import ACTIONS
from tenants.models import ApiKey
from tenants.scope import shop_scope
from tenants.services import TooManyKeys, key_create, key_replace
from tenants.tokens import LETTERS, PATTERN, is_mistyped, token_new
from tests.admin.desk import Desk
from tests.factories import make_key, make_mall, make_shop

pytestmark = pytest.mark.django_db


def asked(token: str) -> int:
    headers = {"Authorization": f"Bearer {token}"}
    return Client().get("/api/v1/products", headers=headers).status_code


@pytest.mark.parametrize("kind", ["pk", "sk", "mk"])
def test_every_slip_of_one_letter_is_told_apart(kind: str) -> None:
    token = token_new(kind)
    assert PATTERN.fullmatch(token) and not is_mistyped(token)
    for at in range(3, len(token)):
        other = LETTERS[(LETTERS.index(token[at]) + 1) % len(LETTERS)]
        assert is_mistyped(token[:at] + other + token[at + 1 :])
    swapped = [token[:at] + token[at + 1] + token[at] + token[at + 2 :] for at in range(3, 39)]
    assert all(one == token or is_mistyped(one) for one in swapped)


def test_no_two_are_alike_and_none_can_be_foreseen() -> None:
    made = {token_new("sk") for _ in range(2000)}
    assert len(made) == 2000
    letters = {one for token in made for one in token[3:35]}
    assert letters == set(LETTERS)


def test_a_mistyped_key_is_refused_without_a_query() -> None:
    _, token = make_key("sk")
    assert asked(token) == 200
    with CaptureQueriesContext(connection) as sent:
        assert asked(token[:-1] + ("0" if token[-1] != "0" else "1")) == 401
    assert [one for one in sent if "tenants_apikey" in one["sql"]] == []


def test_keys_of_before_go_on() -> None:
    """They have no check: 32 letters of base 64."""
    key, _ = make_key("sk")
    former = "sk_AbCdEfGhIjKlMnOp-_QrStUvWxYz0123"
    ApiKey.objects.filter(pk=key.pk).update(digest=ApiKey.digest_of(former))
    assert asked(former) == 200
    assert asked(former[:-1]) == 401


def test_the_database_holds_no_secret_key() -> None:
    for kind in ("sk", "mk"):
        key, token = make_key(kind)
        with connection.cursor() as cursor:
            cursor.execute("SELECT to_jsonb(k)::text FROM tenants_apikey k WHERE id = %s", [key.pk])
            row = cursor.fetchone()[0]
        assert token[10:] not in row
        assert re.search(r'"digest": "[0-9a-f]{64}"', row)


def test_a_key_is_replaced_without_a_pause() -> None:
    shop = make_shop()
    key, token = make_key("sk", shop=shop, name="ERP")
    successor, new = key_replace(key=key)
    assert (successor.kind, successor.name, successor.shop) == ("sk", "ERP", shop)
    assert asked(token) == asked(new) == 200
    key.refresh_from_db()
    assert key.expires_at is not None
    assert abs(key.expires_at - timezone.now() - timedelta(days=1)) < timedelta(minutes=5)
    with pytest.raises(TooManyKeys):
        key_replace(key=successor)
    ApiKey.objects.filter(pk=key.pk).update(expires_at=timezone.now())
    assert (asked(token), asked(new)) == (401, 200)


def test_a_key_that_ends_sooner_still_does() -> None:
    key, _ = make_key("mk", mall=make_mall())
    soon = timezone.now() + timedelta(minutes=1)
    ApiKey.objects.filter(pk=key.pk).update(expires_at=soon)
    key_replace(key=key)
    key.refresh_from_db()
    assert key.expires_at == soon


def test_an_owner_replaces_a_key_at_the_desk() -> None:
    shop = make_shop()
    key, _ = make_key("sk", shop=shop)
    desk, page = Desk(shop), f"tenants/apikey/{key.pk}"
    assert "Replace this key" in desk.page(f"{page}/change/")
    made: Any = desk.post(f"{page}/replace/")
    (token,) = set(PATTERN.findall(made.content.decode()))
    assert asked(token) == 200
    with shop_scope(shop):
        from tenants.models import AuditEntry

        assert AuditEntry.objects.get().action == "replace"
    assert "replace" in ACTIONS
    again: Any = desk.post(f"{page}/replace/", follow=True)
    assert "Revoke one first" in again.content.decode()
    key_create(kind="pk", shop=shop)
    for role in ("editor", "viewer"):
        assert Desk(shop, role).post(f"{page}/replace/").status_code in (403, 404)
    assert Desk(make_shop()).post(f"{page}/replace/").status_code == 404
