"""What a caller has read decides whether its write counts."""

import threading
from typing import Any

import pytest
from django.db import connections

from catalog.models import Tag
from catalog.services.tags import tag_set
from tenants.scope import shop_scope
from tests.catalog.api.caller import Caller, at
from tests.factories import make_garment, make_photo, make_product

STALE = '"0000"'


@pytest.mark.django_db
def test_an_unchanged_product_is_not_sent_again(ours: Caller) -> None:
    made = ours.put(at("A"), {"title": "T"})
    etag = made.headers["ETag"]
    assert etag.startswith('"')
    for header in (etag, f'"x", {etag}', "*"):
        same = ours.get(at("A"), If_None_Match=header)
        assert (same.status_code, same.content, same.headers["ETag"]) == (304, b"", etag)
    # A weak tag says less than ours do.
    assert ours.get(at("A"), If_None_Match=f"W/{etag}").status_code == 200
    ours.patch(at("A"), {"brand": "B"})
    changed = ours.get(at("A"), If_None_Match=etag)
    assert changed.status_code == 200
    assert changed.headers["ETag"] != etag


@pytest.mark.django_db
def test_the_tag_moves_with_all_that_is_shown(ours: Caller) -> None:
    product = make_product(ours.shop, sku="A")
    seen = {ours.get(at("A")).headers["ETag"]}
    with shop_scope(ours.shop):
        Tag.objects.create(product=product, kind="color", value="red", source="model")
    seen.add(ours.get(at("A")).headers["ETag"])
    make_photo(product)
    seen.add(ours.get(at("A")).headers["ETag"])
    with shop_scope(ours.shop):
        tag_set(product=product, kind="color", value="navy", by=None)
    seen.add(ours.get(at("A")).headers["ETag"])
    assert len(seen) == 4
    korean = ours.get(at("A"), Accept_Language="ko").headers["ETag"]
    assert korean in seen


@pytest.mark.django_db
def test_a_list_and_the_taxonomy_have_tags_too(ours: Caller) -> None:
    make_garment(make_photo(make_product(ours.shop, sku="A")))
    for path in ("/products", "/tags", "/taxonomy"):
        first = ours.get(path)
        assert ours.get(path, If_None_Match=first.headers["ETag"]).status_code == 304


@pytest.mark.django_db
def test_a_stale_write_is_refused(ours: Caller) -> None:
    first = ours.put(at("A"), {"title": "T"}).headers["ETag"]
    second = ours.put(at("A"), {"title": "U"}, If_Match=first).headers["ETag"]
    for reply in (
        ours.put(at("A"), {"title": "V"}, If_Match=first),
        ours.patch(at("A"), {"title": "V"}, If_Match=STALE),
        ours.delete(at("A"), If_Match=f"W/{second}"),
        ours.put(at("A"), {"title": "V"}, If_None_Match="*"),
        ours.put(at("new"), {"title": "V"}, If_Match="*"),
    ):
        assert (reply.status_code, reply.json()["code"]) == (412, "precondition_failed")
    assert ours.get(at("A")).json()["title"] == "U"
    assert ours.put(at("new"), {"title": "V"}, If_None_Match="*").status_code == 201
    assert ours.delete(at("A"), If_Match=second).status_code == 204


@pytest.mark.django_db(transaction=True)
def test_no_update_is_lost(ours: Caller) -> None:
    """Six callers each add one to a number, reading anew where another was faster."""
    ours.put(at("A"), {"title": "T", "price": 0})
    ready = threading.Barrier(6)
    refused: list[int] = []

    def add() -> None:
        try:
            ready.wait(30)
            for _ in range(100):
                read = ours.get(at("A"))
                price = read.json()["price"]["amount"] + 1
                etag = read.headers["ETag"]
                reply = ours.patch(at("A"), {"price": price}, If_Match=etag)
                if reply.status_code == 200:
                    return
                refused.append(reply.status_code)
        finally:
            connections.close_all()

    run_all([threading.Thread(target=add) for _ in range(6)])
    assert ours.get(at("A")).json()["price"]["amount"] == 6
    assert set(refused) <= {412}


@pytest.mark.django_db(transaction=True)
def test_of_many_that_make_a_product_one_does(ours: Caller) -> None:
    ready = threading.Barrier(5)
    statuses: list[int] = []
    only_new: dict[str, Any] = {"If_None_Match": "*"}

    def make(headers: dict[str, Any]) -> None:
        try:
            ready.wait(30)
            statuses.append(ours.put(at("A"), {"title": "T"}, **headers).status_code)
        finally:
            connections.close_all()

    kinds = [only_new, only_new, only_new, {}, {}]
    run_all([threading.Thread(target=make, args=[dict(kind)]) for kind in kinds])
    assert statuses.count(201) == 1
    assert set(statuses) <= {200, 201, 412}


def run_all(threads: list[threading.Thread]) -> None:
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
