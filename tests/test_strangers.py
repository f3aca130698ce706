"""Every route is tried by those who have no business there.

A route that stands in no table below fails the test: whoever adds one says here who may use it.
"""

import json
import uuid
from collections.abc import Iterator
from datetime import timedelta
from itertools import repeat
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from analytics.models import SearchDetail
from billing.invoicing import invoice_for_period
from billing.models import Subscription
from billing.models_invoices import Invoice
from billing.services import subscription_set, usage_record
from catalog import seeing
from recommender.models import KeptPhoto, QueryMemory
from tenants.models import ApiKey, Invitation, Mall, Membership, Shop, User
from tenants.scope import shop_scope
from tests.factories import (
    make_garment,
    make_key,
    make_mall,
    make_photo,
    make_product,
    make_shop,
    make_user,
)
from tests.tenants.rows import fill, tenant_models
from tests.tenants.url_map import address, routes

pytestmark = pytest.mark.django_db(transaction=True)

SECRET = "victimsword"

# Open to everybody; none of them names a shop, or it shows that shop only.
PUBLIC = {
    *("", "language/", "admin/", "api/schema/", "api/docs/", "healthz", "readyz"),
    # Of this machine, as a test's client is; strangers: tests/lookus/watching/test_metrics.py.
    "metrics",
    # The token alone says whose mails end: one that is made up ends none.
    "mails/stop/<str:token>/",
    *("widget/v1.js", "widget/parts/<str:name>"),
    *("shop/<slug:shop_slug>/", "shop/<slug:shop_slug>/p/<path:sku>/"),
    *("shop/<slug:shop_slug>/find/", "shop/<slug:shop_slug>/bag/"),
    "shop/<slug:shop_slug>/thanks/",
    "shop/<slug:shop_slug>/small/<int:width>/<path:path>",
    *("shop/<slug:shop_slug>/looks/", "shop/<slug:shop_slug>/looks/<slug:look_slug>/"),
    *("mall/<slug:mall_slug>/styles/", "mall/<slug:mall_slug>/styles/<slug:style_id>/"),
    "billing/<slug:name>/webhook",
    *("mall/<slug:mall_slug>/find/", "styles/", "styles/<slug:style_id>/"),
    r"^media/(?P<path>shops/\d+/photos/[0-9a-f]{2}/[0-9a-f]{64}\.\w+)$",
    r"^media/(?P<path>shops/\d+/looks/[0-9a-f]{2}/[0-9a-f]{64}\.\w+)$",
}
# A login of one's own.
PERSONAL = {
    *("desk/", "desk/new/", "logout/", "password/change/", "password/set/", "email/", "sessions/"),
    *("2fa/", "2fa/reauthenticate/", "2fa/totp/activate/", "2fa/totp/deactivate/"),
    *("2fa/recovery-codes/", "2fa/recovery-codes/generate/", "2fa/recovery-codes/download/"),
    "reauthenticate/",
}
# The way in: forms for everybody, and links of mails.
ENTRANCE = {
    *("login/", "signup/", "inactive/", "login/code/confirm/", "2fa/authenticate/", "password/"),
    *("confirm-email/", r"^confirm-email/(?P<key>[-:\w]+)/$", "invitation/<token>/"),
    *("password/reset/", "password/reset/done/", "password/reset/key/done/"),
    r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
}
# A key of one's own: the method of each, and what a key of another shop and one of another mall
# are answered when they ask for the victim's.
KEYED = {
    "api/v1/search": ("post", 404, 403),
    "api/v1/events": ("post", 404, 403),
    "api/v1/products/<path:sku>/similar": ("get", 404, 403),
    "api/v1/products/<path:sku>/outfit": ("get", 404, 403),
    "api/v1/outfit": ("post", 410, 403),
    "api/v1/photos/<uuid:image_id>": ("delete", 404, 403),
    "api/v1/sketch/preview": ("post", 409, 403),
    "api/v1/products/<path:sku>/lines": ("get", 404, 403),
    "api/v1/malls/discover": ("post", 403, 409),
    "api/v1/shops/<slug:slug>/mood": ("get", 404, 404),
    "api/v1/looks": ("get", 200, 403),
    "api/v1/looks/<slug:slug>": ("get", 404, 403),
}
# A secret key of one's own: what each method answers another shop's key that asks for the victim's.
# Publishable keys and a mall's are refused at once (403).
SECRET_KEYED = {
    "api/v1/products": {"get": 200},
    "api/v1/products/batch": {"post": 200},
    "api/v1/products/<path:sku>/photos": {"post": 404},
    "api/v1/products/<path:sku>/photos/<int:photo_id>": {"delete": 404},
    "api/v1/products/<path:sku>": {"get": 404, "put": 201, "patch": 200, "delete": 204},
    "api/v1/imports": {"get": 200, "post": 400},
    "api/v1/imports/<int:import_id>": {"get": 404},
    "api/v1/imports/<int:import_id>/problems": {"get": 404},
    "api/v1/imports/<int:import_id>/changes": {"get": 404},
    "api/v1/imports/<int:import_id>/undo": {"post": 404},
    "api/v1/imports/<int:import_id>/confirm": {"post": 404},
    "api/v1/tags": {"get": 200, "put": 200, "delete": 400},
    "api/v1/taxonomy": {"get": 200},
    "api/v1/webhooks": {"get": 200, "post": 400},
    "api/v1/webhooks/<int:webhook_id>": {"get": 404, "patch": 404, "delete": 404},
    "api/v1/webhooks/<int:webhook_id>/secret": {"post": 404},
    "api/v1/webhooks/<int:webhook_id>/test": {"post": 404},
    "api/v1/webhooks/<int:webhook_id>/deliveries": {"get": 404},
    "api/v1/webhooks/<int:webhook_id>/deliveries/<int:delivery_id>/replay": {"post": 404},
    "api/v1/webhooks/<int:webhook_id>/replay": {"post": 404},
}
SECRET_BODIES = {
    "api/v1/products/batch": {"operations": [{"op": "delete", "sku": f"SKU-{SECRET}"}]},
    "api/v1/products/<path:sku>/photos": {"url": "https://stranger.example/1.jpg"},
    "api/v1/products/<path:sku>": {"title": "taken"},
    "api/v1/webhooks/<int:webhook_id>": {"enabled": False},
    "api/v1/webhooks/<int:webhook_id>/replay": {"since": "2020-01-01T00:00:00Z"},
    "api/v1/tags": {"statements": [{"sku": f"SKU-{SECRET}", "kind": "color", "value": "red"}]},
}
# The operators' pages, all of them below this.
OPERATOR = "operator/"

