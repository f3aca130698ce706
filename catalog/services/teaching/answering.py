"""A shop's own head answers in the stock head's place: for one product, and for all of them."""

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from threading import Lock
from typing import Any

import numpy as np
import numpy.typing as npt
from django.db import connection

from catalog.models import Garment, ShopHead, Tag
from catalog.services.reviews.priority import kind_remark
from catalog.services.teaching.vectors import (
    CHUNK,
    Vectors,
    clear_garments,
    vectors_in_chunks,
    vectors_of,
)
from catalog.shop_taxonomy import shop_taxonomy
from catalog.teaching.head import answer, stock_logs
from tenants import outbox
from tenants.models import Shop
from tenants.scope import current_shop_id, shop_scope
from vision.taxonomy import taxonomy

DECIMALS = 4
TOP = 3
HEADS_KEPT = 64

Stock = Mapping[str, Any]
"""A garment's `tags`: every head as the stock model said it."""


@dataclass(frozen=True, slots=True)
class Told:
    """As a garment's `tags` hold an answer."""

    value: str
    probability: float
    unsure: bool
    top: list[list[Any]]


_lock = Lock()
_weights: OrderedDict[int, npt.NDArray[np.float32]] = OrderedDict()


def heads_newest() -> dict[str, ShopHead]:
    """By kind, the newest version, without its weights. In the shop's scope."""
    rows = ShopHead.objects.defer("weights").order_by("kind", "-version").distinct("kind")
    return {row.kind: row for row in rows}


def heads_answering(revision: str) -> dict[str, ShopHead]:
    """Those that answer for garments of this revision."""
    newest = heads_newest()
    return {kind: row for kind, row in newest.items() if row.answers and row.revision == revision}


def told_by_heads(tags: Sequence[Tag], clear: Garment, newest: Mapping[str, ShopHead]) -> None:
    """Let the shop's heads say these tags of the model anew; `clear` is the garment they are of."""
    heads = {
        kind: head
        for kind, head in newest.items()
        if head.answers and head.revision == clear.revision
    }
    if not heads:
        return
    vector = np.asarray(clear.embedding, np.float32)[None]
    for tag in tags:
        head = heads.get(tag.kind)
        if head is None or tag.value not in head.values:
            continue
        told = answers(head, vector, [clear.tags])[0]
        if told is not None:
            tag.value, tag.probability, tag.unsure = told.value, told.probability, told.unsure
            tag.top, tag.head = told.top, head.version


def answers(head: ShopHead, vectors: Vectors, stock: Sequence[Stock]) -> list[Told | None]:
    """What the head says of garments (rows, 256) of which the stock said `stock`; None where the
    stock has no answer that it knows."""
    known = {value: place for place, value in enumerate(head.values)}
    there = [row for row, said in enumerate(stock) if said.get(head.kind, {}).get("value") in known]
    found: list[Told | None] = [None] * len(stock)
    if not there:
        return found
    said = [stock[row][head.kind] for row in there]
    shares = answer(
        weights_of(head),
        head.temperature,
        vectors=vectors[there],
        stock=np.array([stock_logs(head.values, one["top"], one["value"]) for one in said]),
        said=np.array([known[one["value"]] for one in said], np.int64),
    )
    hidden = _hidden(head)
    for row, probabilities in zip(there, shares, strict=True):
        found[row] = _told(head, probabilities * _fitting(head, stock[row]) * hidden)
    return found


def weights_of(head: ShopHead) -> npt.NDArray[np.float32]:
    """(features, values); kept a process, for a version never changes."""
    with _lock:
        held = _weights.get(head.pk)
    if held is None:
        packed = ShopHead.objects.values_list("weights", flat=True).get(pk=head.pk)
        held = np.frombuffer(bytes(packed), np.float32).reshape(head.rows, len(head.values))
        with _lock:
            _weights[head.pk] = held
            while len(_weights) > HEADS_KEPT:
                _weights.popitem(last=False)
    return held


