"""Feeds, fetched from a real server on a schedule, with all that may go wrong."""

import gzip
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from django.utils import timezone

from catalog import tasks
from catalog.imports.columns import BASE
from catalog.models import ColumnMapping, Feed, HeldFile, ImportRun, Product
from catalog.services.feeds import (
    feed_add,
    feed_change,
    feed_delete,
    feed_now,
    feed_switch,
    feed_try,
    feeds_run,
)
from catalog.services.feeds import running as feeds_running
from catalog.services.held import held_start, held_table
from tenants import outbox
from tenants.addresses import FetchRefused
from tenants.models import Outbox, Shop
from tenants.scope import shop_scope
from tests.factories import make_shop, make_user
from tests.support.shop_server import Page, Site, shop_server

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("sent")]
SAMPLES = Path(__file__).parent / "samples"
RSS = (SAMPLES / "google_rss.xml").read_bytes()


@pytest.fixture
def site(settings: Any) -> Iterator[Site]:
    with shop_server() as serving:
        settings.FETCH_ALLOWED_PRIVATE = [serving.authority]
        settings.FEED_TIMEOUT_SECONDS = 10
        yield serving


def add(shop: Shop, url: str, **fields: Any) -> Feed:
    with shop_scope(shop):
        return feed_add(url=url, kind=fields.pop("kind", "file"), by=None, **fields)


def run(feed: Feed) -> Feed:
    """The worker's turn: the feed, then its run."""
    feeds_run(shop_id=feed.shop_id)
    tasks.run_imports(feed.shop_id)
    return now(feed)


def now(feed: Feed) -> Feed:
    with shop_scope(feed.shop_id):
        return Feed.objects.get(pk=feed.pk)


def make_due(feed: Feed) -> None:
    """Its time has come."""
    past = timezone.now() - timedelta(seconds=1)
    with shop_scope(feed.shop_id):
        Feed.objects.filter(pk=feed.pk).update(due_at=past)
    Outbox.objects.filter(topic=outbox.FEED, object_id=feed.pk).update(leased_until=past)


def skus(shop: Shop) -> set[str]:
    with shop_scope(shop):
        return set(Product.objects.values_list("sku", flat=True))


def runs(shop: Shop) -> list[ImportRun]:
    with shop_scope(shop):
        return list(ImportRun.objects.order_by("pk"))


def test_a_feed_is_fetched_imported_and_waits_for_its_next_time(
    site: Site, sent: list[tuple[str, int]]
) -> None:
    shop = make_shop()
    feed = add(shop, site.put("/feed.xml", RSS), every_hours=6, complete=True)
    assert ("catalog.tasks.run_feeds", shop.pk) in sent
    after = run(feed)
    assert (after.state, after.last_code, after.failures) == ("waiting", "started", 0)
    assert skus(shop) == {"TS-1042", "CT-1"}
    [done] = runs(shop)
    assert (done.kind, done.feed_id, done.complete, done.state) == ("xml", feed.pk, True, "done")
    assert done.filename == "feed.xml"
    pause = after.due_at - timezone.now()
    assert timedelta(hours=5, minutes=59) < pause <= timedelta(hours=6)
    row = Outbox.objects.get(topic=outbox.FEED)
    assert row.leased_until == after.due_at and row.published_at is None
    assert not any(one.topic == outbox.FEED for one in outbox.waiting())
    assert not feeds_run(shop_id=shop.pk), "a message that is doubled does nothing"


def test_the_clock_wakes_a_feed_whose_time_has_come(
    site: Site, sent: list[tuple[str, int]]
) -> None:
    shop = make_shop()
    feed = add(shop, site.put("/feed.xml", RSS))
    run(feed)
    make_due(feed)
    sent.clear()
    tasks.sweep()
    assert ("catalog.tasks.run_feeds", shop.pk) in sent