# The shop's admin. Who may read a model's pages; nobody but `owner` may read those of "owner".
MODELS = {
    "catalog/product/": "viewer",
    "catalog/photo/": "viewer",
    "catalog/importrun/": "viewer",
    "catalog/columnmapping/": "viewer",
    "catalog/feed/": "viewer",
    "recommender/look/": "viewer",
    "recommender/rule/": "viewer",
    "recommender/experiment/": "viewer",
    "tenants/shop/": "viewer",
    "tenants/apikey/": "owner",
    # And editors.
    "tenants/auditentry/": "owner",
    "tenants/webhookendpoint/": "owner",
}
MODEL_ROUTES = {
    *("", "add/", "<path:object_id>/history/", "<path:object_id>/delete/"),
    *("<path:object_id>/change/", "<path:object_id>/"),
}
PAGES = {
    "": "viewer",
    "people/": "owner",
    "people/invite/": "owner",
    "people/<int:pk>/role/": "owner",
    "people/<int:pk>/remove/": "owner",
    "people/invitation/<int:pk>/again/": "owner",
    "people/invitation/<int:pk>/withdraw/": "owner",
    "start/": "viewer",
    "start/progress/": "viewer",
    "start/check/": "viewer",
    "start/origin/": "viewer",
    "start/close/": "viewer",
    "insights/": "viewer",
    "insights/searches/": "viewer",
    "insights/events/": "viewer",
    "insights/searches/<uuid:search_id>/": "viewer",
    "insights/unanswered/": "viewer",
    "insights/trends/": "viewer",
    "insights/unclicked/": "viewer",
    "insights/rules/": "viewer",
    "insights/tests/": "viewer",
    "insights/speed/": "viewer",
    "insights/tagging/": "viewer",
    "insights/mail/": "viewer",
    "insights/<slug:report>.csv": "viewer",
    "map/": "viewer",
    "map/list/": "viewer",
    "map/places/": "viewer",
    "map/tagged/": "viewer",
    "map/products/": "viewer",
    "map/sheet/": "viewer",
    "map/demand/": "viewer",
    "map/demand/searches/": "viewer",
    "map/demand/regions.csv": "viewer",
    "map/drawn/<str:category>.webp": "viewer",
    "quality/": "viewer",
    "queries/": "viewer",
    "queries/<uuid:image_id>.jpg": "viewer",
    "queries/<uuid:image_id>/delete/": "viewer",
    "taxonomy/": "viewer",
    "taxonomy/<str:kind>/<str:value>/": "viewer",
    "catalog/termedit/<int:pk>/undo/": "viewer",
    "teaching/": "viewer",
    "teaching/new/": "viewer",
    "catalog/ownclass/<int:pk>/": "viewer",
    "catalog/ownclass/<int:pk>/more/": "viewer",
    "catalog/ownclass/<int:pk>/photos/": "viewer",
    "billing/": "owner",
    "billing/plan/": "owner",
    "billing/plan/<slug:plan>/<slug:period>/": "owner",
    "billing/trial/<slug:plan>/": "owner",
    "billing/limits/": "owner",
    "billing/details/": "owner",
    "billing/payment/": "owner",
    "billing/invoices/": "owner",
    "billing/invoices/<str:number>/": "owner",
    "billing/invoices/<str:number>/pdf/": "owner",
    "billing/ledger/": "owner",
    "billing/ledger.csv": "owner",
    "insights/mall/": "viewer",
    "autocomplete/": "viewer",
    "jsi18n/": "viewer",
    "catalog/heldfile/<int:pk>/": "viewer",
    "catalog/feed/<int:pk>/now/": "viewer",
    "catalog/feed/<int:pk>/switch/": "viewer",
    "catalog/importrun/example.csv": "viewer",
    "catalog/importrun/<int:pk>/progress/": "viewer",
    "catalog/importrun/<int:pk>/problems.csv": "viewer",
    "catalog/importrun/<int:pk>/again/": "viewer",
    "catalog/importrun/<int:pk>/answer/": "viewer",
    "catalog/importrun/<int:pk>/undo/": "viewer",
    "catalog/importrun/<int:pk>/retry/": "viewer",
    "catalog/product/alike/": "viewer",
    "catalog/product/bulk/": "viewer",
    "catalog/product/bulk/undo/": "viewer",
    "catalog/product/find/": "viewer",
    "catalog/product/<int:pk>/tag/": "viewer",
    "catalog/product/<int:pk>/photo/": "viewer",
    "catalog/photo/retry/": "viewer",
    "review/": "viewer",
    "review/kind/<slug:kind>/": "viewer",
    "review/kind/<slug:kind>/next/": "viewer",
    "review/kind/<slug:kind>/sheet/": "viewer",
    "review/undo/": "viewer",
    "review/sheet/undo/": "viewer",
    "review/garment/<int:pk>/": "viewer",
    "review/photo/<int:pk>/garment/": "viewer",
    "review/brands/": "viewer",
    "review/brands/<int:pk>/undo/": "viewer",
    "review/tagging/": "viewer",
    "recommender/look/<int:pk>/photo/": "viewer",
    "recommender/rule/<int:pk>/preview/": "viewer",
    "recommender/rule/<int:pk>/switch/": "viewer",
    "recommender/experiment/<int:pk>/start/": "viewer",
    "recommender/experiment/<int:pk>/stop/": "viewer",
    "tenants/apikey/<int:pk>/revoke/": "owner",
    "tenants/apikey/<int:pk>/replace/": "owner",
    "tenants/auditentry/export.csv": "owner",
    "tenants/webhookendpoint/<int:pk>/deliveries/": "owner",
    "tenants/webhookendpoint/<int:pk>/secret/": "owner",
    "tenants/webhookendpoint/<int:pk>/test/": "owner",
    "tenants/webhookendpoint/<int:pk>/replay/": "owner",
    "help/": "owner",
    "help/end/": "owner",
    "export/": "owner",
    "export/progress/": "owner",
    "closing/": "owner",
    "closing/export/<int:pk>/": "owner",
    "(?P<url>.*)$": "viewer",
}
SHOP_ROUTES = PAGES | {
    model + route: reader for model, reader in MODELS.items() for route in MODEL_ROUTES
}
# What a form would send, for every page at once.
FORM = {
    "title": "taken",
    "sku": "TAKEN",
    "currency": "KRW",
    "name": "taken",
    "language": "en",
    "kind": "category",
    "value": "dress",
    "post": "yes",
    "action": "delete_selected",
    "allowed_origins": "https://stranger.example",
    "test_mode": "on",
    "index": "0",
    "plan": "unlimited",
    "role": "owner",
    "email": "taken@example.com",
    "country": "US",
    "overage": "on",
    "spend_cap": "1",
    "amount": "1000000",
    "reason": "taken",
    "note": "taken",
    "site": "https://stranger.example",
    "origin": "https://stranger.example",
    "url": "",
    "file": "",
}
# Pages of a mall's people name rows that no model's pages do.
PEOPLE = {"people.<int:pk>": "tenants.membership", "people.invitation": "tenants.invitation"}
REFUSED = (302, 401, 403, 404, 405)


