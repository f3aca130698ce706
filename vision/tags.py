"""From the tagger's logits to predictions."""

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

from vision.bundle import Head
from vision.taxonomy import taxonomy
from vision.types import Prediction

TOP = 3
Logits = npt.NDArray[np.float32]


def predict(
    heads: Mapping[str, Head], logits: Mapping[str, Logits], *, all_unsure: bool = False
) -> dict[str, Prediction]:
    """Predictions of one garment from each head's logits [labels].

    The category is decided first. A head that says nothing about it is left out, and of the
    others only the values that can be said of it compete (a skirt has no slim or skinny fit).
    """
    category = _predict(heads["category"], logits["category"], None, all_unsure)
    tags = {"category": category}
    for name, head in heads.items():
        allowed = taxonomy().allowed(name, category.value)
        if name != "category" and any(label in allowed for label in head.labels):
            tags[name] = _predict(head, logits[name], allowed, all_unsure)
    return tags


def _predict(
    head: Head, logits: Logits, allowed: tuple[str, ...] | None, unsure: bool
) -> Prediction:
    scaled = logits.astype(np.float64) / head.temperature
    if allowed is not None:
        scaled = np.where([label in allowed for label in head.labels], scaled, -np.inf)
    shares = np.exp(scaled - scaled.max())
    shares /= shares.sum()
    order = np.argsort(-shares, kind="stable")[:TOP]
    top = tuple((head.labels[at], round(float(shares[at]), 4)) for at in order if shares[at] > 0)
    value, probability = top[0]
    return Prediction(
        value=value,
        probability=probability,
        top=top,
        unsure=unsure or probability < head.threshold,
    )
