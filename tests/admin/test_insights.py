"""The pages of Insights: numbers of the days asked for, those before, and the rows behind."""

import csv
import io
import uuid
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from analytics.insights.catalogue import REPORTS
from analytics.models import DaySum, Event, SearchDetail
from analytics.months import search_month
from recommender.models import Rule
from tenants.models import Shop
from tenants.scope import shop_scope
from tests.admin.desk import Desk, statements_of
from tests.factories import make_photo, make_product, make_shop
from tests.tenants.rows import fill

MOST_STATEMENTS = 15
PAGES = [f"insights/{one.slug}/" if one.slug else "insights/" for one in REPORTS]


@pytest.fixture
def shop(db: None) -> Shop:
    return make_shop(slug="maru", currency="KRW")


@pytest.fixture
def desk(shop: Shop) -> Desk:
    return Desk(shop)


def summed(shop: Shop, day: date, dimension: str = "all", value: str = "", **counts: Any) -> None:
    with shop_scope(shop):
        DaySum.objects.create(day=day, dimension=dimension, value=value, **counts)


def searched(shop: Shop, **fields: Any) -> SearchDetail:
    at = fields.pop("at", None) or timezone.now()
    search_id = uuid.uuid4()
    told = {"kind": "words", "results": 3, "good": True, "milliseconds": 40} | fields
    with shop_scope(shop):
        return SearchDetail.objects.create(
            search_id=search_id, at=at, month=search_month(search_id, at=at), **told
        )


def lines(response: Any) -> list[list[str]]:
    text = b"".join(response).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text)))


def test_a_new_shop_is_told_what_will_be_here(desk: Desk) -> None:
    for path in set(PAGES) - {"insights/mall/"}:
        page = desk.page(path)
        said = ("will stand here", "counted here", "Nothing of this kind was told")
        assert any(words in page for words in said), path


def test_the_overview_compares_with_the_days_before(shop: Shop, desk: Desk) -> None:
    today = timezone.localdate()
    summed(shop, today, searches=60, clicks=30, poor=6, visitors=40)
    summed(shop, today - timedelta(days=29), searches=60, clicks=30)
    summed(shop, today - timedelta(days=30), searches=100, clicks=90)
    summed(shop, today, currency="KRW", attributed=117_000)
    summed(make_shop(), today, searches=7_777)
    page = desk.page("insights/")
    assert "<b>120</b>" in page
    assert "+20 %" in page
    assert "before 100" in page
    assert "₩117,000" in page
    assert "7,777" not in page
    alone = desk.page("insights/?compare=none")
    assert "before 100" not in alone
    assert "<b>60</b>" in desk.page("insights/?range=today")


def test_own_days_both_ends_included(shop: Shop, desk: Desk) -> None:
    for day, count in ((1, 1), (2, 10), (4, 100), (5, 1000)):
        summed(shop, date(2026, 3, day), searches=count)
    assert "<b>110</b>" in desk.page("insights/?range=own&from=2026-03-02&to=2026-03-04")
    # The other way round they are the same days.
    assert "<b>110</b>" in desk.page("insights/?range=own&from=2026-03-04&to=2026-03-02")


@pytest.mark.parametrize(
    "query",
    [
        "range=own&from=soon&to=2026-03-02",
        "range=own&from=9999-12-31&to=9999-12-31",
        "range=own&from=0001-01-01&to=0001-01-02",
        "range=own&from=&to=",
        "range=forever",
        "compare=never&range=own",
    ],
)
def test_days_that_there_are_not_become_the_last_thirty(desk: Desk, query: str) -> None:
    page = desk.page(f"insights/?{query}")
    assert "These days could not be read" in page


def test_no_page_asks_more_than_fifteen_times(shop: Shop) -> None:
    fill(shop)
    desk = Desk(shop)
    over = {}
    for path in (*PAGES, "insights/mail/"):
        desk.page(path)
        with CaptureQueriesContext(connection) as sent:
            desk.page(path)
        if len(statements_of(sent)) > MOST_STATEMENTS:
            over[path] = len(statements_of(sent))
    assert over == {}


def test_each_table_downloads_and_formulas_are_harmless(shop: Shop, desk: Desk) -> None:
    searched(shop, text="=HYPERLINK(1)", good=False)
    [heads, row] = lines(desk.get("insights/searches.csv?part=list"))
    assert heads[2] == "Words"
    assert row[2] == "'=HYPERLINK(1)"
    assert desk.get("insights/searches.csv?part=none").status_code == 404
    assert desk.get("insights/nothing.csv").status_code == 404
    summed(shop, timezone.localdate(), searches=3)
    rows = lines(desk.get("insights/overview.csv?range=7"))
    assert len(rows) == 1 + 7
    assert rows[-1][1] == "3"


def test_the_trend_page_shows_what_rose(shop: Shop, desk: Desk) -> None:
    today = timezone.localdate()
    summed(shop, today, "color", "navy", searches=30, poor=12)
    summed(shop, today - timedelta(days=31), "color", "navy", searches=10)
    summed(shop, today, "category", "dress", searches=4)
    page = desk.page("insights/trends/?of=color")
    assert "Navy" in page
    assert "+200 %" in page
    assert "+20" in page
    assert "category=dress" not in page.split('id="moved"')[0]
    assert "/insights/searches/?range=30&amp;color=navy" in page