class Scene:
    """A victim's shop with a row in every table, and those who come to it."""

    def __init__(self) -> None:
        self.victim = self._shop("victim", hosted_storefront=False)
        fill(self.victim, secret=SECRET)
        make_key("sk", shop=self.victim, name=SECRET)
        subscription_set(mall=self.victim.mall, plan="starter")
        self.invoice = self._invoice()
        with shop_scope(self.victim):
            usage_record(shop=self.victim, kind="photo", reference="kept")
        self.own = self._shop("stranger")
        fill(self.own)
        # Searchable, so that a search is refused for what it asks and not for want of products.
        make_garment(make_photo(make_product(self.own), state="done", revision=seeing.revision()))
        self.stranger = make_user("owner", mall=self.own.mall)
        self.viewer = make_user("viewer", mall=self.victim.mall)
        self.invitation = Invitation.objects.create(
            mall=self.victim.mall,
            shop=self.victim,
            email=f"{SECRET}@example.com",
            role="viewer",
            language="en",
            digest="0" * 64,
            by_email="owner@example.com",
            expires_at=timezone.now() + timedelta(days=7),
        )
        with shop_scope(self.victim):
            self.image_id = str(KeptPhoto.objects.get().image_id)
            self.search_id = str(SearchDetail.objects.get().search_id)
        self.ids = {model._meta.label_lower: pk for model, pk in self._ids()}

    def _shop(self, slug: str, **fields: Any) -> Shop:
        mall: Mall = make_mall(f"{slug}-mall")
        return make_shop(mall, slug=slug, name=f"Shop {slug}", **fields)

    def _invoice(self) -> Invoice:
        start = timezone.now()
        end = start + timedelta(days=30)
        issued = invoice_for_period(mall=self.victim.mall, start=start, end=end)
        assert issued is not None
        return issued

    def _ids(self) -> Iterator[tuple[Any, int]]:
        with shop_scope(self.victim):
            for model in tenant_models():
                yield model, model.objects.order_by("pk").values_list("pk", flat=True)[0]
        yield ApiKey, ApiKey.objects.get(shop=self.victim).pk
        yield Shop, self.victim.pk
        yield Mall, self.victim.mall_id
        yield User, self.viewer.pk
        yield Membership, Membership.objects.get(mall=self.victim.mall).pk
        yield Invitation, self.invitation.pk

    def values(self, route: str) -> dict[str, Any]:
        """The victim's own ids for the parameters of a route."""
        model = ".".join(route.removeprefix(OPERATOR).split("/")[:2])
        pk = self.ids.get(PEOPLE.get(model, model), 1)
        photo = f"shops/{self.victim.pk}/photos/00/{'0' * 64}.jpg"
        return {
            "object_id": pk,
            "pk": pk,
            "id": pk,
            "content_type_id": 1,
            "url": "no-such-page/",
            "shop_slug": "victim",
            "look_slug": "look",
            "mall_slug": "victim-mall",
            "style_id": "casual",
            "slug": "victim",
            "sku": f"SKU-{SECRET}",
            "path": photo,
            "width": 480,
            "app_label": "tenants",
            "kind": "category",
            "value": "dress",
            "key": "made-up",
            "uidb36": "1",
            "token": "made-up",
            "image_id": self.image_id,
            "name": "none-00000000.js",
            "plan": "growth",
            "period": "month",
            "number": self.invoice.number,
            "search_id": self.search_id,
            "category": "dress",
            "report": "overview",
            "verb": "pay",
        }

    def kept(self) -> dict[str, Any]:
        """Everything of the victim, to be compared after the strangers were there."""
        rows: dict[str, Any] = {
            "keys": list(ApiKey.objects.filter(shop=self.victim).values()),
            "shop": list(Shop.objects.filter(pk=self.victim.pk).values()),
            "mall": list(Mall.objects.filter(pk=self.victim.mall_id).values()),
            "invitations": list(Invitation.objects.filter(mall=self.victim.mall).values()),
            "members": list(Membership.objects.filter(mall=self.victim.mall).values()),
            "plan": str(self.victim.mall.subscription.plan),
            "usage": list(self.victim.mall.usage.values()),
            "subscription": list(Subscription.objects.filter(mall=self.victim.mall).values()),
            "invoices": list(self.victim.mall.invoices.values()),
            "credits": list(self.victim.mall.credits.values()),
        }
        with shop_scope(self.victim):
            for model in tenant_models():
                columns = [field.attname for field in model._meta.concrete_fields]
                if "embedding" in columns:
                    columns.remove("embedding")
                rows[model._meta.label] = list(model.objects.order_by("pk").values(*columns))
        return rows


