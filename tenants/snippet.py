"""Is the lens on the shop's own pages? Looks at the HTML as anybody gets it."""

from dataclasses import dataclass
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

from django.conf import settings
from django.utils import timezone

from tenants.auth import origin_allowed, origin_of, origin_text
from tenants.fetch import FetchError, fetch
from tenants.models import ApiKey, Shop

SCRIPT_PATH = "/widget/v1.js"
TAG_PREFIX = "lookus-"
MAX_PAGE_BYTES = 2 * 1024 * 1024
SHOWN_KEY = 10


@dataclass(frozen=True)
class Fault:
    """`code` is stable; `detail` is what was found in its place."""

    code: str
    detail: str = ""


@dataclass(frozen=True)
class SnippetCheck:
    address: str
    """The page that was read, after redirects."""
    faults: tuple[Fault, ...]

    @property
    def is_installed(self) -> bool:
        return not self.faults


class _Page(HTMLParser):
    """The scripts of a page, and the keys of our elements."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.scripts: list[str] = []
        self.keys: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        if tag == "script" and told.get("src"):
            self.scripts.append(str(told["src"]).strip())
        if tag.startswith(TAG_PREFIX) and told.get("key"):
            self.keys.append(str(told["key"]).strip())


def snippet_check(*, shop: Shop) -> SnippetCheck:
    """Fetch the shop's site and look for the script, its key and the page's origin.

    Faults: `no_site`, `not_reachable` (alone, with the reason), `script_missing`,
    `other_script` (of another LookUs), `key_missing`, `other_key`, `origin_not_allowed`. Outside
    any transaction: it waits for somebody's server. What it saw is kept in the shop's row.
    """
    if not shop.site:
        return SnippetCheck("", (Fault("no_site"),))
    try:
        fetched = fetch(shop.site, max_bytes=MAX_PAGE_BYTES, accept="text/html, */*;q=0.5")
    except FetchError as error:
        # What was seen before may still be there.
        return SnippetCheck(shop.site, (Fault("not_reachable", error.message),))
    page = _Page()
    page.feed(fetched.body.decode("utf-8", errors="replace"))
    faults = [
        *_script_faults(page, fetched.final_url),
        *_key_faults(page, shop),
        *_origin_faults(fetched.final_url, shop),
    ]
    seen_at = None if faults else timezone.now()
    Shop.objects.filter(pk=shop.pk).update(snippet_seen_at=seen_at)
    shop.snippet_seen_at = seen_at
    return SnippetCheck(fetched.final_url, tuple(faults))


def _script_faults(page: _Page, address: str) -> list[Fault]:
    ours = urlsplit(settings.PUBLIC_URL)
    found = [urlsplit(urljoin(address, src)) for src in page.scripts]
    lenses = [one for one in found if one.path.endswith(SCRIPT_PATH)]
    if any((one.netloc, one.path) == (ours.netloc, ours.path + SCRIPT_PATH) for one in lenses):
        return []
    if lenses:
        return [Fault("other_script", lenses[0].geturl())]
    return [Fault("script_missing")]


def _key_faults(page: _Page, shop: Shop) -> list[Fault]:
    live = ApiKey.objects.live().filter(shop=shop, kind=ApiKey.Kind.PUBLISHABLE)
    tokens = set(live.values_list("token", flat=True))
    if tokens & set(page.keys):
        return []
    if page.keys:
        return [Fault("other_key", page.keys[0][:SHOWN_KEY] + "…")]
    return [Fault("key_missing")]


def _origin_faults(address: str, shop: Shop) -> list[Fault]:
    origin = origin_of(address)
    if origin is not None and origin_allowed(origin, shop):
        return []
    return [Fault("origin_not_allowed", origin_text(address))]
