"""Delete closed shops whose time is over: rows, files, index, keys.

Every step is safe to do again, so that a job that died goes on where it stopped:

1. Mark the shop: nobody can bring it back any more.
2. Write down what the mall's accounts need (`ClosedShop`), while the ledger still stands.
3. Drop its HNSW indexes, delete its files.
4. Delete its rows from every table, in batches, those that point to others first. The audit trail
   is the last: only the owner's role may delete from it.
5. The shop itself, and the date in `ClosedShop`, in one transaction.
"""

import logging
from collections import defaultdict

from django.core.files.storage import default_storage
from django.db import connections, transaction
from django.db.models import Sum
from django.db.models.functions import TruncMonth
from django.utils import timezone

from billing.models import LedgerEntry
from catalog.services.search_index import search_indexes_drop
from lookus.leaving.shop_rows import APP, OWNER, rows_delete, shop_tables
from tenants.models import Shop
from tenants.models_leaving import ClosedShop
from tenants.scope import shop_scope

log = logging.getLogger(__name__)


def shops_erase() -> int:
    """Delete every closed shop whose time is over: how many. One that fails holds no other up."""
    now, erased = timezone.now(), 0
    for shop in Shop.objects.filter(erase_at__lte=now).order_by("pk"):
        try:
            erased += shop_erase(shop=shop)
        except Exception:  # whatever it is, the next round goes on
            log.exception("shop %s could not be deleted wholly", shop.pk)
    return erased


def shop_erase(*, shop: Shop) -> bool:
    """Delete a closed shop whose time is over. Outside any scope; False if it must wait."""
    if OWNER not in connections.settings:
        log.error("shop %s cannot be deleted without OWNER_DATABASE_URL", shop.pk)
        return False
    due = Shop.objects.filter(pk=shop.pk, erase_at__lte=timezone.now())
    if not due.update(erasing=True):
        return False
    receipt = _receipt(shop)
    if not search_indexes_drop(shop_id=shop.pk):
        return False
    files_delete(f"shops/{shop.pk}")
    # What only the owner's role may delete is the last to go: the audit trail.
    for table in sorted(shop_tables(), key=lambda one: not one.writable):
        for gone in rows_delete(table, shop.pk):
            log.info("shop %s: %s rows of %s deleted", shop.pk, gone, table.name)
    with transaction.atomic(using=APP):
        ClosedShop.objects.filter(pk=receipt.pk).update(erased_at=timezone.now())
        with connections[APP].cursor() as cursor:
            cursor.execute("DELETE FROM tenants_shop WHERE id = %s", [shop.pk])
    log.info("shop %s is deleted", shop.pk)
    return True


def _receipt(shop: Shop) -> ClosedShop:
    """What stays. Sums only: no product, no shopper, no person but who closed it."""
    found = ClosedShop.objects.filter(shop_number=shop.pk).first()
    if found is not None:
        return found
    usage: dict[str, dict[str, int]] = defaultdict(dict)
    with shop_scope(shop):
        months = LedgerEntry.objects.annotate(month=TruncMonth("at")).order_by()
        for row in months.values("month", "kind").annotate(sum=Sum("quantity")):
            usage[f"{row['month']:%Y-%m}"][row["kind"]] = row["sum"]
    receipt, _ = ClosedShop.objects.get_or_create(
        shop_number=shop.pk,
        defaults={
            "mall_id": shop.mall_id,
            "name": shop.name,
            "slug": shop.slug,
            "opened_at": shop.created_at,
            "closed_at": shop.closed_at,
            "closed_by": shop.closed_by,
            "usage": usage,
        },
    )
    return receipt


def files_delete(folder: str) -> None:
    """Everything below a folder of the storage, and the folder."""
    try:
        folders, files = default_storage.listdir(folder)
    except FileNotFoundError:
        return
    for name in files:
        default_storage.delete(f"{folder}/{name}")
    for name in folders:
        files_delete(f"{folder}/{name}")
    default_storage.delete(folder)
