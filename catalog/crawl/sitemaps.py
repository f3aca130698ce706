"""Sitemaps (sitemaps.org): the pages of a site and when they last changed."""

import gzip
import io
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import IO, Any
from urllib.parse import urljoin, urlsplit
from xml.etree.ElementTree import ParseError

from catalog.imports.safe_xml import DefusedXmlException, DefusedXMLParser

# The protocol's own limits of one sitemap.
MAX_BYTES = 50 * 2**20
MAX_ENTRIES = 50_000
MAX_URL = 2000
GZIP = b"\x1f\x8b"
BLOCK_BYTES = 64 * 1024
ROOTS = {"urlset": "page", "sitemapindex": "map"}


class NoSitemap(Exception):
    """The file is no sitemap, or none from here on; the message says why."""


@dataclass(frozen=True)
class Entry:
    kind: str
    """page, or map for another sitemap."""
    url: str
    lastmod: str


def entries_of(file: IO[bytes], base: str) -> Iterator[Entry]:
    """The addresses in a sitemap, at most 50,000 as the protocol says; `base` is its own address.

    XML, packed or not, and plain text with an address a line. Raises NoSitemap where it is none, or
    goes on no further: what came before is good.
    """
    file.seek(0)
    plain = _unpacked(file)
    head = plain.read(BLOCK_BYTES).lstrip(b"\xef\xbb\xbf \t\r\n")
    if head.startswith(b"<"):
        yield from _xml(head, plain, base)
    elif head.startswith((b"http://", b"https://")):
        yield from _text(head + plain.read(MAX_BYTES))
    else:
        raise NoSitemap("The address gives no sitemap: neither XML nor a list of addresses.")


class _Map:
    """What the parser calls."""

    def __init__(self, base: str) -> None:
        self.ready: list[Entry] = []
        self.root = ""
        self._base, self._kind = base, ""
        self._path: list[str] = []
        self._said: dict[str, str] = {}

    def start(self, tag: str, attrs: Mapping[str, str]) -> None:
        name = tag.rpartition("}")[2]
        if not self.root:
            self.root = name
            if name not in ROOTS:
                raise NoSitemap(f"The XML is no sitemap: it begins with <{name[:60]}>.")
            self._kind = ROOTS[name]
        self._path.append(name)

    def data(self, text: str) -> None:
        # Only url/loc and url/lastmod: images have a loc of their own, one deeper.
        if len(self._path) == 3 and self._path[-1] in ("loc", "lastmod"):
            said = self._said.get(self._path[-1], "") + text
            self._said[self._path[-1]] = said[: MAX_URL + 1]

    def end(self, tag: str) -> None:
        if len(self._path) == 2:
            url = urljoin(self._base, self._said.get("loc", "").strip())
            if url.startswith(("http://", "https://")) and len(url) <= MAX_URL:
                lastmod = self._said.get("lastmod", "").strip()[:40]
                self.ready.append(Entry(self._kind, url, lastmod))
            self._said = {}
        self._path.pop()

    def close(self) -> None:
        pass


def _xml(head: bytes, rest: IO[bytes], base: str) -> Iterator[Entry]:
    target, count, block = _Map(base), 0, head
    parser: Any = DefusedXMLParser(target=target, forbid_dtd=True)
    try:
        while block and count < MAX_ENTRIES:
            parser.feed(block)
            for entry in target.ready[: MAX_ENTRIES - count]:
                yield entry
                count += 1
            target.ready.clear()
            block = rest.read(BLOCK_BYTES)
        if not block:
            parser.close()
    except DefusedXmlException:
        raise NoSitemap("The XML declares entities or a document type, or is a web page.") from None
    except (ParseError, ValueError, OSError, EOFError, zlib.error) as error:
        yield from target.ready
        raise NoSitemap(f"The sitemap cannot be read any further: {error}") from None
    if count >= MAX_ENTRIES:
        raise NoSitemap(f"The sitemap has {MAX_ENTRIES:,} addresses or more: the rest is left out.")


def _text(data: bytes) -> Iterator[Entry]:
    for line in data.decode("utf-8", "replace").split("\n")[:MAX_ENTRIES]:
        if line.strip().startswith(("http://", "https://")) and len(line) <= MAX_URL:
            yield Entry("page", line.strip(), "")


def _unpacked(file: IO[bytes]) -> IO[bytes]:
    """The file, unpacked as far as a sitemap may go."""
    packed = file.read(2) == GZIP
    file.seek(0)
    if not packed:
        return file
    try:
        return io.BytesIO(gzip.GzipFile(fileobj=file).read(MAX_BYTES))
    except (OSError, EOFError, zlib.error):
        raise NoSitemap("The packed sitemap is damaged.") from None


def same_site(url: str, other: str) -> bool:
    """Whether two addresses are of one host, with www. or without."""
    return host_of(url).removeprefix("www.") == host_of(other).removeprefix("www.")


def host_of(url: str) -> str:
    """The host and port of an address, in lower case."""
    try:
        return urlsplit(url).netloc.lower()
    except ValueError:
        return ""
