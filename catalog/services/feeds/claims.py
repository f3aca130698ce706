"""A worker's claim on a feed, and what it may write: only while it has the claim."""

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.utils import timezone

from catalog.models import Feed, ImportRun
from tenants import outbox
from tenants.models import Shop
from tenants.notices import FEED_FAILS, owners_tell
from tenants.scope import shop_scope

log = logging.getLogger(__name__)

TELL_AFTER = 3
# A run of the feed that is still under way is waited for.
WAIT_FOR_RUN = timedelta(minutes=5)
UNDER_WAY = (ImportRun.State.PENDING, ImportRun.State.WORKING)


class FeedFault(Exception):
    """Why nothing came of it this time. `code` is stable, the words say what to do."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code, self.message = code, message


class ClaimLost(Exception):
    """Another worker has the feed now, or a person paused it."""


@dataclass
class Claim:
    shop: Shop
    feed: Feed
    until: datetime

    def hold(self, **changes: Any) -> None:
        """Move the lease on and write, in the shop's scope. Raises ClaimLost."""
        until = _until()
        held = Feed.objects.filter(
            pk=self.feed.pk, state=Feed.State.WORKING, leased_until=self.until, enabled=True
        )
        if not held.update(leased_until=until, **changes):
            raise ClaimLost
        outbox.extend(**self._row(), until=until)
        for name, value in changes.items():
            setattr(self.feed, name, value)
        self.until = until

    def give_back(self, at: datetime | None = None) -> None:
        """Let others come in between; the feed goes on at `at`."""
        with shop_scope(self.shop):
            self.hold(attempts=0)
            outbox.later(**self._row(), at=at)

    def end(self, *, code: str, detail: str = "", **changes: Any) -> None:
        """It went well; next time as always."""
        now = timezone.now()
        self._close(now, code, detail, failures=0, due_at=self.feed.next_time(now), **changes)

    def fail(self, fault: FeedFault) -> None:
        """It went wrong; next time later each time, and the owners are told once."""
        now, failures = timezone.now(), self.feed.failures + 1
        due_at = self.feed.next_time(now, failures=failures)
        log.info("feed %s: %s: %s", self.feed.pk, fault.code, fault.message)
        with shop_scope(self.shop):
            self._close(now, fault.code, fault.message, failures=failures, due_at=due_at)
            if failures == TELL_AFTER:
                owners_tell(
                    shop=self.shop,
                    subject=FEED_FAILS,
                    template="feed_failing",
                    page=f"catalog/feed/{self.feed.pk}/change/",
                    feed=str(self.feed),
                    detail=fault.message,
                    failures=failures,
                )

    def postpone(self, at: datetime) -> None:
        """Nothing happened: come again then."""
        with shop_scope(self.shop):
            self.hold(state=Feed.State.WAITING, due_at=at, attempts=0)
            outbox.later(**self._row(), at=at)

    def _close(self, now: datetime, code: str, detail: str, **changes: Any) -> None:
        with shop_scope(self.shop):
            self.hold(
                state=Feed.State.WAITING,
                attempts=0,
                last_at=now,
                last_code=code,
                last_detail=detail[:500],
                crawl_began_at=None,
                **changes,
            )
            Feed.objects.filter(pk=self.feed.pk).update(leased_until=None)
            outbox.later(**self._row(), at=changes["due_at"])

    def _row(self) -> dict[str, Any]:
        return {
            "shop_id": self.shop.pk, "topic": outbox.FEED, "object_ids": [self.feed.pk],
        }  # fmt: skip


def feed_claim(shop: Shop) -> Claim | None:
    """The shop's next feed that is due; None if there is none, or a worker is at one.

    One feed of a shop at a time, and none while its last file is still being read.
    """
    now, until = timezone.now(), _until()
    with shop_scope(shop):
        ids = outbox.take(shop_id=shop.pk, topic=outbox.FEED, limit=1, until=until)
        feed = Feed.objects.filter(pk__in=ids, enabled=True).first()
        row: dict[str, Any] = {"shop_id": shop.pk, "topic": outbox.FEED, "object_ids": ids}
        if feed is None:
            outbox.done(**row)
            return None
        under_way = feed.state == Feed.State.WORKING and feed.crawl_began_at is not None
        if feed.due_at > now and not under_way:
            outbox.later(**row, at=feed.due_at)
            return None
        if ImportRun.objects.filter(feed=feed, state__in=UNDER_WAY).exists():
            outbox.later(**row, at=now + WAIT_FOR_RUN)
            return None
        attempts = feed.attempts + 1
        Feed.objects.filter(pk=feed.pk).update(
            state=Feed.State.WORKING, attempts=attempts, leased_until=until
        )
        feed.state, feed.attempts, feed.leased_until = Feed.State.WORKING, attempts, until
    claim = Claim(shop, feed, until)
    if attempts > settings.PHOTO_ATTEMPTS:
        claim.fail(FeedFault("worker", "The worker ended again and again while it was at this."))
        return None
    return claim


def _until() -> datetime:
    """A lease lasts as long as a file may take, and some more."""
    seconds = settings.FEED_TIMEOUT_SECONDS + settings.PHOTO_LEASE_SECONDS
    return timezone.now() + timedelta(seconds=seconds)
