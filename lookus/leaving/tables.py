"""Which tables an export holds: every tenant's table but those that say nothing new.

Found by introspection, so that a table that is added is not forgotten.
"""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.contrib.auth import get_user_model
from django.db import models
from pgvector.django import HalfVectorField

from tenants.base import TenantModel, UserReference
from tenants.models import Shop
from tenants.scope import shop_scope

CHUNK = 500
# Made anew from what is exported, kept for minutes only, or about LookUs and not the shop.
LEFT_OUT = {
    *("catalog.posting", "catalog.vocabularyterm", "catalog.productfacet"),
    *("recommender.querymemory", "recommender.resultlist", "recommender.cocount"),
    *("analytics.catalogmap", "analytics.mapplace", "analytics.mapsearch"),
    *("analytics.visit", "tenants.storedreply", "tenants.shopexport", "billing.ledgerday"),
}
# As they are called outside; the others by their own name.
NAMES = {
    "catalog.product": "products",
    "catalog.photo": "photos",
    "catalog.tag": "tags",
    "catalog.garment": "garments",
    "recommender.look": "looks",
    "recommender.lookitem": "look_items",
    "recommender.rule": "rules",
    "tenants.auditentry": "audit",
    "billing.ledgerentry": "usage",
}
# Numbers that the networks made: of no use without them.
OPAQUE = (models.BinaryField, HalfVectorField)
SECRET = ("secret", "secret_before", "token", "password", "sealed")


def exported_models() -> list[type[TenantModel]]:
    """In a fixed order, the catalogue first."""
    found = [one for one in apps.get_models() if issubclass(one, TenantModel)]
    kept = [one for one in found if one._meta.label_lower not in LEFT_OUT]
    order = list(NAMES)
    return sorted(
        kept,
        key=lambda one: (
            order.index(one._meta.label_lower) if one._meta.label_lower in NAMES else len(order),
            one._meta.label_lower,
        ),
    )


def name_of(model: type[TenantModel]) -> str:
    return NAMES.get(model._meta.label_lower, str(model._meta.model_name))


def rows_count(shop: Shop, model: type[TenantModel]) -> int:
    with shop_scope(shop):
        return int(model._base_manager.count())


def chunks(shop: Shop, rows: Any) -> Iterator[list[Any]]:
    """The rows of a queryset (a callable that makes one) by their ids, in short scopes."""
    last = 0
    while True:
        with shop_scope(shop):
            found = list(rows().filter(pk__gt=last).order_by("pk")[:CHUNK])
        if not found:
            return
        yield found
        last = found[-1].pk


class Shown:
    """Rows of one model as JSON shows them."""

    def __init__(self, shop: Shop, model: type[TenantModel]) -> None:
        self._prefix = f"shops/{shop.pk}/"
        self._people: dict[int, str] = {}
        fields = model._meta.concrete_fields
        self._fields = [one for one in fields if not _is_left_out(one)]
        self._of_product = any(one.name == "product" for one in fields)
        opaque = [one.name for one in fields if isinstance(one, OPAQUE)]
        manager: Any = model._base_manager
        self.rows = manager.defer(*opaque)
        if self._of_product:
            self.rows = self.rows.select_related("product")

    def __call__(self, row: Any) -> dict[str, Any]:
        shown = {}
        for field in self._fields:
            value = getattr(row, field.attname)
            if isinstance(field, models.FileField):
                value = str(value).removeprefix(self._prefix)
            elif isinstance(field, UserReference):
                shown[field.name] = self._person(value)
                continue
            shown[field.attname] = value
        if self._of_product and row.product_id:
            shown["sku"] = row.product.sku
        return shown

    def _person(self, pk: int | None) -> str | None:
        """The e-mail address of who did it; empty where the person is gone."""
        if pk is None:
            return None
        if pk not in self._people:
            found = get_user_model().objects.filter(pk=pk).values_list("email", flat=True)
            self._people[pk] = found.first() or ""
        return self._people[pk]


def _is_left_out(field: Any) -> bool:
    return field.name == "shop" or field.name in SECRET or isinstance(field, OPAQUE)
