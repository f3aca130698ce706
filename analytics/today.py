"""What the first page of a shop answers: four questions, each number with the rows behind it.

Nothing here counts all of a large table but by an index.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import connection
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from analytics.models import Event, EventType
from billing.forecast import month_forecast
from billing.selectors import MallUsage, UsageLine
from catalog.admin.words import term_label
from catalog.models import ImportRun, Product
from catalog.selectors import PhotoProgress, live_revision
from catalog.services.reviews.queue import kinds, waiting_counts
from tenants.models import Mall, Shop

MOST = 1000
"""What waits is counted to this."""
LOOKED_AT = 1000
"""The newest events that say what shoppers look for."""
SHOWN = 5
DAYS = 7


@dataclass(frozen=True)
class Waiting:
    """Something that waits for a person; `more`: there is more than was counted."""

    count: int
    words: Any
    url: str
    more: bool = False


@dataclass(frozen=True)
class Wanted:
    label: str
    count: int
    url: str


@dataclass(frozen=True)
class Cost:
    """One line of the plan; `expected` is the month's end at this month's pace."""

    line: UsageLine
    expected: int

    @property
    def over(self) -> bool:
        return self.line.allowed is not None and self.expected > self.line.allowed


@dataclass(frozen=True)
class Counts:
    products: int
    feeds: int
    """That could not be read when they were last."""
    alike: int
    """Products that look the same as another, up to MOST and one."""


_COUNTS = """
    SELECT
        (SELECT count(*) FROM catalog_product WHERE shop_id = %(shop)s AND gone_at IS NULL),
        (SELECT count(*) FROM catalog_feed
         WHERE shop_id = %(shop)s AND enabled AND failures > 0),
        (SELECT count(DISTINCT product_id) FROM (
            SELECT product_id FROM catalog_garment
            WHERE shop_id = %(shop)s AND fold IS NOT NULL AND is_product AND revision = %(revision)s
            LIMIT %(most)s
        ) AS alike)
"""


def counts(shop: Shop) -> Counts:
    """One statement, in the shop's scope."""
    asked: dict[str, int | str] = {
        "shop": shop.pk,
        "revision": live_revision(shop),
        "most": MOST + 1,
    }
    with connection.cursor() as cursor:
        cursor.execute(_COUNTS, asked)
        return Counts(*cursor.fetchone())


def waits(photos: PhotoProgress, counted: Counts, runs: Iterable[ImportRun]) -> list[Waiting]:
    """What a person can do something about, the most urgent first. In the shop's scope."""
    asking = sum(run.state == ImportRun.State.ASKING for run in runs)
    unsure = sum(waiting_counts((kind, "") for kind in kinds()).values())
    feeds, alike = counted.feeds, counted.alike
    products = reverse("admin:catalog_product_changelist")
    found = [
        (asking, _("imports ask before products go"), _list("catalog_importrun")),
        (feeds, _("feeds could not be read"), _list("catalog_feed")),
        (
            photos.failed,
            _("photos could not be read"),
            _list("catalog_photo") + "?state=failed",
        ),
        (photos.over_quota, _("photos wait for the next month"), f"{products}?tagging=waiting"),
        (unsure, _("tags that the model is unsure of"), reverse("admin:review")),
        (alike, _("products look the same as another"), reverse("admin:catalog_product_alike")),
    ]
    return [
        Waiting(min(count, MOST), words, url, more=count > MOST)
        for count, words, url in found
        if count
    ]


def _list(model: str) -> str:
    return reverse(f"admin:{model}_changelist")


@dataclass(frozen=True)
class Looked:
    """What shoppers looked for and at in the last days, of the newest events."""

    categories: tuple[Wanted, ...]
    products: tuple[Wanted, ...]
    nothing: int
    """Searches without a result."""


def looked_for() -> Looked:
    """Three statements, in the shop's scope."""
    since = timezone.now() - timedelta(days=DAYS)
    # Only these: the many impressions between them would fill the newest.
    wanted = (EventType.SEARCH, EventType.CLICK)
    newest = Event.objects.filter(at__gte=since, type__in=wanted).order_by("-at")
    rows = newest.values_list("type", "category", "sku", "results")[:LOOKED_AT]
    categories: Counter[str] = Counter()
    clicked: Counter[str] = Counter()
    nothing = 0
    for kind, category, sku, results in rows:
        if kind == EventType.SEARCH:
            categories[category] += bool(category)
            nothing += results == 0
        elif kind == EventType.CLICK:
            clicked[sku] += 1
    products = reverse("admin:catalog_product_changelist")
    known = Product.objects.filter(sku__in=[sku for sku, _n in clicked.most_common(SHOWN)])
    found = {one.sku: one for one in known.only("pk", "sku", "title", "shop")} if clicked else {}
    return Looked(
        tuple(
            Wanted(term_label("category", value), count, f"{products}?category={value}")
            for value, count in (+categories).most_common(SHOWN)
        ),
        tuple(
            Wanted(
                found[sku].title,
                count,
                reverse("admin:catalog_product_change", args=[found[sku].pk]),
            )
            for sku, count in clicked.most_common(SHOWN)
            if sku in found
        ),
        nothing,
    )


def costs(usage: MallUsage, mall: Mall) -> list[Cost]:
    """As Billing says it."""
    now = timezone.localtime()
    return [
        Cost(
            line,
            month_forecast(
                used=line.used, before=line.before, began=mall.created_at, at=now
            ).expected,
        )
        for line in usage.lines
    ]
