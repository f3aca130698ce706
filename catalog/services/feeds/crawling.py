"""Go on with a site: sitemaps first, then its pages, a slice at a time; then they are a run.

Every address is a row, so that a crawl goes on wherever a worker left it. A page that the sitemap
says is what it was is not asked for again; what stood on it counts on.
"""

import io
import time
from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from catalog.crawl.pace import busy_for, leave_alone, wait_for_turn
from catalog.crawl.products import products_of
from catalog.crawl.robots import Rules, robots_fetch
from catalog.crawl.sitemaps import MAX_BYTES, Entry, NoSitemap, entries_of, host_of
from catalog.models import FeedPage
from catalog.services.feeds.claims import Claim, FeedFault
from catalog.services.feeds.crawl_end import crawl_finish
from catalog.services.feeds.crawl_rows import entries_put, starts_put
from catalog.services.feeds.fetching import fault_of
from tenants.addresses import FetchError
from tenants.fetch_file import Answer, AnswerFailed, bot, fetch_to
from tenants.scope import shop_scope

# After so long other shops come in between.
SLICE_SECONDS = 20
# A host that is busy for longer is not waited for: the worker does something else.
PATIENCE_SECONDS = 5
PAGE_BYTES = 5 * 2**20
TRIES = 3
# A host that says that it is too much is left alone for so long, if it does not say how long.
LEAVE_SECONDS = 120
LONGEST_LEAVE = 3600
BUSY = (429, 503)
GONE = (404, 410)

State = FeedPage.State


def crawl_go_on(claim: Claim) -> None:
    """One slice of a crawl. Raises FeedFault where all of it has failed."""
    if claim.feed.crawl_began_at is None:
        _begin(claim)
    rules = Rules(claim.feed.robots)
    pause = rules.pause(settings.CRAWL_PAUSE_MS / 1000)
    ends = time.monotonic() + SLICE_SECONDS
    while page := _next(claim):
        host = host_of(page.url)
        wait = busy_for(host)
        if wait > PATIENCE_SECONDS:
            claim.give_back(at=timezone.now() + timedelta(seconds=wait))
            return
        if rules.allows(page.url):
            wait_for_turn(host, pause)
            _read(claim, page)
        else:
            _write(claim, page, state=State.FAILED, detail="robots.txt does not allow it.")
        if time.monotonic() > ends:
            claim.give_back()
            return
    crawl_finish(claim)


def _begin(claim: Claim) -> None:
    """A new crawl: the site's rules, and the sitemaps that it starts from."""
    feed = claim.feed
    origin = feed.url.partition("://")[0] + "://" + host_of(feed.url)
    try:
        robots = robots_fetch(origin)
    except FetchError as error:
        fault = fault_of(error)
        code = fault.code if fault.code == "url_refused" else "robots"
        raise FeedFault(code, f"{fault.message} (robots.txt)") from error
    rules = Rules(robots)
    if not rules.allows(feed.url):
        raise FeedFault("robots", f"The site's robots.txt does not allow {feed.url}.")
    with shop_scope(claim.shop):
        claim.hold(crawl=feed.crawl + 1, crawl_began_at=timezone.now(), robots=robots)
        starts_put(feed=feed, urls=starts_of(feed.url, rules, origin))


def starts_of(url: str, rules: Rules, origin: str) -> list[str]:
    """The sitemaps to begin with: the address itself, or those that the site names."""
    path = url.partition("?")[0].lower()
    if path.endswith((".xml", ".gz", ".txt")) or "sitemap" in path.rpartition("/")[2]:
        return [url]
    return rules.sitemaps or [f"{origin}/sitemap.xml"]


def _next(claim: Claim) -> FeedPage | None:
    """The next address: sitemaps before pages, those that failed behind the others."""
    feed = claim.feed
    with shop_scope(claim.shop):
        waiting = FeedPage.objects.filter(feed=feed, state=State.PENDING, crawl=feed.crawl)
        for kind in FeedPage.Kind.MAP, FeedPage.Kind.PAGE:
            found = waiting.filter(kind=kind).order_by("tries", "id").first()
            if found is not None:
                return found
    return None


def _read(claim: Claim, page: FeedPage) -> None:
    is_map = page.kind == FeedPage.Kind.MAP
    out = io.BytesIO()
    try:
        answer = fetch_to(
            page.url,
            to=out,
            max_bytes=MAX_BYTES if is_map else PAGE_BYTES,
            seconds=settings.FETCH_TIMEOUT_SECONDS,
            etag="" if is_map else page.etag,
            headers={"User-Agent": bot()},
            host="" if is_map else host_of(page.url).partition(":")[0],
        )
    except FetchError as error:
        _failed(claim, page, error)
        return
    if is_map:
        _map_read(claim, page, out, answer)
    else:
        _page_read(claim, page, out, answer)


def _map_read(claim: Claim, page: FeedPage, out: io.BytesIO, answer: Answer) -> None:
    entries: list[Entry] = []
    detail = ""
    try:
        for entry in entries_of(out, answer.final_url):
            entries.append(entry)
    except NoSitemap as error:
        detail = str(error)
    state = State.FAILED if detail and not entries else State.DONE
    with shop_scope(claim.shop):
        claim.hold()
        left_out = entries_put(feed=claim.feed, entries=entries)
        if left_out and not detail:
            detail = f"{left_out:,} addresses of other sites, or too many."
        _save(page, state=state, detail=detail)


def _page_read(claim: Claim, page: FeedPage, out: io.BytesIO, answer: Answer) -> None:
    if not answer.changed:
        _write(claim, page, state=State.DONE)
        return
    records = products_of(out.getvalue(), answer.final_url)
    _write(claim, page, state=State.DONE, records=records, etag=answer.etag)


def _failed(claim: Claim, page: FeedPage, error: FetchError) -> None:
    """Gone, refused, or to be tried again behind the others."""
    status = error.status if isinstance(error, AnswerFailed) else 0
    if status in GONE:
        _write(claim, page, state=State.DONE, records=[], detail=error.message)
        return
    if isinstance(error, AnswerFailed) and status in BUSY:
        leave = min(error.retry_after or LEAVE_SECONDS, LONGEST_LEAVE)
        leave_alone(host_of(page.url), leave)
    lasting = error.code == "url_refused" or (400 <= status < 500 and status not in BUSY)
    tries = page.tries + 1
    state = State.FAILED if lasting or tries >= TRIES else State.PENDING
    _write(claim, page, state=state, tries=tries, detail=error.message)


def _write(claim: Claim, page: FeedPage, **changes: object) -> None:
    with shop_scope(claim.shop):
        # What moves is no worker that ends again and again.
        claim.hold(attempts=0)
        _save(page, **changes)


def _save(page: FeedPage, **changes: object) -> None:
    changes = {"detail": "", **changes, "read_at": timezone.now()}
    for name, value in changes.items():
        setattr(page, name, value[:300] if name == "detail" else value)  # type: ignore[index]
    page.save(update_fields=list(changes))
