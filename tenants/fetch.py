"""The guarded fetcher: the only way from an address that somebody gave us to its bytes.

It never speaks to our own network: a name is resolved once, every address it stands for must be
a public one, and the connection goes to that very address, so that no second answer of the DNS
can move it. Every redirect is checked in the same way. One deadline holds for the whole.
"""

import socket
import threading
import time
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http.client import HTTPException
from urllib.parse import urljoin

from django.conf import settings
from urllib3 import HTTPResponse
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError

from tenants.addresses import (
    FetchError,
    FetchFailed,
    FetchRefused,
    Target,
    check_url,
    is_public,
    shorten,
)

__all__ = [
    "FetchError",
    "FetchFailed",
    "FetchRefused",
    "Fetched",
    "Posted",
    "check_url",
    "fetch",
    "post",
]

REDIRECTS = 3
REDIRECT_STATUSES = (301, 302, 303, 307, 308)
NOT_MODIFIED = 304
READ_BYTES = 64 * 1024
# Longer ones are cut off: they match nothing then, and the bytes come.
MOST_ETAG, MOST_DATE = 200, 60

# The system's resolver has no timeout of its own that we could set.
_resolver = ThreadPoolExecutor(max_workers=8, thread_name_prefix="resolve")


@dataclass(frozen=True)
class Fetched:
    body: bytes
    content_type: str
    """As the server says it, which need not be true."""
    final_url: str
    etag: str = ""
    modified: str = ""
    """Its Last-Modified, as it came."""
    unchanged: bool = False
    """It is still what the given ETag or date was of: no body came."""


def fetch(
    url: str, *, max_bytes: int, accept: str = "*/*", etag: str = "", modified: str = ""
) -> Fetched:
    """The bytes behind a public http(s) address.

    With the `etag` or `modified` of a former answer they come only if they have changed since.
    Raises FetchRefused (`url_refused`: scheme, port, credentials, a private address here or
    after a redirect) and FetchFailed (`url_failed`: no answer within FETCH_TIMEOUT_SECONDS for
    all of it, a status other than 200, more than `max_bytes`).
    """
    deadline = Deadline.after(settings.FETCH_TIMEOUT_SECONDS)
    headers = {"Accept": accept}
    headers |= {"If-None-Match": etag} if etag else {}
    headers |= {"If-Modified-Since": modified} if modified else {}
    for _ in range(REDIRECTS + 1):
        target = check_url(url)
        with _answer(target, url, Send("GET", None, headers), deadline) as response:
            if response.status not in REDIRECT_STATUSES:
                unchanged = response.status == NOT_MODIFIED and bool(etag or modified)
                body = b"" if unchanged else _read(response, url, max_bytes)
                told = response.headers
                return Fetched(
                    body,
                    told.get("Content-Type", ""),
                    url,
                    told.get("ETag", "")[:MOST_ETAG],
                    told.get("Last-Modified", "")[:MOST_DATE],
                    unchanged,
                )
            location = response.headers.get("Location")
        if not location:
            raise FetchFailed(f"{shorten(url)}: a redirect that leads nowhere")
        url = urljoin(url, location)
    raise FetchFailed(f"{shorten(url)}: more than {REDIRECTS} redirects")


@dataclass(frozen=True)
class Posted:
    status: int
    body: bytes
    """How the answer began; the rest is not read."""


def post(
    url: str, *, body: bytes, headers: Mapping[str, str], seconds: float, max_bytes: int
) -> Posted:
    """Send `body` to a public http(s) address, once: a redirect is an answer like any other.

    Raises FetchRefused, as `fetch` does, and FetchFailed where no answer came within `seconds`.
    """
    deadline = Deadline.after(seconds)
    target = check_url(url)
    send = Send("POST", body, {"Accept": "*/*", **headers})
    with _answer(target, url, send, deadline) as response:
        return Posted(response.status, _beginning(response, max_bytes))


def _beginning(response: HTTPResponse, max_bytes: int) -> bytes:
    body = b""
    while len(body) < max_bytes and (piece := response.read(max_bytes - len(body))):
        body += piece
    return body


@dataclass(frozen=True)
class Deadline:
    at: float
    seconds: float

    @classmethod
    def after(cls, seconds: float) -> "Deadline":
        return cls(time.monotonic() + seconds, seconds)

    def left(self, url: str) -> float:
        """Seconds; raises FetchFailed when there are none."""
        left = self.at - time.monotonic()
        if left <= 0:
            raise self.missed(url)
        return left

    def missed(self, url: str) -> FetchFailed:
        return FetchFailed(f"{shorten(url)}: no answer within {self.seconds:g} seconds")