def test_what_did_not_change_is_not_sent_again_nor_read_again(site: Site) -> None:
    shop = make_shop()
    feed = add(shop, site.put("/feed.xml", RSS, ETag='"one"'))
    run(feed)
    make_due(feed)
    after = run(feed)
    assert site.asked[-1].headers["If-None-Match"] == '"one"'
    assert (after.last_code, len(runs(shop))) == ("unchanged", 1)
    site.put("/feed.xml", RSS)
    make_due(feed)
    assert run(feed).last_code == "unchanged", "the same bytes without a word from the server"
    site.put("/feed.xml", RSS.replace(b"CT-1", b"CT-2"))
    make_due(feed)
    assert run(feed).last_code == "started"
    assert "CT-2" in skus(shop)


def test_now_means_now_and_reads_the_same_file_again(site: Site) -> None:
    shop = make_shop()
    feed = run(add(shop, site.put("/feed.xml", RSS, ETag='"one"')))
    with shop_scope(shop):
        feed_now(feed=feed)
    assert run(feed).last_code == "started"
    assert [one.unchanged for one in runs(shop)] == [0, 2]


@pytest.mark.parametrize(
    ("name", "mapping", "kind", "count"),
    [
        ("google.tsv", {}, "csv", 1),
        ("shopify_former.csv", {}, "shopify", 4),
        ("cafe24_cp949.csv", {BASE: "https://namu.cafe24.com"}, "cafe24", 2),
    ],
)
def test_every_format_may_be_a_feed_packed_or_not(
    site: Site, name: str, mapping: dict[str, str], kind: str, count: int
) -> None:
    shop = make_shop()
    data = (SAMPLES / name).read_bytes()
    if mapping:
        from tests.catalog.test_mappings import mapping_remember, table

        with shop_scope(shop):
            mapping_remember(table=table(data), columns=mapping, filename=name, by=None)
    run(add(shop, site.put(f"/{name}.gz", gzip.compress(data))))
    [done] = runs(shop)
    assert (done.kind, done.created, done.filename) == (kind, count, name)


def failing(site: Site, how: str, settings: Any) -> str:
    page = b"<!DOCTYPE html><html><title>Login</title></html>"
    match how:
        case "500" | "404" | "403":
            return site.fail("/feed", int(how))
        case "private":
            site.pages["/feed"] = Page(status=302, headers={"Location": "http://127.0.0.1/x"})
        case "endless":
            settings.IMPORT_MAX_BYTES = 200_000
            site.pages["/feed"] = Page(b"x" * 10_000, endless=True)
        case "slow":
            settings.FEED_TIMEOUT_SECONDS = 1
            site.pages["/feed"] = Page(b"", endless=True)
        case "html":
            site.put("/feed", page, Content_Type="text/xml")
        case "empty":
            site.put("/feed", b"  \n")
        case "sitemap":
            site.put("/feed", "<urlset><url><loc>http://e.com/</loc></url></urlset>")
        case "bomb":
            site.put("/feed", gzip.compress(b"0" * 50_000_000))
        case "damaged":
            site.put("/feed", gzip.compress(RSS)[:-200])
        case "away":
            settings.FETCH_ALLOWED_PRIVATE = ["127.0.0.1:9"]
            return "http://127.0.0.1:9/feed"
    return site.url("/feed")


@pytest.mark.parametrize(
    ("how", "code", "words"),
    [
        ("500", "status", "answered 500"),
        ("404", "not_found", "answered 404"),
        ("403", "login", "answered 403"),
        ("private", "url_refused", "private address"),
        ("endless", "url_failed", "larger than"),
        ("slow", "url_failed", "no answer within 1 seconds"),
        ("html", "is_html", "login page"),
        ("empty", "empty", "empty"),
        ("sitemap", "is_sitemap", "sitemap"),
        ("bomb", "bomb", "unpacks"),
        ("damaged", "damaged", "cut off"),
        ("away", "url_failed", "refused the connection"),
    ],
)
def test_a_feed_that_gives_no_file_says_why_and_harms_nothing(
    site: Site, settings: Any, how: str, code: str, words: str
) -> None:
    shop = make_shop()
    after = run(add(shop, failing(site, how, settings), every_hours=2))
    assert (after.last_code, after.failures, after.state) == (code, 1, "waiting")
    assert words in after.last_detail
    assert runs(shop) == []
    pause = after.due_at - timezone.now()
    assert timedelta(hours=1, minutes=59) < pause <= timedelta(hours=2)