def head_spread(*, shop: Shop, kind: str, revision: str) -> int:
    """Make the model's tags of a kind what answers now, the shop's head or the stock's, in one pass
    over all products: how many values changed. Call it outside any scope.

    Tags first, a few thousand in a statement; the worker then settles the products whose value
    changed: their filter columns, facets and terms.
    """
    changed = 0
    with shop_scope(shop):
        head = heads_answering(revision).get(kind)
        clear = clear_garments(revision)
    for first in range(0, len(clear), CHUNK):
        part = slice(first, first + CHUNK)
        with shop_scope(shop):
            seen = _seen(clear.garments[part].tolist())
            if head is not None:
                told = answers(head, vectors_of(clear.garments[part]), seen)
            else:
                told = [_stock(one, kind) for one in seen]
            moved = _tags_put(kind, head, revision, clear.products[part].tolist(), told)
            outbox.announce(shop_id=shop.pk, topic=outbox.SETTLE, object_ids=moved)
        changed += len(moved)
    with shop_scope(shop):
        kind_remark(kind=kind)
    return changed


def would_change(*, kind: str, head: ShopHead, revision: str) -> tuple[int, int]:
    """(values that the head would change, products that it answers). In the shop's scope."""
    changed = asked = 0
    clear = clear_garments(revision)
    for part, vectors in vectors_in_chunks(clear.garments):
        seen = _seen(clear.garments[part].tolist())
        for told, stock in zip(answers(head, vectors, seen), seen, strict=True):
            if told is not None:
                asked += 1
                changed += told.value != stock[kind]["value"]
    return changed, asked


def _tags_put(
    kind: str,
    head: ShopHead | None,
    revision: str,
    products: list[int],
    told: Sequence[Told | None],
) -> list[int]:
    """Products whose value changed, of those that have the model's tag of that revision."""
    rows = Tag.objects.filter(
        product_id__in=products, kind=kind, source=Tag.Source.MODEL, revision=revision
    )
    held = dict(rows.values_list("product_id", "value"))
    said = [(one, new) for one, new in zip(products, told, strict=True) if new and one in held]
    if not said:
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            """
            UPDATE catalog_tag AS held SET value = said.value, probability = said.probability,
                unsure = said.unsure, top = said.top::jsonb, head = %s, at = now()
            FROM unnest(%s::bigint[], %s::text[], %s::float8[], %s::bool[], %s::text[])
                AS said (product_id, value, probability, unsure, top)
            WHERE held.shop_id = %s AND held.product_id = said.product_id
                AND held.kind = %s AND held.source = 'model'
            """,
            [
                head.version if head else None,
                [one for one, _ in said],
                [new.value for _, new in said],
                [new.probability for _, new in said],
                [new.unsure for _, new in said],
                [_json(new.top) for _, new in said],
                current_shop_id(),
                kind,
            ],
        )
    return [one for one, new in said if held[one] != new.value]


def _json(top: list[list[Any]]) -> str:
    """Ids of the taxonomy and numbers: nothing in them needs escaping."""
    return "[" + ", ".join(f'["{value}", {share}]' for value, share in top) + "]"


def _seen(garment_ids: list[int]) -> list[Stock]:
    rows = dict(Garment.objects.filter(pk__in=garment_ids).values_list("pk", "tags"))
    return [rows.get(one) or {} for one in garment_ids]


def _stock(seen: Stock, kind: str) -> Told | None:
    said = seen.get(kind)
    if not said:
        return None
    return Told(said["value"], said["probability"], said["unsure"], said["top"])


def _told(head: ShopHead, shares: npt.NDArray[np.float64]) -> Told | None:
    total = float(shares.sum())
    if not total:
        return None
    shares = shares / total
    order = np.argsort(-shares, kind="stable")[:TOP]
    top = [[head.values[place], round(float(shares[place]), DECIMALS)] for place in order]
    best = float(shares[order[0]])
    return Told(head.values[order[0]], round(best, DECIMALS), best < head.threshold, top)


def _fitting(head: ShopHead, seen: Stock) -> npt.NDArray[np.float64]:
    """A jacket has no strap: values that cannot be said of what the stock calls the garment."""
    category = seen.get("category", {}).get("value", "")
    known = taxonomy()
    allowed = known.allowed(head.kind, category) if category in known.categories else ()
    if not allowed:
        return np.ones(len(head.values))
    return np.array([float(value in allowed) for value in head.values])


def _hidden(head: ShopHead) -> npt.NDArray[np.float64]:
    """A shop's head never says what the shop merged into another value."""
    merged = shop_taxonomy().merged(head.kind)
    return np.array([float(value not in merged) for value in head.values])
