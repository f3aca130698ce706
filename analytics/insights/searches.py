"""The searches themselves, newest first, narrowed by what a page's numbers are of."""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from analytics.insights.cells import KINDS, address
from analytics.insights.dates import span
from analytics.insights.paging import after, mark_of, number
from analytics.insights.reports import Asked, Made, Report
from analytics.insights.sheets import Cell, Column, Sheet
from analytics.insights.trends import KINDS as TAGS
from analytics.insights.trends import SHADES
from analytics.models import Event, EventType, SearchDetail
from analytics.months import months_around
from analytics.rollup.statement import LATENCIES, SLOWER
from catalog.admin.words import kind_label, term_label
from catalog.models import Photo, Product
from catalog.selectors import first_photos

THUMBS = 4
"""Of what a search found, on the list."""
GOOD = {
    "yes": _("with a good answer"),
    "no": _("without a good answer"),
    "none": _("nothing found"),
}
NOT_LISTED = ("embedding", "parts_ms", "filters")


@dataclass(frozen=True, slots=True)
class Seen:
    """What the shopper saw of one search: the first products' photos, and clicks of it."""

    photos: Sequence[Photo]
    clicks: int


def searches(asked: Asked) -> Made:
    rows = list(narrowed(asked)[: asked.most + 1])
    shown = rows[: asked.most]
    seen = seen_of(shown)
    narrowing = {name: value for name, value in asked.said.items() if name not in ("after", "part")}
    last = shown[-1] if len(rows) > asked.most else None
    here = address("insights_searches", asked.dates, **narrowing)
    return Made(
        [_sheet(shown, seen)],
        extra={
            "rows": [_row(one, seen) for one in shown],
            "narrowed": _chosen(asked, narrowing),
            "older": address("insights_searches", asked.dates, **narrowing, after=mark_of(last))
            if last
            else "",
            "newest": here if asked.said.get("after") else "",
            "good_choices": list(GOOD.items()),
            "kind_choices": list(KINDS.items()),
            "said": asked.said,
        },
    )


def narrowed(asked: Asked) -> QuerySet[SearchDetail]:
    """The days' searches as the address narrows them; what it says wrongly finds nothing."""
    first, last = span(asked.dates.start, asked.dates.end)
    found: QuerySet[SearchDetail] = SearchDetail.objects.filter(
        month__in=months_around(first, last), at__gte=first, at__lt=last
    )
    said = asked.said
    for name in (*(tag.value for tag in TAGS), "kind"):
        if said.get(name):
            found = found.filter(**{name: said[name]})
    if said.get("text"):
        found = found.filter(text__icontains=said["text"])
    found = _by_answer(found, said)
    found = _by_time(found, said.get("took", ""))
    if said.get("rule"):
        found = found.filter(rules__contains=[number(said["rule"])])
    return after(found, said.get("after", "")).defer(*NOT_LISTED)


def _by_answer(found: QuerySet[SearchDetail], said: Mapping[str, str]) -> QuerySet[SearchDetail]:
    wanted = said.get("good", "")
    if wanted == "none":
        return found.filter(results=0)
    return found.filter(good=wanted == "yes") if wanted in GOOD else found


def _by_time(found: QuerySet[SearchDetail], took: str) -> QuerySet[SearchDetail]:
    """Those of one bucket of the latencies."""
    ends = [*map(str, LATENCIES), SLOWER]
    if took not in ends:
        return found
    place = ends.index(took)
    if place:
        found = found.filter(milliseconds__gt=LATENCIES[place - 1])
    return found if took == SLOWER else found.filter(milliseconds__lte=LATENCIES[place])


