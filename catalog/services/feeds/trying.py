"""Look at an address before it becomes a feed: what it gives, and its first products."""

import io
import re
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field

from django.conf import settings

from catalog.crawl.pace import wait_for_turn
from catalog.crawl.products import Record, products_of
from catalog.crawl.robots import Rules, robots_fetch
from catalog.crawl.sitemaps import MAX_BYTES, Entry, NoSitemap, entries_of, host_of, same_site
from catalog.imports.items import Item
from catalog.imports.kinds import TABLES, kind_of
from catalog.imports.pages import lines_of
from catalog.imports.tables import sampled
from catalog.models import Feed
from catalog.services.feeds.claims import FeedFault
from catalog.services.feeds.crawling import PAGE_BYTES, starts_of
from catalog.services.feeds.fetching import Fetched, beginning_of, fault_of
from catalog.services.mappings import mapping_recall
from tenants.addresses import FetchError
from tenants.fetch_file import bot, fetch_to
from tenants.models import Shop

# Enough of a file for its first products; a person waits for it.
FIRST_BYTES = 512 * 1024
SHOWN = 5
# Pages of a site that are looked at, and how long for.
PAGES, SECONDS = 6, 20
PRODUCT_PAGE = re.compile(
    r"/(p|products?|goods|item|shop|dp)[/_?-]|product_no=|/\d{3,}", re.IGNORECASE
)


@dataclass(frozen=True)
class Tried:
    """What an address gives. `fault` None: it can be a feed of this kind."""

    url: str
    kind: str = Feed.Kind.FILE
    items: list[Item] = field(default_factory=list)
    fault: FeedFault | None = None
    pages: int = 0
    """Addresses in the first sitemap, of a site."""
    asks: bool = False
    """Its columns will be asked about."""


def feed_try(*, shop: Shop, url: str) -> Tried:
    """Fetch the beginning of an address and read its first products. Outside any scope.

    It takes up to some 20 seconds. Raises nothing: what is wrong is told as the fault.
    """
    try:
        seconds = settings.FETCH_TIMEOUT_SECONDS
        with beginning_of(url, FIRST_BYTES, seconds) as fetched:
            if fetched.is_page or fetched.is_sitemap:
                return _site(shop, url)
            return _file(shop, url, fetched)
    except FeedFault as fault:
        return Tried(url, fault=fault)


def _file(shop: Shop, url: str, fetched: Fetched) -> Tried:
    kind = kind_of(fetched.head, fetched.filename)
    fetched.file.seek(0)
    head = fetched.file.read(FIRST_BYTES)
    columns, asks = {}, False
    if kind in TABLES:
        recalled = mapping_recall(shop=shop, file=io.BytesIO(head), filename=fetched.filename)
        columns, asks = recalled.columns, recalled.asks
        head = head[: head.rfind(b"\n") + 1] or head
    items, refused = sampled(kind, head, columns, shop.currency, SHOWN)
    if refused and not asks:
        return Tried(url, fault=FeedFault("not_a_feed", refused))
    return Tried(url, items=items, asks=asks)


def _site(shop: Shop, url: str) -> Tried:
    origin = f"{url.partition('://')[0]}://{host_of(url)}"
    try:
        rules = Rules(robots_fetch(origin))
    except FetchError as error:
        fault = fault_of(error)
        raise FeedFault("robots", f"{fault.message} (robots.txt)") from error
    pages, named = _first_pages(starts_of(url, rules, origin), url, rules)
    if not pages:
        raise FeedFault(
            "no_sitemap",
            "This is a web page and no feed, and the site has no sitemap that names its pages.",
        )
    records = _first_records(pages, rules)
    if not records:
        raise FeedFault(
            "no_products", f"None of the {len(pages)} pages looked at carries a schema.org Product."
        )
    lines = lines_of(records)
    items, _refused = sampled("sitemap", lines, {}, shop.currency, SHOWN)
    return Tried(url, kind=Feed.Kind.SITE, items=items, pages=named)


def _first_pages(maps: Sequence[str], url: str, rules: Rules) -> tuple[list[str], int]:
    """Some pages that look like products, and how many the sitemap names."""
    for _ in range(3):
        if not maps or not rules.allows(maps[0]):
            break
        entries: list[Entry] = []
        out = io.BytesIO()
        with suppress(FetchError, NoSitemap):
            _get(maps[0], out, MAX_BYTES)
            for entry in entries_of(out, maps[0]):
                entries.append(entry)
        here = [one for one in entries if same_site(one.url, url) and rules.allows(one.url)]
        pages = [one.url for one in here if one.kind == "page"]
        if pages:
            likely = [one for one in pages if PRODUCT_PAGE.search(one)]
            return [*likely, *pages][:PAGES], len(pages)
        # A sitemap of sitemaps: the one that is called after products, or the first.
        inner = [one.url for one in here]
        maps = sorted(inner, key=lambda one: "product" not in one.lower())
    return [], 0


def _first_records(pages: Sequence[str], rules: Rules) -> list[Record]:
    records: list[Record] = []
    ends = time.monotonic() + SECONDS
    for page in dict.fromkeys(pages):
        wait_for_turn(host_of(page), rules.pause(settings.CRAWL_PAUSE_MS / 1000))
        out = io.BytesIO()
        try:
            _get(page, out, PAGE_BYTES)
        except FetchError:
            continue
        records += products_of(out.getvalue(), page)
        if len(records) >= SHOWN or time.monotonic() > ends:
            break
    return records


def _get(url: str, out: io.BytesIO, max_bytes: int) -> None:
    fetch_to(
        url,
        to=out,
        max_bytes=max_bytes,
        seconds=settings.FETCH_TIMEOUT_SECONDS,
        headers={"User-Agent": bot()},
    )
