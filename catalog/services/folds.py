"""Near-duplicates: a product that looks the same as another points to that one, its original.

The same dress is listed twice, its photo scaled, cropped, mirrored or saved once more. Its rows
hold the original's id in `fold`, and results show the two as one. Originals point to nobody.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
from django.db import connection
from django.db.models import Min, Q, QuerySet
from pgvector.django import CosineDistance

from catalog.models import Garment, NotAlike, Product
from tenants.scope import current_shop_id
from vision.colorspace import ciede2000
from vision.types import WHOLE_PHOTO

FOLD_DISTANCE = 0.012
"""Cosine distance up to which two photos may show one garment.

Seen with the bundle `full` in 50 photos of `hm` and 20 drawn ones, each changed in five ways: of
those that were cropped, brightened, mirrored or given a wider margin 90 % stay under it, of those
scaled to .7 and saved at quality 40 a third (`hm`, 330 pixels high) to nine in ten (600 high).
Different products come no nearer than .014, and up to .03 a person would not tell them apart."""
FOLD_COLOR = 5.0
"""CIEDE2000 between the two garments' mean colours: another light, not another dye. The same photo
a little brighter is 3.6; one design in the next colour is seldom under 8."""
NEAREST = 10
"""Looked at: the nearest may be of another dye, or a look-alike itself."""

Face = dict[str, Any]
"""The garment that a product is compared by, as a row."""


def fold_settle(*, product_id: int) -> None:
    """Find out which product this one looks the same as, and which look the same as this one.

    Call it when the product's garments changed, after their filter columns are right. One search
    for the product's clearest garment of each revision, among those of its category. Whatever the
    order that products are settled in, the one with the least id is the original.
    """
    for face in _faces([product_id]):
        _settle(face)


def folds_settle(*, product_ids: Collection[int]) -> None:
    """`fold_settle` of each; those that look the same as no other, which most are, are found and
    written together."""
    if not product_ids:
        return
    faces = _faces(product_ids)
    alone = _alone(faces)
    for face in faces:
        if face["id"] not in alone:
            _settle(face)
    rows = Garment.objects.filter(
        product_id__in=[face["product_id"] for face in faces if face["id"] in alone],
        fold__isnull=False,
    )
    for revision in {face["revision"] for face in faces}:
        _update(rows.filter(revision=revision), None)


def _alone(faces: Sequence[Face]) -> set[int]:
    """The ids of the faces that nothing of their category comes near, nor points to."""
    shop = current_shop_id()
    followed = set(
        Garment.objects.filter(fold__in=[face["product_id"] for face in faces]).values_list(
            "fold", flat=True
        )
    )
    near: dict[int, float] = {}
    with connection.cursor() as cursor:
        for revision in sorted({face["revision"] for face in faces}):
            ids = [face["id"] for face in faces if face["revision"] == revision]
            # The revision as a value, so that the shop's own index may serve.
            cursor.execute(_NEAREST, {"shop": shop, "revision": revision, "faces": ids})
            near |= {pk: distance for pk, distance in cursor.fetchall() if distance is not None}
    return {
        face["id"]
        for face in faces
        if face["product_id"] not in followed
        and near.get(face["id"], FOLD_DISTANCE + 1) > FOLD_DISTANCE
    }


_NEAREST = """
    SELECT face.id, near.distance FROM catalog_garment AS face
    LEFT JOIN LATERAL (
        SELECT other.embedding <=> face.embedding AS distance FROM catalog_garment AS other
        WHERE other.shop_id = %(shop)s AND other.revision = %(revision)s AND other.is_product
            AND other.category = face.category AND other.product_id <> face.product_id
        ORDER BY other.embedding <=> face.embedding LIMIT 1
    ) AS near ON true
    WHERE face.shop_id = %(shop)s AND face.id = ANY(%(faces)s)
"""


def _faces(product_ids: Iterable[int], revision: str = "") -> list[Face]:
    """Of each product and revision the first photo's garment, one that was made out if any was."""
    rows = Garment.objects.filter(product_id__in=list(product_ids), is_product=True)
    if revision:
        rows = rows.filter(revision=revision)
    fields = ("product_id", "revision", "category", "variant_group", "region", "palette")
    found: dict[tuple[int, str], Face] = {}
    ordered = rows.order_by("photo__position", "id").values("id", "embedding", *fields)
    for row in ordered:
        key = row["product_id"], row["revision"]
        if key not in found or (WHOLE_PHOTO == found[key]["region"] != row["region"]):
            found[key] = row
    return list(found.values())