@pytest.fixture
def scene(settings, tiny_bundle):
    cache.clear()
    settings.VISION_BUNDLE = str(tiny_bundle)
    return Scene()


def logged_in(user: User) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(user)
    return client


def nobody(**headers: str) -> Client:
    return Client(raise_request_exception=False, headers=headers)


def body(response: Any) -> str:
    content = b"".join(response) if response.streaming else response.content
    return content.decode(errors="replace") + response.headers.get("Location", "")


def tries(client: Client, path: str) -> Iterator[tuple[str, Any]]:
    yield f"GET {path}", client.get(path)
    yield f"POST {path}", client.post(path, FORM | {"_selected_action": ["1", "2", "3"]})
    for method in ("put", "patch", "delete"):
        yield f"{method.upper()} {path}", getattr(client, method)(path)


def test_every_route_of_the_root_is_spoken_for():
    found = {route for route in routes("lookus.urls") if not route.startswith(OPERATOR)}
    assert found == PUBLIC | ENTRANCE | PERSONAL | set(KEYED) | set(SECRET_KEYED)


def test_every_route_of_the_shops_admin_is_spoken_for():
    found = routes("lookus.urls_shop_admin")
    assert set(found) == set(SHOP_ROUTES)
    assert len(found) == len(set(found))


def strangers(scene: Scene) -> dict[str, Client]:
    """Nobody, somebody of another mall, and the keys of another shop and mall."""
    keys = {
        kind: make_key(kind, shop=scene.own)[1] if kind != "mk" else None for kind in ("sk", "pk")
    }
    keys["mk"] = make_key("mk", mall=scene.own.mall)[1]
    return {
        "nobody": nobody(),
        "another mall": logged_in(scene.stranger),
        **{kind: nobody(Authorization=f"Bearer {token}") for kind, token in keys.items()},
    }


