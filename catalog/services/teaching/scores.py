"""Learn a shop's own class and score every product: what the worker does, and for new products."""

import logging
import time
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import numpy as np
import numpy.typing as npt
from django.core.files.storage import default_storage
from django.db import connection
from django.utils import timezone

from catalog import seeing
from catalog.models import OwnClass, OwnExample, OwnScore
from catalog.models.garment import EMBEDDING_SIZE
from catalog.selectors import live_revision
from catalog.services.teaching.announced import announced_run
from catalog.services.teaching.following import LEAST_KEPT
from catalog.services.teaching.own import facets_follow, shop_classes
from catalog.services.teaching.vectors import (
    Clear,
    Vectors,
    clear_garments,
    vectors_in_chunks,
    vectors_of,
)
from catalog.services.teaching.words import designs
from catalog.teaching.few import LEAST_EXAMPLES, Calibration, Direction, calibration, direction
from tenants import outbox
from tenants.models import Shop
from tenants.scope import current_shop_id, shop_scope
from vision.decode import decode
from vision.errors import ImageRejected

log = logging.getLogger(__name__)

LEASE = timedelta(minutes=15)
SAMPLE = 3000
"""Products that stand for the catalogue while a class is learned."""
SEED = 11
SIGHT_SIDE = 1280
STEPS = tuple(range(1, 100))
"""Thresholds in hundredths that the page tells the number of products for."""


def classes_run(*, shop_id: int) -> int:
    """Learn the shop's next classes that were announced: how many. Safe to run twice."""
    return announced_run(
        shop_id=shop_id,
        topic=outbox.OWN_CLASS,
        limit=5,
        lease=LEASE,
        do=lambda shop, own_id: class_learn(shop=shop, own_id=own_id),
    )


def classes_keep(*, shop: Shop) -> None:
    """The clock's round: classes of a former bundle are learned anew. Outside any scope."""
    live = live_revision(shop)
    with shop_scope(shop):
        stale = shop_classes(shop).exclude(revision__in=("", live)).values_list("pk", flat=True)
        if stale and outbox.idle(shop_id=shop.pk, topic=outbox.OWN_CLASS):
            outbox.announce(shop_id=shop.pk, topic=outbox.OWN_CLASS, object_ids=stale)


def class_learn(*, shop: Shop, own_id: int) -> OwnClass | None:
    """Learn one class from its examples and write every product's probability. Outside any scope.

    None where it is gone.
    """
    began, live = time.monotonic(), live_revision(shop)
    with shop_scope(shop):
        own = OwnClass.objects.select_related("term").filter(pk=own_id).first()
        if own is None:
            return None
        unseen = list(own.examples.exclude(photo="").exclude(revision=live))
    for example in unseen:
        _photo_seen(shop, example, live)
    with shop_scope(shop):
        clear = clear_garments(live)
        shown = _examples(own, clear)
        drawn = _sample(own, clear)
        sample = vectors_of(clear.garments[drawn])
    brought = shown.positive & ~shown.asked
    if len(np.unique(shown.designs[brought])) < LEAST_EXAMPLES or len(sample) < LEAST_EXAMPLES:
        return _few(shop, own, live)
    positive = shown.positive
    way = direction(shown.vectors[positive], shown.vectors[~positive], sample, shown.designs)
    with shop_scope(shop):
        held = OwnClass.objects.select_for_update(of=("self",)).select_related("term")
        own = held.filter(pk=own_id).first()
        if own is None:
            return None
        scores = np.zeros(len(clear), np.float32)
        for part, vectors in vectors_in_chunks(clear.garments):
            scores[part] = vectors @ way.weights
        left_out = np.concatenate([way.left_out, way.left_out_counter])
        scores[drawn] = way.sample
        sold = shown.places >= 0
        scores[shown.places[sold]] = left_out[sold]
        answers = left_out[~brought], positive[~brought]
        own.revision = live
        _write(own, way, calibration(left_out[brought], scores, answers), clear, scores)
        own.figures |= _figures(own, left_out[brought], scores, began)
        own.save(update_fields=["figures"])
        facets_follow(own=own)
    return own


def _photo_seen(shop: Shop, example: OwnExample, live: str) -> None:
    """The embedding of an uploaded photo's largest garment; one that cannot be seen has none."""
    vector: Any = None
    try:
        with default_storage.open(example.photo) as file:
            seen = seeing.analyzer(live).analyze(decode(file.read(), max_side=SIGHT_SIDE).pixels)
        if seen.garments:
            vector = max(seen.garments, key=lambda one: one.area).embedding
    except (OSError, ImageRejected) as error:
        log.warning("example %s cannot be seen: %s", example.pk, error)
    with shop_scope(shop):
        OwnExample.objects.filter(pk=example.pk).update(embedding=vector, revision=live)


