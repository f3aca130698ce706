"""The figures of one measurement, and whether a change made them worse."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import comb
from typing import Any

from recommender.models import QualityRun
from recommender.quality.cases import Reviewed

DEPTHS = (1, 6, 20)
JUDGED_DEPTH = 6
"""What a shopper sees before scrolling."""
FEWEST = 20
"""Questions under which nothing is said."""
CHANCE = 0.05
"""A loss counts when chance alone would show one as large less often than this."""
DIGITS = 4

Verdict = QualityRun.Verdict


@dataclass(frozen=True, slots=True)
class Figures:
    """Places from 1 of the sought products by photo, None where not found, and reviewed tags."""

    places: Mapping[int, int | None]
    reviewed: Sequence[Reviewed]

    def recall(self, depth: int) -> float | None:
        if not self.places:
            return None
        hits = sum(place is not None and place <= depth for place in self.places.values())
        return round(hits / len(self.places), DIGITS)

    def agreement(self) -> dict[str, tuple[int, int]]:
        """By kind: answers that agree with a person, and how many there are."""
        counts: dict[str, tuple[int, int]] = {}
        for one in self.reviewed:
            right, asked = counts.get(one.kind, (0, 0))
            counts[one.kind] = (right + one.right, asked + 1)
        return counts

    def as_json(self) -> dict[str, Any]:
        counts = self.agreement()
        asked = sum(of for _, of in counts.values())
        return {
            "photos": len(self.places),
            "recall": {str(depth): self.recall(depth) for depth in DEPTHS},
            "tags": asked,
            "agreement": round(sum(right for right, _ in counts.values()) / asked, DIGITS)
            if asked
            else None,
            "by_kind": {kind: list(pair) for kind, pair in sorted(counts.items())},
        }


def verdict(before: Figures, after: Figures) -> Verdict:
    """Worse where the photos, or the tags, that were right before and are not now outnumber the
    opposite by more than chance explains (the exact one-sided test of McNemar, 1947)."""
    pairs = [_photo_pairs(before, after), _tag_pairs(before, after)]
    told = [one for one in pairs if len(one) >= FEWEST]
    if not told:
        return Verdict.UNKNOWN
    return Verdict.WORSE if any(_lost(one) for one in told) else Verdict.BETTER


def _photo_pairs(before: Figures, after: Figures) -> list[tuple[bool, bool]]:
    shared = before.places.keys() & after.places.keys()
    return [(_shown(before.places[key]), _shown(after.places[key])) for key in sorted(shared)]


def _tag_pairs(before: Figures, after: Figures) -> list[tuple[bool, bool]]:
    now = {(one.product_id, one.kind): one.right for one in after.reviewed}
    return [
        (one.right, now[key])
        for one in before.reviewed
        if (key := (one.product_id, one.kind)) in now
    ]


def _shown(place: int | None) -> bool:
    return place is not None and place <= JUDGED_DEPTH


def _lost(pairs: Sequence[tuple[bool, bool]]) -> bool:
    lost = sum(was and not now for was, now in pairs)
    won = sum(now and not was for was, now in pairs)
    changed = lost + won
    at_least = sum(comb(changed, count) for count in range(lost, changed + 1))
    return lost > won and at_least / 2**changed < CHANCE