def test_strangers_see_and_change_nothing_of_the_shops_admin(scene):
    before, faults = scene.kept(), []
    for who, client in strangers(scene).items():
        # Somebody of another mall is told that there is no such shop; others have to log in.
        expected = {404} if who == "another mall" else {302}
        for route in SHOP_ROUTES:
            path = "/admin/victim/" + address(route, scene.values(route))
            for tried, response in tries(client, path):
                said = body(response)
                if response.status_code not in expected or SECRET in said:
                    faults.append((who, tried, response.status_code))
                if response.status_code == 302 and not said.endswith(f"/login/?next={path}"):
                    faults.append((who, tried, said[-80:]))
    assert faults == []
    assert scene.kept() == before


def test_another_shops_ids_are_not_there_in_ones_own_admin(scene):
    """They are answered like ids that exist nowhere, and never with a page."""
    before, faults = scene.kept(), []
    client = logged_in(scene.stranger)
    nowhere = dict.fromkeys(("pk", "object_id"), 999_999_999)
    for route in SHOP_ROUTES:
        names_a_row = "<int:pk>" in route or "<path:object_id>" in route
        values = scene.values(route)
        path, empty = ("/admin/stranger/" + address(route, v) for v in (values, values | nowhere))
        # Only an address that names a row has another that names none.
        others = tries(client, empty) if names_a_row else repeat(None)
        for (tried, response), other in zip(tries(client, path), others, strict=False):
            status = response.status_code
            told = other is not None and (status == 200 or status != other[1].status_code)
            if told or status >= 500 or SECRET in body(response):
                faults.append((tried, status, other and other[1].status_code))
    assert faults == []
    assert scene.kept() == before


