"""What people do with a feed. In the shop's scope."""

from typing import Any

from django.utils import timezone

from catalog.models import Feed
from tenants import outbox
from tenants.addresses import check_url
from tenants.models import User

MAX_FEEDS = 50


def feed_add(*, url: str, kind: str, by: User | None, **fields: Any) -> Feed:
    """A new feed, fetched at once.

    Raises FetchRefused for an address that is never called, and ValueError where the shop has
    feeds enough or this very address.
    """
    check_url(url)
    if Feed.objects.count() >= MAX_FEEDS:
        raise ValueError(f"A shop has at most {MAX_FEEDS} feeds.")
    if Feed.objects.filter(url=url).exists():
        raise ValueError("There is a feed of this address already.")
    feed = Feed.objects.create(url=url, kind=kind, by=by, **fields)
    _wake(feed)
    return feed


def feed_change(*, feed: Feed, **fields: Any) -> Feed:
    """Change when and how a feed is fetched: name, every_hours, at_hour, complete."""
    for name, value in fields.items():
        setattr(feed, name, value)
    now = timezone.now()
    if feed.state == Feed.State.WAITING and feed.last_at:
        feed.due_at = max(feed.next_time(feed.last_at, failures=feed.failures), now)
    feed.save(update_fields=[*fields, "due_at"])
    if feed.enabled and feed.state == Feed.State.WAITING:
        _wake(feed)
    return feed


def feed_now(*, feed: Feed) -> None:
    """Fetch it now and read it even if it is what it was; a crawl under way goes on."""
    if feed.state == Feed.State.WORKING and feed.enabled:
        return
    feed.enabled, feed.due_at, feed.attempts = True, timezone.now(), 0
    feed.etag = feed.modified = feed.digest = ""
    feed.save(update_fields=["enabled", "due_at", "attempts", "etag", "modified", "digest"])
    _wake(feed)


def feed_switch(*, feed: Feed, enabled: bool) -> None:
    """Pause a feed, or go on: a pause stops it even while it is being fetched."""
    feed.enabled, feed.state, feed.leased_until = enabled, Feed.State.WAITING, None
    if enabled:
        feed.due_at, feed.failures, feed.attempts = timezone.now(), 0, 0
    feed.save(update_fields=["enabled", "state", "leased_until", "due_at", "failures", "attempts"])
    if enabled:
        _wake(feed)
    else:
        outbox.done(shop_id=feed.shop_id, topic=outbox.FEED, object_ids=[feed.pk])


def feed_delete(*, feed: Feed) -> None:
    """Forget a feed and its pages; the products that it brought stay."""
    outbox.done(shop_id=feed.shop_id, topic=outbox.FEED, object_ids=[feed.pk])
    feed.delete()


def _wake(feed: Feed) -> None:
    """Let the worker see the feed at its time."""
    outbox.announce(shop_id=feed.shop_id, topic=outbox.FEED, object_ids=[feed.pk])
    if feed.due_at > timezone.now():
        outbox.later(shop_id=feed.shop_id, topic=outbox.FEED, object_ids=[feed.pk], at=feed.due_at)
