"""Searches that got no answer, counted by the code of their problem when they happen."""

from typing import Any

from django.utils import timezone

from analytics.models import Dimension
from recommender.direct import direct
from tenants.models import Shop
from tenants.scope import shop_scope

_FAILED = """
    INSERT INTO analytics_daysum (shop_id, day, dimension, value, currency, searches)
    VALUES ({shop}, %s, %s, %s, '', 1)
    ON CONFLICT (shop_id, dimension, day, value, currency)
    DO UPDATE SET searches = analytics_daysum.searches + 1
"""


def failure_recorded(*, shop: Shop, code: str, **_signal: Any) -> None:
    """Add one to the day's errors. Outside the shop's scope. Listens to `search_refused`."""
    with shop_scope(shop):
        direct(_FAILED, [timezone.localdate(), Dimension.ERROR.value, code])
