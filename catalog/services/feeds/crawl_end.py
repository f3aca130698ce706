"""A crawl that is through: what its pages say becomes one file, and the file a run."""

import hashlib
import tempfile
from collections.abc import Iterator
from typing import IO, Any

from django.conf import settings
from django.core.files import File
from django.db.models import Count, Q

from catalog.crawl.sitemaps import host_of
from catalog.imports.pages import lines_of
from catalog.models import FeedPage
from catalog.services.feeds.claims import Claim, FeedFault
from catalog.services.imports import import_start
from tenants.scope import shop_scope

PAGES_AT_ONCE = 500

State, Kind = FeedPage.State, FeedPage.Kind


def crawl_finish(claim: Claim) -> None:
    """Import what the pages say. Raises FeedFault where none of them says anything."""
    counts = _counts(claim)
    if not counts["pages"]:
        raise FeedFault("no_sitemap", counts["why"] or "The site has no sitemap with pages.")
    if counts["failed"] == counts["pages"]:
        raise FeedFault("pages_failed", f"No page could be read: {counts['why']}")
    with tempfile.NamedTemporaryFile(prefix="lookus-pages-") as file:
        digest, products = _write(claim, file)
        if not products:
            raise FeedFault(
                "no_products",
                f"None of the {counts['pages']:,} pages carries a schema.org Product.",
            )
        detail = "{pages:,} pages, {failed:,} failed".format(**counts)
        same = digest == claim.feed.digest
        if not same:
            _start(claim, file, whole=not counts["failed"] and not counts["cut"])
    with shop_scope(claim.shop):
        former = FeedPage.objects.filter(feed=claim.feed, crawl__lt=claim.feed.crawl)
        former.delete()
    claim.end(code="unchanged" if same else "started", detail=detail, digest=digest)


def _start(claim: Claim, file: IO[bytes], *, whole: bool) -> None:
    """Only a crawl that saw every page can say what is gone."""
    filename = f"{host_of(claim.feed.url)}.jsonl"
    try:
        import_start(
            shop=claim.shop,
            file=File(file, name=filename),
            filename=filename,
            kind="sitemap",
            complete=claim.feed.complete and whole,
            feed=claim.feed,
        )
    except ValueError as error:
        raise FeedFault("refused", str(error)) from error


def _counts(claim: Claim) -> dict[str, Any]:
    with shop_scope(claim.shop):
        named = FeedPage.objects.filter(feed=claim.feed, crawl=claim.feed.crawl)
        is_failed = Q(state=State.FAILED)
        pages = named.filter(kind=Kind.PAGE)
        counts = pages.aggregate(pages=Count("pk"), failed=Count("pk", filter=is_failed))
        first = named.filter(is_failed).order_by("kind", "id").values_list("detail", flat=True)
        maps = named.filter(kind=Kind.MAP)
        cut = maps.filter(is_failed | ~Q(detail="")).exists()
        return {
            **counts,
            "why": first.first() or "",
            "cut": cut or counts["pages"] >= settings.CRAWL_PAGES,
        }


def _write(claim: Claim, file: IO[bytes]) -> tuple[str, int]:
    """The records of all pages, a line each: digest and number of them."""
    digest, count = hashlib.sha256(), 0
    for record in _records(claim):
        line = lines_of([record])
        digest.update(line)
        file.write(line)
        count += 1
    file.flush()
    return digest.hexdigest(), count


def _records(claim: Claim) -> Iterator[dict[str, Any]]:
    """In the order of the addresses, so that the same pages are the same file.

    A page that failed this time counts with what stood on it before.
    """
    last = 0
    while True:
        with shop_scope(claim.shop):
            pages = FeedPage.objects.filter(
                feed=claim.feed, crawl=claim.feed.crawl, kind=Kind.PAGE, pk__gt=last
            ).order_by("pk")
            found = list(pages.values_list("pk", "records")[:PAGES_AT_ONCE])
        for pk, records in found:
            last = pk
            yield from records
        if len(found) < PAGES_AT_ONCE:
            return
