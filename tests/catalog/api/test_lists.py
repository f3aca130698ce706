from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from catalog.models import Product
from tenants.scope import shop_scope
from tests.catalog.api.caller import Caller, at, fields
from tests.factories import make_garment, make_photo, make_product

pytestmark = pytest.mark.django_db


def listed(caller: Caller, **query: Any) -> list[str]:
    reply = caller.get("/products", query)
    assert reply.status_code == 200, reply.content
    return [one["sku"] for one in reply.json()["results"]]


def test_pages_go_on_whatever_happens_in_between(ours: Caller) -> None:
    for number in range(7):
        make_product(ours.shop, sku=f"S{number}")
    first = ours.get("/products", {"limit": 3}).json()
    assert [one["sku"] for one in first["results"]] == ["S0", "S1", "S2"]
    ours.delete(at("S2"))
    ours.delete(at("S4"))
    make_product(ours.shop, sku="S7")
    second = ours.get("/products", {"limit": 3, "cursor": first["next_cursor"]}).json()
    assert [one["sku"] for one in second["results"]] == ["S3", "S5", "S6"]
    last = ours.get("/products", {"limit": 3, "cursor": second["next_cursor"]}).json()
    assert [one["sku"] for one in last["results"]] == ["S7"]
    assert last["next_cursor"] is None


def test_filters(ours: Caller) -> None:
    make_product(ours.shop, sku="plain", brand="Mori", in_stock=False)
    waits = make_product(ours.shop, sku="waits")
    make_photo(waits, stored=False, state="done")
    make_photo(waits, stored=False, state="pending")
    make_photo(make_product(ours.shop, sku="fails"), stored=False, state="failed")
    make_photo(make_product(ours.shop, sku="ready"), stored=False, state="done")
    with shop_scope(ours.shop):
        old = timezone.now() - timedelta(days=2)
        Product.objects.exclude(sku="ready").update(updated_at=old)
    assert listed(ours, brand="Mori") == ["plain"]
    assert listed(ours, in_stock="false") == ["plain"]
    assert listed(ours, in_stock="true") == ["waits", "fails", "ready"]
    assert listed(ours, tagging="waiting") == ["waits"]
    assert listed(ours, tagging="failed") == ["fails"]
    assert listed(ours, tagging="done") == ["ready"]
    assert listed(ours, tagging="none") == ["plain"]
    since = (timezone.now() - timedelta(days=1)).isoformat()
    assert listed(ours, updated_since=since) == ["ready"]
    assert listed(ours, sku=["plain", "ready", "nothing"]) == ["plain", "ready"]


def test_a_write_moves_updated_since(ours: Caller) -> None:
    make_product(ours.shop, sku="A")
    make_product(ours.shop, sku="B")
    with shop_scope(ours.shop):
        Product.objects.update(updated_at=timezone.now() - timedelta(days=2))
    since = (timezone.now() - timedelta(days=1)).isoformat()
    ours.patch(at("A"), {"tags": {"color": "navy"}})
    assert listed(ours, updated_since=since) == ["A"]
    ours.patch(at("B"), {"title": "New"})
    assert listed(ours, updated_since=since) == ["A", "B"]


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({"limit": 201}, "limit"),
        ({"limit": 0}, "limit"),
        ({"cursor": "zzz"}, "cursor"),
        ({"cursor": "////////////"}, "cursor"),
        ({"updated_since": "yesterday"}, "updated_since"),
        ({"tagging": "maybe"}, "tagging"),
        ({"in_stock": "maybe"}, "in_stock"),
        ({"colour": "red"}, "colour"),
        ({"brand": "a\0"}, "brand"),
    ],
)
def test_wrong_filters_are_named(ours: Caller, query: Any, field: str) -> None:
    assert set(fields(ours.get("/products", query))) == {field}


def test_a_longer_list_sends_no_more_statements(ours: Caller) -> None:
    def statements() -> int:
        with CaptureQueriesContext(
            connection,
        ) as sent:
            ours.get("/products", {"limit": 200})
        return len(sent)

    make_garment(make_photo(make_product(ours.shop), stored=False))
    statements()
    few = statements()
    for _ in range(20):
        make_garment(make_photo(make_product(ours.shop), stored=False))
    assert statements() == few
