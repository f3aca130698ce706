"""Feeds in the admin: look at an address, add it, see what became of it, pause, delete."""

from pathlib import Path

import pytest

from catalog.models import Feed, HeldFile, Product
from catalog.services.feeds import feed_add, feeds_run
from catalog.services.imports import imports_run
from tenants.models import AuditEntry, Outbox
from tenants.scope import shop_scope
from tests.admin.desk import Desk
from tests.factories import make_shop
from tests.support.shop_server import shop_server

pytestmark = pytest.mark.django_db(transaction=True)
SAMPLES = Path(__file__).parent.parent / "catalog" / "samples"
RSS = (SAMPLES / "google_rss.xml").read_bytes()
ADD = "catalog/feed/add/"


@pytest.fixture
def site(settings):
    with shop_server() as serving:
        settings.FETCH_ALLOWED_PRIVATE = [serving.authority]
        settings.CRAWL_PAUSE_MS = 0
        yield serving


@pytest.fixture
def shop():
    return make_shop(slug="maru")


@pytest.fixture
def desk(shop):
    return Desk(shop)


def the_feed(shop):
    with shop_scope(shop):
        return Feed.objects.get()


def added(shop, url, **fields):
    with shop_scope(shop):
        return feed_add(url=url, kind="file", by=None, **fields)


def test_an_address_is_looked_at_before_it_is_added(shop, desk, site):
    url = site.put("/feed.xml", RSS)
    looked = desk.post(ADD, do="try", url=url).content.decode()
    assert "Linen shirt &amp; belt" in looked and "₩29,000" in looked
    assert "Add this feed" in looked
    with shop_scope(shop):
        assert not Feed.objects.exists()
    answer = desk.post(
        ADD, do="add", url=url, name="Autumn", every_hours="168", at_hour="3", complete="on"
    )
    feed = the_feed(shop)
    assert answer["Location"] == f"/admin/maru/catalog/feed/{feed.pk}/change/"
    assert (feed.name, feed.every_hours, feed.at_hour, feed.complete) == ("Autumn", 168, 3, True)
    assert (feed.kind, feed.by_id) == ("file", desk.user.pk)
    assert Outbox.objects.filter(topic="feed", object_id=feed.pk).exists()
    with shop_scope(shop):
        assert AuditEntry.objects.filter(object_type="catalog.feed", action="add").exists()


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/missing", "There is nothing at this address."),
        ("/login", "The site has no sitemap."),
        ("/text", "This is no feed that LookUs can read."),
    ],
)
def test_an_address_of_no_use_says_why_and_cannot_be_added(shop, desk, site, path, words):
    site.put("/login", "<!doctype html><title>Log in</title>")
    site.put("/text", "hello")
    for do in ("try", "add"):
        page = desk.post(ADD, do=do, url=site.url(path), every_hours="24").content.decode()
        assert words in page
    with shop_scope(shop):
        assert not Feed.objects.exists()


def test_private_addresses_are_not_called(shop, desk, site):
    page = desk.post(ADD, do="try", url="http://169.254.169.254/latest").content.decode()
    assert "This address is never called." in page


def test_the_page_tells_what_became_of_it(shop, desk, site):
    feed = added(shop, site.put("/feed.xml", RSS))
    feeds_run(shop_id=shop.pk)
    imports_run(shop_id=shop.pk)
    with shop_scope(shop):
        assert Product.objects.count() == 2
    page = desk.page(f"catalog/feed/{feed.pk}/change/")
    assert "Fetched" in page and "Next time" in page and "importrun" in page
    site.fail("/feed.xml", 500)
    desk.post(f"catalog/feed/{feed.pk}/now/")
    feeds_run(shop_id=shop.pk)
    page = desk.page(f"catalog/feed/{feed.pk}/change/")
    assert "The server answered with an error." in page and "answered 500" in page
    assert "The server answered with an error." in desk.page("catalog/feed/")


def test_unknown_columns_lead_to_their_page(shop, desk, site):
    feed = added(shop, site.put("/own.csv", (SAMPLES / "own_columns.csv").read_bytes()))
    feeds_run(shop_id=shop.pk)
    with shop_scope(shop):
        held = HeldFile.objects.get()
    assert f"catalog/heldfile/{held.pk}/" in desk.page(f"catalog/feed/{feed.pk}/change/")


def test_a_feed_is_changed_paused_and_deleted(shop, desk, site):
    feed = added(shop, site.put("/feed.xml", RSS))
    path = f"catalog/feed/{feed.pk}/"
    desk.post(path + "change/", name="Winter", every_hours="6", at_hour="4")
    changed = the_feed(shop)
    assert (changed.name, changed.every_hours, changed.at_hour) == ("Winter", 6, None)
    desk.post(path + "switch/")
    assert not the_feed(shop).enabled
    assert "Paused" in desk.page(path + "change/")
    desk.post(path + "switch/")
    assert the_feed(shop).enabled
    desk.post(path + "delete/", post="yes")
    with shop_scope(shop):
        assert not Feed.objects.exists()
    assert not Outbox.objects.filter(topic="feed").exists()


def test_a_sites_progress_is_shown(shop, desk, site):
    site.put("/sitemap.xml", f"<urlset><url><loc>{site.url('/p/1')}</loc></url></urlset>")
    site.fail("/p/1", 403)
    with shop_scope(shop):
        feed = feed_add(url=site.url("/sitemap.xml"), kind="site", by=None)
    feeds_run(shop_id=shop.pk)
    page = desk.page(f"catalog/feed/{feed.pk}/change/")
    assert "1 of 1 read" in page and "answered 403" in page
    assert "No page could be read." in page


def test_a_viewer_looks_and_others_see_nothing(shop, desk, site):
    feed = added(shop, site.put("/feed.xml", RSS))
    viewer, stranger = Desk(shop, "viewer"), Desk(make_shop(slug="other"))
    path = f"catalog/feed/{feed.pk}/"
    assert "feed.xml" in viewer.page("catalog/feed/")
    assert "Fetch now" not in viewer.page(path + "change/")
    for person, status in ((viewer, 403), (stranger, 404)):
        for act in ("now/", "switch/", "change/"):
            assert person.post(path + act).status_code == status, act
    assert viewer.post(ADD, do="try", url=site.url("/feed.xml")).status_code == 403
    assert the_feed(shop).enabled
