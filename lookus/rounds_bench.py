"""What each round of the clock over all shops takes where nothing is to be done in any."""

import time
from importlib import import_module
from typing import Any

from django.conf import settings

from lookus.migrate_bench import shops_made

LEAST_MS = 0.05
"""Of a shop: what takes less does not go from shop to shop."""


def measure(*, shops: int, products: int) -> dict[str, float | int]:
    """Seconds of each at so many shops, and its share of the time until it comes again."""
    shops_made(shops, products)
    figures: dict[str, float | int] = {"shops": shops}
    whole = 0.0
    for name, entry in settings.CELERY_BEAT_SCHEDULE.items():
        period = entry["schedule"]
        if not isinstance(period, int | float):
            continue
        work = _task(entry["task"])
        work()  # the first makes what later ones find
        started = time.perf_counter()
        work()
        spent = time.perf_counter() - started
        if spent * 1000 / shops < LEAST_MS:
            continue
        figures[f"{name}_s"] = round(spent, 2)
        figures[f"{name}_share"] = round(spent / period, 4)
        whole += spent / period
    figures["workers_busy_with_rounds"] = round(whole, 3)
    return figures


def _task(dotted: str) -> Any:
    module, name = dotted.rsplit(".", 1)
    return getattr(import_module(module), name)
