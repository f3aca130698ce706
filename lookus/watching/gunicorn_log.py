"""The web server's own lines, as all others are written."""

from typing import Any

from gunicorn.glogging import Logger


class WatchedLogger(Logger):
    """`gunicorn --logger-class`: our formatter in the place of gunicorn's."""

    def _set_handler(self, log: Any, output: Any, fmt: Any, stream: Any = None) -> None:
        from django.conf import settings  # noqa: PLC0415  read when the server starts

        from lookus.watching.logs import JsonLine, Line  # noqa: PLC0415

        form = JsonLine if settings.LOG_FORMAT == "json" else Line
        super()._set_handler(log, output, form(tuple(settings.LOG_SECRETS)), stream)