@dataclass(frozen=True)
class Send:
    """What goes out, beside what every request says."""

    method: str
    body: bytes | None
    headers: Mapping[str, str]


@contextmanager
def _answer(target: Target, url: str, send: Send, deadline: Deadline) -> Iterator[HTTPResponse]:
    """The response's head; the body is read inside the block. Ends all of it at the deadline."""
    connection = _connection(target, _resolve(target, url, deadline), deadline.left(url))
    cut = threading.Event()
    timer = None
    try:
        connection.connect()
        timer = threading.Timer(deadline.left(url), _cut, [connection.sock, cut])
        timer.daemon = True
        timer.start()
        connection.request(
            send.method,
            target.path,
            body=send.body,
            headers={
                "Host": target.authority,
                "User-Agent": f"LookUs (+{settings.PUBLIC_URL})",
                **send.headers,
                # Nothing is unpacked here, so that nothing small can become large.
                "Accept-Encoding": "identity",
                "Connection": "close",
            },
            preload_content=False,
            decode_content=False,
        )
        yield connection.getresponse()
    except (HTTPError, HTTPException, OSError, ValueError) as error:
        if cut.is_set() or isinstance(error, TimeoutError) or time.monotonic() >= deadline.at:
            raise deadline.missed(url) from error
        raise FetchFailed(f"{shorten(url)}: {_reason(error)}") from error
    finally:
        if timer is not None:
            timer.cancel()
        connection.close()
    if cut.is_set():
        # A cut connection looks like the end of a body that has no length.
        raise deadline.missed(url)


def _read(response: HTTPResponse, url: str, max_bytes: int) -> bytes:
    if response.status != 200:
        raise FetchFailed(f"{shorten(url)}: the server answered {response.status}")
    if response.headers.get("Content-Encoding", "identity").strip().lower() != "identity":
        raise FetchFailed(f"{shorten(url)}: the file came compressed though asked for as it is")
    too_large = FetchFailed(f"{shorten(url)}: larger than {max_bytes / 2**20:g} MB")
    length = response.headers.get("Content-Length", "")
    if length.isdigit() and int(length) > max_bytes:
        raise too_large
    body = bytearray()
    while piece := response.read(READ_BYTES):
        body += piece
        if len(body) > max_bytes:
            raise too_large
    return bytes(body)


def _resolve(target: Target, url: str, deadline: Deadline) -> str:
    """The first address of the name. Raises FetchRefused if any of them is not public."""
    asked = _resolver.submit(
        socket.getaddrinfo, target.host, target.port, 0, socket.SOCK_STREAM, socket.IPPROTO_TCP
    )
    try:
        found = [str(info[4][0]) for info in asked.result(timeout=deadline.left(url))]
    except TimeoutError:
        raise deadline.missed(url) from None
    except (OSError, UnicodeError):
        raise FetchFailed(f"{shorten(url)}: there is no host {target.host}") from None
    if not target.trusted and not all(is_public(address) for address in found):
        raise FetchRefused(f"{shorten(url)}: {target.host} is an address of a private network")
    return found[0]


def _connection(target: Target, address: str, seconds: float) -> HTTPConnection:
    if target.scheme == "http":
        return HTTPConnection(address, target.port, timeout=seconds)
    # The certificate is the name's, whatever the address.
    return HTTPSConnection(
        address,
        target.port,
        timeout=seconds,
        cert_reqs="CERT_REQUIRED",
        server_hostname=target.host,
    )


def _cut(sock: socket.socket, cut: threading.Event) -> None:
    """Wake up whoever reads from the socket: a timeout a read would let a slow drip go on."""
    cut.set()
    with suppress(OSError):
        # Not SSLSocket's own, which takes its state away under the reader.
        socket.socket.shutdown(sock, socket.SHUT_RDWR)


def _reason(error: Exception) -> str:
    words = str(error).lower()
    if "certificate" in words:
        return "the server's certificate is not valid for this name"
    if isinstance(error, ConnectionRefusedError) or "refused" in words:
        return "the server refused the connection"
    if "incompleteread" in type(error).__name__.lower() or "incomplete" in words:
        return "the connection broke in the middle"
    if isinstance(error, HTTPException):
        return "the server's answer is no proper HTTP"
    return "the server could not be reached"