def _settle(face: Face) -> int:
    """The id of the original: its own where there is none."""
    alike = _alike(face)
    originals = [row["product_id"] for row in alike if row["fold"] is None]
    original = next((one for one in originals if one < face["product_id"]), None)
    if original is None:
        original = _deleted_original(alike)
    _write(face, original)
    _followers_settle(face, original)
    if original is None:
        # They find this one; ids only grow, and so it ends.
        for later in _faces(originals, face["revision"]):
            _settle(later)
    return int(face["product_id"] if original is None else original)


def _alike(face: Face) -> list[dict[str, Any]]:
    """The nearest products that look the same, nearest first.

    A variant of the product is none: the two stand together already. Nor is another category:
    one photo may sell both the top and the trousers that it shows.
    """
    others = _sold(face).filter(category=face["category"])
    others = others.exclude(Q(product_id=face["product_id"]) | Q(fold=face["product_id"]))
    if face["variant_group"]:
        others = others.exclude(variant_group=face["variant_group"])
    apart = _said_apart(face["product_id"])
    if apart:
        others = others.exclude(product_id__in=apart)
    nearest = others.annotate(distance=_distance(face)).order_by("distance", "id")
    return [
        row
        for row in nearest.values("product_id", "fold", "distance", "palette")[:NEAREST]
        if row["distance"] <= FOLD_DISTANCE and _one_dye(face["palette"], row["palette"])
    ]


def _said_apart(product_id: int) -> set[int]:
    """Those of which a person said that they are other products."""
    pairs = NotAlike.objects.filter(Q(first=product_id) | Q(second=product_id))
    return {
        one for pair in pairs.values_list("first", "second") for one in pair if one != product_id
    }


def _deleted_original(alike: Iterable[Mapping[str, Any]]) -> int | None:
    """The look-alikes of an original that was deleted go on pointing to its id, all to the same."""
    folds = [row["fold"] for row in alike if row["fold"] is not None]
    there = set(Product.objects.filter(pk__in=folds).values_list("pk", flat=True)) if folds else ()
    return next((one for one in folds if one not in there), None)


def _followers_settle(face: Face, original: int | None) -> None:
    """Those that pointed to this product point to its original, and who no longer looks like that
    one is looked up anew."""
    followers, seen = _sold(face).filter(fold=face["product_id"]), face
    if original is not None:
        # Only who moves: two that look like the original and not like each other would otherwise
        # send each other to it for ever.
        moved = sorted(set(followers.values_list("product_id", flat=True)))
        _update(followers, original)
        followers = _sold(face).filter(product_id__in=moved)
        (seen,) = _faces([original], face["revision"]) or (face,)
    strays = _far(followers, seen)
    while strays:
        first, *rest = strays
        # A thousand products with one "coming soon" move to another original at once.
        original = _settle(_faces([first], face["revision"])[0])
        _update(_sold(face).filter(product_id__in=rest), original)
        (seen,) = _faces([original], face["revision"]) or (face,)
        strays = _far(_sold(face).filter(product_id__in=rest), seen)


def _far(rows: QuerySet[Garment], face: Face) -> list[int]:
    """The products among these that do not look like this garment, in order."""
    nearest = rows.order_by("product_id").values("product_id").annotate(near=Min(_distance(face)))
    return [row["product_id"] for row in nearest.filter(near__gt=FOLD_DISTANCE)]


def _write(face: Face, original: int | None) -> None:
    rows = Garment.objects.filter(product_id=face["product_id"], revision=face["revision"])
    if original is None:
        _update(rows.filter(fold__isnull=False), None)
    else:
        _update(rows.filter(Q(fold__isnull=True) | ~Q(fold=original)), original)


def _update(rows: QuerySet[Garment], original: int | None) -> None:
    """Rows that another transaction holds are left to it: two that settle each other's products
    must not wait for each other."""
    free = rows.select_for_update(skip_locked=True, no_key=True).values_list("pk", flat=True)
    if found := list(free):
        Garment.objects.filter(pk__in=found).update(fold=original)


def _sold(face: Face) -> QuerySet[Garment]:
    return Garment.objects.filter(revision=face["revision"], is_product=True)


def _distance(face: Face) -> CosineDistance:
    return CosineDistance("embedding", face["embedding"])


def _one_dye(one: Sequence[Any], other: Sequence[Any]) -> bool:
    if not one or not other:
        return not one and not other
    return float(ciede2000(_mean(one)[None], _mean(other)[None])[0]) <= FOLD_COLOR


def _mean(palette: Sequence[Any]) -> npt.NDArray[np.float64]:
    """The mean colour in CIELAB [3]."""
    shares = np.array([color["share"] for color in palette], np.float64)
    labs = np.array([color["lab"] for color in palette], np.float64)
    mean: npt.NDArray[np.float64] = shares @ labs / max(shares.sum(), 1e-9)
    return mean
