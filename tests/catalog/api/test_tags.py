from typing import Any

import pytest

from catalog.models import Tag
from tenants.models import AuditEntry
from tenants.scope import shop_scope
from tests.catalog.api.caller import Caller, fields
from tests.factories import make_product, make_shop

pytestmark = pytest.mark.django_db


@pytest.fixture
def tagged(ours: Caller) -> Caller:
    for sku in ("A", "B", "C"):
        product = make_product(ours.shop, sku=sku)
        with shop_scope(ours.shop):
            for kind, value in (("color", "red"), ("pattern", "solid")):
                Tag.objects.create(product=product, kind=kind, value=value, source="feed")
    return ours


def say(caller: Caller, *statements: Any) -> Any:
    return caller.put("/tags", {"statements": list(statements)})


def counted(caller: Caller, **query: Any) -> dict[str, dict[str, str]]:
    reply = caller.get("/tags", query)
    assert reply.status_code == 200, reply.content
    return {
        one["sku"]: {kind: f"{tag['source']}:{tag['value']}" for kind, tag in one["tags"].items()}
        for one in reply.json()["results"]
    }


def test_what_the_shop_says_stands_above_the_feed(tagged: Caller) -> None:
    told = say(
        tagged,
        {"sku": "A", "kind": "color", "value": "navy"},
        {"sku": "B", "kind": "color", "value": "navy"},
        {"sku": "A", "kind": "region", "value": "upper"},
    ).json()
    assert (told["said"], told["taken_back"], told["refused"]) == (3, 0, 0)
    assert counted(tagged, sku=["A", "B"], kind="color") == {
        "A": {"color": "person:navy"},
        "B": {"color": "person:navy"},
    }
    back = say(tagged, {"sku": "A", "kind": "color", "value": None}).json()
    assert (back["said"], back["taken_back"]) == (0, 1)
    gone = tagged.delete("/tags?sku=B&sku=C&kind=color").json()
    assert gone["taken_back"] == 1
    assert {tags["color"] for tags in counted(tagged).values()} == {"feed:red"}
    with shop_scope(tagged.shop):
        assert AuditEntry.objects.filter(action="api tags").count() == 3


def test_pages_and_kinds(tagged: Caller) -> None:
    first = tagged.get("/tags", {"limit": 2, "kind": ["color", "pattern"]}).json()
    assert [one["sku"] for one in first["results"]] == ["A", "B"]
    assert set(first["results"][0]["tags"]) == {"color", "pattern"}
    rest = tagged.get("/tags", {"limit": 2, "cursor": first["next_cursor"]}).json()
    assert ([one["sku"] for one in rest["results"]], rest["next_cursor"]) == (["C"], None)


def test_bad_statements_are_told_and_good_ones_kept(tagged: Caller) -> None:
    told = say(
        tagged,
        {"sku": "A", "kind": "color", "value": "crimson"},
        {"sku": "A", "kind": "size", "value": "S"},
        {"sku": "nothing", "kind": "color", "value": "red"},
        {"sku": "B", "kind": "color", "value": "navy"},
        {"sku": "B", "kind": "color", "value": "blue"},
        {"sku": "B", "kind": "pattern"},
        {"sku": "B", "kind": "pattern", "value": "solid", "by": "me"},
        7,
    ).json()
    codes = [[one["code"] for one in row["errors"]] for row in told["results"]]
    assert codes == [
        ["unknown_value"],
        ["unknown_kind"],
        ["product_not_found"],
        [],
        ["duplicate_statement"],
        ["required"],
        ["unknown_field"],
        ["invalid"],
    ]
    assert "navy" in told["results"][0]["errors"][0]["message"]
    assert (told["said"], told["refused"]) == (1, 7)
    assert counted(tagged, sku="B")["B"]["color"] == "person:navy"


def test_wrong_envelopes(tagged: Caller) -> None:
    many = [{"sku": "A", "kind": "color", "value": "red"}] * 1001
    assert fields(tagged.put("/tags", {"statements": many})) == {"statements": "too_many"}
    assert fields(tagged.put("/tags", {})) == {"statements": "not_a_list"}
    assert set(fields(tagged.delete("/tags"))) == {"sku", "kind"}
    assert fields(tagged.get("/tags", {"kind": "size"})) == {"kind": "unknown_kind"}


def test_another_shops_products_are_not_there(tagged: Caller) -> None:
    other = Caller(make_shop(tagged.shop.mall, language="en"))
    told = say(other, {"sku": "A", "kind": "color", "value": "navy"}).json()
    assert told["results"][0]["status"] == 404
    assert other.delete("/tags?sku=A&kind=color").json()["taken_back"] == 0
    assert counted(other) == {}


def test_the_taxonomy_names_everything_in_both_languages(ours: Caller) -> None:
    kinds = {one["kind"]: one for one in ours.get("/taxonomy").json()["kinds"]}
    assert {"category", "pattern", "color", "style", "sleeve"} <= set(kinds)
    for kind in kinds.values():
        assert kind["en"]
        assert kind["ko"]
        for value in kind["values"]:
            assert value["en"]
            assert value["ko"]
    red = next(one for one in kinds["color"]["values"] if one["id"] == "red")
    assert red["ko"] == "빨강"
    assert not red["own"]
    dress = next(one for one in kinds["category"]["values"] if one["id"] == "dress")
    assert dress["group"]
    assert dress["synonyms"]["ko"]