def seen_of(rows: Iterable[SearchDetail]) -> dict[uuid.UUID, Seen]:
    """Of each search what was seen first and how often it was clicked: three statements."""
    ids = [one.search_id for one in rows]
    if not ids:
        return {}
    months = months_around(min(one.at for one in rows), max(one.at for one in rows))
    told = Event.objects.filter(search_id__in=ids, month__in=months).filter(
        Q(type=EventType.CLICK) | Q(type=EventType.IMPRESSION, position__lte=THUMBS)
    )
    skus: dict[uuid.UUID, list[str]] = {}
    clicks: dict[uuid.UUID, int] = {}
    for search_id, kind, sku in told.order_by("position", "pk").values_list(
        "search_id", "type", "sku"
    ):
        if kind == EventType.CLICK:
            clicks[search_id] = clicks.get(search_id, 0) + 1
        elif len(skus.setdefault(search_id, [])) < THUMBS:
            skus[search_id].append(sku)
    photos = photos_of({sku for held in skus.values() for sku in held})
    return {
        one: Seen([photos[sku] for sku in skus.get(one, ()) if sku in photos], clicks.get(one, 0))
        for one in ids
    }


def photos_of(skus: set[str]) -> dict[str, Photo]:
    """By SKU, the first tagged photo of a product that the shop still has."""
    if not skus:
        return {}
    products = dict(Product.objects.filter(sku__in=skus).values_list("pk", "sku"))
    return {products[pk]: photo for pk, photo in first_photos(products).items()}


def named(one: SearchDetail) -> list[dict[str, str]]:
    """What was looked for: the words, and the tags with their colors."""
    return [
        {
            "label": term_label(tag.value, getattr(one, tag.value)),
            "swatch": SHADES.get(one.color, "") if tag.value == "color" else "",
        }
        for tag in TAGS
        if getattr(one, tag.value)
    ]


def _row(one: SearchDetail, seen: Mapping[uuid.UUID, Seen]) -> dict[str, Any]:
    return {
        "search": one,
        "url": reverse("admin:insights_search", args=[one.search_id]),
        "kind": KINDS.get(one.kind, one.kind),
        "named": named(one),
        "photos": seen[one.search_id].photos,
        "clicks": seen[one.search_id].clicks,
    }


def _chosen(asked: Asked, narrowing: Mapping[str, str]) -> list[dict[str, Any]]:
    """Each narrowing in words, with the address without it."""
    found = []
    for name, value in narrowing.items():
        label = _said(name, value)
        if label:
            rest = {other: one for other, one in narrowing.items() if other != name}
            found.append({"label": label, "url": address("insights_searches", asked.dates, **rest)})
    return found


def _said(name: str, value: str) -> str:
    """One narrowing as people read it; "" for what is none."""
    if name in {tag.value for tag in TAGS} and value:
        return f"{kind_label(name)}: {term_label(name, value)}"
    words = {
        "kind": str(KINDS.get(value, value)),
        "good": str(GOOD.get(value, "")),
        "text": f"“{value}”",
        "took": f"> {LATENCIES[-1]} ms" if value == SLOWER else f"≤ {value} ms",
        "rule": gettext("rule %(number)s") % {"number": value},
    }
    return words.get(name, "") if value else ""


def _sheet(rows: Sequence[SearchDetail], seen: Mapping[uuid.UUID, Seen]) -> Sheet:
    """As the CSV has it."""
    return Sheet(
        "list",
        _("Searches"),
        [
            *(Column(_("When"), number=False), Column(_("By"), number=False)),
            Column(_("Words"), number=False),
            *(Column(kind_label(tag.value), number=False) for tag in TAGS),
            *(Column(_("Results")), Column(_("Best score")), Column(_("Good answer"))),
            *(Column(_("Milliseconds")), Column(_("Clicks"))),
            Column(_("Search"), number=False),
        ],
        [
            [
                Cell(localtime(one.at).isoformat(timespec="seconds")),
                Cell(one.kind),
                Cell(one.text),
                *(Cell(getattr(one, tag.value)) for tag in TAGS),
                Cell(one.results),
                Cell(one.best_score if one.best_score is None else round(one.best_score, 4)),
                Cell("yes" if one.good else "no"),
                Cell(one.milliseconds),
                Cell(seen[one.search_id].clicks),
                Cell(str(one.search_id)),
            ]
            for one in rows
        ],
    )


REPORT = Report(
    "searches",
    _("Searches"),
    _("Each search of these days with what it found. No photo of a shopper is kept with it."),
    searches,
    template="admin/shop/insights_searches.html",
)
