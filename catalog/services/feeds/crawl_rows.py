"""The addresses of a crawl as rows."""

import hashlib
from collections.abc import Iterable, Sequence

from django.conf import settings

from catalog.crawl.sitemaps import Entry, same_site
from catalog.models import Feed, FeedPage

BATCH = 500
# Sitemaps of sitemaps.
MAX_MAPS = 500

State, Kind = FeedPage.State, FeedPage.Kind


def digest_of(url: str) -> str:
    return hashlib.sha256(url.encode()).hexdigest()


def starts_put(*, feed: Feed, urls: Iterable[str]) -> None:
    """The sitemaps that a crawl begins with, in the shop's scope."""
    entries_put(feed=feed, entries=[Entry("map", url, "") for url in urls])


def entries_put(*, feed: Feed, entries: Sequence[Entry]) -> int:
    """Write what a sitemap names; how many were left out: other sites', or more than may be.

    A page with the date that it had when it was read is not read again.
    """
    here = [one for one in entries if same_site(one.url, feed.url)]
    named = FeedPage.objects.filter(feed=feed, crawl=feed.crawl)
    room = {
        "map": MAX_MAPS - named.filter(kind=Kind.MAP).count(),
        "page": settings.CRAWL_PAGES - named.filter(kind=Kind.PAGE).count(),
    }
    put = 0
    for at in range(0, len(here), BATCH):
        put += _put(feed, {digest_of(one.url): one for one in here[at : at + BATCH]}, room)
    return len(entries) - put


def _put(feed: Feed, named: dict[str, Entry], room: dict[str, int]) -> int:
    held = {page.digest: page for page in FeedPage.objects.filter(feed=feed, digest__in=named)}
    new: list[FeedPage] = []
    again: list[FeedPage] = []
    known = 0
    for digest, entry in named.items():
        page = held.get(digest)
        if page is not None and page.crawl == feed.crawl:
            known += 1
            continue
        if room[entry.kind] <= 0:
            continue
        room[entry.kind] -= 1
        if page is None:
            page = FeedPage(feed=feed, kind=entry.kind, url=entry.url, digest=digest)
            new.append(page)
        else:
            again.append(page)
            same = entry.lastmod and entry.lastmod == page.lastmod and page.state == State.DONE
            if not same or page.kind == Kind.MAP:
                page.state = State.PENDING
        page.kind, page.lastmod, page.crawl, page.tries = entry.kind, entry.lastmod, feed.crawl, 0
    FeedPage.objects.bulk_create(new, batch_size=BATCH)
    if again:
        FeedPage.objects.bulk_update(again, ["kind", "lastmod", "crawl", "tries", "state"], BATCH)
    return len(new) + len(again) + known
