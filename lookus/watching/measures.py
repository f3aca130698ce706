"""What this process counts for Prometheus; every name of a figure begins with `lookus_`.

Several processes of one machine add up: where PROMETHEUS_MULTIPROC_DIR is set (`lookus web`,
`lookus worker` and `lookus up` set it), each writes to files in METRICS_FOLDER, and whoever is
asked sums up all of them. No label names a shop, a mall or a person: ten thousand shops stay as
many series as one.
"""

import logging
import os
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from prometheus_client import REGISTRY, CollectorRegistry, Counter, Histogram
from prometheus_client.metrics_core import Metric
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

MULTIPLE = "PROMETHEUS_MULTIPROC_DIR"
QUICK = (0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.3, 0.5, 0.8, 1.2, 2, 5)
SLOW = (0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 30, 60, 300)
WAITED = (1, 5, 10, 30, 60, 120, 300, 600, 1800, 3600, 4 * 3600, 24 * 3600)

REQUESTS = Counter("lookus_http_requests", "Requests answered.", ("area", "method", "status"))
REQUEST_SECONDS = Histogram(
    "lookus_http_request_seconds", "Until a request was answered.", ("area",), buckets=QUICK
)
SEARCH_SECONDS = Histogram(
    "lookus_search_seconds",
    "Of an answered search: each part of its work, and part=total.",
    ("part",),
    buckets=QUICK,
)
SEARCHES_REFUSED = Counter(
    "lookus_searches_refused",
    "Searches without an answer, by their problem.",
    ("code",),
)
PHOTO_SECONDS = Histogram(
    "lookus_tag_photo_seconds",
    "A worker's time for one photo: fetched, seen and written.",
    buckets=SLOW,
)
PHOTO_WAIT_SECONDS = Histogram(
    "lookus_tag_wait_seconds",
    "Of each chunk of photos, from the first one's announcement until it was tagged.",
    buckets=WAITED,
)
PHOTOS_FAILED = Counter("lookus_photos_failed", "Photos given up, by reason.", ("reason",))
TASKS = Counter("lookus_tasks", "Jobs done, by how they ended.", ("task", "state"))
TASK_SECONDS = Histogram("lookus_task_seconds", "Of one job.", ("task",), buckets=SLOW)
LOG_RECORDS = Counter("lookus_log_records", "Lines of the log from warnings on.", ("level",))


class LogCounter(logging.Handler):
    """Counts lines; writes none."""

    def emit(self, record: logging.LogRecord) -> None:
        LOG_RECORDS.labels(record.levelname.lower()).inc()


class AllProcesses(Collector):
    """The sums over the files of every process that writes to METRICS_FOLDER."""

    def collect(self) -> Iterable[Metric]:
        files = [str(path) for path in settings.METRICS_FOLDER.glob("*/*.db")]
        found: Iterable[Metric] = MultiProcessCollector.merge(files, accumulate=True)
        return found


def counted() -> Any:
    """The registry of what was counted: by all processes of this machine, or by this one alone."""
    if MULTIPLE not in os.environ:
        return REGISTRY
    registry = CollectorRegistry()
    registry.register(AllProcesses())
    return registry
