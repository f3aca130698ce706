"""What the map knows of a garment, as numbers: how it looks, and what it is said to be."""

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

from vision.taxonomy import taxonomy

Floats = npt.NDArray[np.float32]

WEIGHTS: Mapping[str, float] = {"category": 0.4, "color": 0.2, "pattern": 0.1}
"""How much further apart two garments stand for another value, in squared distance. That of two
embeddings is 2 - 2 cos: 0 for the same photo, about 1.9 for two by chance. Chosen by what
docs/map.md measures: neighbours look alike and are called alike."""


def features(embeddings: Floats, said: Mapping[str, Sequence[str]]) -> Floats:
    """(n, 256 + values): the unit vectors (n, 256) with a column for each value of WEIGHTS' kinds.

    `said` has n ids for each kind, "" where nothing is said: such a garment stands half as far from
    each that has a value.
    """
    columns = [embeddings]
    for kind, weight in WEIGHTS.items():
        places = {value: at for at, value in enumerate(taxonomy().ids(kind))}
        column = np.zeros((len(embeddings), len(places)), np.float32)
        known = [(row, places[one]) for row, one in enumerate(said[kind]) if one in places]
        if known:
            rows, values = np.array(known).T
            column[rows, values] = np.sqrt(weight / 2)
        columns.append(column)
    return np.concatenate(columns, axis=1)
