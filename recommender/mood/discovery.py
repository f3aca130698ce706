"""A photo's mood and the shops of a mall that share it, each with what it has that looks like it.

1. The shops that joined and their average: small rows outside every shop's scope.
2. The photo is fetched, decoded and seen, in no transaction.
3. The shops in order: those of the photo's style, then those of its parent, then the nearest.
4. Each shop is searched in its own scope, until three have something to show.
"""

import uuid
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from catalog.selectors import live_revision
from recommender.memory import digest_of
from recommender.mood import distribution
from recommender.mood.selectors import MallMoods, Mood, mall_moods
from recommender.mood.styles import says_style
from recommender.query import Query, QueryGarment
from recommender.results import Match
from recommender.searched import Searched
from recommender.services import matches_like
from recommender.signals import search_answered
from recommender.sources import photo_fetched, photo_query
from recommender.timing import Timings
from recommender.usage import photo_counted, quota_held
from tenants.models import Mall, Shop
from tenants.problems import Problem
from tenants.scope import shop_scope
from vision.types import Box

SHOPS = 3
PRODUCTS = 3

By = Literal["style", "parent", "nearest"]


@dataclass(frozen=True, slots=True)
class DiscoverAsked:
    """A photo or its address, and how to answer."""

    image: bytes | None = None
    image_url: str = ""
    box: Box | None = None
    lang: str = "en"
    robot: bool = False


@dataclass(frozen=True, slots=True)
class ShopFound:
    """One shop: how it was found, and its products most like the photo.

    `search_id` names the shop's answer in its events.
    """

    mood: Mood
    by: By
    matches: tuple[Match, ...]
    search_id: uuid.UUID


@dataclass(frozen=True, slots=True)
class Discovery:
    """`belief` is the photo's distribution over the head's styles, `style` its likeliest; None
    where no garment was made out."""

    query: Query
    head: str
    belief: dict[str, float]
    style: str | None
    shops: tuple[ShopFound, ...]


def discover(*, mall: Mall, asked: DiscoverAsked, timings: Timings) -> Discovery:
    """The three shops of a photo's mood. Counts one query of the mall. Raises Problem."""
    moods = _moods(mall)
    quota_held(moods.moods[0].shop)
    data = asked.image if asked.image is not None else photo_fetched(asked.image_url, timings)
    seen = _Seen(data, asked.box, timings)
    query = seen.by(_usual_revision(moods))
    belief, style = _belief(query, moods)
    found = []
    for mood, by in _in_order(moods, belief, style):
        own = seen.by(live_revision(mood.shop))
        matches = matches_like(shop=mood.shop, query=own, limit=PRODUCTS, lang=asked.lang)
        if matches:
            found.append(ShopFound(mood, by, tuple(matches), uuid.uuid4()))
        if len(found) == SHOPS:
            break
    if not found:
        raise Problem("no_products_ready")
    # The mall pays, whichever shop's ledger says it: always the same one's, so that the same
    # photo again is free.
    with shop_scope(moods.moods[0].shop):
        photo_counted(shop=moods.moods[0].shop, digest=digest_of(data))
    for one in found:
        _announce(one, query, timings, asked.robot)
    return Discovery(query, moods.head, belief, style, tuple(found))


class _Seen:
    """The photo's query as each bundle sees it: nearly always there is one bundle."""

    def __init__(self, data: bytes, box: Box | None, timings: Timings) -> None:
        self._data, self._box, self._timings = data, box, timings
        self._queries: dict[str, Query] = {}

    def by(self, revision: str) -> Query:
        if revision not in self._queries:
            self._queries[revision] = photo_query(
                self._data, box=self._box, revision=revision, timings=self._timings
            )
        return self._queries[revision]


def _moods(mall: Mall) -> MallMoods:
    moods = mall_moods(mall)
    if not moods.moods:
        joined = Shop.objects.open().filter(mall=mall, discoverable=True).exists()
        raise Problem("no_products_ready" if joined else "no_shops_joined")
    return moods


def _usual_revision(moods: MallMoods) -> str:
    """That of most of the mall's shops."""
    return Counter(live_revision(mood.shop) for mood in moods.moods).most_common(1)[0][0]


def _belief(query: Query, moods: MallMoods) -> tuple[dict[str, float], str | None]:
    if not query.found:
        return dict(moods.average), None
    worn = [one for one in query.garments if says_style(one.category)] or query.garments
    seen = [(one.likely.get(moods.head, {}), float(_area(one))) for one in worn]
    belief = distribution.belief(seen, moods.average)
    return belief, max(belief, key=lambda style: belief[style])


def _area(garment: QueryGarment) -> int:
    x0, y0, x1, y1 = garment.box
    return (x1 - x0) * (y1 - y0)


def _in_order(
    moods: MallMoods, belief: dict[str, float], style: str | None
) -> Iterator[tuple[Mood, By]]:
    """Each shop once; inside a step the one that explains the photo's styles best comes first."""
    left = sorted(moods.moods, key=lambda mood: (-mood.fit(belief), mood.shop.pk))
    if style is not None:
        yield from ((mood, "style") for mood in left if mood.is_of(style))
        left = [mood for mood in left if not mood.is_of(style)]
        yield from ((mood, "parent") for mood in left if mood.is_of_parent(style))
        left = [mood for mood in left if not mood.is_of_parent(style)]
    yield from ((mood, "nearest") for mood in left)


def _announce(found: ShopFound, query: Query, timings: Timings, robot: bool) -> None:
    """To each shop what was shown of it, as after a search of its own."""
    category = query.garment.category if query.found else ""
    with shop_scope(found.mood.shop):
        search_answered.send(
            sender=Discovery,
            shop=found.mood.shop,
            search_id=found.search_id,
            results=len(found.matches),
            category=category,
            milliseconds=round(timings.total),
            searched=Searched(
                kind="photo", category=category, found=len(found.matches), robot=robot
            ),
        )