def test_the_pause_grows_and_the_owners_are_told_once(site: Site) -> None:
    shop = make_shop(language="ko")
    owner = make_user("owner", mall=shop.mall)
    make_user("viewer", mall=shop.mall)
    feed = add(shop, site.fail("/feed.xml", 500), every_hours=10, name="Autumn")
    pauses = []
    for _ in range(6):
        make_due(feed)
        after = run(feed)
        pauses.append(round((after.due_at - timezone.now()).total_seconds() / 3600))
    assert pauses == [10, 20, 40, 80, 160, 168]
    [told] = mail.outbox
    assert told.to == [owner.email]
    assert "Autumn" in told.body and "500(으)로 답했어요" in told.body
    assert f"/admin/{shop.slug}/catalog/feed/{feed.pk}/change/" in told.body
    site.put("/feed.xml", RSS)
    make_due(feed)
    after = run(feed)
    assert (after.failures, after.last_code) == (0, "started")


def test_columns_that_nobody_explained_wait_for_somebody(site: Site) -> None:
    shop = make_shop(currency="EUR")
    own = (SAMPLES / "own_columns.csv").read_bytes()
    feed = add(shop, site.put("/own.csv", own))
    assert run(feed).last_code == "columns"
    make_due(feed)
    assert run(feed).last_code == "columns"
    with shop_scope(shop):
        held = HeldFile.objects.select_related("feed").get()
    table = held_table(held)
    assert table is not None and held.feed_id == feed.pk
    columns = {"번호": "sku", "Bezeichnung": "title", "Kosten": "price", "Bild": "image_url"}
    held_start(shop=shop, held=held, table=table, columns=columns, by=None)
    tasks.run_imports(shop.pk)
    make_due(feed)
    assert run(feed).last_code == "started"
    assert skus(shop) == {"K-1", "K-2", "K-3"}
    with shop_scope(shop):
        assert ColumnMapping.objects.count() == 1


def test_a_file_that_cannot_be_read_stays_a_failure_while_it_is_the_same(site: Site) -> None:
    shop = make_shop()
    feed = add(shop, site.put("/feed.xml", "<catalog><thing/></catalog>"))
    assert run(feed).last_code == "started"
    assert runs(shop)[0].state == "failed"
    make_due(feed)
    after = run(feed)
    assert (after.last_code, after.failures) == ("run_failed", 1)
    assert "no <item>" in after.last_detail


def test_one_feed_of_a_shop_at_a_time_and_other_shops_meanwhile(site: Site) -> None:
    shop, other = make_shop(), make_shop()
    first = add(shop, site.put("/a.xml", RSS))
    add(shop, site.put("/b.xml", RSS))
    add(other, site.put("/c.xml", RSS))
    from catalog.services.feeds.claims import feed_claim

    claim = feed_claim(shop)
    assert claim is not None and claim.feed.pk == first.pk
    assert feed_claim(shop) is None
    assert feed_claim(other) is not None


def test_a_feed_waits_for_its_own_run_to_end(site: Site) -> None:
    shop = make_shop()
    feed = add(shop, site.put("/feed.xml", RSS))
    feeds_run(shop_id=shop.pk)
    make_due(feed)
    feeds_run(shop_id=shop.pk)
    assert len(runs(shop)) == 1
    row = Outbox.objects.get(topic=outbox.FEED)
    assert row.leased_until is not None and row.leased_until > timezone.now()


