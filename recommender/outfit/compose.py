"""From pieces to a look: the best one of each slot, together, and what could stand in its place."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from recommender.outfit.fit import TOGETHER, Fit, fit, genders_fit
from recommender.outfit.harmony import Flags, Floats, Rule
from recommender.outfit.pieces import Piece, Rack
from recommender.outfit.slots import Slot

SHORT, SHORT_BUSY = 12, 4
"""Of each slot, the quiet pieces and the busy ones that the looks are made of."""
BEAM = 24
"""Looks kept at each slot."""
AMONG = 0.5
"""What the fit of two suggestions counts beside that with the shopper's own piece."""
LEAST, LEAST_STYLE, LEAST_SEASON, LEAST_COLOR = 0.5, 0.4, 0.45, 0.6
"""Fits under which nothing is shown: no suggestion is better than a bad one. No colour makes
leggings go with heels or sandals with a coat, and what goes by no rule of colour is not
suggested."""
AGAIN = 0.08
"""Taken from a choice for each earlier one of the same kind and colour."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One piece for a slot. The parts, 0..1, are its agreement with what the shopper has;
    `together` is how often shoppers took both; `score` sees the rest of the look too."""

    piece: Piece
    color: float
    rule: Rule
    style: float
    season: float
    together: float
    score: float


@dataclass(frozen=True, slots=True)
class Row:
    """The choices for one slot, best first: the first ones of all rows make one look, and each of
    the others can stand in its row's first place."""

    slot: Slot
    choices: tuple[Choice, ...]


def compose(
    owned: Sequence[Piece],
    pools: Mapping[Slot, Sequence[Piece]],
    *,
    ways: Sequence[Sequence[Slot]],
    together: Mapping[int, float],
    choices: int,
) -> tuple[Row, ...]:
    """The best look around what the shopper owns, with up to `choices` a slot.

    `ways` are the slots to fill, of which the better way is taken; `together` is by product id,
    0..1. No two pieces of a look are busy, of two genders, of opposite seasons, or of one slot.
    """
    looks = [_Wardrobe(owned, pools, slots, together).look(choices) for slots in ways]
    return max(looks, key=_worth, default=())


def _worth(rows: Sequence[Row]) -> tuple[float, int]:
    """The mean of the look's pieces, more where more of the body is dressed."""
    base = sum(2 if row.slot == "full-body" else row.slot in ("top", "bottom") for row in rows)
    firsts = [row.choices[0].score for row in rows]
    return base / 2 + (sum(firsts) / len(firsts) if firsts else 0.0), len(rows)


