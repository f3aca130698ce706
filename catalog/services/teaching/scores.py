"""Learn a shop's own class and score every product: what the worker does, and for new products."""

import logging
import time
from datetime import timedelta
from typing import Any

import numpy as np
import numpy.typing as npt
from django.core.files.storage import default_storage
from django.db import connection
from django.utils import timezone

from catalog import seeing
from catalog.models import OwnClass, OwnExample, OwnScore
from catalog.selectors import live_revision
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
from tenants.models import Outbox, Shop
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
    shop = Shop.objects.filter(pk=shop_id).first()
    if shop is None:
        return 0
    until = timezone.now() + LEASE
    with shop_scope(shop):
        ids = outbox.take(shop_id=shop_id, topic=outbox.OWN_CLASS, limit=5, until=until)
    for one in ids:
        class_learn(shop=shop, own_id=one)
        with shop_scope(shop):
            # One that was announced again meanwhile waits again.
            rows = Outbox.objects.filter(shop_id=shop_id, topic=outbox.OWN_CLASS, object_id=one)
            rows.filter(leased_until=until).delete()
    outbox.ring(shop_id=shop_id, topic=outbox.OWN_CLASS)
    return len(ids)


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
        near, groups = _examples(own, clear, positive=True)
        against, _ = _examples(own, clear, positive=False)
        sample = vectors_of(_sample(own, clear))
    if len(np.unique(groups)) < LEAST_EXAMPLES or len(sample) < LEAST_EXAMPLES:
        return _few(shop, own, live)
    way = direction(near, against, sample, groups)
    with shop_scope(shop):
        scores = np.zeros(len(clear), np.float32)
        for part, vectors in vectors_in_chunks(clear.garments):
            scores[part] = vectors @ way.weights
        calibrated = calibration(way.left_out, scores)
        own.revision = live
        _write(own, way, calibrated, clear, scores)
        own.figures |= {"seconds": round(time.monotonic() - began, 2)}
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


def _examples(own: OwnClass, clear: Clear, *, positive: bool) -> tuple[Vectors, Any]:
    """Vectors of examples and their designs; those without a garment are left."""
    rows = list(own.examples.filter(positive=positive).order_by("pk"))
    garments = dict(zip(clear.products.tolist(), clear.garments.tolist(), strict=True))
    products = [row.product_id for row in rows if row.product_id in garments]
    found = [vectors_of(np.array([garments[one] for one in products], np.int64))]
    uploaded = [row for row in rows if row.photo and row.embedding is not None]
    if uploaded:
        found.append(np.array([np.asarray(row.embedding) for row in uploaded], np.float32))
    design = designs(set(products))
    groups = [design[one] for one in products] + [-row.pk for row in uploaded]
    return np.concatenate(found), np.array(groups, np.int64)


def _sample(own: OwnClass, clear: Clear) -> npt.NDArray[np.int64]:
    """Garments by lot of products that nobody has shown."""
    shown = own.examples.filter(product__isnull=False).values_list("product_id", flat=True)
    free = clear.garments[~np.isin(clear.products, np.array(list(shown), np.int64))]
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
    left_out = calibrated.probabilities(way.left_out)
    ordered = np.sort(scores)
    above = np.searchsorted(ordered, way.left_out) / max(1, len(ordered))
    numbers = np.array([calibrated.slope, calibrated.shift], np.float32)
    own.weights = np.concatenate([way.weights, numbers]).tobytes()
    own.state, own.learned_at = OwnClass.State.READY, timezone.now()
    own.figures = {
        "products": len(clear),
        "share": round(calibrated.share, 6),
        "left_out": [round(float(one), 4) for one in left_out],
        "above": [round(float(one), 4) for one in above],
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
