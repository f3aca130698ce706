"""Regions of demand without supply: what is looked for together, and is far from every product."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from statistics import median
from uuid import UUID

from analytics.models import MapSearch, SearchDetail, SearchKind
from analytics.months import months_around

MOST_READ = 5_000
"""Far searches of a range that regions are made of, the newest."""
LEAST = 3
"""Searches that make a region: one or two are chance."""
MOST_SHARE = 0.5
"""Of a region's searches that say a word for it to stand in the region's name."""
EXAMPLES = 5
PLAIN = "solid"
BESIDE = ("style", "gender", "material", "sleeve", "length", "season", "fit", "neckline")
"""Further kinds that words may have named, in the order in which they are looked at."""


@dataclass(frozen=True, slots=True)
class Region:
    """Searches for one thing that the shop does not have.

    `words` are (kind, value) of what they have in common, as a name says them: pattern and colour
    before the category. `place` is the middle of them on the map, None where they name something
    that no product has. `nearest` are ids of the products nearest to them, the most frequent first,
    `alike` the median cosine to them.
    """

    size: int
    category: str
    color: str
    pattern: str
    words: tuple[tuple[str, str], ...]
    texts: tuple[str, ...]
    place: tuple[float, float] | None
    nearest: tuple[int, ...]
    alike: float | None
    newest: datetime
    by_photo: int = 0

    @property
    def text(self) -> str:
        """What was typed, of a region that words alone make."""
        return self.texts[0] if self.texts and not self.words else ""


@dataclass(slots=True)
class _Group:
    details: list[SearchDetail] = field(default_factory=list)
    spots: list[MapSearch] = field(default_factory=list)


def regions(*, start: datetime, end: datetime) -> list[Region]:
    """The regions of a range of time, the largest first. In the shop's scope; three statements."""
    spots = {one.search_id: one for one in far_searches(start=start, end=end)}
    details = _details(list(spots), start, end)
    grouped: dict[tuple[str, str], _Group] = {}
    for one in details:
        if one.category or one.color:
            group = grouped.setdefault((one.category, one.color), _Group())
            group.details.append(one)
            group.spots.append(spots[one.search_id])
    found = [_region(group) for group in _by_pattern(grouped.values()) if _enough(group)]
    found += _typed(start, end)
    return sorted(found, key=lambda one: (-one.size, one.words, one.texts))


def far_searches(*, start: datetime, end: datetime) -> list[MapSearch]:
    """The newest that are far from every product."""
    rows = MapSearch.objects.filter(far=True, at__gte=start, at__lt=end)
    return list(rows.order_by("-at")[:MOST_READ])


def _details(ids: Sequence[UUID], start: datetime, end: datetime) -> list[SearchDetail]:
    rows = SearchDetail.objects.filter(search_id__in=ids, month__in=months_around(start, end))
    names = ("search_id", "at", "kind", "text", "category", "color", "pattern", "style", "filters")
    return list(rows.only("id", *names).order_by("-at"))


def _by_pattern(groups: Iterable[_Group]) -> Iterable[_Group]:
    """A pattern that enough searches of a group have makes a region of its own."""
    for group in groups:
        counts = Counter(one.pattern for one in group.details)
        apart = {one for one in counts if one not in ("", PLAIN) and counts[one] >= LEAST}
        parts: dict[str, _Group] = {}
        for detail, spot in zip(group.details, group.spots, strict=True):
            part = parts.setdefault(detail.pattern if detail.pattern in apart else "", _Group())
            part.details.append(detail)
            part.spots.append(spot)
        yield from parts.values()


def _enough(group: _Group) -> bool:
    return len(group.details) >= LEAST


def _region(group: _Group) -> Region:
    first = group.details[0]
    patterns = Counter(one.pattern for one in group.details)
    pattern, count = patterns.most_common(1)[0]
    pattern = pattern if count > MOST_SHARE * len(group.details) and pattern != PLAIN else ""
    nearest = Counter(one.product_id for one in group.spots)
    seen = [one.alike for one in group.spots if one.alike is not None]
    return Region(
        size=len(group.details),
        category=first.category,
        color=first.color,
        pattern=pattern,
        words=_words(group, first, pattern),
        texts=_texts(group.details),
        place=(median(one.x for one in group.spots), median(one.y for one in group.spots)),
        nearest=tuple(pk for pk, _ in nearest.most_common(EXAMPLES)),
        alike=median(seen) if seen else None,
        newest=max(one.at for one in group.details),
        by_photo=sum(one.kind != SearchKind.WORDS for one in group.details),
    )


def _words(group: _Group, first: SearchDetail, pattern: str) -> tuple[tuple[str, str], ...]:
    said = [("pattern", pattern), ("color", first.color), *_beside(group.details)]
    return tuple((kind, value) for kind, value in (*said, ("category", first.category)) if value)


def _beside(details: Sequence[SearchDetail]) -> list[tuple[str, str]]:
    """What at least half of those who used words named beside category, colour and pattern."""
    typed = [one for one in details if one.text]
    found = []
    for kind in BESIDE:
        values = Counter(value for one in typed for value in _values(one.filters.get(kind)))
        for value, count in values.most_common(1):
            if count >= max(LEAST, MOST_SHARE * len(typed)):
                found.append((kind, value))
    return found


def _values(said: object) -> list[str]:
    values = said if isinstance(said, list) else [said]
    return [one for one in values if isinstance(one, str) and one]


def _texts(details: Sequence[SearchDetail]) -> tuple[str, ...]:
    """What was typed, the most frequent first."""
    counts = Counter(one.text.casefold() for one in details if one.text)
    return tuple(text for text, _ in counts.most_common(EXAMPLES))


def _typed(start: datetime, end: datetime) -> list[Region]:
    """Words that name nothing LookUs knows, without a good answer, told by what was typed."""
    rows = SearchDetail.objects.filter(
        at__gte=start,
        at__lt=end,
        month__in=months_around(start, end),
        kind=SearchKind.WORDS,
        good=False,
        category="",
        color="",
    ).order_by("-at")
    counts: Counter[str] = Counter()
    newest: dict[str, datetime] = {}
    for text, at in rows.values_list("text", "at")[:MOST_READ]:
        if text:
            counts[text.casefold()] += 1
            newest.setdefault(text.casefold(), at)
    return [
        Region(count, "", "", "", (), (text,), None, (), None, newest[text])
        for text, count in counts.most_common()
        if count >= LEAST
    ]
