"""Every page that a GET of the shop's admin answers, from its map of addresses."""

import re
from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db.models import Model
from django.urls import get_resolver

from tenants.base import TenantModel
from tenants.models import ApiKey, Membership, Shop
from tenants.scope import shop_scope

URLCONF = "lookus.urls_shop_admin"
PARAMETER = re.compile(r"<(?:\w+:)?(\w+)>|\(\?P<(\w+)>[^)]*\)")
# No pages: files that are written out row by row, and what asks another server.
LEFT_OUT = (".csv", "start/check/", "(?P<url>")
# Lists as people narrow them.
NARROWED = (
    "catalog/product/?as=list",
    "catalog/product/?p=3",
    "catalog/product/?category=dress",
    "catalog/product/?color=navy&said=unsure",
    "catalog/product/?color=gold",
    "catalog/product/?said=person",
    "catalog/product/?tagging=unsure",
    "catalog/product/?tagging=failed",
    "catalog/product/?brand=Brand+7&stock=yes",
    "catalog/product/?q=P-77",
    "catalog/photo/?state=failed",
)
ROWS_OF = {"people": "tenants.Membership", "closing": "tenants.ShopExport"}
KIND = "category"


def addresses(shop: Shop) -> list[str]:
    """Below the shop's admin; those of rows that the shop does not have are left out."""
    found = [address for route in _routes() if (address := _filled(route, shop)) is not None]
    return [*dict.fromkeys(found), *NARROWED]


def _routes() -> Iterator[str]:
    for route in _walk(get_resolver(URLCONF), ""):
        if not any(part in route for part in LEFT_OUT):
            yield route


def _walk(resolver: Any, before: str) -> Iterator[str]:
    for pattern in resolver.url_patterns:
        route = before + str(pattern.pattern)
        if hasattr(pattern, "url_patterns"):
            yield from _walk(pattern, route)
        else:
            yield route


def _filled(route: str, shop: Shop) -> str | None:
    if not PARAMETER.search(route):
        return route
    values = {"kind": KIND}
    model = _model(route)
    if model is not None:
        pk = _first(model, shop)
        if pk is None:
            return None
        values |= {"pk": str(pk), "object_id": str(pk)}
    try:
        return PARAMETER.sub(lambda found: values[found[1] or found[2]], route)
    except KeyError:
        return None


def _model(route: str) -> type[Model] | None:
    first, second = route.split("/")[:2]
    name = ROWS_OF.get(first, f"{first}.{second}")
    try:
        return apps.get_model(name)
    except (LookupError, ValueError):
        return None


def _first(model: type[Model], shop: Shop) -> int | None:
    rows: Any = model._default_manager
    if model is Shop:
        return shop.pk
    if model in (ApiKey, Membership):
        wanted: dict[str, Any] = {"shop": shop} if model is ApiKey else {"mall": shop.mall}
        found = rows.filter(**wanted).order_by("pk").values_list("pk", flat=True).first()
        return int(found) if found else None
    if not issubclass(model, TenantModel):
        return None
    with shop_scope(shop):
        found = rows.order_by("pk").values_list("pk", flat=True).first()
    return int(found) if found else None
