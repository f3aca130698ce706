"""A shop's map is made and kept.

1. All is laid out once (`layout`). From then on places are kept: a product stands tomorrow where it
   stands today.
2. New products are put among the others (`placing`); those that are gone leave.
3. When every fourth product was put in so, or a new bundle sees them otherwise, all is laid out
   anew: from where everything stood, and turned back onto it (`aligning`).
"""

import time
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from django.utils import timezone

from analytics.map.aligning import aligned
from analytics.map.demand.keeping import searches_place
from analytics.map.judging import judged
from analytics.map.layout import layout
from analytics.map.neighbors import Floats
from analytics.map.placing import placed, spacing
from analytics.map.reading import Catalogue, catalogue_read
from analytics.map.tagged import tag_counts
from analytics.map.walking import walk
from analytics.models import CatalogMap, MapPlace, MapSearch
from catalog.selectors import live_revision
from tenants.bulk import columns_insert
from tenants.models import Shop
from tenants.scope import shop_scope

ANEW_SHARE = 0.25
"""Of products that were put among the others: then all is laid out anew."""
MOST_LAID = 30_000
"""Products that are laid out; of a larger catalogue the others are put among them."""
EDGE = 99.0
"""Per cent of the products that lie within 1 of the map's middle."""
ASIDE = 0.35
"""Spacings that a newcomer stands aside of its twin."""
SCATTER = 2654435761
"""Knuth's multiplicative hash: which products are laid out depends on nothing but their ids."""


@dataclass(frozen=True, slots=True)
class Made:
    """Places (n, 2) in the map's units, and which of them the layout gave."""

    places: Floats
    laid: npt.NDArray[np.bool_]
    unit: float
    anew: bool


@dataclass(frozen=True, slots=True)
class Former:
    """What stands: of each product of the catalogue whether it has a place, that place, and
    whether a layout gave it."""

    has: npt.NDArray[np.bool_]
    places: Floats
    laid: npt.NDArray[np.bool_]


def map_make(*, shop: Shop, anew: bool = False) -> CatalogMap | None:
    """Bring the shop's map in step with its catalogue, or lay it out anew, and place the searches
    of the last months on it; None where nothing is tagged. Outside any scope; safe to run twice."""
    started, revision = time.monotonic(), live_revision(shop)
    with shop_scope(shop):
        catalogue = catalogue_read(revision)
        held = CatalogMap.objects.first()
        former = _former(catalogue)
        if not len(catalogue):
            CatalogMap.objects.all().delete()
            MapPlace.objects.all().delete()
            MapSearch.objects.all().delete()
            return None
    made = made_of(catalogue, former, held, anew=anew)
    truth = judged(catalogue.vectors, made.places) if made.anew else None
    with shop_scope(shop):
        kept = _kept(held, catalogue, former, made)
        if made.anew:
            kept.trust = truth.trust if truth else None
            kept.overlap = truth.overlap if truth else None
        kept.seconds = time.monotonic() - started
        _write(catalogue, made)
        kept.tags = tag_counts()
        kept.save()
    searches_place(shop=shop, catalogue=catalogue, places=made.places)
    return kept


def made_of(
    catalogue: Catalogue, former: Former, held: CatalogMap | None, *, anew: bool = False
) -> Made:
    """Where everything stands now."""
    if held is None or not former.has.any():
        return _first(catalogue)
    late = 1 - (former.has & former.laid).sum() / min(len(catalogue), MOST_LAID)
    if anew or held.revision != catalogue.revision or late > ANEW_SHARE:
        return _again(catalogue, former, held.unit)
    places = _filled(catalogue.rows, former.has, former.places)
    return Made(places, former.has & former.laid, held.unit, anew=False)


def _first(catalogue: Catalogue) -> Made:
    laid = _chosen(catalogue.products)
    found = layout(catalogue.rows[laid])
    middle = np.median(found, axis=0)
    unit = max(float(np.percentile(np.linalg.norm(found - middle, axis=1), EDGE)), 1e-6)
    places = np.zeros((len(catalogue), 2), np.float32)
    places[laid] = (found - middle) / unit
    return Made(_filled(catalogue.rows, laid, places), laid, unit, anew=True)


def _again(catalogue: Catalogue, former: Former, unit: float) -> Made:
    laid = _chosen(catalogue.products)
    begin = _filled(catalogue.rows, former.has, former.places)
    found = layout(catalogue.rows[laid], begin=begin[laid] * unit, stood=former.has[laid])
    both = former.has[laid]
    turned, scale = aligned(found, found[both], former.places[laid][both])
    places = np.zeros((len(catalogue), 2), np.float32)
    places[laid] = turned
    return Made(_filled(catalogue.rows, laid, places), laid, 1 / scale, anew=True)


def _chosen(products: npt.NDArray[np.int64]) -> npt.NDArray[np.bool_]:
    chosen = np.ones(len(products), bool)
    if len(products) > MOST_LAID:
        lots = (products.astype(np.uint64) * np.uint64(SCATTER)) % np.uint64(2**32)
        chosen[np.argsort(lots, kind="stable")[MOST_LAID:]] = False
    return chosen


def _filled(rows: Floats, has: npt.NDArray[np.bool_], places: Floats) -> Floats:
    """All places: those that `has` names stay, the others are put among them."""
    if has.all():
        return places
    filled = places.copy()
    aside = ASIDE * spacing(places[has])
    filled[~has] = placed(rows[~has], rows[has], places[has], aside=aside)
    return filled


def _former(catalogue: Catalogue) -> Former:
    held = {pk: rest for pk, *rest in MapPlace.objects.values_list("product_id", "x", "y", "laid")}
    rows = [held.get(one) for one in catalogue.products.tolist()]
    return Former(
        np.array([row is not None for row in rows], bool),
        np.array([row[:2] if row else (0, 0) for row in rows], np.float32).reshape(-1, 2),
        np.array([bool(row and row[2]) for row in rows], bool),
    )


def _kept(held: CatalogMap | None, catalogue: Catalogue, former: Former, made: Made) -> CatalogMap:
    """The map's own row; whoever made one meanwhile is waited for by the unique constraint."""
    kept = held or CatalogMap(version=0)
    kept.revision, kept.products = catalogue.revision, len(catalogue)
    kept.unit, kept.placed_at = made.unit, timezone.now()
    if made.anew:
        kept.version += 1
        kept.laid_at = kept.placed_at
        kept.moved = None
        if held is not None and former.has.any():
            off = made.places[former.has] - former.places[former.has]
            kept.moved = float(np.median(np.linalg.norm(off, axis=1)))
    return kept


def _write(catalogue: Catalogue, made: Made) -> None:
    ids = catalogue.products.tolist()
    MapPlace.objects.exclude(product_id__in=ids).delete()
    columns_insert(
        MapPlace,
        {
            "product_id": ids,
            "garment_id": catalogue.garments.tolist(),
            "x": made.places[:, 0].tolist(),
            "y": made.places[:, 1].tolist(),
            "laid": made.laid.tolist(),
            "walk": walk(made.places).tolist(),
        },
        conflict=(
            "(shop_id, product_id) DO UPDATE SET garment_id = excluded.garment_id,"
            " x = excluded.x, y = excluded.y, laid = excluded.laid, walk = excluded.walk"
        ),
    )
