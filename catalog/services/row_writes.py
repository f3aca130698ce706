"""Write what rows of a feed change: many products, their feed tags and photos in few statements."""

import json
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from catalog.models import Garment, ImportChange, ImportRun, Product, Tag
from catalog.services.facets import FACET_FIELDS, facets_write
from catalog.services.folds import fold_settle
from catalog.services.garments import garments_follow_products, garments_settle
from catalog.services.import_chunks import chunk_keep
from catalog.services.photos import PhotosWanted, photos_create, photos_set, photos_wait_on
from catalog.services.postings import TEXT_FIELDS, postings_due
from catalog.services.row_changes import GONE, PHOTOS, TAGS, RowChange
from catalog.services.tag_rows import feed_tags_write
from tenants.bulk import columns_insert, rows_insert, rows_update

COLUMNS = (
    *("title", "description", "brand", "url", "gender", "season", "price", "sale_price"),
    *("currency", "in_stock", "variant_group", "feed_category", "attributes", "translations"),
)
# Fields whose change moves more of a garment than price and stock: which one it is, its tags.
WORDS = {"title", "feed_category", "gender"}
# What a garment's row repeats of its product.
REPEATED = {"price", "sale_price", "in_stock", "variant_group"}


def changes_write(
    changes: Sequence[RowChange], *, currency: str, run: ImportRun | None, at: datetime
) -> None:
    """Make the products be what the rows say. Call it in one transaction.

    `at` becomes the `updated_at` of all that changed. With `run` each change is kept.
    """
    fresh = [one for one in changes if one.product is None]
    changed = [one for one in changes if one.product is not None and one.after]
    ids = _create(fresh, currency, run, at) if fresh else {}
    ids |= {one.row.sku: one.product.pk for one in changes if one.product is not None}
    _update(changed, at)
    _digest([one for one in changes if one.product is not None and not one.after])
    retagged = [one for one in changed if TAGS in one.after]
    feed_tags_write(
        wanted={ids[one.row.sku]: one.row.tags for one in retagged},
        held={ids[one.row.sku]: one.feed_tags for one in retagged},
    )
    photos_set(
        wanted={
            ids[one.row.sku]: PhotosWanted(one.row.photos or (), one.row.row)
            for one in changed
            if PHOTOS in one.after
        },
        held={ids[one.row.sku]: one.photos for one in changed},
        run=run,
    )
    _follow({ids[one.row.sku]: set(one.after) for one in changed})
    read = TEXT_FIELDS | {TAGS, GONE}
    reworded = {ids[one.row.sku] for one in changed if set(one.after) & read}
    photos_wait_on(product_ids=[ids[one.row.sku] for one in changed if GONE in one.after])
    postings_due(product_ids=reworded)
    if run is not None:
        changes_keep(changed, run=run, ids=ids, at=at)


def changes_keep(
    changes: Sequence[RowChange], *, run: ImportRun, ids: Mapping[str, int], at: datetime
) -> None:
    """Note what a run changed. Products that are in no `ids` are not there: it was only looked."""
    kinds = ImportChange.Action
    rows_insert(
        ImportChange,
        ("product_id", "sku", "action", "before", "after"),
        [
            (
                ids.get(one.row.sku),
                one.row.sku,
                kinds.CREATED.value if one.product is None else kinds.UPDATED.value,
                _json(one.before),
                _json(one.after),
            )
            for one in changes
        ],
        fixed={"run_id": run.pk, "at": at},
    )


def _json(value: Mapping[str, Any]) -> str:
    return json.dumps(value, default=str, ensure_ascii=False) if value else "{}"


def _create(
    changes: Sequence[RowChange], currency: str, run: ImportRun | None, at: datetime
) -> dict[str, int]:
    """New products with their tags and photos: the ids by SKU. The worker must see them all."""
    blank = {field.name: field.get_default() for field in Product._meta.concrete_fields}
    blank["currency"] = currency
    told = [one.row.fields for one in changes]
    named = set[str]().union(*told)
    values: dict[str, list[Any]] = {
        "sku": [one.row.sku for one in changes],
        "row_digest": [one.row.digest for one in changes],
    }
    for name in COLUMNS:
        if name in named or name == "currency":
            usual = blank[name]
            values[name] = [fields.get(name, usual) for fields in told]
    made = columns_insert(
        Product,
        values,
        fixed={"created_at": at, "updated_at": at},
        returning=("sku", "id"),
    )
    ids = {str(sku): int(pk) for sku, pk in made}
    rows_insert(
        Tag,
        ("product_id", "kind", "value"),
        [
            (ids[one.row.sku], kind, value)
            for one in changes
            for kind, value in one.row.tags.items()
        ],
        fixed={"source": Tag.Source.FEED.value, "at": at},
    )
    photos = photos_create(
        wanted={
            ids[one.row.sku]: PhotosWanted(one.row.photos, one.row.row)
            for one in changes
            if one.row.photos
        },
        run=run,
    )
    if run is None:
        postings_due(product_ids=ids.values())
    else:
        chunk_keep(run=run, ids=ids, photos=photos, at=at)
    return ids


def _update(changes: Sequence[RowChange], at: datetime) -> None:
    rows = []
    for one in changes:
        assert one.product is not None
        for name in one.fields:
            setattr(one.product, name, one.row.fields[name])
        values = (getattr(one.product, name) for name in COLUMNS)
        rows.append((one.product.pk, one.row.digest, *values))
    fixed = {"updated_at": at, "gone_at": None}
    rows_update(Product, ("row_digest", *COLUMNS), rows, fixed=fixed)


def _digest(changes: Sequence[RowChange]) -> None:
    """Nothing changed, but the next time it need not be compared."""
    rows = [
        (one.product.pk, one.row.digest)
        for one in changes
        if one.product is not None and one.row.digest
    ]
    rows_update(Product, ("row_digest",), rows)


def _follow(touched: Mapping[int, Collection[str]]) -> None:
    """Bring the garments of changed products in step: in one statement where words stayed."""
    settle = {pk for pk, names in touched.items() if {TAGS, GONE, *WORDS} & set(names)}
    seen = set(Garment.objects.filter(product_id__in=settle).values_list("product_id", flat=True))
    for product in Product.objects.filter(pk__in=seen).order_by("pk"):
        garments_settle(product=product)
    rest = {pk: set(names) for pk, names in touched.items() if pk not in seen}
    repeated = [pk for pk, names in rest.items() if names & REPEATED]
    if repeated:
        garments_follow_products(product_ids=repeated)
    facets_write(product_ids={pk for pk, names in rest.items() if names & (FACET_FIELDS | {GONE})})
    regrouped = [pk for pk, names in rest.items() if "variant_group" in names]
    if regrouped:
        sold = Garment.objects.filter(product_id__in=regrouped, is_product=True)
        for product_id in sorted(set(sold.values_list("product_id", flat=True))):
            fold_settle(product_id=product_id)
