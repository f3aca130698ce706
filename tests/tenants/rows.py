"""One row of every tenant table, for tests that look at all of them."""

import uuid

from django.apps import apps

from analytics.models import Event
from billing.models import LedgerEntry
from catalog.models import ImportProblem, ImportRun, Photo, Tag
from tenants.base import TenantModel
from tenants.models import AuditEntry, Shop
from tenants.scope import shop_scope
from tests.factories import REVISION, make_garment, make_photo, make_product


def tenant_models() -> list[type[TenantModel]]:
    return [model for model in apps.get_models() if issubclass(model, TenantModel)]


def fill(shop: Shop, *, secret: str = "") -> None:
    """Every tenant table gets a row of `shop`; `secret` stands in each text that a page shows."""
    word = secret or "plain"
    product = make_product(shop, title=f"Title {word}", brand=f"Brand {word}", sku=f"SKU-{word}")
    photo = make_photo(product, state=Photo.State.DONE, revision=REVISION)
    make_garment(photo)
    with shop_scope(shop):
        Photo.objects.create(
            product=product, position=1, state=Photo.State.FAILED, reason="empty", detail=word
        )
        Tag.objects.create(product=product, kind="category", value="t-shirt", source="model")
        run = ImportRun.objects.create(
            kind="csv", filename=f"{word}.csv", state=ImportRun.State.DONE, bad=1
        )
        ImportProblem.objects.create(run=run, row=1, code="price", message=f"Message {word}")
        AuditEntry.objects.create(action="add", object_type="x", object_id="1", title=word)
        LedgerEntry.objects.create(kind="photo", reference=f"ref-{word}")
        Event.objects.create(type="search", search_id=uuid.uuid4(), sku=f"SKU-{word}")
