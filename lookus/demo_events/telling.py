"""The rows of made searches: what each looked for, and what its shopper saw, clicked and bought."""

import random
from collections import Counter
from datetime import date, datetime, time, timedelta
from typing import Any

import numpy as np
import numpy.typing as npt
from django.utils import timezone

from analytics.hashes import order_hash, visitor_hash
from analytics.models import DailyCount, DaySum, Dimension, Event, EventType, SearchDetail
from analytics.months import search_month
from lookus.demo_events.shoppers import Drawn
from lookus.demo_events.trials import HELD_FOR, Trial
from lookus.demo_events.wares import Ware, Wares
from tenants.bulk import rows_insert
from tenants.models import Shop
from tenants.months import month_of
from tenants.uuid7 import uuid7
from vision.taxonomy import taxonomy

CLICKED = (0.30, 0.19, 0.13, 0.09, 0.07, 0.05)
"""By the place among the results; so many of them are seen."""
PLAIN = 8
"""Of so many products one is clicked by nobody, however often it is seen."""
HELPED = 1.4
"""How much more is clicked while the rule holds."""
CARTED, BOUGHT, NEXT_DAY = 0.24, 0.42, 0.3
REFUSED = {"not_an_image": 3, "too_small": 5}
"""On every so many days one search was refused for it."""
EVENT_COLUMNS = (
    *("type", "event_id", "search_id", "sku", "position", "results", "category", "milliseconds"),
    *("quantity", "price", "currency", "order_ref", "order_total", "visitor", "at", "month"),
)
SEARCH_COLUMNS = (
    *("search_id", "month", "at", "kind", "text", "category", "color", "pattern", "style"),
    *("results", "best_score", "good", "milliseconds", "parts_ms", "embedding", "rules"),
)
_EMPTY: dict[str, Any] = {
    **dict.fromkeys(EVENT_COLUMNS),
    **dict.fromkeys(("sku", "category", "currency", "order_ref", "visitor"), ""),
}


