"""Every HTML page of ours is asked: what it tells browsers, and that it runs nothing of its own."""

from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from lookus.desk_bench.pages import addresses
from tenants.models import Shop, User
from tests.factories import make_key, make_mall, make_shop, make_user
from tests.tenants.rows import fill
from tests.tenants.url_map import address, routes

pytestmark = pytest.mark.django_db

# A page's own policy may be stricter; these are what every one holds at least.
NEEDED = ("base-uri 'none'", "frame-ancestors 'none'")
SCRIPTS = {"'self'"}


class Inline(HTMLParser):
    """What stands in a page and would run, or style, without a file of ours."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = dict(attrs)
        self.found += [f"<{tag} {name}>" for name in named if name.startswith("on")]
        if "style" in named:
            self.found.append(f"<{tag} style>")
        if tag == "style":
            self.found.append("<style>")
        data = (named.get("type") or "").endswith("json")
        if tag == "script" and "src" not in named and not data:
            self.found.append("<script>")
        for name in ("src", "href", "action", "formaction"):
            if (named.get(name) or "").strip().lower().startswith("javascript:"):
                self.found.append(f"<{tag} {name}=javascript:>")


def directives(policy: str) -> dict[str, set[str]]:
    parts = [one.split() for one in policy.split(";") if one.strip()]
    return {first: set(rest) for first, *rest in parts}


def faults_of(path: str, response: Any) -> Iterator[str]:
    headers = response.headers
    policy = directives(headers.get("Content-Security-Policy", ""))
    fallback = policy.get("default-src", {"*"})
    if not policy.get("script-src", fallback) <= SCRIPTS:
        yield "scripts of others"
    if not path.strip("/").endswith("api/docs"):
        if not policy.get("style-src", fallback) <= SCRIPTS:
            yield "styles of others"
        inline = Inline()
        inline.feed(response.content.decode())
        yield from inline.found
    if policy.get("object-src", fallback) != {"'none'"}:
        yield "objects"
    yield from (f"no {one}" for one in NEEDED if one not in headers["Content-Security-Policy"])
    for name, value in {
        "X-Content-Type-Options": "nosniff",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Referrer-Policy": "strict-origin-when-cross-origin",
        "X-Frame-Options": "DENY",
    }.items():
        if headers.get(name) != value:
            yield f"{name}: {headers.get(name)}"
    if "camera=()" not in headers.get("Permissions-Policy", ""):
        yield "permissions"
    html = response.content.decode()
    if 'method="post"' in html and "csrfmiddlewaretoken" not in html:
        yield "a form without its token"


def is_page(response: Any) -> bool:
    kind = str(response.headers.get("Content-Type", ""))
    return not response.streaming and kind.startswith("text/html")


# What a shop's own words, or another's feed, may hold. Were it not escaped, it would be a tag of
# the page, and `Inline` would find it.
HOSTILE = "\"'><script>alert(1)</script><b onclick=x>{{7*7}}"


@pytest.fixture
def shop(settings: Any, tiny_bundle: Any) -> Shop:
    settings.VISION_BUNDLE = str(tiny_bundle)
    cache.clear()
    mall = make_mall("arcade", name=HOSTILE)
    shop = make_shop(mall, slug="corner", name=HOSTILE, tagline=HOSTILE, hosted_storefront=True)
    fill(shop, secret=HOSTILE)
    make_key("pk", shop=shop)
    return shop


def logged_in(user: User) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(user)
    return client


def asked(client: Client, paths: list[str]) -> tuple[int, int, dict[str, list[str]]]:
    """How many pages came, how many showed hostile words, and what was wrong with each."""
    pages, hostile, wrong = 0, 0, {}
    for path in paths:
        response: Any = client.get(path)
        if not is_page(response):
            continue
        pages += 1
        hostile += b"&lt;script&gt;alert(1)" in response.content
        found = list(faults_of(path, response))
        if found:
            wrong[path] = found
    return pages, hostile, wrong


def test_every_page_of_a_shops_desk_runs_our_own_files_alone(shop: Shop) -> None:
    client = logged_in(make_user("owner", mall=shop.mall))
    pages, hostile, wrong = asked(client, [f"/admin/{shop.slug}/{one}" for one in addresses(shop)])
    assert wrong == {}
    assert pages > 60
    assert hostile > 20


def values(shop: Shop, user: User) -> dict[str, Any]:
    return {
        "shop_slug": shop.slug, "mall_slug": shop.mall.slug, "slug": shop.slug, "pk": shop.mall_id,
        "object_id": shop.mall_id, "id": user.pk, "content_type_id": 1, "url": "no-such-page/",
        "look_slug": "look", "style_id": "casual", "sku": "SKU", "path": "x.jpg", "width": 480,
        "app_label": "tenants", "kind": "category", "value": "dress", "key": "made-up",
        "uidb36": "1", "token": "made-up", "name": "none.js", "number": "none", "plan": "growth",
        "period": "month", "image_id": "0198d5c4-0000-7000-8000-000000000000",
        "search_id": "0198d5c4-0000-7000-8000-000000000000", "report": "overview", "verb": "pay",
        "photo_id": 1, "import_id": 1, "webhook_id": 1, "delivery_id": 1, "category": "dress",
    }  # fmt: skip


def test_every_other_page_does_too_whoever_asks(shop: Shop) -> None:
    """The way in, the accounts, the storefront, the documents, the operator's pages, errors."""
    person = make_user("owner", mall=shop.mall)
    operator = User.objects.create_superuser("operator@example.com", "a long enough password")
    every = [f"/{address(route, values(shop, person))}" for route in routes("lookus.urls")]
    pages = 0
    for client in (Client(raise_request_exception=False), logged_in(person), logged_in(operator)):
        cache.clear()
        came, _, wrong = asked(client, [*every, "/no/such/page/"])
        assert wrong == {}
        pages += came
    assert pages > 90


def test_a_persons_page_lies_in_no_cache(shop: Shop) -> None:
    client = logged_in(make_user("owner", mall=shop.mall))
    for path in ("/sessions/", "/email/", f"/admin/{shop.slug}/", f"/admin/{shop.slug}/people/"):
        told: Any = client.get(path)
        assert told.status_code == 200, path
        assert "no-store" in told["Cache-Control"] and "private" in told["Cache-Control"], path
