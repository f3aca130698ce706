"""The guarded fetcher for what may be large, or unchanged since it was asked for the last time."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import IO
from urllib.parse import urljoin, urlsplit

from django.conf import settings
from urllib3 import HTTPResponse

from tenants.addresses import FetchFailed, check_url, shorten
from tenants.fetch import (
    READ_BYTES,
    REDIRECT_STATUSES,
    REDIRECTS,
    Deadline,
    Send,
    _answer,
)

NOT_MODIFIED = 304


class AnswerFailed(FetchFailed):
    """The server answered, but not with the file."""

    def __init__(self, message: str, *, status: int, retry_after: float = 0) -> None:
        super().__init__(message)
        self.status, self.retry_after = status, retry_after


@dataclass(frozen=True)
class Answer:
    """What came of a request; the bytes are in the caller's file."""

    changed: bool
    """False: the server says that it is what it was."""
    final_url: str
    content_type: str
    etag: str
    modified: str
    digest: str
    """SHA-256 of the bytes."""
    size: int
    whole: bool
    """False: more would have come, and only the beginning was wanted."""


def fetch_to(
    url: str,
    *,
    to: IO[bytes],
    max_bytes: int,
    seconds: float,
    beginning: bool = False,
    etag: str = "",
    modified: str = "",
    headers: Mapping[str, str] | None = None,
    host: str = "",
) -> Answer:
    """Write the bytes behind a public http(s) address into `to`.

    With `etag` or `modified` of a former answer it is asked for only if it changed. `beginning`:
    stop after `max_bytes`, which otherwise is an error. `host`: redirects must stay there.
    Raises FetchRefused and FetchFailed as `tenants.fetch.fetch` does, with a status AnswerFailed.
    """
    deadline = Deadline.after(seconds)
    sent = {"Accept": "*/*", **(headers or {})}
    if etag:
        sent["If-None-Match"] = etag
    if modified:
        sent["If-Modified-Since"] = modified
    for _ in range(REDIRECTS + 1):
        target = check_url(url)
        with _answer(target, url, Send("GET", None, sent), deadline) as response:
            if response.status not in REDIRECT_STATUSES:
                return _take(response, url, to, max_bytes, beginning=beginning)
            location = response.headers.get("Location")
        if not location:
            raise FetchFailed(f"{shorten(url)}: a redirect that leads nowhere")
        url = urljoin(url, location)
        if host and urlsplit(url).hostname != host:
            raise FetchFailed(f"{shorten(url)}: a redirect that leads to another site")
    raise FetchFailed(f"{shorten(url)}: more than {REDIRECTS} redirects")


def bot() -> str:
    """The name that the crawler gives itself."""
    return f"LookUsBot/1.0 (+{settings.PUBLIC_URL})"


def _take(
    response: HTTPResponse, url: str, to: IO[bytes], max_bytes: int, *, beginning: bool
) -> Answer:
    told = response.headers
    if response.status == NOT_MODIFIED:
        return Answer(False, url, "", "", "", "", 0, True)
    if response.status != 200:
        wait = told.get("Retry-After", "")
        raise AnswerFailed(
            f"{shorten(url)}: the server answered {response.status}",
            status=response.status,
            retry_after=float(wait) if wait.isdecimal() else 0,
        )
    if told.get("Content-Encoding", "identity").strip().lower() != "identity":
        raise FetchFailed(f"{shorten(url)}: the file came compressed though asked for as it is")
    size, whole, digest = 0, True, hashlib.sha256()
    while piece := response.read(READ_BYTES):
        if size + len(piece) > max_bytes:
            if not beginning:
                raise FetchFailed(f"{shorten(url)}: larger than {max_bytes / 2**20:,.0f} MB")
            piece, whole = piece[: max_bytes - size], False
        size += len(piece)
        digest.update(piece)
        to.write(piece)
        if not whole:
            break
    to.flush()
    return Answer(
        True,
        url,
        told.get("Content-Type", ""),
        told.get("ETag", "")[:200],
        told.get("Last-Modified", "")[:60],
        digest.hexdigest(),
        size,
        whole,
    )
