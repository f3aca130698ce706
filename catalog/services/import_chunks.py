"""The new products of a run's chunk in one row, and how their photos and words come to the worker.

One outbox row a chunk and topic says that some of them wait. Whoever takes it takes the next ones
out of the chunk; each has an outbox row of its own for as long as somebody works on it.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from django.db import connection
from django.db.models import F, QuerySet

from catalog.models import ImportChange, ImportChunk, ImportRun, Photo, Product
from tenants import outbox
from tenants.bulk import array_text, rows_insert, whole_cursor
from tenants.scope import current_shop_id

# Objects of the outbox are ids; a chunk's stand below all of them, the first chunk first.
BELOW = -(2**62)
# What waits of a chunk, and how many of them were taken.
_DUE = {
    outbox.PHOTO: ("photo_ids", "photos_taken"),
    outbox.WORDS: ("product_ids", "words_taken"),
}
_KEEP = """
    INSERT INTO catalog_importchunk
        (shop_id, run_id, at, product_ids, skus, photo_ids, photos_taken, words_taken, opened)
    VALUES ({shop}, %s, %s, %s::bigint[], %s::text[], %s::bigint[], 0, 0, 0)
    RETURNING id
"""
# Only `due_take` counts on, and it holds the shop.
_TAKE_OUT = """
    UPDATE catalog_importchunk SET {taken} = {taken} + %(count)s
    WHERE shop_id = %(shop)s AND id = %(id)s
    RETURNING {ids}[{taken} - %(count)s + 1:{taken}], cardinality({ids}) > {taken}
"""


def chunk_keep(
    *, run: ImportRun, ids: Mapping[str, int], photos: Sequence[int], at: datetime
) -> None:
    """Note the products (ids by SKU) that a run has just made, and that the worker must see them
    and these photos."""
    if not ids:
        return
    shop_id = current_shop_id()
    with whole_cursor() as cursor:
        made = array_text(list(ids.values())), array_text(list(ids)), array_text(photos)
        cursor.execute(_KEEP.format(shop=shop_id), [run.pk, at, *made])
        ((pk,),) = cursor.fetchall()
    for topic in (outbox.PHOTO, outbox.WORDS) if photos else (outbox.WORDS,):
        outbox.announce(shop_id=shop_id, topic=topic, object_ids=[BELOW + pk])


def due_take(*, topic: str, limit: int, until: datetime) -> list[int]:
    """`outbox.take` of photos or words, some of which wait in chunks. In the shop's scope."""
    shop_id = current_shop_id()
    while taken := outbox.take(shop_id=shop_id, topic=topic, limit=limit, until=until):
        ids = {one for one in taken if one > 0}
        left = []
        for place in (one for one in taken if one < 0):
            more, empty = _take_out(place - BELOW, topic, limit - len(ids))
            ids.update(more)
            if empty:
                outbox.done(shop_id=shop_id, topic=topic, object_ids=[place])
            else:
                left.append(place)
        outbox.later(shop_id=shop_id, topic=topic, object_ids=left, at=None)
        outbox.hold(shop_id=shop_id, topic=topic, object_ids=ids, until=until)
        if ids:
            return sorted(ids)
    return []


def _take_out(chunk_id: int, topic: str, count: int) -> tuple[list[int], bool]:
    """The next of the chunk that are still to be seen, and whether it holds none any more."""
    found: list[int] = []
    ids, taken = _DUE[topic]
    statement = _TAKE_OUT.format(ids=ids, taken=taken)
    while count > len(found):
        asked = {"shop": current_shop_id(), "id": chunk_id, "count": count - len(found)}
        with connection.cursor() as cursor:
            cursor.execute(statement, asked)
            next_ones, more = cursor.fetchone() or ((), False)
        found += _still_due(next_ones) if topic == outbox.PHOTO else next_ones
        if not more:
            return found, True
    return found, False


def _still_due(photo_ids: Collection[int]) -> list[int]:
    """Without photos that were taken away or seen meanwhile, or whose product is gone."""
    waiting = Photo.objects.filter(pk__in=photo_ids, state=Photo.State.PENDING)
    products = dict(waiting.values_list("pk", "product_id"))
    there = set(Product.objects.filter(pk__in=set(products.values())).values_list("pk", flat=True))
    return [pk for pk, product_id in products.items() if product_id in there]


def chunk_open(*, run: ImportRun, count: int) -> bool:
    """Turn the run's last new products into changes of their own, about to be taken back; False
    where none is left."""
    rows = ImportChunk.objects.select_for_update(no_key=True).filter(run=run)
    chunk = rows.filter(opened__lt=F("product_ids__len")).order_by("-pk").first()
    if chunk is None:
        return False
    pairs = list(zip(chunk.product_ids, chunk.skus, strict=True))
    end = len(pairs) - chunk.opened
    begin = max(0, end - count)
    rows_insert(
        ImportChange,
        ("product_id", "sku"),
        pairs[begin:end],
        fixed={
            "run_id": run.pk,
            "action": ImportChange.Action.CREATED.value,
            "result": "",
            "at": chunk.at,
        },
    )
    rows.filter(pk=chunk.pk).update(opened=len(pairs) - begin)
    return True


def chunks_forget(*, runs: QuerySet[ImportRun]) -> None:
    """These can be undone no more; what the worker must still see is kept."""
    seen = ImportChunk.objects.filter(
        photos_taken__gte=F("photo_ids__len"), words_taken__gte=F("product_ids__len")
    )
    seen.filter(run__in=runs.values("pk")).delete()


def created_by(*, run: ImportRun, after: int, limit: int) -> list[tuple[int, str]]:
    """Id and SKU of products that the run made, behind this id; without those that have a change
    of their own."""
    with connection.cursor() as cursor:
        cursor.execute(_CREATED, [current_shop_id(), run.pk, after, limit])
        return [(int(pk), str(sku)) for pk, sku in cursor.fetchall()]


_CREATED = """
    SELECT made.id, made.sku FROM catalog_importchunk AS chunk,
        unnest(
            chunk.product_ids[:cardinality(chunk.product_ids) - chunk.opened],
            chunk.skus[:cardinality(chunk.skus) - chunk.opened]
        ) AS made (id, sku)
    WHERE chunk.shop_id = %s AND chunk.run_id = %s AND made.id > %s
    ORDER BY made.id LIMIT %s
"""


def run_that_made(product: Product) -> ImportRun | None:
    """The import that brought the product, where only its chunk says so."""
    at = ImportChunk.objects.filter(at=product.created_at, product_ids__contains=[product.pk])
    for chunk in at.select_related("run"):
        if chunk.product_ids.index(product.pk) < len(chunk.product_ids) - chunk.opened:
            return chunk.run
    return None
