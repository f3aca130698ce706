"""What is being answered or done, for logs: the request, the shop, the job.

Imports nothing that needs the apps: logging is set up before them.
"""

import logging
from contextvars import ContextVar

current_request_id: ContextVar[str] = ContextVar("lookus_request_id", default="-")
# The shop that a key or a job is of, for lines that are written outside its scope.
current_shop: ContextVar[int | None] = ContextVar("lookus_log_shop", default=None)
# The job that is being done.
current_task: ContextVar[str] = ContextVar("lookus_task", default="")


class RequestIdFilter(logging.Filter):
    """Gives every log line its `request_id`, or `-` outside a request."""

    def filter(self, record: logging.LogRecord) -> bool:
        # Django tells of a 4xx when the middlewares are done, and names its request.
        asked = getattr(record, "request", None)
        record.request_id = getattr(asked, "request_id", None) or current_request_id.get()
        return True
