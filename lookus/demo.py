"""The demo's mall, its owner and its shops' keys: made once, found again at every later start."""

import json
import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.storage import default_storage
from django.urls import reverse
from django.utils import timezone

from billing.services import subscription_set
from catalog.models import Photo
from tenants.models import ApiKey, Mall, Membership, Shop, User
from tenants.scope import shop_scope
from tenants.services import LIVE_KEYS, key_create, key_revoke, mall_create, membership_set
from tenants.services import shop_create as new_shop

MALL_SLUG, MALL_NAME = "demo", "Demo mall"
EMAIL = "owner@demo.lookus.test"
PLAN = "unlimited"
KEY_NAME = "Demo"


@dataclass(frozen=True)
class Account:
    """The demo's mall with the owner's password."""

    mall: Mall
    password: str


def account() -> Account:
    """The mall and its owner; the password is the remembered one, or a new one."""
    mall = Mall.objects.filter(slug=MALL_SLUG).first()
    if mall is None:
        mall = mall_create(name=MALL_NAME, slug=MALL_SLUG)
        subscription_set(mall=mall, plan=PLAN)
    user = User.objects.filter(email=EMAIL).first()
    password = str(remembered().get("password") or "")
    if user is None:
        password = secrets.token_urlsafe(9)
        user = User.objects.create_user(EMAIL, password)
    elif not user.check_password(password):
        password = secrets.token_urlsafe(9)
        user.set_password(password)
        user.save(update_fields=["password"])
    membership_set(user=user, mall=mall, role=Membership.Role.OWNER)
    return Account(mall, password)


def shop(mall: Mall, *, slug: str, name: str, **fields: Any) -> Shop:
    """The demo's shop of this slug, shown on a storefront of ours and found by its style."""
    found = Shop.objects.filter(mall=mall, slug=slug).first()
    # Nobody is led into a shop that is full from its first minute.
    shown = {
        "hosted_storefront": True,
        "discoverable": True,
        "start_closed_at": timezone.now(),
    }
    return found or new_shop(mall=mall, slug=slug, name=name, **shown, **fields)


def facts(account: Account, shops: list[Shop]) -> dict[str, Any]:
    """What a person needs to go on: addresses, login, keys, a line that searches."""
    lines = [_shop_facts(one) for one in shops]
    secret_keys = {line["slug"]: line["secret_key"] for line in lines}
    mall_key = _mall_key(account.mall)
    _remember(
        {
            "password": account.password,
            "secret_keys": remembered().get("secret_keys", {}) | secret_keys,
            "mall_key": mall_key,
        }
    )
    return {
        "storefront": lines[0]["storefront"],
        "styles": settings.PUBLIC_URL + reverse("storefront-styles", args=[account.mall.slug]),
        "admin": f"{settings.PUBLIC_URL}/desk/",
        "email": EMAIL,
        "password": account.password,
        "curl": _curl(shops[0], lines[0]["publishable_key"]),
        "mall_key": mall_key,
        "shops": lines,
    }


def remembered() -> dict[str, Any]:
    """The password and the secret keys, which the database cannot tell again."""
    try:
        told = json.loads(_path().read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return told if isinstance(told, dict) else {}


def _shop_facts(one: Shop) -> dict[str, Any]:
    return {
        "name": one.name,
        "slug": one.slug,
        "storefront": settings.PUBLIC_URL + reverse("storefront", args=[one.slug]),
        "publishable_key": _publishable(one),
        "secret_key": _secret(one),
    }


def _publishable(one: Shop) -> str:
    key = ApiKey.objects.live().filter(shop=one, kind=ApiKey.Kind.PUBLISHABLE).first()
    return key.token if key else key_create(kind="pk", shop=one, name=KEY_NAME)[1]


def _secret(one: Shop) -> str:
    token = str(remembered().get("secret_keys", {}).get(one.slug, ""))
    return _kept(token, ApiKey.Kind.SECRET, shop=one)


def _mall_key(mall: Mall) -> str:
    return _kept(str(remembered().get("mall_key", "")), ApiKey.Kind.MALL, mall=mall)


def _kept(token: str, kind: ApiKey.Kind, **owner: Any) -> str:
    """The remembered key while it is live, else a new one in the place of the oldest."""
    live = ApiKey.objects.live().filter(kind=kind, **owner).order_by("created_at")
    if live.filter(digest=ApiKey.digest_of(token)).exists():
        return token
    if live.count() >= LIVE_KEYS:
        key_revoke(key=live[0])
    return key_create(kind=kind, name=KEY_NAME, **owner)[1]


def _curl(one: Shop, key: str) -> str:
    """A line that searches the shop with one of its own photos."""
    with shop_scope(one):
        photo = Photo.objects.exclude(file="").order_by("pk").first()
    image = "photo.jpg"
    if photo is not None and settings.MEDIA_STORAGE == "disk":
        image = default_storage.path(str(photo.file.name))
    address = f"{settings.PUBLIC_URL}/api/v1/search"
    return f'curl -s {address} -H "Authorization: Bearer {key}" -F "image=@{image}"'


def _remember(told: dict[str, Any]) -> None:
    _path().parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(_path(), os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        json.dump(told, file, indent=1)


def _path() -> Path:
    return Path(settings.LOOKUS_HOME) / "demo-secrets.json"
