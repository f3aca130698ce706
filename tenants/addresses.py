"""Which addresses a stranger may make us call: public ones, on the web's own ports."""

import ipaddress
import socket
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings
from urllib3.exceptions import LocationParseError
from urllib3.util import parse_url

PORTS = {"http": 80, "https": 443}
MAX_URL_LENGTH = 2000

IPAddress = ipaddress.IPv4Address | ipaddress.IPv6Address

# IPv6 addresses that carry an IPv4 one, which is where the packet ends (RFC 6052).
NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
LOCAL_NAT64 = ipaddress.IPv6Network("64:ff9b:1::/48")


class FetchError(Exception):
    """`code` is stable; `message` says what was wrong and with which address."""

    code = "url_failed"

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class FetchRefused(FetchError):
    """The address is none that we call: its scheme, port, credentials, or where it leads."""

    code = "url_refused"


class FetchFailed(FetchError):
    """The address did not give the file: time, status, size, or a broken connection."""


@dataclass(frozen=True)
class Target:
    """A checked URL, taken apart."""

    scheme: str
    host: str
    """Without brackets, in ASCII."""
    port: int
    path: str
    """With the query, percent-encoded."""
    trusted: bool
    """The operator allowed this host and port, private or not."""

    @property
    def authority(self) -> str:
        """The Host header: the port only where it is not the scheme's own."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == PORTS[self.scheme] else f"{host}:{self.port}"


def check_url(url: str) -> Target:
    """Everything about a URL that can be known without asking the DNS.

    Raises FetchRefused: not http(s), credentials, another port, no host, a private address.
    """
    shown = shorten(url)
    if len(url) > MAX_URL_LENGTH:
        raise FetchRefused(f"{shown}: longer than {MAX_URL_LENGTH} characters")
    try:
        parts = parse_url(_ascii_host(url.strip()))
    except (LocationParseError, UnicodeError, ValueError):
        raise FetchRefused(f"{shown}: not a readable address") from None
    if parts.scheme not in PORTS:
        raise FetchRefused(f"{shown}: must begin with http:// or https://")
    if parts.auth is not None:
        raise FetchRefused(f"{shown}: must not carry a user name or password")
    host = (parts.host or "").strip("[]").partition("%")[0]
    if not host:
        raise FetchRefused(f"{shown}: names no host")
    port = parts.port or PORTS[parts.scheme]
    trusted = f"{host}:{port}" in settings.FETCH_ALLOWED_PRIVATE
    if not trusted:
        if port != PORTS[parts.scheme]:
            raise FetchRefused(f"{shown}: port {port} is not allowed, only 80 and 443")
        _check_host(host, shown)
    return Target(parts.scheme, host, port, parts.request_uri, trusted)


def is_public(address: str) -> bool:
    """Whether an IP address belongs to the public internet."""
    try:
        return _is_public(ipaddress.ip_address(address.partition("%")[0]))
    except ValueError:
        return False


def shorten(url: str) -> str:
    """A URL as a message may show it: without credentials and control characters, not long."""
    clean = "".join(char if char.isprintable() else "�" for char in url.strip())
    scheme, separator, rest = clean.partition("://")
    authority, slash, path = rest.partition("/")
    if separator and "@" in authority:
        clean = f"{scheme}://…@{authority.rpartition('@')[2]}{slash}{path}"
    return clean if len(clean) <= 120 else f"{clean[:119]}…"


def _check_host(host: str, shown: str) -> None:
    name = host.lower().rstrip(".")
    if name == "localhost" or name.endswith((".localhost", ".local", ".internal")):
        raise FetchRefused(f"{shown}: a name of a private network")
    literal = _literal(host)
    if literal is not None and not _is_public(literal):
        raise FetchRefused(f"{shown}: a private address")


def _literal(host: str) -> IPAddress | None:
    """The address that a host spells, also as 127.1 or 0x7f000001; None for a name."""
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        pass
    try:
        return ipaddress.IPv4Address(socket.inet_aton(host))
    except (OSError, UnicodeError):
        return None


def _is_public(address: IPAddress) -> bool:
    if isinstance(address, ipaddress.IPv6Address):
        if address in LOCAL_NAT64 or address.is_site_local:
            return False
        inner = _carried(address)
        if inner is not None:
            return _is_public(inner)
    return address.is_global and not (
        address.is_multicast or address.is_reserved or address.is_unspecified
    )


def _carried(address: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    if address in NAT64:
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    teredo = address.teredo
    return address.ipv4_mapped or address.sixtofour or (teredo[1] if teredo else None)


def _ascii_host(url: str) -> str:
    """The URL with an international host name in its ASCII form."""
    if any(char.isspace() and char != " " for char in url) or "\\" in url:
        raise ValueError("whitespace")
    url = url.replace(" ", "%20")
    host = urlsplit(url).netloc.rpartition("@")[2].partition(":")[0]
    if host.isascii():
        return url
    return url.replace(host, host.encode("idna").decode("ascii"), 1)