@dataclass(frozen=True, slots=True)
class _Shown:
    """Examples and then counter-examples: their vectors and designs, and which of them people were
    asked about."""

    vectors: Vectors
    places: npt.NDArray[np.int64]
    """Among the products; -1 for an uploaded photo."""
    designs: npt.NDArray[np.int64]
    positive: npt.NDArray[np.bool_]
    asked: npt.NDArray[np.bool_]


def _examples(own: OwnClass, clear: Clear) -> _Shown:
    """Those without a garment are left."""
    place_of = {product: at for at, product in enumerate(clear.products.tolist())}
    rows = [
        row
        for row in own.examples.order_by("-positive", "pk")
        if row.product_id in place_of or (row.photo and row.embedding is not None)
    ]
    vectors = np.zeros((len(rows), EMBEDDING_SIZE), np.float32)
    places = np.array([place_of.get(row.product_id, -1) for row in rows], np.int64)
    vectors[places >= 0] = vectors_of(clear.garments[places[places >= 0]])
    for place, row in enumerate(rows):
        if row.photo:
            vectors[place] = np.asarray(row.embedding)
    design = designs({row.product_id for row in rows if row.product_id})
    return _Shown(
        vectors,
        places,
        np.array([design.get(row.product_id or 0, -row.pk) for row in rows], np.int64),
        np.array([row.positive for row in rows], bool),
        np.array([row.asked or not row.positive for row in rows], bool),
    )


def _sample(own: OwnClass, clear: Clear) -> npt.NDArray[np.int64]:
    """Places by lot of products that nobody has shown."""
    shown = own.examples.filter(product__isnull=False).values_list("product_id", flat=True)
    free = np.flatnonzero(~np.isin(clear.products, np.array(list(shown), np.int64)))
    return np.random.default_rng(SEED).permutation(free)[:SAMPLE]


def _few(shop: Shop, own: OwnClass, live: str) -> OwnClass:
    with shop_scope(shop):
        own.state, own.revision, own.learned_at = OwnClass.State.FEW, live, timezone.now()
        own.save(update_fields=["state", "revision", "learned_at"])
    return own


def _write(
    own: OwnClass,
    way: Direction,
    calibrated: Calibration,
    clear: Clear,
    scores: npt.NDArray[np.float32],
) -> None:
    likely = calibrated.probabilities(scores)
    numbers = np.array([calibrated.slope, calibrated.shift], np.float32)
    own.weights = np.concatenate([way.weights, numbers]).tobytes()
    own.state, own.learned_at = OwnClass.State.READY, timezone.now()
    own.figures = {
        "products": len(clear),
        "share": round(calibrated.share, 6),
        "counts": [int((likely >= step / 100).sum()) for step in STEPS],
    }
    own.save(update_fields=["weights", "state", "revision", "learned_at", "figures"])
    OwnScore.objects.filter(own=own).delete()
    kept = likely >= LEAST_KEPT
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO catalog_ownscore (shop_id, own_id, product_id, probability)
            SELECT %s, %s, said.product_id, said.probability
            FROM unnest(%s::bigint[], %s::float8[]) AS said (product_id, probability)
            WHERE EXISTS (SELECT 1 FROM catalog_product AS product
                WHERE product.shop_id = %s AND product.id = said.product_id)
            """,
            [
                current_shop_id(),
                own.pk,
                clear.products[kept].tolist(),
                likely[kept].tolist(),
                current_shop_id(),
            ],
        )


def _figures(
    own: OwnClass, left_out: npt.NDArray[np.float64], scores: npt.NDArray[np.float32], began: float
) -> dict[str, Any]:
    """How the examples that people brought did when they were left out: their probabilities, and
    the share of the catalogue that scored less."""
    kept = np.frombuffer(bytes(own.weights or b""), np.float32)
    likely = Calibration(float(kept[-2]), float(kept[-1]), 0.0).probabilities(left_out)
    above = np.searchsorted(np.sort(scores), left_out) / max(1, len(scores))
    return {
        "left_out": [round(float(one), 4) for one in likely],
        "above": [round(float(one), 4) for one in above],
        "seconds": round(time.monotonic() - began, 2),
    }
