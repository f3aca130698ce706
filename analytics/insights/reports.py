"""The reports of Insights by their address: each is made of the shop's rows for some days."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from analytics.insights.dates import Dates
from analytics.insights.sheets import Sheet, change, signed_percent
from tenants.models import Shop

MOST_ON_A_PAGE = 50
MOST_IN_A_FILE = 10_000
LONG = 13
"""Letters of a figure."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a report is made for. `shop` is in scope; `said` are the address' other words, `most`
    the rows that a long table has: a CSV has more of them than a page."""

    shop: Shop
    dates: Dates
    language: str
    said: Mapping[str, str] = field(default_factory=dict)
    most: int = MOST_ON_A_PAGE


@dataclass(frozen=True, slots=True)
class Figure:
    """One number at the top of a page and what it was before. `more_is`: "good", "bad" or ""."""

    label: Any
    shown: str
    now: float | None = None
    before: float | None = None
    was: str = ""
    url: str = ""
    more_is: str = "good"

    @property
    def is_long(self) -> bool:
        """Too wide for the large letters of a number, as sums in several currencies are."""
        return len(self.shown) > LONG

    @property
    def changed(self) -> str:
        return signed_percent(change(self.now, self.before))

    @property
    def tone(self) -> str:
        moved = change(self.now, self.before)
        if not self.more_is or moved is None or round(100 * moved) == 0:
            return ""
        return "good" if (moved > 0) == (self.more_is == "good") else "bad"


@dataclass(frozen=True, slots=True)
class Made:
    """What stands on the page. `extra` is for a template of the report's own."""

    sheets: Sequence[Sheet]
    figures: Sequence[Figure] = ()
    extra: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Report:
    """`slug` is its address below insights/; "" is the overview's."""

    slug: str
    label: Any
    lead: Any
    make: Callable[[Asked], Made]
    template: str = "admin/shop/insights_report.html"
    dated: bool = True
    tab: bool = True

    @property
    def name(self) -> str:
        """Of its address in the shop's admin."""
        return f"insights_{self.slug}" if self.slug else "insights"