def test_searches_are_narrowed_by_what_a_number_is_of(shop: Shop, desk: Desk) -> None:
    kept = searched(shop, text="olive linen", category="shirt", good=False, rules=[7])
    searched(shop, text="red dress", category="dress", milliseconds=900)
    for query in ("category=shirt", "good=no", "text=OLIVE", "rule=7", "took=50"):
        page = desk.page(f"insights/searches/?{query}")
        assert "olive linen" in page, query
        assert "red dress" not in page, query
    assert "red dress" in desk.page("insights/searches/?took=1200")
    assert "No search of these days fits" in desk.page("insights/searches/?rule=x")
    page = desk.page(f"insights/searches/{kept.search_id}/")
    assert "olive linen" in page


def test_a_search_shows_what_was_seen_and_done(shop: Shop, desk: Desk) -> None:
    one = searched(shop, text="linen")
    product = make_product(shop, sku="A-1", title="Linen shirt")
    photo = make_photo(product, state="done")
    with shop_scope(shop):
        for kind in ("impression", "click"):
            Event.objects.create(
                type=kind, search_id=one.search_id, sku="A-1", position=1, month=one.month
            )
    listed = desk.page("insights/searches/")
    assert photo.file.url in listed
    page = desk.page(f"insights/searches/{one.search_id}/")
    assert "Linen shirt" in page
    assert "Clicked" in page


def test_each_event_behind_a_number(shop: Shop, desk: Desk) -> None:
    one = searched(shop, text="linen")
    make_product(shop, sku="A-1", title="Linen shirt")
    make_product(shop, sku="B-2", title="Red dress")
    with shop_scope(shop):
        for sku, kind, price in (("A-1", "click", None), ("B-2", "cart", 39000)):
            Event.objects.create(
                type=kind, sku=sku, search_id=one.search_id, month=one.month, price=price
            )
    with shop_scope(other := make_shop()):
        Event.objects.create(type="click", sku="SECRET", search_id=uuid.uuid4())
    assert other.pk != shop.pk
    page = desk.page("insights/events/")
    assert "Linen shirt" in page
    assert "₩39,000" in page
    assert "SECRET" not in page
    assert f"insights/searches/{one.search_id}/" in page
    assert "Red dress" not in desk.page("insights/events/?type=click")
    assert "Linen shirt" not in desk.page("insights/events/?sku=B-2")
    [_heads, row] = lines(desk.get("insights/events.csv?type=cart"))
    assert (row[1], row[3], row[6]) == ("cart", "B-2", "39000")


def test_older_searches_follow_without_a_gap(shop: Shop, desk: Desk) -> None:
    at = timezone.now()
    for number in range(55):
        # Five have the same time: the page's end must not cut them off.
        searched(shop, text=f"word{number:02d}", at=at - timedelta(seconds=max(5, number // 10)))
    first = desk.get("insights/searches/")
    seen = [row["search"].text for row in first.context["rows"]]
    then = desk.client.get(first.context["older"])
    seen += [row["search"].text for row in then.context["rows"]]
    assert sorted(seen) == [f"word{number:02d}" for number in range(55)]


def test_products_that_are_seen_and_never_clicked(shop: Shop, desk: Desk) -> None:
    today = timezone.localdate()
    for sku, seen, clicks in (("A", 50, 0), ("B", 50, 1), ("C", 3, 0)):
        make_product(shop, sku=sku, title=f"Thing {sku}")
        summed(shop, today, "product", sku, impressions=seen, clicks=clicks)
    page = desk.get("insights/unclicked/")
    passed, liked = page.context["sheets"]
    assert [row[0].shown for row in passed.rows] == ["Thing A"]
    assert [row[0].shown for row in liked.rows] == ["Thing B"]


def test_a_rule_stands_beside_the_searches_without_it(shop: Shop, desk: Desk) -> None:
    with shop_scope(shop):
        rule = Rule.objects.create(name="Linen first", action="boost", skus=["A"])
    today = timezone.localdate()
    summed(shop, today, "all", searches=200, clicks=80)
    summed(shop, today, "rule", str(rule.pk), searches=100, clicks=60)
    page = desk.page("insights/rules/")
    assert "Linen first" in page
    assert "0.60" in page
    assert "0.20" in page
    assert "+200 %" in page


def test_half_and_slowest_searches_by_their_buckets(shop: Shop, desk: Desk) -> None:
    today = timezone.localdate()
    for end, count in (("100", 60), ("500", 35), ("more", 5)):
        summed(shop, today, "latency", end, searches=count)
    summed(shop, today, "error", "not_an_image", searches=9)
    page = desk.page("insights/speed/")
    assert "up to 100 ms" in page
    assert "up to 500 ms" in page
    assert "<b>9</b>" in page


def test_another_shops_search_is_not_there(shop: Shop, desk: Desk) -> None:
    other = searched(make_shop(), text="secret words")
    assert desk.get(f"insights/searches/{other.search_id}/").status_code == 404
    assert "secret words" not in desk.page("insights/searches/")
    stranger = Desk(make_shop(), "owner")
    stranger.base = f"/admin/{shop.slug}/"
    for path in (*PAGES, "insights/mail/", "insights/overview.csv"):
        assert stranger.get(path).status_code == 404


def test_a_viewer_reads_all_of_it(shop: Shop) -> None:
    viewer = Desk(shop, "viewer")
    for path in PAGES:
        viewer.page(path)


def test_it_reads_in_korean(shop: Shop, desk: Desk) -> None:
    summed(shop, timezone.localdate(), searches=3, clicks=1)
    for path in (*PAGES, "insights/mail/"):
        page = desk.get(path, headers={"Accept-Language": "ko"}).content.decode()
        assert "개요" in page, path
        for word in ("Overview", "Compare with", "Download as CSV", "will stand here"):
            assert word not in page, (path, word)
