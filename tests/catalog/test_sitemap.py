"""A shop's own pages, read politely from a real server: robots.txt, sitemaps, schema.org."""

import gzip
import io
import itertools
import json
import time
from collections.abc import Iterator
from typing import Any

import pytest

from catalog import tasks
from catalog.crawl.products import products_of
from catalog.crawl.robots import Rules
from catalog.crawl.sitemaps import MAX_ENTRIES, Entry, NoSitemap, entries_of
from catalog.models import Feed, FeedPage, HostPace, ImportRun, Product
from catalog.services.feeds import crawling, feed_add, feed_switch, feed_try, feeds_run
from tenants.models import Shop
from tenants.scope import shop_scope
from tests.catalog.test_feeds import make_due, now, runs, skus
from tests.factories import make_shop
from tests.support.shop_server import Site, shop_server

HEAD = '<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'


def ld(sku: str, price: float = 39000, **more: Any) -> str:
    said = {
        "@context": "https://schema.org",
        "@type": "Product",
        "name": f"Shirt {sku}",
        "sku": sku,
        "image": f"/i/{sku}.jpg",
        "offers": {"@type": "Offer", "price": price, "priceCurrency": "KRW"},
    } | more
    return f'<html><script type="application/ld+json">{json.dumps(said)}</script></html>'


def sitemap(*urls: str, lastmod: str = "") -> str:
    date = f"<lastmod>{lastmod}</lastmod>" if lastmod else ""
    return HEAD + "".join(f"<url><loc>{url}</loc>{date}</url>" for url in urls) + "</urlset>"


class TestPages:
    def cells(self, html: str) -> dict[str, str]:
        [record] = products_of(html.encode(), "https://e.com/p/1")
        return dict(record["cells"])

    def test_json_ld(self) -> None:
        html = ld(
            "A1",
            brand={"@type": "Brand", "name": "Namu"},
            color="Navy",
            description="Washed &amp; soft",
            offers=[
                {"price": "1", "availability": "https://schema.org/OutOfStock"},
                {"price": "39,000", "priceCurrency": "KRW", "availability": "InStock"},
            ],
            audience={"@type": "PeopleAudience", "suggestedGender": "https://schema.org/Female"},
            isRelatedTo={"@type": "Product", "name": "Another", "sku": "B"},
        )
        cells = self.cells(html)
        assert (cells["sku"], cells["title"], cells["brand"]) == ("A1", "Shirt A1", "Namu")
        assert (cells["price"], cells["currency"], cells["in_stock"]) == ("39,000", "KRW", "yes")
        assert (cells["description"], cells["gender"]) == ("Washed & soft", "female")
        [record] = products_of(html.encode(), "https://e.com/p/1")
        assert record["photos"] == ["https://e.com/i/A1.jpg"]

    def test_microdata_beside_json_that_is_broken(self) -> None:
        html = (
            '<script type="application/ld+json">{"@type": "Product", </script>'
            '<div itemscope itemtype="https://schema.org/Product"><h1 itemprop="name">Coat</h1>'
            '<img itemprop="image" src="/c.jpg"><span itemprop="productID">C1</span>'
            '<div itemprop="offers" itemscope itemtype="https://schema.org/Offer">'
            '<meta itemprop="price" content="99000">'
            '<link itemprop="availability" href="https://schema.org/SoldOut"></div></div>'
        )
        cells = self.cells(html)
        assert (cells["sku"], cells["title"], cells["in_stock"]) == ("C1", "Coat", "no")

    def test_the_variants_of_a_group(self) -> None:
        variants = [
            {"@type": "Product", "sku": f"G-{color}", "color": color, "offers": {"price": 5000}}
            for color in ("navy", "red")
        ]
        html = ld("G", **{"@type": "ProductGroup", "productGroupID": "G", "hasVariant": variants})
        found = [record["cells"] for record in products_of(html.encode(), "https://e.com/")]
        assert [(one["sku"], one["color"]) for one in found] == [
            ("G-navy", "navy"),
            ("G-red", "red"),
        ]
        assert {one["variant_group"] for one in found} == {"G"}
        assert {one["title"] for one in found} == {"Shirt G"}

    def test_a_list_price_beside_the_price_is_the_price_before(self) -> None:
        full = {
            "@type": "UnitPriceSpecification",
            "price": 50000,
            "priceType": "https://schema.org/ListPrice",
        }
        cells = self.cells(ld("A", offers={"price": 30000, "priceSpecification": full}))
        assert (cells["price"], cells["sale_price"]) == ("50000", "30000")

    def test_a_product_without_a_number_is_known_by_its_address(self) -> None:
        html = ld("").replace('"sku": "", ', "")
        assert self.cells(html)["sku"] == "1"
        [record] = products_of(html.encode(), "https://e.com/view?no=7")
        assert record["cells"]["sku"].startswith("view-")

    @pytest.mark.parametrize(
        "html",
        [
            "",
            "<html>",
            "\0\1",
            '<script type="application/ld+json">[1,"x",null]</script>',
            '<script type="application/ld+json">{"@type":"Product"}</script>',
        ],
    )
    def test_pages_of_no_use_do_no_harm(self, html: str) -> None:
        found = products_of(html.encode(), "https://e.com/p/1")
        assert all(not record["cells"]["title"] for record in found)

    def test_xhtml_korean_pages_and_halves_of_signs(self) -> None:
        declared = '<?xml version="1.0" encoding="UTF-8"?>' + ld("A1")
        assert self.cells(declared)["sku"] == "A1"
        half = ld("A1").replace("Shirt A1", "Shirt \\ud83d")
        assert self.cells(half)["title"] == "Shirt ?"
        korean = f"<meta charset=euc-kr>{ld('A1')}".replace("Shirt A1", "린넨 셔츠")
        [record] = products_of(korean.encode("cp949"), "https://e.com/p/1")
        assert record["cells"]["title"] == "린넨 셔츠"


