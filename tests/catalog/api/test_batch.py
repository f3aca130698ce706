from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from catalog.models import Product
from tenants.models import AuditEntry
from tenants.scope import shop_scope
from tests.catalog.api.caller import Caller, fields
from tests.factories import make_product

pytestmark = pytest.mark.django_db

BATCH = "/products/batch"


def put(sku: str, **product: Any) -> dict[str, Any]:
    return {"op": "put", "sku": sku, "product": {"title": f"Title {sku}"} | product}


def sent(caller: Caller, *operations: Any) -> Any:
    reply = caller.post(BATCH, {"operations": list(operations)})
    assert reply.status_code == 200, reply.content
    return reply.json()


def test_each_operation_has_its_own_result(ours: Caller) -> None:
    make_product(ours.shop, sku="old", title="Old", price=1)
    make_product(ours.shop, sku="same", title="Same", price=None)
    make_product(ours.shop, sku="gone")
    told = sent(
        ours,
        put("new"),
        {"op": "patch", "sku": "old", "product": {"title": "Newer"}},
        {"op": "patch", "sku": "same", "product": {"title": "Same"}},
        {"op": "delete", "sku": "gone"},
        {"op": "delete", "sku": "nothing"},
        put("new", title="Twice"),
        put("wrong", price="1", colour="red"),
        {"op": "burn", "sku": "x"},
        "nonsense",
        {"op": "put", "sku": "empty"},
        {"op": "patch", "sku": "none", "product": {}},
    )
    results = [
        (one["sku"], one["status"], one["outcome"], [error["code"] for error in one["errors"]])
        for one in told["results"]
    ]
    assert results == [
        ("new", 201, "created", []),
        ("old", 200, "updated", []),
        ("same", 200, "unchanged", []),
        ("gone", 204, "deleted", []),
        ("nothing", 404, None, ["product_not_found"]),
        ("new", 400, None, ["duplicate_sku"]),
        ("wrong", 400, None, ["unknown_field"]),
        ("x", 400, None, ["invalid_choice"]),
        (None, 400, None, ["invalid"]),
        ("empty", 400, None, ["required"]),
        ("none", 404, None, ["product_not_found"]),
    ]
    assert [one["index"] for one in told["results"]] == list(range(11))
    counts = {
        name: told[name] for name in ("created", "updated", "unchanged", "deleted", "refused")
    }
    assert counts == {"created": 1, "updated": 1, "unchanged": 1, "deleted": 1, "refused": 7}
    with shop_scope(ours.shop):
        assert dict(Product.objects.order_by("sku").values_list("sku", "title")) == {
            "new": "Title new",
            "old": "Newer",
            "same": "Same",
        }
        assert AuditEntry.objects.count() == 3


def test_a_thousand_in_few_statements(ours: Caller) -> None:
    operations = [put(f"S{number}", price=number, brand="B") for number in range(1000)]
    with CaptureQueriesContext(connection) as statements:
        told = sent(ours, *operations)
    assert told["created"] == 1000
    assert len(statements) < 60
    with CaptureQueriesContext(connection) as statements:
        assert sent(ours, *operations)["unchanged"] == 1000
    assert len(statements) < 40
    with CaptureQueriesContext(connection) as statements:
        gone = [{"op": "delete", "sku": f"S{number}"} for number in range(1000)]
        assert sent(ours, *gone)["deleted"] == 1000
    assert len(statements) < 60


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"operations": [put("x")] * 1001}, "operations"),
        ({"operations": {}}, "operations"),
        ({}, "operations"),
        ([], "operations"),
        ({"operations": [], "more": 1}, "more"),
    ],
)
def test_a_wrong_envelope_is_refused_as_a_whole(ours: Caller, body: Any, field: str) -> None:
    assert set(fields(ours.post(BATCH, body))) == {field}


def test_an_empty_batch_does_nothing(ours: Caller) -> None:
    assert sent(ours)["results"] == []


def test_what_the_database_refuses_stops_no_other(ours: Caller) -> None:
    """Found one by one, as in an import."""
    huge = {"a": [10**14] * 20}
    told = sent(ours, put("good"), put("odd", attributes=huge))
    assert [one["status"] for one in told["results"]] == [201, 201]
