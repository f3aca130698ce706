"""Every statement that touches a shop's table says whose: `shop_id = 7`, in its own text.

On one machine the number lets Postgres leave partitions out; on Citus a statement without it goes
to every shard. The server's log is read, so that nothing is left out that does not come by Django.
"""

from collections.abc import Sequence
from pathlib import Path

import pytest
from django.core.cache import cache
from django.test import Client
from pytest_django import Settings

from catalog.services.postings import postings_run
from catalog.services.tagging import photos_tag
from lookus.desk_bench.pages import addresses
from tenants import outbox
from tenants.models import Shop
from tenants.scope import shop_scope
from tests.admin.desk import Desk
from tests.analytics.told import tell_all
from tests.catalog.api.caller import Caller, at
from tests.catalog.runs import imported, table
from tests.database import Databases
from tests.factories import make_key, make_photo, make_product, make_shop
from tests.recommender.stock import ask, picture, show, stocked
from tests.support.sql_log import SqlLog, looked
from tests.tenants.rows import fill, tenant_models
from vision.analyzer import get_analyzer

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])

SHOP_ID = 7_310_411
"""A number that no other number in a statement is by chance."""


LISTS = (
    "",
    *("catalog/product/", "catalog/product/?as=list", "catalog/product/?category=dress"),
    *("catalog/product/?brand=Brand+7&stock=yes", "catalog/product/?q=P-77", "catalog/photo/"),
    *("catalog/photo/?state=failed", "catalog/importrun/", "catalog/feed/", "recommender/rule/"),
    *("recommender/look/", "review/kind/category/", "tenants/auditentry/", "insights/"),
)
COPIED = {"tenants_shop", "tenants_mall"}
"""Every node has a copy of these: they may be joined anywhere."""
BESIDE = {
    frozenset[str](),
    # A statement of several: each part of it is of one kind.
    frozenset({"billing_monthlyusage", "billing_overage", "billing_subscription"}),
    frozenset({"analytics_dailycount"}),
    # Read on the coordinator and sent along: one row, and the names of a page's people.
    frozenset({"catalog_searchindex"}),
    frozenset({"tenants_user"}),
}
"""Tables of the coordinator that stand in one statement with a shop's: docs/scale.md has them."""


@pytest.fixture
def shop(settings: Settings, tiny_bundle: Path) -> Shop:
    settings.VISION_BUNDLE = str(tiny_bundle)
    analyzer = get_analyzer(tiny_bundle, settings.VISION_THREADS)
    cache.clear()
    shop = make_shop(pk=SHOP_ID, language="en", photo_days=7, personalised=True)
    fill(shop)
    for sku, stain in (("same", 0), ("near", 60)):
        stocked(shop, analyzer, data=picture("upper", stain=stain), product={"sku": sku})
    return shop


@pytest.mark.parametrize("pages", ["lists", pytest.param("every", marks=pytest.mark.chaos)])
def test_no_statement_of_the_hot_path_is_sent_to_every_shard(
    shop: Shop, databases: Databases, pages: str
) -> None:
    if not databases.log:
        pytest.skip("only the embedded server's log can be read")
    with SqlLog.open(databases) as log:
        _searches(shop)
        _catalogue(shop)
        _jobs(shop)
        _desk(shop, LISTS if pages == "lists" else ())
    tenants = {one._meta.db_table for one in tenant_models()}
    seen = looked(databases.superuser_url, log.statements, SHOP_ID)
    ours = [one for one in seen if one.tables & tenants]
    assert len(ours) > 200, "the server's log says too little: is it read?"
    unrouted = {one.statement: one.everywhere & tenants for one in ours}
    assert {statement: where for statement, where in unrouted.items() if where} == {}
    beside = {one.tables - tenants - COPIED: one.statement for one in ours}
    assert {where: one for where, one in beside.items() if where not in BESIDE} == {}


def _searches(shop: Shop) -> None:
    token = make_key("pk", shop=shop)[1]
    found = show(token, picture("upper", "lower"), consent=True)
    assert found.status_code == 200, found.content
    body = found.json()
    image_id = body["query"]["image_id"]
    for fields in (
        {"image_id": image_id, "facets": "all", "limit": 5},
        {"image_id": image_id, "text": "red", "filters": {"in_stock": True}},
        {"text": "white t-shirt under 50000", "facets": "all"},
        {"text": "whtie tshirt"},
        {"product_id": "same"},
    ):
        reply = ask(token, **fields)
        assert reply.status_code == 200, reply.content
    caller = Caller(shop, "pk")
    for path in ("/products/same/similar", "/products/same/outfit", "/looks", "/looks/look",
                 f"/shops/{shop.slug}/mood", "/taxonomy"):  # fmt: skip
        reply = caller.get(path)
        assert reply.status_code < 500, (path, reply.content)
    assert Client().get("/widget/v1.js").status_code == 200
    told = {"search_id": body["search_id"], "product_id": "same"}
    tell_all(token, {"type": "impression", **told}, {"type": "click", **told, "position": 1},
             {"type": "view", "product_id": "same"}, session="a-random-name-1")  # fmt: skip


def _catalogue(shop: Shop) -> None:
    caller = Caller(shop)
    new = {"title": "New", "price": 1000, "currency": "KRW"}
    assert caller.put(at("new"), new).status_code == 201
    assert caller.put(at("new"), {**new, "price": 900}).status_code == 200
    assert caller.patch(at("new"), {"in_stock": False}).status_code == 200
    for path in ("/products", "/products?limit=1", at("same"), "/tags", "/imports"):
        assert caller.get(path).status_code == 200, path
    puts = [{"op": "put", "sku": f"b-{n}", "product": new} for n in range(3)]
    assert caller.post("/products/batch", {"operations": puts}).status_code < 300
    assert caller.delete(at("new")).status_code == 204


def _jobs(shop: Shop) -> None:
    imported(shop, table(1, 2, 3))
    product = make_product(shop, sku="to tag")
    photo = make_photo(product, data=picture("lower"))
    with shop_scope(shop):
        outbox.announce(shop_id=shop.pk, topic=outbox.PHOTO, object_ids=[photo.pk])
    assert photos_tag(shop_id=shop.pk) > 0
    postings_run(shop_id=shop.pk)


def _desk(shop: Shop, pages: Sequence[str]) -> None:
    """These pages of the shop's desk; every one that there is where none is named."""
    desk = Desk(shop)
    with shop_scope(shop):
        every = addresses(shop)
    for path in pages or every:
        status = desk.get(path).status_code
        assert status == 200 if pages else status < 500, path