class Told:
    """Rows for the tables, and how many of each kind a day has. In the shop's scope."""

    def __init__(self, shop: Shop, wares: Wares, trial: Trial) -> None:
        self.shop, self.wares, self.trial = shop, wares, trial
        self.events: list[tuple[Any, ...]] = []
        self.searches: list[tuple[Any, ...]] = []
        self.counts: Counter[tuple[date, str]] = Counter()

    def search(self, one: Drawn, *, now: datetime) -> None:
        lot, ware = one.lot, one.ware
        search_id, visitor = uuid7(one.at), visitor_hash(one.visitor)
        month = search_month(search_id, at=one.at)
        by_words, seen = one.kind in ("words", "photo+words"), one.kind != "words"
        held = self.trial.begins <= one.at < self.trial.ends and lot.random() < HELD_FOR
        results = lot.randrange(4) if one.lacking else lot.randrange(12, 49)
        score = lot.uniform(0.3, 0.5) if one.lacking else lot.uniform(0.78, 0.97)
        took = round(lot.lognormvariate(4.6 if seen else 3.6, 0.35))
        self.searches.append(
            (
                *(search_id, month, one.at, one.kind, self._words(ware) if by_words else ""),
                *(ware.category, ware.color),
                *((ware.pattern, ware.style) if not by_words else ("", "")),
                *(results, score if seen else None, not one.lacking, took, {"made": took}),
                *(
                    _halves(one.vector) if seen else None,
                    f"{{{self.trial.rule}}}" if held else "{}",
                ),
            )
        )
        about = {"search_id": search_id, "month": month, "visitor": visitor}
        said = {"results": results, "category": ware.category, "milliseconds": took}
        self._event(EventType.SEARCH, one.at, **about, **said)
        shown = [] if one.lacking and not results else self.wares.near[one.place][: len(CLICKED)]
        for position, place in enumerate(shown, 1):
            at = one.at + timedelta(seconds=position)
            row = self.wares.rows[place]
            self._event(EventType.IMPRESSION, at, **about, sku=row.sku, position=position)
            likely = CLICKED[position - 1] * (HELPED if held else 1) * (0.2 if one.lacking else 1)
            if place % PLAIN and lot.random() < likely and at < now - timedelta(minutes=5):
                self._click(one, about, row, position, now)

    def _click(
        self, one: Drawn, about: dict[str, Any], row: Ware, position: int, now: datetime
    ) -> None:
        lot, at = one.lot, one.at + timedelta(seconds=12 + 9 * position)
        self._event(EventType.CLICK, at, **about, sku=row.sku, position=position)
        if lot.random() > CARTED or row.price is None:
            return
        offered = {"sku": row.sku, "quantity": 1, "price": row.price, "currency": row.currency}
        named = {"search_id": about["search_id"], "visitor": about["visitor"]}
        at += timedelta(seconds=70)
        self._event(EventType.CART, at, event_id=uuid7(at), **named, **offered)
        at += timedelta(minutes=lot.randrange(3, 40), days=int(lot.random() < NEXT_DAY))
        if lot.random() < BOUGHT and at < now:
            order = {"order_ref": order_hash(f"made {len(self.events)}"), "order_total": row.price}
            self._event(EventType.PURCHASE, at, event_id=uuid7(at), **named, **offered, **order)

    def orders_without_search(self, *, now: datetime) -> None:
        """Most of what a shop sells nobody searched for: a few orders a day, told by its server."""
        lot = random.Random(f"made orders of {self.shop.slug}")  # noqa: S311  no secret
        for day in sorted({day for day, _kind in self.counts}):
            for number in range(lot.randrange(2, 9)):
                at = timezone.make_aware(datetime.combine(day, time(lot.randrange(8, 24), number)))
                row = lot.choice(self.wares.rows)
                if at > now or row.price is None:
                    continue
                offered = {"sku": row.sku, "quantity": 1, "price": row.price}
                order = {"order_ref": order_hash(f"made {day} {number}"), "order_total": row.price}
                paid = {"currency": row.currency, "event_id": uuid7(at)}
                self._event(EventType.PURCHASE, at, **offered, **order, **paid)

    def _event(self, kind: EventType, at: datetime, **said: Any) -> None:
        row = {**_EMPTY, "type": kind.value, "at": at, "month": month_of(at), **said}
        self.events.append(tuple(row[name] for name in EVENT_COLUMNS))
        self.counts[timezone.localdate(at), kind.value] += 1

    def _words(self, ware: Ware) -> str:
        """As a shopper types it: navy shirt."""
        known, lang = taxonomy(), self.shop.language
        pairs = (("color", ware.color), ("category", ware.category))
        return " ".join(known.label(kind, value, lang).lower() for kind, value in pairs if value)


def told_write(told: Told) -> None:
    """In the shop's scope: a few statements."""
    fixed = {"revision": told.wares.revision}
    rows_insert(SearchDetail, SEARCH_COLUMNS, told.searches, fixed=fixed)
    rows_insert(Event, EVENT_COLUMNS, told.events, fixed={"by_server": False})
    DailyCount.objects.bulk_create(
        [
            DailyCount(shop=told.shop, day=day, type=kind, quantity=count)
            for (day, kind), count in sorted(told.counts.items())
        ],
        ignore_conflicts=True,
    )
    days = sorted({day for day, _kind in told.counts})
    DaySum.objects.bulk_create(
        [
            DaySum(shop=told.shop, day=day, dimension=Dimension.ERROR, value=code, searches=1)
            for number, day in enumerate(days)
            for code, every in REFUSED.items()
            if number % every == 0
        ],
        ignore_conflicts=True,
    )


def _halves(vector: npt.NDArray[np.float32]) -> str:
    return "[" + ",".join(map("%.4g".__mod__, vector.tolist())) + "]"
