"""Which values a head says too seldom: what is added to their logits, chosen on held-out groups.

A head that has learned how common its values are answers the common one whenever in doubt: of 57
cropped tops the first bundle found 5. Subtracting a part τ of the values' log-frequencies gives the
rare ones back (Menon et al., "Long-tail learning via logit adjustment", 2021, their post-hoc form).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from vision.tags import kin
from vision.taxonomy import taxonomy
from vision.training import calibrate

# parts of the log-frequencies that are tried
LIFTS = tuple(round(0.05 * step, 2) for step in range(21))
# what is lifted: heads that have few labels, so they choose one part together. Not style, gender
# and season, for shops are told by the sums of their probabilities, which a lift would make larger
# for rare values; nor pattern: more plain garments were called patterned than patterns found
LIFTED = ("sleeve", "neckline", "length", "fit", "closure", "material")
# that each value is found counts so much more than that most answers are right
WEIGHT_OF_RECALL = 2.0
# a value with fewer photos says nothing
FEWEST = 5
NEVER = -1e9


@dataclass(frozen=True)
class Judged:
    """A head's answers to N labelled garments: logits [N,V], the values that each label allows
    and those that can be said of its category, both bool [N,V]."""

    logits: np.ndarray
    truth: np.ndarray
    sayable: np.ndarray


def judged(
    head: str, values: Sequence[str], logits: np.ndarray, truth: np.ndarray, kinds: Sequence[str]
) -> Judged:
    """The labelled rows; `kinds` [N] are the categories that the tagger gave the garments."""
    labelled = truth.any(1)
    allowed = {kind: taxonomy().allowed(head, kind) for kind in set(kinds)}
    sayable = np.array([[value in allowed[kind] for value in values] for kind in kinds])
    sayable |= ~sayable.any(1, keepdims=True)
    return Judged(logits[labelled], truth[labelled], sayable[labelled])


def bias(truth: np.ndarray, part: float) -> np.ndarray:
    """What is added to the logits [V] for labels bool [N,V]: 0 to the commonest value, and to those
    that too few labels name, for nobody knows how rare they are."""
    counts = (truth / truth.sum(1, keepdims=True)).sum(0)
    gaps = np.log(counts.max() / counts.clip(FEWEST))
    return np.asarray(part * np.where(counts < FEWEST, 0, gaps))


def found_and_right(head: str, values: Sequence[str], one: Judged, part: float) -> float:
    """How well a part serves: the mean recall of the values, kin together, and the share of
    answers that are right, weighed."""
    logits = np.where(one.sayable, one.logits + bias(one.truth, part), NEVER)
    groups = kin(head, values)
    _, right = calibrate.answers(logits, one.truth, 1.0, groups)
    inside = np.stack([one.truth[:, group].any(1) for group in groups], 1)
    named = inside & (inside.sum(1) == 1)[:, None]
    recalls = [right[rows_of].mean() for rows_of in named.T if rows_of.sum() >= FEWEST]
    return float(WEIGHT_OF_RECALL * np.mean(recalls) + right.mean()) if recalls else 0.0


def lifts(answers: Mapping[str, tuple[Sequence[str], Judged]]) -> dict[str, np.ndarray]:
    """What is added to the logits of the heads that are lifted, of heads with their values and
    answers; empty where nothing helps."""
    asked = {
        head: answers[head] for head in LIFTED if head in answers and len(answers[head][1].truth)
    }

    def serves(part: float) -> float:
        return sum(found_and_right(head, *one, part) for head, one in asked.items())

    part = max(LIFTS, key=serves)
    return {head: bias(one.truth, part) for head, (_, one) in asked.items()} if part else {}
