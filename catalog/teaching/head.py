"""A shop's own head of one attribute: the stock head's answer, moved by what people corrected.

    log p(value) = log p_stock(value) + x W,   x = (embedding, which value the stock said, 1)

W is 0 where nothing was corrected, so that the stock's answer stands; the prior holds it there
(`softmax`). People correct what is wrong and leave what is right, so products that nobody touched
and of which the stock is sure are shown beside as they are (*anchors*, together as heavy as all
people's words): what is not corrected shall not move. Values are weighted against their frequency,
so that a rare one is learned too.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from catalog.teaching.judging import Paired, folds, paired
from catalog.teaching.softmax import Floats, fit, log_softmax

FOLDS = 5
SEED = 5
DEVIATION = 3.0
"""σ of the prior: fixed for all shops, so that the held-out score was not tuned on itself."""
MOST_BALANCE = 5.0
"""A rare value's row counts at most so much more than a usual one."""
LEAST_SHARE = 1e-3
"""Of a value that the stock did not name among its best three."""
FIRST = 1.001
"""How much likelier than the likeliest other the stock's answer is, at least."""
LEAST_WORDS, LEAST_DESIGNS = 20, 10
"""Of people, below which a head is not tried."""
SURE_RIGHT = 0.9
"""An answer is sure from the probability on above which so many held-out answers are right."""
STEPS = np.geomspace(0.3, 5.0, 29)
"""Temperatures that are tried."""


@dataclass(frozen=True, slots=True)
class Examples:
    """Rows to learn from. `stock` are log-probabilities (rows, values), `said` the place of the
    value that the stock answered, `labels` the right one; `people` marks rows of people's words,
    the others are anchors. `groups` are designs. Rows that are `asked_only` are never learned
    from: the shop measures by them."""

    vectors: npt.NDArray[np.float32]
    stock: Floats
    said: npt.NDArray[np.int64]
    labels: npt.NDArray[np.int64]
    groups: npt.NDArray[np.int64]
    people: npt.NDArray[np.bool_]
    asked_only: npt.NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.labels)

    def some(self, which: npt.NDArray[np.bool_]) -> "Examples":
        return Examples(
            self.vectors[which],
            self.stock[which],
            self.said[which],
            self.labels[which],
            self.groups[which],
            self.people[which],
            self.asked_only[which],
        )


@dataclass(frozen=True, slots=True)
class Learned:
    """A head with what it did on rows that it had not seen. `flipped` is the share of held-out
    anchors whose answer it would have changed."""

    weights: npt.NDArray[np.float32]
    temperature: float
    threshold: float
    paired: Paired
    flipped: float
    anchors: int

    def figures(self) -> dict[str, Any]:
        low, high = self.paired.interval
        return {
            "asked": self.paired.asked,
            "designs": self.paired.designs,
            "stock_right": self.paired.stock_right,
            "own_right": self.paired.own_right,
            "gains": self.paired.gains,
            "losses": self.paired.losses,
            "low": round(low, 4),
            "high": round(high, 4),
            "chance": round(self.paired.chance, 6),
            "flipped": round(self.flipped, 4),
            "anchors": self.anchors,
        }


def stock_logs(values: list[str], top: list[Any], said: str) -> Floats:
    """Log-probabilities of all values, of the best three that are kept with a garment: what they
    leave is shared by the others. What the stock answered stands first, for it decides among kin
    first and may answer a value that is not the likeliest."""
    shares = dict(top)
    rest = max(0.0, 1.0 - sum(shares.values())) / max(1, len(values) - len(shares))
    if said in values:
        shares[said] = max(shares.get(said, 0.0), *shares.values(), rest) * FIRST
    return np.log(np.array([max(LEAST_SHARE, shares.get(one, rest)) for one in values]))


def enough(examples: Examples) -> bool:
    """Whether there are words of people to learn from, of designs enough to leave some out."""
    people = examples.some(examples.people & ~examples.asked_only)
    return len(people) >= LEAST_WORDS and len(np.unique(people.groups)) >= LEAST_DESIGNS