def test_a_viewer_reads_and_writes_nothing(scene):
    before, faults = scene.kept(), []
    client = logged_in(scene.viewer)
    for route, reader in SHOP_ROUTES.items():
        path = "/admin/victim/" + address(route, scene.values(route))
        for tried, response in tries(client, path):
            status = response.status_code
            refused = status in REFUSED
            reads = tried.startswith("GET") or not refused
            if status >= 500 or (reader == "owner" and not refused):
                faults.append((tried, status))
            if reader == "viewer" and tried.startswith("GET") and not reads:
                faults.append((tried, status))
    assert faults == []
    assert scene.kept() == before


def test_a_viewer_does_read(scene):
    client = logged_in(scene.viewer)
    statuses = {
        route: client.get("/admin/victim/" + address(route, scene.values(route))).status_code
        for route, reader in SHOP_ROUTES.items()
        if reader == "viewer" and route in PAGES | dict.fromkeys(MODELS, "")
    }
    shown = {route for route, status in statuses.items() if status == 200}
    posts_only = {
        "catalog/product/bulk/",
        "catalog/product/bulk/undo/",
        "catalog/termedit/<int:pk>/undo/",
        "catalog/ownclass/<int:pk>/photos/",
        *("start/check/", "start/origin/", "start/close/"),
        "catalog/feed/<int:pk>/now/",
        "catalog/feed/<int:pk>/switch/",
        "catalog/product/<int:pk>/tag/",
        "catalog/product/<int:pk>/photo/",
        "catalog/photo/retry/",
        *(f"catalog/importrun/<int:pk>/{name}/" for name in ("again", "answer", "undo", "retry")),
        "review/undo/",
        "review/sheet/undo/",
        "review/garment/<int:pk>/",
        "review/photo/<int:pk>/garment/",
        "review/brands/<int:pk>/undo/",
        "recommender/look/<int:pk>/photo/",
        "recommender/rule/<int:pk>/switch/",
        "recommender/experiment/<int:pk>/start/",
        "recommender/experiment/<int:pk>/stop/",
        # Its file is not there.
        *("queries/<uuid:image_id>.jpg", "queries/<uuid:image_id>/delete/"),
        # They answer only for products, or a tag, that are named.
        *("map/sheet/", "map/tagged/"),
    }
    # The settings' list leads to the one shop; the autocomplete answers for fields that have it.
    elsewhere = {"catalog/heldfile/<int:pk>/", "tenants/shop/", "autocomplete/", "(?P<url>.*)$"}
    assert shown == set(statuses) - posts_only - elsewhere
    assert SECRET in client.get("/admin/victim/catalog/product/").content.decode()


def test_the_operators_pages_are_for_operators(scene):
    before, faults = scene.kept(), []
    clients = strangers(scene) | {"viewer": logged_in(scene.viewer)}
    paths = [route for route in routes("lookus.urls") if route.startswith(OPERATOR)]
    assert len(paths) > 20
    for who, client in clients.items():
        for route in paths:
            path = "/" + address(route, scene.values(route))
            if path == "/operator/login/":
                continue
            for tried, response in tries(client, path):
                if response.status_code not in (302, 403) or SECRET in body(response):
                    faults.append((who, tried, response.status_code))
    assert faults == []
    assert scene.kept() == before