def test_a_worker_that_dies_is_followed_by_another_and_one_that_lost_writes_nothing(
    site: Site, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    shop = make_shop()
    feed = add(shop, site.put("/feed.xml", RSS))

    def dies(*_: Any, **__: Any) -> Any:
        raise KeyboardInterrupt

    with monkeypatch.context() as broken:
        broken.setattr(feeds_running, "import_start", dies)
        with pytest.raises(KeyboardInterrupt):
            feeds_run(shop_id=shop.pk)
    assert now(feed).state == "working"
    make_due(feed)
    real = feeds_running.import_start

    def paused(*args: Any, **fields: Any) -> Any:
        with shop_scope(shop):
            feed_switch(feed=now(feed), enabled=False)
        return real(*args, **fields)

    with monkeypatch.context() as slow:
        slow.setattr(feeds_running, "import_start", paused)
        feeds_run(shop_id=shop.pk)
    assert (now(feed).enabled, now(feed).last_code) == (False, "")
    with shop_scope(shop):
        feed_switch(feed=now(feed), enabled=True)
    tasks.run_imports(shop.pk)
    assert run(feed).last_code == "started"


def test_a_feed_that_ends_every_worker_is_failed(site: Site, settings: Any) -> None:
    shop = make_shop()
    feed = add(shop, site.put("/feed.xml", RSS))
    from catalog.services.feeds.claims import feed_claim

    for _ in range(settings.PHOTO_ATTEMPTS):
        assert feed_claim(shop) is not None
        make_due(feed)
    assert feed_claim(shop) is None
    assert now(feed).last_code == "worker"


def test_paused_changed_deleted(site: Site) -> None:
    shop = make_shop()
    feed = run(add(shop, site.put("/feed.xml", RSS)))
    with shop_scope(shop):
        feed_change(feed=feed, every_hours=24, at_hour=3, complete=True)
    local = timezone.localtime(now(feed).due_at)
    assert (local.hour, local.minute) == (3, 0) and now(feed).due_at > timezone.now()
    assert Outbox.objects.get(topic=outbox.FEED).leased_until == now(feed).due_at
    with shop_scope(shop):
        feed_switch(feed=feed, enabled=False)
    assert not Outbox.objects.filter(topic=outbox.FEED).exists()
    with shop_scope(shop):
        feed_switch(feed=feed, enabled=True)
        feed_delete(feed=feed)
        assert ImportRun.objects.get().feed_id is None
    assert not Outbox.objects.filter(topic=outbox.FEED).exists()
    assert skus(shop) == {"TS-1042", "CT-1"}


def test_addresses_that_are_never_called_and_twice_the_same(site: Site) -> None:
    shop = make_shop()
    with pytest.raises(FetchRefused):
        add(shop, "http://169.254.169.254/feed.xml")
    add(shop, site.put("/feed.xml", RSS))
    with pytest.raises(ValueError, match="already"):
        add(shop, site.url("/feed.xml"))


def test_trying_shows_the_first_products_of_a_large_feed(site: Site) -> None:
    shop = make_shop()
    rows = "".join(f"A{n},Shirt {n},{n + 1},{'x' * 100}\n" for n in range(20_000))
    tried = feed_try(shop=shop, url=site.put("/feed.csv", "sku,title,price,description\n" + rows))
    assert (tried.kind, tried.fault, tried.asks) == ("file", None, False)
    assert [item.sku for item in tried.items] == ["A0", "A1", "A2", "A3", "A4"]
    asks = feed_try(shop=shop, url=site.put("/o.csv", (SAMPLES / "own_columns.csv").read_bytes()))
    assert asks.asks and asks.fault is None
    for url, code in (
        (site.fail("/gone", 404), "not_found"),
        (site.put("/page", "<!doctype html><p>Login"), "no_sitemap"),
        ("http://10.0.0.1/x", "url_refused"),
        (site.put("/text", "hello"), "not_a_feed"),
    ):
        fault = feed_try(shop=shop, url=url).fault
        assert fault is not None and fault.code == code, url