class TestSitemaps:
    def entries(self, data: bytes | str) -> list[Entry]:
        raw = data.encode() if isinstance(data, str) else data
        return list(entries_of(io.BytesIO(raw), "https://e.com/sitemap.xml"))

    def test_urls_packed_or_not_with_their_dates(self) -> None:
        text = sitemap("https://e.com/1", "/2", lastmod="2026-10-01")
        for data in (text.encode(), gzip.compress(text.encode())):
            found = self.entries(data)
            assert [one.url for one in found] == ["https://e.com/1", "https://e.com/2"]
            assert found[0].lastmod == "2026-10-01"

    def test_an_image_in_it_is_no_page(self) -> None:
        text = (
            HEAD
            + "<url><loc>https://e.com/1</loc><image><loc>https://e.com/i.jpg</loc></image></url></urlset>"
        )
        assert [one.url for one in self.entries(text)] == ["https://e.com/1"]

    def test_an_index_and_a_plain_list(self) -> None:
        index = "<sitemapindex><sitemap><loc>https://e.com/a.xml</loc></sitemap></sitemapindex>"
        assert self.entries(index) == [Entry("map", "https://e.com/a.xml", "")]
        assert len(self.entries("https://e.com/1\nhttps://e.com/2\nftp://x\n")) == 2

    def test_more_than_the_protocol_allows_is_left_out_and_told(self) -> None:
        text = sitemap(*(f"https://e.com/{n}" for n in range(MAX_ENTRIES + 10)))
        found, why = self.until_broken(text)
        assert len(found) == MAX_ENTRIES and "left out" in why

    def until_broken(self, text: str) -> tuple[list[Entry], str]:
        found: list[Entry] = []
        with pytest.raises(NoSitemap) as broken:
            found.extend(entries_of(io.BytesIO(text.encode()), "https://e.com/s.xml"))
        return found, str(broken.value)

    @pytest.mark.parametrize(
        "data",
        [
            "<html></html>",
            "hello",
            '<!DOCTYPE x [<!ENTITY a "b">]><urlset/>',
            "<urlset><url>",
            b"\x1f\x8bxxxx",
        ],
    )
    def test_what_is_none(self, data: bytes | str) -> None:
        with pytest.raises(NoSitemap):
            self.entries(data)

    def test_one_that_breaks_off_gives_what_stands_before(self) -> None:
        found, why = self.until_broken(sitemap("https://e.com/1", "https://e.com/2")[:-40])
        assert found[0].url == "https://e.com/1" and "cannot be read any further" in why