class _Wardrobe:
    """What can be combined: one shortlist of every slot, and how each two pieces fit."""

    def __init__(
        self,
        owned: Sequence[Piece],
        pools: Mapping[Slot, Sequence[Piece]],
        slots: Sequence[Slot],
        together: Mapping[int, float],
    ) -> None:
        self.has_busy = any(piece.busy for piece in owned)
        self.genders = [piece.gender for piece in owned if piece.gender]
        mine = Rack.of(owned)
        self.pieces: list[Piece] = []
        self.places: dict[Slot, list[int]] = {}
        for slot in slots:
            pieces = self._wearable(pools.get(slot, ()))
            if not pieces:
                continue
            start = len(self.pieces)
            self.pieces += _shortlist(
                pieces, _anchored(fit(mine, Rack.of(pieces)), pieces, together)
            )
            self.places[slot] = list(range(start, len(self.pieces)))
        rack = Rack.of(self.pieces)
        self.parts = fit(mine, rack)
        self.own = _anchored(self.parts, self.pieces, together)
        self.good = _good(self.parts, self.own)
        among = fit(rack, rack)
        self.each = among.score
        self.in_time = among.season >= LEAST_SEASON
        self.together = together

    def _wearable(self, pieces: Iterable[Piece]) -> list[Piece]:
        return [
            piece
            for piece in pieces
            if not (piece.busy and self.has_busy)
            and all(genders_fit(gender, piece.gender) for gender in self.genders)
        ]

    def look(self, choices: int) -> tuple[Row, ...]:
        best = self._best()
        rows = []
        for slot, place in best.items():
            others = [at for key, at in best.items() if key != slot]
            rows.append(Row(slot, self._choices(slot, place, others, choices)))
        return tuple(rows)

    def _best(self) -> dict[Slot, int]:
        """A beam over the slots; one that nothing fits stays empty."""
        beam: list[tuple[float, dict[Slot, int]]] = [(0.0, {})]
        for slot, places in self.places.items():
            grown = []
            for total, look in beam:
                taken = list(look.values())
                for at in places:
                    if self.good[at] and self._agrees(at, taken):
                        more = self.own[at] + AMONG * self._among(at, taken)
                        grown.append((total + float(more), look | {slot: at}))
            if grown:
                beam = sorted(grown, key=lambda one: (-one[0], list(one[1].values())))[:BEAM]
        return beam[0][1]

    def _choices(self, slot: Slot, first: int, others: list[int], count: int) -> tuple[Choice, ...]:
        """The look's own piece, then what fits the rest of the look, each of another kind or
        colour as long as there are some."""
        left = [at for at in self.places[slot] if at != first and self._agrees(at, others)]
        left = [at for at in left if self.good[at]]
        chosen, seen = [first], Counter([self._kind(first)])
        groups = {self.pieces[first].group}
        while len(chosen) < count:
            left = [at for at in left if at not in chosen and self.pieces[at].group not in groups]
            if not left:
                break
            best = max(
                left, key=lambda at: (self._score(at, others) - AGAIN * seen[self._kind(at)], -at)
            )
            chosen.append(best)
            seen[self._kind(best)] += 1
            groups.add(self.pieces[best].group)
        return tuple(self._choice(at, others) for at in chosen)

    def _agrees(self, at: int, taken: Sequence[int]) -> bool:
        """At most one busy piece, one gender, one time of the year."""
        piece = self.pieces[at]
        return all(
            self.in_time[at, other]
            and not (piece.busy and self.pieces[other].busy)
            and genders_fit(piece.gender, self.pieces[other].gender)
            for other in taken
        )

    def _among(self, at: int, taken: Sequence[int]) -> float:
        return float(self.each[at, list(taken)].mean()) if taken else 0.0

    def _score(self, at: int, others: Sequence[int]) -> float:
        """0..1: the fit with what the shopper has and, less, with the rest of the look."""
        if not others:
            return float(self.own[at])
        return float(self.own[at] + AMONG * self._among(at, others)) / (1 + AMONG)

    def _kind(self, at: int) -> tuple[str, str]:
        return self.pieces[at].category, self.pieces[at].family

    def _choice(self, at: int, others: Sequence[int]) -> Choice:
        piece, parts = self.pieces[at], self.parts
        return Choice(
            piece=piece,
            color=round(float(parts.color[:, at].mean()), 4),
            rule=Rule(int(parts.rule[0, at])),
            style=round(float(parts.style[:, at].mean()), 4),
            season=round(float(parts.season[:, at].mean()), 4),
            together=round(_together(piece, self.together), 4),
            score=round(min(1.0, self._score(at, others)), 4),
        )


def _anchored(parts: Fit, pieces: Sequence[Piece], together: Mapping[int, float]) -> Floats:
    """[m]: the mean fit with the shopper's own pieces, and what shoppers took together."""
    bonus = np.asarray([TOGETHER * _together(piece, together) for piece in pieces])
    return np.asarray(parts.score.mean(0) + bonus)


def _good(parts: Fit, scores: Floats) -> Flags:
    """[m]: whether a piece may be shown at all."""
    style, season, color = parts.style.mean(0), parts.season.mean(0), parts.color.mean(0)
    in_time = (style >= LEAST_STYLE) & (season >= LEAST_SEASON)
    return np.asarray((scores >= LEAST) & in_time & (color >= LEAST_COLOR))


def _together(piece: Piece, together: Mapping[int, float]) -> float:
    return 0.0 if piece.product_id is None else together.get(piece.product_id, 0.0)


def _shortlist(pieces: Sequence[Piece], scores: Floats) -> list[Piece]:
    """The best of a slot, best first: one of each group of variants, not all of one kind."""
    order = sorted(range(len(pieces)), key=lambda at: (-scores[at], pieces[at].product_id or 0))
    seen: Counter[tuple[str, str]] = Counter()
    groups: set[str] = set()
    spread = []
    for at in order:
        piece = pieces[at]
        if piece.group and piece.group in groups:
            continue
        groups.add(piece.group)
        kind = piece.category, piece.family
        spread.append((float(scores[at]) - AGAIN * seen[kind], at))
        seen[kind] += 1
    spread.sort(key=lambda one: (-one[0], pieces[one[1]].product_id or 0))
    quiet = [at for _, at in spread if not pieces[at].busy][:SHORT]
    busy = [at for _, at in spread if pieces[at].busy][:SHORT_BUSY]
    kept = set(quiet) | set(busy)
    return [pieces[at] for _, at in spread if at in kept]
