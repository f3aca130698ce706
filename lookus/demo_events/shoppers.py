"""Who searches for what, and when: drawn by lot, the same for the same shop."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

import numpy as np
import numpy.typing as npt
from django.utils import timezone

from lookus.demo_events.wares import Ware, Wares
from tenants.models import Shop

DAYS = 60
"""So that a page of one month has another to compare with."""
A_DAY = 20
"""Searches of a quiet first day; weekends and the last days have more."""
GROWTH, WEEKEND, SATURDAY = 0.7, 1.35, 5
LACKING = 0.09
"""Of the searches look for what only the mall's other shop has,"""
LACKED = 10
"""and for so few of its products that one sees what is missing."""
RETURNING = 0.35
"""Of the searches are by somebody who searched that day already."""
RISING = 3.0
"""How many times as wanted one color becomes in that time."""
KINDS = {"photo": 46, "words": 30, "product": 10, "drawing": 8, "photo+words": 6}
HOURS = (2, 1, 1, 0, 0, 1, 2, 4, 6, 7, 8, 9, 11, 9, 8, 8, 8, 9, 10, 12, 14, 15, 11, 6)
NOISE = 0.035
"""In each of the 256 numbers of a query: it is like the product, and not the same."""


@dataclass(frozen=True, slots=True, eq=False)
class Drawn:
    """One search: `ware` is what it is like, at `place` among the shop's own wares; `lacking`: the
    shop has nothing like it, and `place` is the nearest."""

    at: datetime
    kind: str
    ware: Ware
    place: int
    lacking: bool
    vector: npt.NDArray[np.float32]
    visitor: str
    lot: random.Random


def searches_drawn(
    shop: Shop, wares: Wares, other: Wares | None, *, now: datetime
) -> Iterator[Drawn]:
    """Oldest day first, nothing later than now."""
    crowd = Crowd(random.Random(f"made shoppers of {shop.slug}"), wares, other)  # noqa: S311  no secret
    today = timezone.localdate(now)
    for back in range(DAYS - 1, -1, -1):
        for one in crowd.of_day(today - timedelta(days=back), part=1 - back / DAYS):
            if one.at <= now:
                yield one


class Crowd:
    """The shoppers of one shop: some of its wares they like better, and one color ever more."""

    def __init__(self, lot: random.Random, wares: Wares, other: Wares | None) -> None:
        self.lot, self.wares, self.other = lot, wares, other
        self.liking = [1 / (1 + place) ** 0.6 for place in range(len(wares.rows))]
        lot.shuffle(self.liking)
        self.rising = lot.choice(wares.rows).color

    def of_day(self, day: date, *, part: float) -> Iterator[Drawn]:
        """`part` is how much of the time has passed, 0..1."""
        lot = self.lot
        count = A_DAY * (1 + GROWTH * part) * (WEEKEND if day.weekday() >= SATURDAY else 1)
        wanted = [
            like * (1 + RISING * part if row.color == self.rising else 1)
            for like, row in zip(self.liking, self.wares.rows, strict=True)
        ]
        visitors: list[str] = []
        for _number in range(round(count * lot.uniform(0.85, 1.15))):
            if not visitors or lot.random() > RETURNING:
                visitors.append(f"made {day} {len(visitors)}")
            yield self._drawn(_moment(lot, day), lot.choice(visitors), wanted)

    def _drawn(self, at: datetime, visitor: str, wanted: Sequence[float]) -> Drawn:
        lot, wares, other = self.lot, self.wares, self.other
        kind = lot.choices(list(KINDS), list(KINDS.values()))[0]
        lacking = other is not None and lot.random() < LACKING
        if other is not None and lacking:
            far = lot.randrange(min(LACKED, len(other.rows)))
            like, ware = other.vectors[far], other.rows[far]
            place = int(np.argmax(wares.vectors @ like))
        else:
            place = lot.choices(range(len(wares.rows)), wanted)[0]
            like, ware = wares.vectors[place], wares.rows[place]
        vector = like + np.asarray([lot.gauss(0, NOISE) for _ in range(len(like))])
        unit = (vector / np.linalg.norm(vector)).astype(np.float32)
        return Drawn(at, kind, ware, place, lacking, unit, visitor, lot)


def _moment(lot: random.Random, day: date) -> datetime:
    hour = lot.choices(range(len(HOURS)), HOURS)[0]
    at = time(hour, lot.randrange(60), lot.randrange(60), lot.randrange(1_000_000))
    return timezone.make_aware(datetime.combine(day, at))
