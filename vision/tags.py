"""From the tagger's logits to predictions."""

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

from vision.bundle import Head
from vision.taxonomy import taxonomy
from vision.types import Prediction

TOP = 3
COLOR = "color"
"""The head that only guides the palette: the colours are measured, see ``vision.color``."""
KIN: Mapping[str, tuple[tuple[str, ...], ...]] = {
    "pattern": (
        ("stripe-wide", "stripe-fine", "stripe-vertical"),
        ("print", "floral", "animal", "dot"),
    )
}
"""Values that count together against the others: whether it is striped comes first, how it is
striped second."""
Logits = npt.NDArray[np.float32]
Shares = npt.NDArray[np.float64]


def predict(
    heads: Mapping[str, Head], logits: Mapping[str, Logits], *, all_unsure: bool = False
) -> dict[str, Prediction]:
    """Predictions of one garment from each head's logits [labels].

    The category is decided first. A head that says nothing about it is left out, and of the
    others only the values that can be said of it compete (a skirt has no slim or skinny fit). A
    value's probability is that of its kin: the likeliest of the stripes is as likely as a stripe.
    """
    category = _predict(heads["category"], logits["category"], None, all_unsure)
    tags = {"category": category}
    for name, head in heads.items():
        allowed = taxonomy().allowed(name, category.value)
        fits = any(label in allowed for label in head.labels)
        if name not in ("category", COLOR) and fits:
            tags[name] = _predict(head, logits[name], allowed, all_unsure)
    return tags


def shares(head: Head, logits: Logits) -> Shares:
    """Calibrated probabilities [..., labels]."""
    moved = logits.astype(np.float64) + (head.bias or 0.0)
    scaled = moved / head.temperature
    out: Shares = np.exp(scaled - scaled.max(axis=-1, keepdims=True))
    return out / out.sum(axis=-1, keepdims=True)


def color_prior(head: Head, logits: Logits) -> dict[str, float]:
    """The probability of each colour family, from the logits [labels] of the head ``COLOR``."""
    return dict(zip(head.labels, shares(head, logits).tolist(), strict=True))


def kin(name: str, labels: Sequence[str]) -> list[list[int]]:
    """The places of a head's labels in groups that count together; most stand alone."""
    groups: dict[object, list[int]] = {}
    for at, label in enumerate(labels):
        family = next((names for names in KIN.get(name, ()) if label in names), label)
        groups.setdefault(family, []).append(at)
    return list(groups.values())


def best(name: str, labels: Sequence[str], given: Shares) -> tuple[npt.NDArray[np.intp], Shares]:
    """The answers [n] of probabilities [n, labels], as places of labels, and their probabilities
    [n]: the likeliest kin, then its likeliest member."""
    groups = kin(name, labels)
    sums = np.stack([given[:, group].sum(axis=1) for group in groups], axis=1)
    chosen = sums.argmax(axis=1)
    members = np.stack(
        [np.asarray(group)[given[:, group].argmax(axis=1)] for group in groups], axis=1
    )
    rows = np.arange(len(given))
    return members[rows, chosen], sums[rows, chosen]


def _predict(
    head: Head, logits: Logits, allowed: tuple[str, ...] | None, unsure: bool
) -> Prediction:
    if allowed is not None:
        logits = np.where([label in allowed for label in head.labels], logits, -np.inf)
    given = shares(head, logits)
    groups = kin(head.name, head.labels)
    sums = np.array([given[group].sum() for group in groups])
    order = [at for at in np.argsort(-sums, kind="stable")[:TOP] if sums[at] > 0]
    top = tuple(
        (head.labels[max(groups[at], key=lambda one: given[one])], round(float(sums[at]), 4))
        for at in order
    )
    value, probability = top[0]
    return Prediction(
        value=value,
        probability=probability,
        top=top,
        unsure=unsure or probability < head.threshold,
    )
