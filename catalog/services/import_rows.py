"""From what a file says to rows in the database, for files, ZIPs and folders alike."""

import logging
from collections import Counter
from collections.abc import Sequence

from django.db import DataError, IntegrityError, transaction

from catalog.imports.errors import EntryRefused, Problem
from catalog.imports.items import Item, Source
from catalog.models import ImportRun
from catalog.services.photos import PhotoSource, photo_check, photo_store
from catalog.services.plan_limit import within_plan
from catalog.services.products import Outcome, ProductRow, products_put
from catalog.services.row_changes import row_digest
from tenants.models import Shop
from vision.errors import ImageRejected

log = logging.getLogger(__name__)


def row_of(
    shop: Shop, item: Item, source: Source, *, keep: bool = True
) -> tuple[ProductRow | None, list[Problem]]:
    """The product of an item with its photos stored; None where nothing is left of it.

    Without `keep` the photos are checked and not stored.
    """
    draft = item.draft
    if draft is None:
        return None, []
    photos = None if draft.photos is None else [PhotoSource(url=url) for url in draft.photos]
    stored, problems = _stored(shop, item.names, source, keep)
    if item.names:
        photos = stored
        if not stored and "price" not in draft.fields:
            return None, problems
    digest = item.digest or row_digest(draft.fields, draft.tags, photos)
    return ProductRow(draft.sku, draft.fields, draft.tags, photos, item.row, digest), problems


def _stored(
    shop: Shop, names: Sequence[str], source: Source, keep: bool
) -> tuple[list[PhotoSource], list[Problem]]:
    stored, problems = [], []
    for name in names:
        try:
            data = source.photo(name)
            kept = photo_store(shop_id=shop.pk, data=data) if keep else photo_check(data=data)
            stored.append(PhotoSource(stored=kept))
        except (ImageRejected, EntryRefused) as refused:
            problems.append(Problem("photo", refused.code, refused.message, name))
    return stored, problems


def rows_put(
    rows: Sequence[ProductRow],
    currency: str,
    run: ImportRun | None = None,
    fields: Counter[str] | None = None,
) -> tuple[list[Outcome], list[tuple[str, Problem]]]:
    """All rows at once; if the database refuses that, one by one to find those it refuses.

    New products that the plan has no room for are refused too. `run` keeps what was changed,
    `fields` counts which fields were.
    """
    rows, refused = within_plan(rows)
    try:
        with transaction.atomic():
            return products_put(rows=rows, currency=currency, run=run, fields=fields), refused
    except (DataError, IntegrityError, ValueError):
        log.warning("a chunk was refused, its rows go one by one", exc_info=True)
    outcomes: list[Outcome] = []
    for row in rows:
        try:
            with transaction.atomic():
                outcomes += products_put(rows=[row], currency=currency, run=run, fields=fields)
        except (DataError, IntegrityError, ValueError) as error:
            words = str(error).splitlines()[0][:300]
            refused.append((row.sku, Problem("", "refused", f"Could not be kept: {words}")))
    return outcomes, refused
