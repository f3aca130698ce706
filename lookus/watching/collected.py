"""Figures of the whole installation, read from the database when Prometheus asks.

They are the truth for all processes and machines at once. They are kept for some seconds, so that
several who ask cost as much as one.
"""

import logging
import threading
import time
from collections.abc import Iterable, Iterator

from django.db import DatabaseError, connection
from django.db.models import Count, Q, Sum
from django.utils import timezone
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.metrics_core import Metric
from prometheus_client.registry import Collector

from billing.models import Kind, MonthlyUsage, Subscription
from billing.plans import default_plan, plan_of
from billing.usage import plan_that_counts, this_month
from lookus.watching.parts import PARTS, parts_now
from lookus.watching.signs import sign_seen
from tenants import outbox
from tenants.models import Shop

log = logging.getLogger(__name__)

KEPT_SECONDS = 5.0
REACHED = (80, 100)
"""Percent of a plan from which a mall counts as near, and as at, its limit."""


class Installation(Collector):
    """Everything that the database knows, and whether each part answers."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._kept: list[Metric] = []
        self._until = 0.0

    def collect(self) -> Iterable[Metric]:
        with self._lock:
            if time.monotonic() >= self._until:
                self._kept = list(_families())
                self._until = time.monotonic() + KEPT_SECONDS
            return self._kept

    def forget(self) -> None:
        """Ask anew the next time."""
        self._until = 0.0


INSTALLATION = Installation()


def _families() -> Iterator[Metric]:
    states = parts_now()
    up = GaugeMetricFamily("lookus_part_up", "1: this part answers.", labels=["part"])
    for part in PARTS:
        up.add_metric([part], float(states[part] == ""))
    yield up
    if states["database"]:
        return
    try:
        yield from _from_database()
    except DatabaseError:
        log.exception("figures could not be read")
    finally:
        connection.close_if_unusable_or_obsolete()


def _from_database() -> Iterator[Metric]:
    waiting = GaugeMetricFamily(
        "lookus_queue_waiting", "Objects that workers must still see.", labels=["topic"]
    )
    age = GaugeMetricFamily(
        "lookus_queue_age_seconds", "Of the object that waits longest.", labels=["topic"]
    )
    for queue in outbox.queues():
        waiting.add_metric([queue.topic], queue.waiting)
        age.add_metric([queue.topic], queue.seconds)
    yield from (waiting, age)
    seen = sign_seen()
    if seen is not None:
        silent = (timezone.now() - seen).total_seconds()
        yield GaugeMetricFamily(
            "lookus_worker_silent_seconds", "Since a worker's last sign.", value=max(0.0, silent)
        )
    shops = Shop.objects.aggregate(
        open=Count("pk", filter=Q(closed_at=None)), closed=Count("pk", filter=~Q(closed_at=None))
    )
    family = GaugeMetricFamily("lookus_shops", "Shops.", labels=["state"])
    for state, count in shops.items():
        family.add_metric([state], count)
    yield family
    yield from _quota()


def _quota() -> Iterator[Metric]:
    used = GaugeMetricFamily("lookus_used_in_month", "Used by all malls.", labels=["kind"])
    near = GaugeMetricFamily(
        "lookus_quota_malls",
        "Malls that have used so many percent of their plan or more.",
        labels=["kind", "percent"],
    )
    rows = MonthlyUsage.objects.filter(month=this_month())
    sums = dict(rows.values_list("kind").annotate(Sum("quantity")))
    plans = {
        mall: plan_that_counts(plan, state)
        for mall, plan, state in Subscription.objects.values_list("mall", "plan", "state")
    }
    reached = {(kind.value, percent): 0 for kind in Kind for percent in REACHED}
    for mall, kind, quantity in rows.values_list("mall", "kind", "quantity"):
        allowed = plan_of(plans.get(mall, default_plan().id)).monthly[Kind(kind)]
        for percent in REACHED:
            if allowed is not None and 100 * quantity >= percent * allowed:
                reached[kind, percent] += 1
    for kind in Kind:
        used.add_metric([kind.value], sums.get(kind.value, 0))
    for (name, percent), malls in reached.items():
        near.add_metric([name, str(percent)], malls)
    yield from (used, near)