def test_robots_rules() -> None:
    rules = Rules(
        "User-agent: LookUsBot\nDisallow: /cart\nCrawl-delay: 3\nUser-agent: *\nDisallow: /\n"
        "Sitemap: https://e.com/s.xml\n"
    )
    assert rules.allows("https://e.com/p/1") and not rules.allows("https://e.com/cart/x")
    assert (rules.pause(1), rules.pause(10)) == (3, 10)
    assert rules.sitemaps == ["https://e.com/s.xml"]
    assert Rules("").allows("https://e.com/x") and Rules("").pause(1) == 1


@pytest.fixture
def site(settings: Any) -> Iterator[Site]:
    with shop_server() as serving:
        settings.FETCH_ALLOWED_PRIVATE = [serving.authority]
        settings.CRAWL_PAUSE_MS = 0
        yield serving


def open_shop(site: Site, count: int = 3, **fields: Any) -> Feed:
    for n in range(count):
        site.put(f"/p/{n}", ld(f"S{n}"))
    site.put("/sitemap.xml", sitemap(*(site.url(f"/p/{n}") for n in range(count))))
    shop = make_shop()
    with shop_scope(shop):
        return feed_add(url=site.url("/"), kind="site", by=None, **fields)


def crawl(feed: Feed, slices: int = 20) -> Feed:
    """Slices until the crawl is through, and its run."""
    for _ in range(slices):
        if not feeds_run(shop_id=feed.shop_id):
            break
        if now(feed).state == "waiting":
            break
    tasks.run_imports(feed.shop_id)
    return now(feed)


