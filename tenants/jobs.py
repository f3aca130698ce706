"""What every job of a shop does when the database or the storage is away: it comes again.

Rows in the database say what is left to do, so nothing is lost without this either: but a message
that was taken and came to nothing counts as under way for minutes.
"""

from functools import partial

from celery import shared_task

from tenants.away import DATABASE_AWAY
from tenants.storage import StorageAway

# 2, 4, 8 … 60 seconds, each with a random part: five minutes, then the sweeper's turn.
shop_task = partial(
    shared_task,
    autoretry_for=(*DATABASE_AWAY, StorageAway),
    retry_backoff=2,
    retry_backoff_max=60,
    retry_jitter=True,
    max_retries=9,
)
