"""Lines of the log: text for people, JSON for machines, secrets in neither.

Every line names the request (`-` outside one) and the shop it is about. A job has the request's
name that asked for it, and its own task's.
"""

import json
import logging
from datetime import UTC, datetime

from lookus.watching.hidden import without_secrets
from tenants import tracing
from tenants.request_ids import current_request_id, current_shop, current_task

LINE = "%(asctime)s %(levelname)s %(name)s %(request_id)s %(message)s"
# What a caller's `extra` may add to a line of JSON.
EXTRA = ("method", "route", "status", "milliseconds")
SHORTEST_SECRET = 8


class Line(logging.Formatter):
    """One line of text, and a traceback below it."""

    def __init__(self, secrets: tuple[str, ...] = ()) -> None:
        super().__init__(LINE)
        self.secrets = known(secrets)

    def format(self, record: logging.LogRecord) -> str:
        if not hasattr(record, "request_id"):
            record.request_id = current_request_id.get()
        return without_secrets(super().format(record), self.secrets)


class JsonLine(logging.Formatter):
    """One JSON object a line: time (UTC), level, logger, message, request_id, shop_id, task, and
    trace_id where tracing is on."""

    def __init__(self, secrets: tuple[str, ...] = ()) -> None:
        super().__init__()
        self.secrets = known(secrets)

    def format(self, record: logging.LogRecord) -> str:
        told: dict[str, object] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": without_secrets(record.getMessage(), self.secrets),
            "request_id": getattr(record, "request_id", None) or current_request_id.get(),
            "shop_id": current_shop.get() or _scope(),
            "task": current_task.get() or None,
            "trace_id": tracing.trace_id(),
        }
        told |= {name: getattr(record, name) for name in EXTRA if hasattr(record, name)}
        if record.exc_info:
            traceback = self.formatException(record.exc_info)
            told["traceback"] = without_secrets(traceback, self.secrets)
        return json.dumps(told, ensure_ascii=False, default=str)


def known(secrets: tuple[str, ...]) -> tuple[str, ...]:
    """Of the settings' secrets those that are long enough not to be a word of a sentence."""
    return tuple(sorted({one for one in secrets if len(one) >= SHORTEST_SECRET}, key=len))[::-1]


def _scope() -> int | None:
    from tenants.scope import shop_id_or_none  # noqa: PLC0415  logging is set up before the apps

    return shop_id_or_none()
