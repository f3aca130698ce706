"""Writes of the API: many products in one transaction, each with its own result."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from catalog.models import Product, Tag
from catalog.services.import_rows import rows_put
from catalog.services.photos import PhotoSource
from catalog.services.plan_limit import PLAN_LIMIT
from catalog.services.products import Outcome, ProductRow, products_remove
from catalog.words import category_of, exact_value
from tenants.audit import audit_record_many
from tenants.models import Shop

MERGED = ("attributes", "translations")


class Op(StrEnum):
    PUT = "put"
    PATCH = "patch"
    DELETE = "delete"


@dataclass(frozen=True)
class Change:
    """`fields` are Product's own: all of them to put, the changed ones to patch.

    In a patch, None within attributes, translations and `tags` takes that one away, and None in
    the place of attributes or translations, or `clear_tags`, everything. `photos` are addresses;
    None leaves them.
    """

    op: Op
    sku: str
    fields: Mapping[str, Any] = field(default_factory=dict)
    tags: Mapping[str, str | None] = field(default_factory=dict)
    photos: Sequence[str] | None = None
    clear_tags: bool = False


@dataclass(frozen=True)
class Changed:
    """What came of a change. `code` and `field` say why nothing did."""

    sku: str
    outcome: str = ""
    """created, updated, unchanged or deleted; empty where it was refused."""
    code: str = ""
    field: str = ""
    detail: str = ""


def products_change(*, shop: Shop, changes: Sequence[Change]) -> list[Changed]:
    """Do these changes, one result each, in their order; every SKU may stand once.

    Inside the shop's scope: its transaction keeps the good ones.
    """
    skus = [change.sku for change in changes]
    # In order, so that two callers wait for each other and do not lock each other out.
    locked = Product.objects.select_for_update(no_key=True).filter(sku__in=skus).order_by("pk")
    held = {product.sku: product for product in locked}
    told = _feed_tags([held[one.sku].pk for one in changes if one.sku in held])
    rows: list[ProductRow] = []
    results: dict[str, Changed] = {}
    gone: list[Product] = []
    for change in changes:
        product = held.get(change.sku)
        if product is None and change.op != Op.PUT:
            results[change.sku] = Changed(change.sku, code="product_not_found", field="sku")
        elif change.op == Op.DELETE:
            assert product is not None
            gone.append(product)
            results[change.sku] = Changed(change.sku, "deleted")
        else:
            made = _row(shop, change, product, told.get(product.pk, {}) if product else {})
            if isinstance(made, Changed):
                results[change.sku] = made
            else:
                rows.append(made)
    results |= _put(shop, rows)
    _told(changes, results, gone)
    if gone:
        products_remove(product_ids=[product.pk for product in gone])
    return [results[sku] for sku in skus]


def _feed_tags(product_ids: Sequence[int]) -> dict[int, dict[str, str]]:
    found: dict[int, dict[str, str]] = {}
    rows = Tag.objects.filter(product_id__in=product_ids, source=Tag.Source.FEED)
    for product_id, kind, value in rows.values_list("product_id", "kind", "value"):
        found.setdefault(product_id, {})[kind] = value
    return found


def _row(
    shop: Shop, change: Change, product: Product | None, told: Mapping[str, str]
) -> ProductRow | Changed:
    fields = dict(change.fields)
    tags: dict[str, str | None] = {}
    if change.op == Op.PUT:
        fields.setdefault("currency", shop.currency)
    else:
        assert product is not None
        for name in set(MERGED) & set(fields):
            fields[name] = merged(getattr(product, name), fields[name] or {}, fields[name] is None)
        if fields.get("currency", "") is None:
            fields["currency"] = shop.currency
        tags = {} if change.clear_tags else dict(told)
        refused = _price_fault(change, product)
        if refused is not None:
            return refused
    # The shop's own category names ours, as in a file, unless a tag says it.
    if "feed_category" in fields and "category" not in change.tags:
        tags["category"] = _category_in(fields["feed_category"])
    tags |= change.tags
    _settle_sale(fields)
    photos = None if change.photos is None else [PhotoSource(url=url) for url in change.photos]
    kept = {kind: value for kind, value in tags.items() if value is not None}
    return ProductRow(change.sku, fields, kept, photos)


def merged(held: Mapping[str, Any], said: Mapping[str, Any], clear: bool = False) -> dict[str, Any]:
    """RFC 7396: what is said replaces what was held, name by name; None takes it away."""
    result = {} if clear else dict(held)
    for name, value in said.items():
        if value is None:
            result.pop(name, None)
        elif isinstance(value, Mapping):
            before = result.get(name)
            result[name] = merged(before if isinstance(before, Mapping) else {}, value)
        else:
            result[name] = value
    return result


def _price_fault(change: Change, product: Product) -> Changed | None:
    price = change.fields.get("price", product.price)
    reduced = change.fields.get("sale_price", product.sale_price)
    if reduced is None or not {"price", "sale_price"} & set(change.fields):
        return None
    if price is None:
        return Changed(change.sku, code="price_missing", field="price")
    if reduced > price:
        return Changed(change.sku, code="sale_price_above_price", field="sale_price")
    return None


def _settle_sale(fields: dict[str, Any]) -> None:
    """A sale price that is the price is none."""
    if fields.get("sale_price") is not None and fields["sale_price"] == fields.get("price"):
        fields["sale_price"] = None


def _category_in(text: str) -> str | None:
    if not text:
        return None
    last = text.replace("|", ">").replace("/", ">").rsplit(">", 1)[-1]
    return exact_value("category", last) or category_of(last, text)


def _put(shop: Shop, rows: Sequence[ProductRow]) -> dict[str, Changed]:
    if not rows:
        return {}
    ordered = sorted(rows, key=lambda row: row.sku)
    outcomes, refused = rows_put(ordered, shop.currency)
    wrong = dict(refused)
    done = [row.sku for row in ordered if row.sku not in wrong]
    results = {
        sku: Changed(sku, outcome.value) for sku, outcome in zip(done, outcomes, strict=True)
    }
    for sku, problem in wrong.items():
        code = problem.code if problem.code == PLAN_LIMIT else "refused"
        results[sku] = Changed(sku, code=code, field=problem.field, detail=problem.message)
    return results


def _told(
    changes: Sequence[Change], results: Mapping[str, Changed], gone: Sequence[Product]
) -> None:
    """Into the audit trail: what was written of which product; what stayed is not told."""
    deleted = {product.sku: product for product in gone}
    written = {
        change.sku: change
        for change in changes
        if results[change.sku].outcome in (Outcome.CREATED, Outcome.UPDATED)
    }
    found = {one.sku: one for one in Product.objects.filter(sku__in=list(written))}
    audit_record_many(
        actor=None,
        entries=[
            *(
                (f"api {change.op}", found[sku], {"fields": sorted(_names(change))})
                for sku, change in written.items()
            ),
            *(("api delete", product, {}) for product in deleted.values()),
        ],
    )


def _names(change: Change) -> set[str]:
    more = {"tags"} if change.tags else set()
    return set(change.fields) | more | ({"photos"} if change.photos is not None else set())