def learn(examples: Examples) -> Learned:
    """A head of all rows, judged by heads that each did not see a fifth of the designs."""
    held_out = _held_out(examples)
    own = held_out.argmax(axis=1)
    people, right = examples.people, own == examples.labels
    weight = _shares(people)
    temperature = _temperature(held_out, examples.labels, weight)
    sure = np.exp(log_softmax(held_out / temperature)).max(axis=1)
    anchors = ~people
    return Learned(
        weights=_fitted(examples.some(~examples.asked_only)).astype(np.float32),
        temperature=temperature,
        threshold=_threshold(sure, right, weight),
        paired=paired(
            (examples.said == examples.labels)[people], right[people], examples.groups[people]
        ),
        flipped=float((own != examples.said)[anchors].mean()) if anchors.any() else 0.0,
        anchors=int(anchors.sum()),
    )


def answer(
    weights: npt.NDArray[np.float32],
    temperature: float,
    *,
    vectors: npt.NDArray[np.float32],
    stock: Floats,
    said: npt.NDArray[np.int64],
) -> Floats:
    """Calibrated probabilities (rows, values)."""
    scores = stock + _features(vectors, said, stock.shape[1]) @ weights.astype(np.float64)
    return np.asarray(np.exp(log_softmax(scores / temperature)))


def _held_out(examples: Examples) -> Floats:
    scores = np.zeros_like(examples.stock)
    for left_out in _left_out(examples):
        weights = _fitted(examples.some(~left_out & ~examples.asked_only))
        asked = examples.some(left_out)
        features = _features(asked.vectors, asked.said, asked.stock.shape[1])
        scores[left_out] = asked.stock + features @ weights
    return scores


def _left_out(examples: Examples) -> Iterator[npt.NDArray[np.bool_]]:
    fold = folds(examples.groups, FOLDS, SEED)
    for number in range(FOLDS):
        if (fold == number).any() and (fold != number).any():
            yield fold == number


def _fitted(examples: Examples) -> Floats:
    features = _features(examples.vectors, examples.said, examples.stock.shape[1])
    return fit(
        features,
        examples.labels,
        offset=examples.stock,
        weights=_weights(examples),
        deviation=DEVIATION,
    )


def _features(vectors: npt.NDArray[np.float32], said: npt.NDArray[np.int64], values: int) -> Floats:
    rows = len(said)
    told = np.zeros((rows, values))
    told[np.arange(rows), said] = 1.0
    return np.concatenate([vectors.astype(np.float64), told, np.ones((rows, 1))], axis=1)


def _weights(examples: Examples) -> Floats:
    """People's rows balanced over values; all anchors together no heavier than they."""
    weights = np.ones(len(examples))
    people = examples.people
    counts = np.bincount(examples.labels[people], minlength=examples.stock.shape[1])
    present = max(1, int((counts > 0).sum()))
    usual = people.sum() / present
    balance = np.minimum(MOST_BALANCE, usual / np.maximum(1, counts))
    weights[people] = balance[examples.labels[people]]
    anchors = int((~people).sum())
    if anchors:
        weights[~people] = min(1.0, people.sum() / anchors)
    return weights


def _shares(people: npt.NDArray[np.bool_]) -> Floats:
    """For calibration people's words and anchors count alike: only what is wrong is corrected, and
    of those rows alone every answer would look doubtful."""
    found = np.ones(len(people))
    if people.any() and not people.all():
        found[people] = 0.5 / people.sum()
        found[~people] = 0.5 / (~people).sum()
    return found / found.sum()


def _temperature(scores: Floats, labels: npt.NDArray[np.int64], weight: Floats) -> float:
    """That under which the held-out answers are likeliest (Guo and others 2017)."""
    rows = np.arange(len(labels))
    losses = [-float(weight @ log_softmax(scores / step)[rows, labels]) for step in STEPS]
    return float(STEPS[int(np.argmin(losses))])


def _threshold(sure: Floats, right: npt.NDArray[np.bool_], weight: Floats) -> float:
    """The least probability above which `SURE_RIGHT` of the held-out answers are right; 1 where
    none is."""
    order = np.argsort(-sure, kind="stable")
    share = np.cumsum((weight * right)[order]) / np.cumsum(weight[order])
    reached = np.flatnonzero(share >= SURE_RIGHT)
    return float(sure[order][reached[-1]]) if len(reached) else 1.0
