"""Take a shop's next feed: fetch its file and import it, or go on with its site."""

import logging
from typing import Any

from django.core.files import File

from catalog.imports.kinds import TABLES, kind_of
from catalog.models import Feed, HeldFile, ImportRun
from catalog.services.feeds.claims import Claim, ClaimLost, FeedFault, feed_claim
from catalog.services.feeds.crawling import crawl_go_on
from catalog.services.feeds.fetching import Fetched, feed_file
from catalog.services.held import file_hold, held_drop
from catalog.services.imports import import_start
from catalog.services.mappings import mapping_recall
from tenants import outbox
from tenants.models import Shop
from tenants.scope import shop_scope

log = logging.getLogger(__name__)


def feeds_run(*, shop_id: int) -> bool:
    """Take the shop's next feed some way; False if there was nothing to do. Safe to run twice."""
    shop = Shop.objects.open().filter(pk=shop_id).first()
    claim = feed_claim(shop) if shop else None
    if claim is None:
        return False
    try:
        if claim.feed.kind == Feed.Kind.SITE:
            crawl_go_on(claim)
        else:
            _file_take(claim)
    except FeedFault as fault:
        _fail(claim, fault)
    except ClaimLost:
        log.info("feed %s: the lease was lost, nothing is written", claim.feed.pk)
    outbox.ring(shop_id=shop_id, topic=outbox.FEED)
    return True


def _fail(claim: Claim, fault: FeedFault) -> None:
    try:
        claim.fail(fault)
    except ClaimLost:
        log.info("feed %s: the lease was lost, nothing is written", claim.feed.pk)


def _file_take(claim: Claim) -> None:
    with feed_file(claim.feed) as fetched:
        if fetched is None:
            _unchanged(claim)
            return
        kind = kind_of(fetched.head, fetched.filename)
        if fetched.is_sitemap:
            raise FeedFault(
                "is_sitemap", "This is a sitemap: add the address anew, as the pages of a site."
            )
        if kind in TABLES:
            _columns_known(claim, fetched)
        run_start(claim, fetched.file, fetched.filename, kind, complete=claim.feed.complete)
        claim.end(
            code="started",
            etag=fetched.answer.etag,
            modified=fetched.answer.modified,
            digest=fetched.digest,
        )


def run_start(claim: Claim, file: Any, filename: str, kind: str, *, complete: bool) -> ImportRun:
    """Let the importer read what was fetched. Raises FeedFault."""
    try:
        return import_start(
            shop=claim.shop,
            file=File(file, name=filename),
            filename=filename,
            kind=kind,
            complete=complete,
            feed=claim.feed,
        )
    except ValueError as error:
        raise FeedFault("refused", str(error)) from error


def _unchanged(claim: Claim) -> None:
    """The same file again: nothing to do, unless it could not be read the last time either."""
    with shop_scope(claim.shop):
        last = ImportRun.objects.filter(feed=claim.feed, dry=False).order_by("-created_at").first()
    if last is not None and last.state == ImportRun.State.FAILED:
        raise FeedFault("run_failed", f"The file is the same as before: {last.detail}")
    claim.end(code="unchanged")


def _columns_known(claim: Claim, fetched: Fetched) -> None:
    """Raises FeedFault, with the file kept, where somebody must say what its columns mean."""
    filename = fetched.filename
    recalled = mapping_recall(shop=claim.shop, file=fetched.file, filename=filename)
    if not recalled.asks:
        return
    with shop_scope(claim.shop):
        former = list(HeldFile.objects.filter(feed=claim.feed))
    for held in former:
        held_drop(shop=claim.shop, held=held)
    file = File(fetched.file, name=filename)
    file_hold(
        shop=claim.shop,
        file=file,
        filename=filename,
        by=None,
        complete=claim.feed.complete,
        feed=claim.feed,
    )
    raise FeedFault("columns", "Nobody has said yet what the columns of this file mean.")
