"""Feeds: addresses that products are fetched from on a schedule.

The feed's row says when (`due_at`); an outbox row given back for that time wakes the worker. A
message that is lost, doubled or late changes nothing.
"""

from catalog.services.feeds.changes import (
    feed_add,
    feed_change,
    feed_delete,
    feed_now,
    feed_switch,
)
from catalog.services.feeds.running import feeds_run
from catalog.services.feeds.trying import Tried, feed_try

__all__ = [
    "Tried",
    "feed_add",
    "feed_change",
    "feed_delete",
    "feed_now",
    "feed_switch",
    "feed_try",
    "feeds_run",
]
