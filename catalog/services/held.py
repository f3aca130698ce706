"""Tables that wait until somebody says what their columns mean."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.files import File
from django.core.files.storage import default_storage
from django.utils import timezone

from catalog.imports.errors import FileRefused
from catalog.imports.tables import Table, table_of
from catalog.models import Feed, HeldFile, ImportRun
from catalog.services.imports import import_start
from catalog.services.mappings import mapping_remember
from tenants.models import Shop, User
from tenants.scope import shop_scope
from tenants.storage import StorageAway

# A file that nobody told the columns of is kept for so long.
HELD_DAYS = 7
EXPIRED_AT_ONCE = 100


def file_hold(
    *,
    shop: Shop,
    file: Any,
    filename: str,
    by: User | None,
    dry: bool = False,
    complete: bool = False,
    feed: Feed | None = None,
) -> HeldFile:
    """Keep an upload until somebody says what its columns mean. Call it outside any scope.

    Raises ValueError: empty, or larger than IMPORT_MAX_BYTES; FileRefused: no table.
    """
    stored = file if isinstance(file, File) else File(file, name=filename)
    if not stored.size or stored.size > settings.IMPORT_MAX_BYTES:
        raise ValueError("The file is empty or too large.")
    table = table_of(stored, filename)
    if table is None:
        raise FileRefused("no_header", "The file has no columns to be told of.")
    stored.seek(0)
    held = HeldFile(
        shop_id=shop.pk, kind=table.kind, filename=filename[-200:], dry=dry, complete=complete
    )
    held.by, held.feed = by, feed
    held.file.save(filename, stored, save=False)
    with shop_scope(shop):
        held.save()
    return held


def held_table(held: HeldFile) -> Table | None:
    """The held file's beginning; None where the file is gone. Call it outside any scope.

    Raises StorageAway.
    """
    try:
        with default_storage.open(str(held.file.name)) as file:
            return table_of(file, held.filename)
    except StorageAway:
        raise
    except (OSError, FileRefused):
        return None


def held_start(
    *, shop: Shop, held: HeldFile, table: Table, columns: Mapping[str, str], by: User | None
) -> ImportRun:
    """Import a held file with these columns, and remember them. Call it outside any scope."""
    with shop_scope(shop):
        mapping_remember(table=table, columns=columns, filename=held.filename, by=by)
    with default_storage.open(str(held.file.name)) as file:
        run = import_start(
            shop=shop,
            file=File(file, name=held.filename),
            filename=held.filename,
            by=by,
            dry=held.dry,
            complete=held.complete,
            mapping=columns,
            kind=table.kind,
            feed=held.feed,
        )
    held_drop(shop=shop, held=held)
    return run


def held_drop(*, shop: Shop, held: HeldFile) -> None:
    """Forget a held file and its bytes. Call it outside any scope."""
    with shop_scope(shop):
        HeldFile.objects.filter(pk=held.pk).delete()
    default_storage.delete(str(held.file.name))


def held_expire() -> int:
    """Forget the files that nobody came back to; how many."""
    before, count = timezone.now() - timedelta(days=HELD_DAYS), 0
    for shop in Shop.objects.order_by("pk"):
        with shop_scope(shop):
            old = list(HeldFile.objects.filter(created_at__lt=before)[:EXPIRED_AT_ONCE])
        for held in old:
            held_drop(shop=shop, held=held)
        count += len(old)
    return count
