"""Those who ask, and how each asks one line of a table."""

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http.cookies import SimpleCookie
from typing import Any

from django.core.cache import cache
from django.db import transaction
from django.test import Client
from django.utils import timezone

from tenants.models import Shop, User
from tests.access.scene import SKU, Scene
from tests.access.table import METHODS
from tests.factories import make_user
from tests.tenants.url_map import address

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
    "_selected_action": ["1", "2", "3"],
}
READS = ("GET",)


def bodies(scene: Scene) -> Mapping[str, Mapping[str, Any]]:
    """What is sent to the API beside the address: it names the victim's."""
    return {
        "api/v1/search": {"product_id": SKU},
        "api/v1/outfit": {"image_id": scene.said["image"]},
        "api/v1/sketch/preview": {"sketch": "data:image/png;base64,AAAA"},
        "api/v1/malls/discover": {"image_url": "http://127.0.0.1/photo.jpg"},
        "api/v1/events": {"search_id": scene.said["search"], "type": "click", "product_id": SKU},
        "api/v1/products/batch": {"operations": [{"op": "delete", "sku": SKU}]},
        "api/v1/products/<path:sku>/photos": {"url": "https://stranger.example/1.jpg"},
        "api/v1/products/<path:sku>": {"title": "taken"},
        "api/v1/webhooks/<int:webhook_id>": {"enabled": False},
        "api/v1/webhooks/<int:webhook_id>/replay": {"since": "2020-01-01T00:00:00Z"},
        "api/v1/tags": {"statements": [{"sku": SKU, "kind": "color", "value": "red"}]},
    }


@dataclass
class Caller:
    name: str
    client: Client
    user: User | None = None
    below: str = ""
    """Before the route."""
    at: Callable[[], Any] | None = None
    """What is so while this one asks; it is undone after each request."""
    stranger: bool = True
    """Sees nothing of the victim."""
    undone: bool = False
    """What the request wrote is undone, because this one may write."""
    nowhere: bool = False
    """Asks for ids that no shop has."""
    short: tuple[str, ...] = METHODS
    """Methods that are asked in the short run."""
    cookies: SimpleCookie | None = None

    def ask(self, scene: Scene, route: str, method: str) -> tuple[int, str]:
        """The status and all that was said."""
        cache.clear()
        self._comes()
        with self._kept():
            if self.at is not None:
                self.at()
            response = self._send(scene, route, method)
            content = b"".join(response) if response.streaming else response.content
        said = content.decode(errors="replace") + response.headers.get("Location", "")
        # A path that was sent may be said again.
        return response.status_code, said.replace(SKU, "")

    def path(self, scene: Scene, route: str) -> str:
        plain, _, added = route.partition(" ?")
        if added == "signed":
            return scene.said["look_url" if "looks" in plain else "photo_url"]
        values = scene.values(plain)
        if self.nowhere:
            values |= dict.fromkeys(("pk", "object_id"), 999_999_999)
        return self.below + address(plain, values)

    def _send(self, scene: Scene, route: str, method: str) -> Any:
        path, ask = self.path(scene, route), getattr(self.client, method.lower())
        if route.startswith("api/v1/"):
            sent = bodies(scene).get(route)
            if sent is None or method in ("GET", "DELETE"):
                return ask(path)
            return ask(path, json.dumps(sent), content_type="application/json")
        return ask(path, FORM) if method == "POST" else ask(path)

    def _comes(self) -> None:
        """As at first: a former request may have ended the login."""
        if self.cookies is None or self.client.cookies.output() != self.cookies.output():
            self.client.cookies = SimpleCookie()
            if self.user is not None:
                self.client.force_login(self.user)
            self.cookies = SimpleCookie(self.client.cookies)

    @contextmanager
    def _kept(self) -> Iterator[None]:
        if not self.undone and self.at is None:
            yield
            return
        with transaction.atomic():
            yield
            transaction.set_rollback(True)


