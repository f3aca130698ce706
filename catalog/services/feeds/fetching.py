"""Fetch a feed's file: streamed, cut off where it does not end, unpacked, looked at."""

import gzip
import hashlib
import tempfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO
from urllib.parse import unquote, urlsplit

from django.conf import settings

from catalog.imports.kinds import HEAD_BYTES, decoded
from catalog.imports.xml_bytes import is_html
from catalog.models import Feed
from catalog.services.feeds.claims import FeedFault
from tenants.addresses import FetchError
from tenants.fetch_file import Answer, AnswerFailed, fetch_to

GZIP = b"\x1f\x8b"
SPOOL_BYTES = 2**20
READ_BYTES = 256 * 1024
# A packed text may grow so much and no more.
MAX_RATIO = 100


@dataclass(frozen=True)
class Fetched:
    """A feed's bytes; `digest` is that of the file as it is read, unpacked."""

    answer: Answer
    file: IO[bytes]
    digest: str
    head: bytes

    @property
    def filename(self) -> str:
        """The file's name in the address, or its host."""
        parts = urlsplit(self.answer.final_url)
        name = unquote(parts.path.rstrip("/").rpartition("/")[2]) or parts.hostname or "feed"
        return name.removesuffix(".gz")[:150]

    @property
    def is_page(self) -> bool:
        start = decoded(self.head[:2048]).lstrip("\ufeff \t\r\n").lower()
        return start.startswith(("<!doctype html", "<html"))

    @property
    def is_sitemap(self) -> bool:
        start = decoded(self.head[:8192])
        return "<urlset" in start or "<sitemapindex" in start


@contextmanager
def feed_file(feed: Feed) -> Iterator[Fetched | None]:
    """The feed's file for the block; None where it is what it was.

    Raises FeedFault: it did not come, did not end, or is a web page.
    """
    with tempfile.NamedTemporaryFile(prefix="lookus-feed-") as raw:
        answer = _fetched(feed, raw)
        if not answer.changed:
            yield None
            return
        with _plain(raw) as file:
            fetched = _looked_at(answer, file)
            if fetched.is_page:
                refused = is_html()
                raise FeedFault(refused.code, refused.message)
            yield None if fetched.digest == feed.digest else fetched


@contextmanager
def beginning_of(url: str, max_bytes: int, seconds: float) -> Iterator[Fetched]:
    """The first bytes behind an address. Raises FeedFault."""
    with tempfile.TemporaryFile(prefix="lookus-feed-") as raw:
        try:
            answer = fetch_to(url, to=raw, max_bytes=max_bytes, seconds=seconds, beginning=True)
        except FetchError as error:
            raise fault_of(error) from error
        with _plain(raw, whole=answer.whole) as file:
            yield _looked_at(answer, file)


def fault_of(error: FetchError) -> FeedFault:
    """A fetcher's error as the reason that a feed shows."""
    if isinstance(error, AnswerFailed):
        code = {401: "login", 403: "login", 404: "not_found", 410: "not_found"}
        return FeedFault(code.get(error.status, "status"), error.message)
    return FeedFault(error.code, error.message)


def _fetched(feed: Feed, raw: IO[bytes]) -> Answer:
    try:
        return fetch_to(
            feed.url,
            to=raw,
            max_bytes=settings.IMPORT_MAX_BYTES,
            seconds=settings.FEED_TIMEOUT_SECONDS,
            etag=feed.etag,
            modified=feed.modified,
        )
    except FetchError as error:
        raise fault_of(error) from error


@contextmanager
def _plain(raw: IO[bytes], *, whole: bool = True) -> Iterator[IO[bytes]]:
    """The file, unpacked where it is packed (.gz); of a beginning, so much as there is."""
    raw.seek(0)
    if raw.read(2) != GZIP:
        raw.seek(0)
        yield raw
        return
    packed = raw.seek(0, 2)
    raw.seek(0)
    limit = min(settings.IMPORT_MAX_BYTES, packed * MAX_RATIO + READ_BYTES)
    with tempfile.SpooledTemporaryFile(max_size=SPOOL_BYTES, prefix="lookus-feed-") as out:
        try:
            with gzip.GzipFile(fileobj=raw) as unpacked:
                while piece := unpacked.read(READ_BYTES):
                    out.write(piece)
                    if out.tell() > limit:
                        raise FeedFault("bomb", "The packed feed unpacks to far too much.")
        except (OSError, EOFError, zlib.error) as error:
            if whole:
                raise FeedFault("damaged", "The packed feed is damaged or cut off.") from error
        yield out


def _looked_at(answer: Answer, file: IO[bytes]) -> Fetched:
    digest, head = hashlib.sha256(), b""
    file.seek(0)
    while piece := file.read(READ_BYTES):
        head = head or piece[:HEAD_BYTES]
        digest.update(piece)
    file.seek(0)
    if not head.strip():
        raise FeedFault("empty", "The address gives an empty file.")
    return Fetched(answer, file, digest.hexdigest(), head)
