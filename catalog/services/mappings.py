"""What the columns of a shop's tables mean: asked once, remembered by the header."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import F
from django.utils import timezone

from catalog.imports.errors import FileRefused
from catalog.imports.tables import Table, asks, cut_rows, table_of
from catalog.models import ColumnMapping
from tenants.models import Shop, User
from tenants.scope import shop_scope


@dataclass(frozen=True)
class Recalled:
    """What is known of an upload's columns; `asks`: somebody must look at them first."""

    columns: dict[str, str]
    asks: bool = False


def mapping_recall(*, shop: Shop, file: Any, filename: str = "", taken: bool = False) -> Recalled:
    """What this shop said of a file's header before. Call it outside any scope.

    `taken`: the file is now read by it, which is counted. A file without columns of its own, or
    one that cannot be read, asks nothing: its run says why.
    """
    try:
        table = table_of(file, filename)
    except FileRefused:
        table = None
    finally:
        file.seek(0)
    if table is None:
        return Recalled({})
    with shop_scope(shop):
        known = ColumnMapping.objects.filter(fingerprint=table.fingerprint)
        columns = known.values_list("columns", flat=True).first() or {}
        if columns and taken:
            known.update(used=F("used") + 1, used_at=timezone.now())
    return Recalled(columns, asks(table, columns))


def mapping_remember(
    *, table: Table, columns: Mapping[str, str], filename: str, by: User | None
) -> ColumnMapping:
    """Keep what was said of this header, in place of what was said before."""
    said = {
        "kind": table.kind,
        "names": table.names,
        "columns": dict(columns),
        "sample": cut_rows(table.rows),
        "filename": filename[-200:],
        "by": by,
        "changed_at": timezone.now(),
    }
    kept, _new = ColumnMapping.objects.update_or_create(
        fingerprint=table.fingerprint, defaults=said
    )
    return kept


def mapping_change(
    *, mapping: ColumnMapping, columns: Mapping[str, str], by: User | None
) -> ColumnMapping:
    """Say anew what a remembered header means; files that came before stay as they are."""
    mapping.columns, mapping.by, mapping.changed_at = dict(columns), by, timezone.now()
    mapping.save(update_fields=["columns", "by", "changed_at"])
    return mapping
