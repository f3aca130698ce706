"""What shops' pages load: `widget/v1.js` and its parts, open to every origin."""

import gzip
import hashlib
import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.views.decorators.http import require_safe

FOLDER = Path(settings.BASE_DIR) / "frontend" / "widget" / "dist"
# Short, for the address never changes and a mended widget must reach the shops.
CACHE_SECONDS = 300
PART_CACHE_SECONDS = 365 * 24 * 3600

_PART = re.compile(r"([a-z]+(?:-[a-z]+)?)-[A-Z0-9]{8}\.js")
_NO_GZIP = re.compile(r"gzip\s*;\s*q=0(?:\.0*)?(?:\s*,|\s*$)")


@dataclass(frozen=True)
class Script:
    """A file of the widget as it goes over the wire."""

    plain: bytes
    packed: bytes
    etag: str


@require_safe
def widget(request: HttpRequest) -> HttpResponseBase:
    """The script that a shop names in its page."""
    return _reply(request, FOLDER / "v1.js", f"public, max-age={CACHE_SECONDS}")


@require_safe
def part(request: HttpRequest, name: str) -> HttpResponseBase:
    """A part of the widget, named by its content.

    A page that was opened before an update asks for a part by its old name: it gets today's.
    """
    known = {path.name: path for path in (FOLDER / "parts").glob("*.js")}
    if name in known:
        return _reply(request, known[name], f"public, max-age={PART_CACHE_SECONDS}, immutable")
    kind = _kind(name)
    heirs = [path for other, path in sorted(known.items()) if kind and _kind(other) == kind]
    if len(heirs) != 1:
        raise Http404
    return _reply(request, heirs[0], "no-cache")


def _kind(name: str) -> str:
    match = _PART.fullmatch(name)
    return match.group(1) if match else ""


def _reply(request: HttpRequest, path: Path, cache: str) -> HttpResponseBase:
    script = _read(path, path.stat().st_mtime_ns)
    accepted = request.headers.get("Accept-Encoding", "")
    packed = "gzip" in accepted and not _NO_GZIP.search(accepted)
    # One name for both forms would let a cache mix them.
    etag = f'"{script.etag}-gzip"' if packed else f'"{script.etag}"'
    response = HttpResponse(
        script.packed if packed else script.plain, content_type="text/javascript; charset=utf-8"
    )
    if packed:
        response["Content-Encoding"] = "gzip"
    response["ETag"] = etag
    response["Cache-Control"] = cache
    patch_vary_headers(response, ["Accept-Encoding"])
    reply = get_conditional_response(request, etag=etag, response=response) or response
    # A module script is fetched with CORS.
    reply["Access-Control-Allow-Origin"] = "*"
    reply["Cross-Origin-Resource-Policy"] = "cross-origin"
    return reply


@lru_cache(maxsize=32)
def _read(path: Path, changed: int) -> Script:
    """`changed` makes a rebuilt file a new entry."""
    plain = path.read_bytes()
    return Script(plain, gzip.compress(plain, 9, mtime=0), hashlib.sha256(plain).hexdigest()[:16])
