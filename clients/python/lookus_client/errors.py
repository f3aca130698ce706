"""What goes wrong: the API's problem documents (RFC 9457), or no answer of its at all."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

import httpx


class LookusError(Exception):
    """`code` is the API's own (docs/api.md lists them), or `network`, `timeout`, `bad_answer`.

    `field` is the first field that was refused, and `errors` has all; `retry_after` is seconds,
    0.0 where the answer named none; `status` is 0 where no answer came.
    """

    def __init__(
        self,
        code: str,
        detail: str = "",
        *,
        status: int = 0,
        request_id: str = "",
        retry_after: float = 0.0,
        errors: tuple[Mapping[str, str], ...] = (),
    ) -> None:
        self.code, self.detail, self.status = code, detail, status
        self.request_id, self.retry_after, self.errors = request_id, retry_after, errors
        self.field = errors[0].get("field", "") if errors else ""
        about = f" [{self.request_id}]" if request_id else ""
        super().__init__(f"{code}: {detail or 'no details'}{about}")


def error_of(response: httpx.Response) -> LookusError:
    """Of an answer that was read and is none of the good ones, whoever gave it."""
    told = _json(response)
    errors = told.get("errors")
    return LookusError(
        str(told.get("code") or "bad_answer"),
        str(told.get("detail") or response.reason_phrase),
        status=response.status_code,
        request_id=str(told.get("request_id") or response.headers.get("X-Request-ID", "")),
        retry_after=_seconds(response.headers.get("Retry-After", "")),
        errors=tuple(errors) if isinstance(errors, list) else (),
    )


def _json(response: httpx.Response) -> dict[str, Any]:
    try:
        told = json.loads(response.content)
    except ValueError:
        return {}
    return told if isinstance(told, dict) else {}


def _seconds(text: str) -> float:
    """Retry-After is seconds or a date (RFC 9110, 10.2.3)."""
    if text.isdecimal():
        return float(text)
    try:
        then = parsedate_to_datetime(text)
    except ValueError:
        return 0.0
    return max(0.0, (then - datetime.now(UTC)).total_seconds())
