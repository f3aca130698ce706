"""Real transactions: what is kept and what is not depends on them."""

import threading
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connections
from django.utils import timezone

from catalog.models import Photo, Product
from tenants.idempotency import LEASE, replies_forget
from tenants.models_idempotency import StoredReply
from tenants.scope import shop_scope
from tests.catalog.api.caller import Caller, at
from tests.factories import jpeg, make_shop

pytestmark = pytest.mark.django_db(transaction=True)
KEY = "8e03978e-40d5-43e8-bc93-6894a57f9324"


@pytest.fixture
def ours() -> Caller:
    cache.clear()
    return Caller(make_shop(language="en"))


def kept(caller: Caller) -> list[StoredReply]:
    with shop_scope(caller.shop):
        return list(StoredReply.objects.all())


def title(caller: Caller, sku: str = "A") -> str:
    with shop_scope(caller.shop):
        return str(Product.objects.get(sku=sku).title)


def test_the_same_write_again_is_answered_and_not_done_again(ours: Caller) -> None:
    first = ours.put(at("A"), {"title": "First"}, Idempotency_Key=KEY)
    ours.put(at("A"), {"title": "Second"})
    # The same key in quotes, as the draft writes it.
    again = ours.put(at("A"), {"title": "First"}, Idempotency_Key=f'"{KEY}"')
    assert (first.status_code, again.status_code) == (201, 201)
    assert again.content == first.content
    assert again.headers["Idempotency-Replayed"] == "true"
    assert "Idempotency-Replayed" not in first.headers
    assert {name: again.headers[name] for name in ("ETag", "Location")} == {
        name: first.headers[name] for name in ("ETag", "Location")
    }
    assert title(ours) == "Second"


def test_a_deletion_is_kept_though_it_has_no_body(ours: Caller) -> None:
    ours.put(at("A"), {"title": "T"})
    assert ours.delete(at("A"), Idempotency_Key=KEY).status_code == 204
    again = ours.delete(at("A"), Idempotency_Key=KEY)
    assert (again.status_code, again.content) == (204, b"")
    assert ours.delete(at("A")).status_code == 404


@pytest.mark.parametrize("other", ["body", "address", "method"])
def test_another_request_with_the_key_is_refused(ours: Caller, other: str) -> None:
    ours.put(at("A"), {"title": "T"}, Idempotency_Key=KEY)
    reply = {
        "body": lambda: ours.put(at("A"), {"title": "U"}, Idempotency_Key=KEY),
        "address": lambda: ours.put(at("B"), {"title": "T"}, Idempotency_Key=KEY),
        "method": lambda: ours.patch(at("A"), {"title": "T"}, Idempotency_Key=KEY),
    }[other]()
    assert (reply.status_code, reply.json()["code"]) == (422, "idempotency_key_reused")


def test_the_layout_of_the_body_does_not_matter(ours: Caller) -> None:
    ours.put(at("A"), {"title": "T", "price": 1}, Idempotency_Key=KEY)
    assert ours.put(at("A"), {"price": 1, "title": "T"}, Idempotency_Key=KEY).status_code == 201


def test_a_refused_write_leaves_its_key_free(ours: Caller) -> None:
    assert ours.put(at("A"), {"title": ""}, Idempotency_Key=KEY).status_code == 400
    assert kept(ours) == []
    assert ours.put(at("A"), {"title": "T"}, Idempotency_Key=KEY).status_code == 201


def test_one_that_is_under_way_is_told_so_until_its_lease_ends(ours: Caller) -> None:
    ours.put(at("A"), {"title": "T"}, Idempotency_Key=KEY)
    with shop_scope(ours.shop):
        StoredReply.objects.update(status=None, leased_until=timezone.now() + LEASE)
    reply = ours.put(at("A"), {"title": "T"}, Idempotency_Key=KEY)
    assert (reply.status_code, reply.json()["code"]) == (409, "request_under_way")
    assert int(reply.headers["Retry-After"]) > 0
    with shop_scope(ours.shop):
        StoredReply.objects.update(leased_until=timezone.now() - timedelta(seconds=1))
    assert ours.put(at("A"), {"title": "T"}, Idempotency_Key=KEY).status_code == 200
    assert [one.status for one in kept(ours)] == [200]


def test_a_key_is_free_again_after_a_day(ours: Caller) -> None:
    ours.put(at("A"), {"title": "T"}, Idempotency_Key=KEY)
    with shop_scope(ours.shop):
        StoredReply.objects.update(created_at=timezone.now() - timedelta(hours=25))
    assert ours.put(at("A"), {"title": "U"}, Idempotency_Key=KEY).status_code == 200
    ours.put(at("B"), {"title": "T"}, Idempotency_Key="other-key")
    with shop_scope(ours.shop):
        old = StoredReply.objects.filter(key=KEY)
        old.update(created_at=timezone.now() - timedelta(hours=25))
    assert replies_forget() == 1
    assert [one.key for one in kept(ours)] == ["other-key"]


def test_another_shop_has_keys_of_its_own(ours: Caller) -> None:
    theirs = Caller(make_shop(ours.shop.mall, language="en"))
    ours.put(at("A"), {"title": "Ours"}, Idempotency_Key=KEY)
    reply = theirs.put(at("A"), {"title": "Theirs"}, Idempotency_Key=KEY)
    assert (reply.status_code, reply.json()["title"]) == (201, "Theirs")
    assert "Ours" not in "".join(one.body for one in kept(theirs))


def test_what_is_kept_cannot_be_read_in_the_database(ours: Caller) -> None:
    ours.put(at("A"), {"title": "Confidential"}, Idempotency_Key=KEY)
    assert "Confidential" not in kept(ours)[0].body


@pytest.mark.parametrize("key", ["", '""', "x" * 256, "ключ".encode().decode("latin-1")])
def test_what_is_no_key(ours: Caller, key: str) -> None:
    reply = ours.put(at("A"), {"title": "T"}, Idempotency_Key=key)
    assert reply.status_code == 400
    assert reply.json()["errors"][0]["field"] == "Idempotency-Key"


def test_an_upload_is_the_same_by_its_bytes(ours: Caller) -> None:
    ours.put(at("A"), {"title": "T"})

    def send(seed: int) -> Any:
        import io

        file = io.BytesIO(jpeg(seed=seed))
        file.name = "photo.jpg"
        return ours.form(f"{at('A')}/photos", {"image": file}, Idempotency_Key=KEY)

    first, again, other = send(1), send(1), send(2)
    assert (first.status_code, again.status_code, other.status_code) == (201, 201, 422)
    assert again.json() == first.json()
    with shop_scope(ours.shop):
        assert Photo.objects.count() == 1


def test_of_many_at_once_one_is_done(ours: Caller) -> None:
    """All with one key: one makes the product, the others are answered the same or told to wait."""
    ready = threading.Barrier(6)
    replies: list[Any] = []

    def send() -> None:
        try:
            ready.wait(20)
            replies.append(ours.put(at("A"), {"title": "T"}, Idempotency_Key=KEY))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=send) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    done = [one for one in replies if one.status_code == 201]
    assert {one.status_code for one in replies} <= {201, 409}
    assert sum("Idempotency-Replayed" not in one.headers for one in done) == 1
    assert len(replies) == 6