def test_public_pages_say_nothing_of_a_shop_that_shows_itself_nowhere(scene):
    before, faults = scene.kept(), []
    for who, client in strangers(scene).items():
        for route in PUBLIC | ENTRANCE | PERSONAL:
            path = "/" + address(route, scene.values(route))
            for tried, response in tries(client, path):
                shop_page = any(
                    part in route for part in ("shop_slug", "mall_slug", "style_id", "^media")
                )
                told = body(response)
                if response.status_code >= 500 or SECRET in told:
                    faults.append((who, tried, response.status_code))
                if shop_page and response.status_code not in (404, 405):
                    faults.append((who, tried, response.status_code))
                if route in PERSONAL and who != "another mall" and response.status_code == 200:
                    faults.append((who, tried, response.status_code))
                if who == "another mall" and "logout" in path:
                    client.force_login(scene.stranger)
    assert faults == []
    assert scene.kept() == before


def test_the_api_takes_no_login_and_no_key_of_another_shop(scene):
    before = scene.kept()
    with shop_scope(scene.victim):
        from analytics.models import Event

        search_id = str(Event.objects.get().search_id)
        image_id = str(QueryMemory.objects.get().image_id)
    sku = f"SKU-{SECRET}"
    asked = {
        "api/v1/search": {"product_id": sku},
        "api/v1/outfit": {"image_id": image_id},
        "api/v1/sketch/preview": {"sketch": "data:image/png;base64,AAAA"},
        "api/v1/malls/discover": {"image_url": "http://127.0.0.1/photo.jpg"},
        "api/v1/events": {"search_id": search_id, "type": "click", "product_id": sku},
    }
    faults = []
    for who, client in strangers(scene).items():
        for route, (method, of_shop, of_mall) in KEYED.items():
            path = "/" + address(route, scene.values(route))
            question = json.dumps(asked[route]) if method == "post" else {}
            form = {"content_type": "application/json"} if method == "post" else {}
            response = getattr(client, method)(path, question, **form)
            told = json.loads(response.content)
            expected = {"sk": of_shop, "pk": of_shop, "mk": of_mall}.get(who, 401)
            if response.status_code != expected or "results" in told:
                faults.append((who, path, response.status_code, told))
            for other in {"get", "post", "put", "patch", "delete"} - {method}:
                status = getattr(client, other)(path).status_code
                if status not in (401, 403, 405):
                    faults.append((who, other, path, status))
    assert faults == []
    assert scene.kept() == before


def test_the_catalogues_api_keeps_every_shop_to_itself(scene):
    """A stranger's secret key writes in its own shop only; other keys and logins nowhere."""
    before, faults = scene.kept(), []
    photo = scene.ids["catalog.photo"]
    ids = {
        "photo_id": photo,
        "import_id": scene.ids["catalog.importrun"],
        "webhook_id": scene.ids["tenants.webhookendpoint"],
        "delivery_id": scene.ids["tenants.webhookdelivery"],
    }
    for who, client in strangers(scene).items():
        for route, methods in SECRET_KEYED.items():
            path = "/" + address(route, scene.values(route) | ids)
            for method in ("get", "post", "put", "patch", "delete"):
                body_of = SECRET_BODIES.get(route, {}) if method in ("post", "put", "patch") else {}
                sent = (json.dumps(body_of), "application/json") if body_of else ()
                response = getattr(client, method)(path, *sent)
                expected = {401} if who in ("nobody", "another mall") else {403}
                if who == "sk":
                    expected = {methods.get(method, 405)}
                elif method not in methods:
                    expected |= {405}
                told = body(response).replace(f"SKU-{SECRET}", "")
                if response.status_code not in expected or SECRET in told:
                    faults.append((who, method, path, response.status_code))
    assert faults == []
    assert scene.kept() == before


def test_a_made_up_search_is_answered_like_another_shops(scene):
    """Whether an id exists elsewhere cannot be told from the answer."""
    client = strangers(scene)["sk"]
    made_up = {"search_id": str(uuid.uuid4()), "type": "click", "product_id": "X"}
    told = client.post("/api/v1/events", json.dumps(made_up), content_type="application/json")
    assert told.status_code == 404
