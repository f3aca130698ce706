"""Products: put by SKU, with what changed told apart from what did not."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from enum import StrEnum

from django.utils import timezone

from catalog.models import ImportRun, Product
from catalog.services.garments import garments_settle
from catalog.services.postings import products_forget
from catalog.services.row_changes import Held, ProductRow, RowChange, held_by_sku, rows_compare
from catalog.services.row_writes import changes_write

__all__ = ["Outcome", "ProductRow", "product_saved", "products_put", "products_remove"]


class Outcome(StrEnum):
    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"


def product_saved(*, product: Product) -> None:
    """Bring the garments in step after a product was edited: price, stock, gender, title.

    The next import compares it with its row again, whatever that said before.
    """
    Product.every.filter(pk=product.pk).exclude(row_digest="").update(row_digest="")
    garments_settle(product=product)


def products_remove(*, product_ids: Collection[int]) -> None:
    """Delete products with all that hangs on them; their words no longer count."""
    products_forget(product_ids=product_ids)
    Product.every.filter(pk__in=product_ids).delete()


def products_put(
    *,
    rows: Sequence[ProductRow],
    currency: str,
    run: ImportRun | None = None,
    fields: Counter[str] | None = None,
) -> list[Outcome]:
    """Create or update these products, one outcome a row; every SKU may stand once in `rows`.

    `currency` is for new products whose row names none. `run` keeps what was changed, and `fields`
    counts which fields were. Call it in one transaction: products, feed tags, photos and the
    outbox rows of new photos belong together.
    """
    held = held_by_sku([row.sku for row in rows])
    changes = changes_of(rows, held)
    changes_write(changes, currency=currency, run=run, at=timezone.now())
    if fields is not None:
        fields.update(name for one in changes if one.product for name in one.after)
    found = {one.row.sku: outcome_of(one) for one in changes}
    return [found.get(row.sku, Outcome.UNCHANGED) for row in rows]


def changes_of(rows: Sequence[ProductRow], held: Mapping[str, Held]) -> list[RowChange]:
    """The rows that an import must look at: all but those that say what they said last time."""
    return rows_compare([row for row in rows if not _said_before(row, held.get(row.sku))], held)


def _said_before(row: ProductRow, held: Held | None) -> bool:
    return held is not None and not held.gone and bool(row.digest) and row.digest == held.digest


def outcome_of(change: RowChange) -> Outcome:
    if change.product is None:
        return Outcome.CREATED
    return Outcome.UPDATED if change.after else Outcome.UNCHANGED
