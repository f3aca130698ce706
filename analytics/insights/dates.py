"""Which days a page shows, and which it compares them with, as its address says."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Literal
from urllib.parse import urlencode

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

Compared = Literal["before", "year", "none"]
Step = Literal["day", "week", "month"]

PRESETS = {
    "today": _("Today"),
    "7": _("7 days"),
    "30": _("30 days"),
    "90": _("90 days"),
    "month": _("This month"),
    "last-month": _("Last month"),
    "365": _("A year"),
}
COMPARISONS: dict[Compared, object] = {
    "before": _("the days before"),
    "year": _("a year before"),
    "none": _("nothing"),
}
USUAL = "30"
OWN = "own"
LONGEST = timedelta(days=731)
EARLIEST = date(2000, 1, 1)
YEAR = timedelta(days=364)
"""Whole weeks, so that a Saturday is compared with a Saturday."""
DAILY, WEEKLY = 92, 366
"""Up to so many days a chart has a point a day, a week; beyond them a month."""


@dataclass(frozen=True, slots=True)
class Dates:
    """`start` and `end` are both shown. `wrong`: the address asked for days that there are not."""

    start: date
    end: date
    preset: str = USUAL
    compare: Compared = "before"
    wrong: bool = False

    @property
    def days(self) -> int:
        return (self.end - self.start).days + 1

    @property
    def compared(self) -> tuple[date, date] | None:
        """First and last of the days compared with: as many of them."""
        if self.compare == "none":
            return None
        if self.compare == "year":
            return self.start - YEAR, self.end - YEAR
        return self.start - timedelta(days=self.days), self.start - timedelta(days=1)

    @property
    def step(self) -> Step:
        if self.days <= DAILY:
            return "day"
        return "week" if self.days <= WEEKLY else "month"

    @property
    def asked(self) -> dict[str, str]:
        """What an address says for the same days."""
        said = {"range": self.preset}
        if self.preset == OWN:
            said |= {"from": self.start.isoformat(), "to": self.end.isoformat()}
        if self.compare != "before":
            said["compare"] = self.compare
        return said

    def query(self, **more: object) -> str:
        """The end of an address, as ?range=30&category=dress; what is empty is left out."""
        said = {**self.asked, **{name: str(value) for name, value in more.items() if value}}
        return "?" + urlencode(said)


def dates_asked(asked: Mapping[str, str], *, today: date) -> Dates:
    """The days of an address. What cannot be read is the usual month; the future is left out."""
    compare = asked.get("compare", "before")
    compared: Compared = compare if compare in COMPARISONS else "before"  # type: ignore[assignment]
    preset = asked.get("range", "")
    if preset == OWN or (not preset and (asked.get("from") or asked.get("to"))):
        return _own(asked, today, compared)
    known = preset in PRESETS
    start, end = _preset(preset if known else USUAL, today)
    return Dates(start, end, preset if known else USUAL, compared, wrong=bool(preset) and not known)


def _own(asked: Mapping[str, str], today: date, compared: Compared) -> Dates:
    try:
        start, end = (date.fromisoformat(asked.get(name, "")) for name in ("from", "to"))
    except ValueError:
        return Dates(*_preset(USUAL, today), USUAL, compared, wrong=True)
    start, end = min(start, end), min(max(start, end), today)
    if start > today or start < EARLIEST:
        return Dates(*_preset(USUAL, today), USUAL, compared, wrong=True)
    return Dates(max(start, end - LONGEST), end, OWN, compared)


def _preset(name: str, today: date) -> tuple[date, date]:
    if name == "today":
        return today, today
    if name == "month":
        return today.replace(day=1), today
    if name == "last-month":
        last = today.replace(day=1) - timedelta(days=1)
        return last.replace(day=1), last
    return today - timedelta(days=int(name) - 1), today


def bucket(day: date, step: Step) -> date:
    """The first day of the day's week (a Monday) or month."""
    if step == "month":
        return day.replace(day=1)
    return day - timedelta(days=day.weekday()) if step == "week" else day


def span(start: date, end: date) -> tuple[datetime, datetime]:
    """From the first day's midnight to the one after the last, of this installation's zone."""
    after = end + timedelta(days=1)
    first, last = (timezone.make_aware(datetime.combine(day, time.min)) for day in (start, after))
    return first, last