def person(name: str, user: User | None, *, below: str = "", **fields: Any) -> Caller:
    checks = fields.pop("tokens", False)
    client = Client(raise_request_exception=False, enforce_csrf_checks=checks)
    return Caller(name, client, user, below, **fields)


def keyholder(name: str, token: str, *, below: str = "/", **fields: Any) -> Caller:
    headers = {"Authorization": f"Bearer {token}"}
    client = Client(raise_request_exception=False, headers=headers)
    return Caller(name, client, None, below, **fields)


def of_shop_admin(scene: Scene) -> list[Caller]:
    """Who comes to `/admin/victim/…`; `foreign` asks for the victim's ids in a shop of its own,
    `nowhere` there for ids that nobody has."""
    below = "/admin/victim/"
    inside = {"stranger": False, "undone": True}
    return [
        person("nobody", None, below=below),
        keyholder("key", scene.tokens["sk"], below=below, short=READS),
        person("person", make_user(), below=below, short=()),
        person("other", scene.stranger, below=below, short=READS),
        person("operator", operator_user(), below=below, short=READS),
        person("viewer", scene.viewer, below=below, stranger=False),
        person("editor", scene.editor, below=below, **inside),
        person("owner", scene.owner, below=below, **inside),
        person("tokenless", scene.owner, below=below, tokens=True, short=(), **inside),
        person("closed", scene.owner, below=below, at=closed(scene), short=READS, **inside),
        person("foreign", scene.stranger, below="/admin/stranger/"),
        person("nowhere", scene.stranger, below="/admin/stranger/", nowhere=True, short=()),
    ]


def of_operators(scene: Scene) -> list[Caller]:
    return [
        person("nobody", None, below="/"),
        keyholder("key", scene.tokens["sk'"], short=READS),
        person("person", make_user(), below="/", short=READS),
        person("owner", scene.owner, below="/"),
        # On the staff, with no right to anything.
        person("staff", operator_user(superuser=False), below="/", undone=True),
        person("operator", operator_user(), below="/", stranger=False, undone=True),
    ]


def of_api(scene: Scene) -> list[Caller]:
    """Keys: the victim's own ones, and those of another shop and mall that ask for the victim's."""
    inside = {"stranger": False, "undone": True}
    return [
        person("nobody", None, below="/"),
        # A login is no key.
        person("login", scene.owner, below="/"),
        *(keyholder(kind, scene.tokens[kind], **inside) for kind in ("pk", "sk", "mk")),
        *(keyholder(kind, scene.tokens[kind]) for kind in ("pk'", "sk'", "mk'", "revoked")),
        keyholder("closed", scene.tokens["sk"], at=closed(scene)),
    ]


def of_all(scene: Scene) -> list[Caller]:
    """Everything else. The victim shows itself nowhere, but for `shown`."""
    return [
        person("nobody", None, below="/"),
        keyholder("key", scene.tokens["sk'"], short=()),
        person("person", make_user(), below="/", undone=True),
        person("other", scene.stranger, below="/", undone=True, short=READS),
        person("owner", scene.owner, below="/", stranger=False, undone=True, short=()),
        person("operator", operator_user(), below="/", undone=True, short=()),
        person("shown", None, below="/", at=shown(scene), stranger=False, short=READS),
        person("closed", None, below="/", at=closed(scene), short=READS),
    ]


CALLERS = {
    "shop_admin": of_shop_admin,
    "operator": of_operators,
    "api": of_api,
    "open": of_all,
}


def operator_user(*, superuser: bool = True) -> User:
    user = make_user()
    User.objects.filter(pk=user.pk).update(is_staff=True, is_superuser=superuser)
    user.refresh_from_db()
    return user


def is_now(scene: Scene, **state: Any) -> Callable[[], Any]:
    return lambda: Shop.objects.filter(pk=scene.victim.pk).update(**state)


def shown(scene: Scene) -> Callable[[], Any]:
    return is_now(scene, hosted_storefront=True, discoverable=True)


def closed(scene: Scene) -> Callable[[], Any]:
    now = timezone.now()
    return is_now(scene, closed_at=now, erase_at=now, hosted_storefront=True, discoverable=True)