def pages(feed: Feed) -> dict[str, FeedPage]:
    with shop_scope(feed.shop_id):
        return {page.url.rpartition("/")[2]: page for page in FeedPage.objects.filter(kind="page")}


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("sent")
class TestCrawl:
    def test_a_site_is_read_from_robots_to_products(self, site: Site) -> None:
        feed = open_shop(site, complete=True)
        after = crawl(feed)
        assert (after.last_code, after.state, after.failures) == ("started", "waiting", 0)
        assert site.paths() == ["/robots.txt", "/sitemap.xml", "/p/0", "/p/1", "/p/2"]
        assert skus(Shop.objects.get(pk=feed.shop_id)) == {"S0", "S1", "S2"}
        [run] = runs(Shop.objects.get(pk=feed.shop_id))
        assert (run.kind, run.complete, run.feed_id) == ("sitemap", True, feed.pk)
        with shop_scope(feed.shop_id):
            product = Product.objects.get(sku="S1")
            assert (product.price, product.url) == (39000, site.url("/p/1"))
            assert product.photos.get().source_url == site.url("/i/S1.jpg")

    def test_our_name_is_told_and_robots_are_obeyed(self, site: Site) -> None:
        site.put(
            "/robots.txt",
            f"User-agent: LookUsBot\nDisallow: /p/1\nSitemap: {site.url('/maps.xml')}\n",
        )
        site.put(
            "/maps.xml",
            f"<sitemapindex><sitemap><loc>{site.url('/one.xml.gz')}</loc></sitemap></sitemapindex>",
        )
        feed = open_shop(site)
        site.put(
            "/one.xml.gz", gzip.compress(sitemap(*(site.url(f"/p/{n}") for n in range(3))).encode())
        )
        crawl(feed)
        assert {one.headers["User-Agent"] for one in site.asked} == {crawling.bot()}
        assert crawling.bot().startswith("LookUsBot/1.0 (+http")
        assert "/p/1" not in site.paths()
        assert pages(feed)["1"].state == "failed"
        assert "robots.txt" in pages(feed)["1"].detail

    def test_a_site_that_allows_nothing_or_whose_robots_fail(self, site: Site) -> None:
        site.put("/robots.txt", "User-agent: *\nDisallow: /\n")
        feed = open_shop(site)
        assert crawl(feed).last_code == "robots"
        assert site.paths() == ["/robots.txt"]
        site.fail("/robots.txt", 500)
        make_due(feed)
        assert crawl(feed).last_code == "robots"
        assert site.paths() == ["/robots.txt"]

    def test_the_second_crawl_asks_only_for_what_changed(self, site: Site) -> None:
        feed = open_shop(site)
        dated = sitemap(site.url("/p/0"), lastmod="2026-10-01").removesuffix("</urlset>")
        dated += "".join(f"<url><loc>{site.url(f'/p/{n}')}</loc></url>" for n in (1, 2))
        dated += "</urlset>"
        site.put("/sitemap.xml", dated)
        site.put("/p/1", ld("S1"), ETag='"a"')
        crawl(feed)
        site.paths()
        make_due(feed)
        assert crawl(feed).last_code == "unchanged"
        assert site.asked[-2].headers.get("If-None-Match") == '"a"'
        assert site.paths() == ["/robots.txt", "/sitemap.xml", "/p/1", "/p/2"]
        site.put("/p/2", ld("S2", price=1000))
        make_due(feed)
        assert crawl(feed).last_code == "started"
        with shop_scope(feed.shop_id):
            assert Product.objects.get(sku="S2").price == 1000
            assert ImportRun.objects.order_by("-pk")[0].updated == 1

    def test_a_page_that_is_gone_takes_its_products_along(self, site: Site) -> None:
        feed = open_shop(site, 25, complete=True)
        crawl(feed)
        site.fail("/p/0", 404)
        site.put("/sitemap.xml", sitemap(*(site.url(f"/p/{n}") for n in range(24))))
        make_due(feed)
        crawl(feed)
        found = skus(Shop.objects.get(pk=feed.shop_id))
        assert "S0" not in found and "S24" not in found and len(found) == 23
        assert "24" not in pages(feed)

    def test_a_page_that_fails_keeps_what_stood_on_it_and_nothing_is_gone(self, site: Site) -> None:
        feed = open_shop(site, complete=True)
        crawl(feed)
        site.fail("/p/0", 500)
        site.put("/p/1", ld("S1", price=5))
        make_due(feed)
        assert crawl(feed).last_code == "started"
        assert site.paths().count("/p/0") == 1 + crawling.TRIES
        [_first, second] = runs(Shop.objects.get(pk=feed.shop_id))
        assert not second.complete and second.updated == 1
        assert len(skus(Shop.objects.get(pk=feed.shop_id))) == 3

    def test_other_sites_redirects_away_and_too_many_pages(self, site: Site, settings: Any) -> None:
        feed = open_shop(site)
        settings.CRAWL_PAGES = 3
        site.pages["/p/1"].status = 302
        site.pages["/p/1"].headers["Location"] = "http://localhost/x"
        site.put(
            "/sitemap.xml",
            sitemap("http://other.example/p", *(site.url(f"/p/{n}") for n in range(5))),
        )
        crawl(feed)
        assert set(pages(feed)) == {"0", "1", "2"}
        assert pages(feed)["1"].state == "failed"
        assert runs(Shop.objects.get(pk=feed.shop_id))[0].complete is False

    def test_a_sitemap_that_breaks_off_takes_nothing_out(self, site: Site) -> None:
        feed = open_shop(site, complete=True)
        crawl(feed)
        site.put("/sitemap.xml", sitemap(site.url("/p/0"), site.url("/p/1"))[:-30])
        site.put("/p/0", ld("S0", price=7))
        make_due(feed)
        assert crawl(feed).last_code == "started"
        assert len(skus(Shop.objects.get(pk=feed.shop_id))) == 3

    def test_pages_without_products_are_counted_and_a_site_without_any_is_told(
        self, site: Site
    ) -> None:
        feed = open_shop(site)
        site.put("/p/1", "<html>About us</html>")
        assert crawl(feed).last_code == "started"
        assert runs(Shop.objects.get(pk=feed.shop_id))[0].bad == 0
        for n in range(3):
            site.put(f"/p/{n}", "<html>About us</html>")
        make_due(feed)
        after = crawl(feed)
        assert (after.last_code, after.failures) == ("no_products", 1)
        del site.pages["/sitemap.xml"]
        make_due(feed)
        assert crawl(feed).last_code == "no_sitemap"

    def test_a_slice_ends_and_another_shop_comes_in_between(
        self, site: Site, monkeypatch: pytest.MonkeyPatch, sent: list[tuple[str, int]]
    ) -> None:
        monkeypatch.setattr(crawling, "SLICE_SECONDS", 0)
        first, second = open_shop(site), open_shop(site)
        order = []
        while sent:
            name, shop_id = sent.pop(0)
            if name == "catalog.tasks.run_feeds":
                order.append(shop_id)
                tasks.run_feeds(shop_id)
        assert order[:4] == [first.shop_id, second.shop_id, first.shop_id, second.shop_id]
        assert now(first).last_code == now(second).last_code == "started"

    def test_a_crawl_goes_on_where_a_killed_worker_left_it(
        self, site: Site, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        feed = open_shop(site, 6)
        real, calls = crawling.products_of, []

        def dies(*args: Any) -> Any:
            calls.append(args)
            if len(calls) == 4:
                raise KeyboardInterrupt
            return real(*args)

        with monkeypatch.context() as broken:
            broken.setattr(crawling, "products_of", dies)
            with pytest.raises(KeyboardInterrupt):
                feeds_run(shop_id=feed.shop_id)
        assert now(feed).state == "working"
        make_due(feed)
        assert crawl(feed).last_code == "started"
        asked = site.paths()
        assert asked.count("/robots.txt") == asked.count("/sitemap.xml") == 1
        assert [asked.count(f"/p/{n}") for n in range(6)] == [1, 1, 1, 2, 1, 1]
        assert len(skus(Shop.objects.get(pk=feed.shop_id))) == 6

    def test_a_pause_by_a_person_stops_a_crawl_and_it_goes_on_later(
        self, site: Site, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        feed = open_shop(site, 4)
        real, calls = crawling.products_of, []

        def paused(*args: Any) -> Any:
            calls.append(args)
            if len(calls) == 2:
                with shop_scope(feed.shop_id):
                    feed_switch(feed=now(feed), enabled=False)
            return real(*args)

        monkeypatch.setattr(crawling, "products_of", paused)
        feeds_run(shop_id=feed.shop_id)
        assert len(calls) == 2
        with shop_scope(feed.shop_id):
            feed_switch(feed=now(feed), enabled=True)
        assert crawl(feed).last_code == "started"
        assert site.paths().count("/robots.txt") == 1

    def test_a_host_is_asked_at_its_pace_by_all_shops_together(
        self, site: Site, settings: Any
    ) -> None:
        settings.CRAWL_PAUSE_MS = 200
        first, second = open_shop(site, 2), open_shop(site, 2)
        crawl(first)
        crawl(second)
        times = [one.at for one in site.asked if one.path != "/robots.txt"]
        gaps = [after - before for before, after in itertools.pairwise(times)]
        assert len(times) == 6 and min(gaps) > 0.15

    def test_a_host_that_says_too_much_is_left_alone(self, site: Site) -> None:
        feed = open_shop(site)
        site.fail("/p/0", 429, Retry_After="90")
        feeds_run(shop_id=feed.shop_id)
        after = now(feed)
        assert after.state == "working"
        assert site.paths() == ["/robots.txt", "/sitemap.xml", "/p/0"]
        assert not feeds_run(shop_id=feed.shop_id)
        HostPace.objects.all().delete()
        site.put("/p/0", ld("S0"))
        make_due(feed)
        assert crawl(feed).last_code == "started"

    def test_trying_a_site_finds_its_sitemap_and_first_products(self, site: Site) -> None:
        feed = open_shop(site)
        site.put("/", "<!doctype html><title>Shop</title>")
        shop = Shop.objects.get(pk=feed.shop_id)
        tried = feed_try(shop=shop, url=site.url("/"))
        assert (tried.kind, tried.fault, tried.pages) == ("site", None, 3)
        assert [item.sku for item in tried.items] == ["S0", "S1", "S2"]
        started = time.monotonic()
        assert feed_try(shop=shop, url=site.url("/sitemap.xml")).kind == "site"
        assert time.monotonic() - started < 5
