"""Changes of many products at once, as a person asks for them: counted first, kept, undoable.

Fields and deletions are kept as an import's changes are (a run of kind `desk`), so that the same
undoing takes them back; tags as people's answers are, by their sheet.
"""

import uuid
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.utils import timezone

from catalog.models import ImportChange, ImportRun, Product, Tag
from catalog.services.gone import products_hide
from catalog.services.products import Outcome, ProductRow, products_put
from catalog.services.row_changes import feed_tags_held
from catalog.services.tags import tags_clear, tags_say
from tenants.audit import audit_record, audit_record_many
from tenants.bulk import rows_insert
from tenants.models import Shop, User

MOST = 1000
"""Products of one change: it is done while the page waits."""
PERCENT = 100


class What(StrEnum):
    TAG = "tag"
    UNTAG = "untag"
    PRICE = "price"
    PRICE_BY = "price_by"
    SALE_BY = "sale_by"
    SALE_END = "sale_end"
    STOCK = "stock"
    SEASON = "season"
    GENDER = "gender"
    DELETE = "delete"


@dataclass(frozen=True)
class Edit:
    """`kind` is of a tag. `value`: a tag's, a price in the smallest unit, per cent, yes or no."""

    what: What
    kind: str = ""
    value: Any = None


@dataclass(frozen=True)
class Edited:
    """How many changed, and by what it is undone: a run, or the sheet of people's answers."""

    changed: int
    run_id: int | None = None
    sheet: uuid.UUID | None = None


def edit_count(*, product_ids: Collection[int], edit: Edit) -> int:
    """How many of these products the edit would change. In the shop's scope."""
    if edit.what in (What.TAG, What.UNTAG):
        said = Tag.objects.filter(
            product_id__in=product_ids, kind=edit.kind, source=Tag.Source.PERSON
        )
        if edit.what == What.UNTAG:
            return said.count()
        return Product.objects.filter(pk__in=product_ids).count() - (
            said.filter(value=edit.value).count()
        )
    products = Product.objects.filter(pk__in=product_ids)
    if edit.what == What.DELETE:
        return products.count()
    return sum(1 for one in products if _differs(one, _fields(one, edit)))


def products_edit(
    *, shop: Shop, product_ids: Collection[int], edit: Edit, by: User | None
) -> Edited:
    """Do it to all of them, in the shop's scope and its transaction.

    Raises ValueError for a tag that the taxonomy does not hold, and for more than MOST products.
    """
    if len(product_ids) > MOST:
        raise ValueError(f"At most {MOST} products are changed at once.")
    rows = Product.objects.select_for_update(no_key=True).filter(pk__in=product_ids)
    products = list(rows.order_by("pk"))
    if edit.what in (What.TAG, What.UNTAG):
        return _say(products, edit, by)
    run = ImportRun.objects.create(
        kind=ImportRun.Kind.DESK,
        filename=edit.what.value,
        state=ImportRun.State.DONE,
        total=len(products),
        rows=len(products),
        summary={"edit": {"what": edit.what.value, "value": edit.value}},
        finished_at=timezone.now(),
        by=by,
    )
    changed = _hide(products, run) if edit.what == What.DELETE else _put(shop, products, run, edit)
    counts = {"gone" if edit.what == What.DELETE else "updated": changed}
    ImportRun.objects.filter(pk=run.pk).update(unchanged=len(products) - changed, **counts)
    audit_record(actor=by, action="bulk edit", target=run, changes=run.summary["edit"])
    return Edited(changed, run_id=run.pk)


def _say(products: Sequence[Product], edit: Edit, by: User | None) -> Edited:
    ids = [product.pk for product in products]
    count = edit_count(product_ids=ids, edit=edit)
    if not ids:
        return Edited(0)
    sheet = uuid.uuid4()
    if edit.what == What.TAG:
        tags_say(kind=edit.kind, values=dict.fromkeys(ids, edit.value), by=by, sheet=sheet)
    else:
        tags_clear(kind=edit.kind, product_ids=ids, by=by, sheet=sheet)
    value = edit.value if edit.what == What.TAG else None
    audit_record_many(
        actor=by, entries=[("tag", one, {edit.kind: [None, value]}) for one in products]
    )
    return Edited(count, sheet=sheet if count else None)


def _put(shop: Shop, products: Sequence[Product], run: ImportRun, edit: Edit) -> int:
    told = feed_tags_held([product.pk for product in products])
    rows = [
        ProductRow(one.sku, fields, told.get(one.pk, {}))
        for one in products
        if _differs(one, fields := _fields(one, edit))
    ]
    outcomes = products_put(rows=rows, currency=shop.currency, run=run)
    return outcomes.count(Outcome.UPDATED)


def _hide(products: Iterable[Product], run: ImportRun) -> int:
    """Out of every list and search at once, deleted for good some weeks later."""
    gone = [(product.pk, product.sku) for product in products]
    now = timezone.now()
    products_hide(product_ids=[pk for pk, _ in gone], at=now)
    rows_insert(
        ImportChange,
        ("product_id", "sku"),
        gone,
        fixed={
            "run_id": run.pk,
            "action": ImportChange.Action.REMOVED.value,
            "result": "",
            "at": now,
        },
    )
    return len(gone)


def _fields(product: Product, edit: Edit) -> dict[str, Any]:
    """What the edit makes of the product's own fields."""
    price = product.price
    if edit.what == What.PRICE:
        return {"price": edit.value} | _sale_under(product, edit.value)
    if edit.what == What.PRICE_BY:
        made = None if price is None else max(0, round(price * (PERCENT + edit.value) / PERCENT))
        return {"price": made} | _sale_under(product, made)
    if edit.what == What.SALE_BY:
        made = None if price is None else round(price * (PERCENT - edit.value) / PERCENT)
        return {"sale_price": made}
    if edit.what == What.SALE_END:
        return {"sale_price": None}
    names = {What.STOCK: "in_stock", What.SEASON: "season", What.GENDER: "gender"}
    return {names[edit.what]: edit.value}


def _sale_under(product: Product, price: int | None) -> dict[str, Any]:
    """A sale price that is no longer below the price ends."""
    if product.sale_price is None or (price is not None and product.sale_price < price):
        return {}
    return {"sale_price": None}


def _differs(product: Product, fields: dict[str, Any]) -> bool:
    return any(getattr(product, name) != value for name, value in fields.items())
