"""What a job tells of itself: its request's name in the log, its time, and how it ended.

Imported by `lookus.celery`, whose signals these are.
"""

import logging.config
import time
from typing import Any

from celery import signals
from django.conf import settings

from lookus.watching import tracing as switch
from lookus.watching.measures import TASK_SECONDS, TASKS
from tenants import tracing
from tenants.request_ids import current_request_id, current_shop, current_task

REQUEST, PARENT = "lookus_request_id", "lookus_traceparent"
_started: dict[str, float] = {}


@signals.setup_logging.connect
def _log_as_the_web_does(**_signal: Any) -> None:
    logging.config.dictConfig(settings.LOGGING)


@signals.before_task_publish.connect
def _send_the_requests_name(headers: dict[str, Any] | None = None, **_signal: Any) -> None:
    if headers is not None and current_request_id.get() != "-":
        headers.setdefault(REQUEST, current_request_id.get())
    if headers is not None and tracing.traceparent():
        headers.setdefault(PARENT, tracing.traceparent())


@signals.task_prerun.connect
def _begin(task_id: str, task: Any, args: Any = (), **_signal: Any) -> None:
    # A worker spreads the headers over the request; a job run in place keeps them together.
    headers = task.request.headers or {}
    own = getattr(task.request, REQUEST, None) or headers.get(REQUEST)
    current_request_id.set(own or "-")
    current_task.set(task.name)
    current_shop.set(args[0] if args and isinstance(args[0], int) else None)
    _started[task_id] = time.perf_counter()
    spans = switch.active()
    if spans is not None:
        parent = getattr(task.request, PARENT, None) or headers.get(PARENT) or ""
        shop = current_shop.get()
        spans.job_begin(task.name, parent, {} if shop is None else {"lookus.shop_id": shop})


@signals.task_postrun.connect
def _end(task_id: str, task: Any, state: str | None = None, **_signal: Any) -> None:
    started = _started.pop(task_id, None)
    if started is not None:
        TASK_SECONDS.labels(task.name).observe(time.perf_counter() - started)
    TASKS.labels(task.name, (state or "unknown").lower()).inc()
    spans = switch.active()
    if spans is not None:
        spans.job_end("" if state == "SUCCESS" else state or "unknown")
    current_request_id.set("-")
    current_task.set("")
    current_shop.set(None)


@signals.worker_process_init.connect
def _trace(**_signal: Any) -> None:
    switch.start("worker")


@signals.worker_process_shutdown.connect
@signals.worker_shutdown.connect
def _send_last_spans(**_signal: Any) -> None:
    switch.stop()


@signals.worker_init.connect
def _tell_figures(**_signal: Any) -> None:
    from lookus.watching.worker_port import serve  # noqa: PLC0415  a worker only

    if settings.METRICS_PORT:
        serve(settings.METRICS_PORT)
