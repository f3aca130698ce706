"""A layout that was made anew, turned so that products stand where they stood."""

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]


def aligned(places: Floats, now: Floats, before: Floats) -> tuple[Floats, float]:
    """(places turned, mirrored, scaled and moved so that `now` comes nearest to `before`; scale).

    `now` (k, 2) are the new places of the k products whose old ones were `before` (k, 2). Least
    squares: Procrustes (Schönemann 1966), with one scale.
    """
    middle_now, middle_before = now.mean(0, dtype=np.float64), before.mean(0, dtype=np.float64)
    centred_now, centred_before = now - middle_now, before - middle_before
    left, sizes, right = np.linalg.svd(centred_now.T @ centred_before)
    size = float((centred_now**2).sum())
    scale = float(sizes.sum()) / size if size else 1.0
    turned = (places - middle_now) @ (left @ right) * scale + middle_before
    return turned.astype(np.float32), scale or 1.0
