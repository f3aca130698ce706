"""Partitions of events and searches: made ahead of their months, dropped when these are over."""

import logging
from datetime import datetime

from django.conf import settings
from django.db import OperationalError

from analytics.models import Event, SearchDetail
from recommender.direct import direct
from tenants.models import Shop
from tenants.months import month_after, month_of, partitions_ahead, partitions_drop, rest_of
from tenants.scope import shop_scope

logger = logging.getLogger(__name__)
TABLES = tuple(model._meta.db_table for model in (Event, SearchDetail))


def months_keep(*, now: datetime) -> None:
    """Make what the next months need and drop what is older than EVENT_KEEP_MONTHS.

    Safe to run twice, and to miss for two months; later than that rows wait in the last partition,
    and move when this runs. A table that is busy is left to the next hour.
    """
    for table in TABLES:
        try:
            partitions_ahead(table, now=now)
            if settings.EVENT_KEEP_MONTHS:
                before = month_after(month_of(now), -settings.EVENT_KEEP_MONTHS)
                gone = partitions_drop(table, before=before)
                # What had no month of its own goes when the months around it do.
                if gone:
                    _rest_forget(table, before=before)
        except OperationalError:
            logger.warning("the partitions of %s wait: the table is busy", table)


def _rest_forget(table: str, *, before: object) -> None:
    for shop_id in list(Shop.objects.order_by("pk").values_list("pk", flat=True)):
        with shop_scope(shop_id):
            statement = f"DELETE FROM {rest_of(table)} WHERE shop_id = {{shop}} AND at < %s"  # noqa: S608
            direct(statement, [before])
