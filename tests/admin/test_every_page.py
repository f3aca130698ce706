"""Every page of the shop's admin, with made rows: few statements, however many products."""

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from lookus.desk_bench.measure import MOST_QUERIES
from lookus.desk_bench.pages import addresses
from lookus.desk_bench.world import made_shop
from tenants.scope import shop_scope
from tests.admin.desk import Desk, statements_of
from tests.tenants.rows import fill

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def small_networks(settings, tiny_bundle):
    settings.VISION_BUNDLE = str(tiny_bundle)
    cache.clear()


def statements(desk, path):
    with CaptureQueriesContext(connection) as sent:
        status = desk.get(path).status_code
    return status, statements_of(sent)


def test_no_page_sends_more_than_fifteen_statements():
    few = made_shop(120)
    fill(few)
    desk = Desk(few)
    over, seen = {}, 0
    for path in addresses(few):
        statements(desk, path)
        status, sent = statements(desk, path)
        assert status < 500, path
        if status == 200:
            seen += 1
            if len(sent) > MOST_QUERIES:
                over[path] = len(sent)
    assert over == {}
    assert seen > 50


def test_the_walk_knows_every_page_that_has_rows():
    shop = made_shop(20)
    fill(shop)
    with shop_scope(shop):
        found = addresses(shop)
    for path in ("", "catalog/product/", "catalog/product/alike/", "review/kind/category/"):
        assert path in found
    assert not any("<" in path for path in found)
