"""Products that are tagged anew: how probable they are of the shop's own classes."""

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

from catalog.models import Garment, OwnClass, OwnExample, OwnScore, ProductFacet
from catalog.models.teaching import OWN
from catalog.teaching.few import Calibration

LEAST_KEPT = 0.01
"""Scores below are not kept: such a product is said to be below one in a hundred."""

Vectors = npt.NDArray[np.float32]


def classes_ready() -> list[OwnClass]:
    """In the shop's scope."""
    ready = OwnClass.objects.filter(state=OwnClass.State.READY, weights__isnull=False)
    return list(ready.select_related("term"))


def probabilities(own: OwnClass, vectors: Vectors) -> npt.NDArray[np.float64]:
    """Of vectors (rows, 256) being of a class that is ready."""
    kept = np.frombuffer(bytes(own.weights or b""), np.float32)
    slope, shift = (float(one) for one in kept[-2:])
    return Calibration(slope, shift, 0.0).probabilities(vectors @ kept[:-2])


def classes_follow(*, clear: Mapping[int, Garment], classes: Sequence[OwnClass]) -> None:
    """Score products, each by its clearest garment, by these classes: a few statements a class."""
    for own in classes:
        ids = [pk for pk, garment in clear.items() if garment.revision == own.revision]
        if ids:
            vectors = np.array([np.asarray(clear[pk].embedding) for pk in ids], np.float32)
            _put(own, dict(zip(ids, probabilities(own, vectors).tolist(), strict=True)))


def _put(own: OwnClass, said: Mapping[int, float]) -> None:
    kept = {pk: probability for pk, probability in said.items() if probability >= LEAST_KEPT}
    OwnScore.objects.filter(own=own, product_id__in=set(said) - set(kept)).delete()
    OwnScore.objects.bulk_create(
        (OwnScore(own=own, product_id=pk, probability=one) for pk, one in sorted(kept.items())),
        update_conflicts=True,
        unique_fields=["shop", "own", "product"],
        update_fields=["probability"],
    )
    if own.threshold is None:
        return
    shown = OwnExample.objects.filter(own=own, product_id__in=list(said))
    people = dict(shown.values_list("product_id", "positive"))
    having = {pk for pk, one in said.items() if people.get(pk, one >= own.threshold)}
    facets = ProductFacet.objects.filter(kind=OWN, value=own.term.value)
    facets.filter(product_id__in=set(said) - having).delete()
    ProductFacet.objects.bulk_create(
        (ProductFacet(product_id=pk, kind=OWN, value=own.term.value) for pk in sorted(having)),
        ignore_conflicts=True,
    )
