"""The name of the request that is being answered, for logs. Imports nothing that needs the apps:
logging is set up before them.
"""

import logging
from contextvars import ContextVar

current_request_id: ContextVar[str] = ContextVar("lookus_request_id", default="-")


class RequestIdFilter(logging.Filter):
    """Gives every log line its `request_id`, or `-` outside a request."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.request_id = current_request_id.get()
        return True
