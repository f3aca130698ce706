"""Reads of moods. They need no scope: what is read is outside every shop's."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from django.conf import settings

from recommender.models import ShopMood
from recommender.mood import distribution
from recommender.mood.styles import head_of, siblings, styles
from tenants.models import Mall, Shop


@dataclass(frozen=True)
class Mood:
    """One shop beside its mall's average. Shares and lifts are by style."""

    row: ShopMood
    average: dict[str, float]

    @property
    def shop(self) -> Shop:
        return self.row.shop

    @cached_property
    def shares(self) -> dict[str, float]:
        return distribution.smoothed(self.row.counts, self.average)

    @cached_property
    def lifts(self) -> dict[str, float]:
        return distribution.lifts(self.shares, self.average)

    @cached_property
    def style(self) -> str:
        """The style that sets the shop apart in its mall."""
        return distribution.mood(self.shares, self.average)

    def is_of(self, style: str) -> bool:
        """Whether the shop is one of the style's."""
        return style == self.style or distribution.is_of(style, self.shares, self.average)

    def is_of_parent(self, style: str) -> bool:
        """Whether it is one of the style's parent, all of whose styles count together."""
        kin = siblings(self.row.head, style)
        return self.style in kin or distribution.is_of(
            "kin",
            {"kin": distribution.together(self.shares, kin)},
            {"kin": distribution.together(self.average, kin)},
        )

    def fit(self, photo: distribution.Shares) -> float:
        return distribution.fit(photo, self.shares, self.average)


@dataclass(frozen=True)
class MallMoods:
    """The shops of a mall that joined and have products, by id, and their average."""

    head: str
    average: dict[str, float]
    moods: tuple[Mood, ...]

    def of_style(self, style: str) -> list[Mood]:
        """The shops of a style, those first that it sets apart most."""

        def plainest(mood: Mood) -> tuple[float, int]:
            return -distribution.sets_apart(style, mood.shares, mood.average), mood.shop.pk

        return sorted((mood for mood in self.moods if mood.is_of(style)), key=plainest)


def mall_moods(mall: Mall | int, *, picks: bool = False) -> MallMoods:
    """Only shops whose owners let them be discovered count, in the average too.

    `picks` reads the shops' surest products too, which pages show.
    """
    head = head_of(settings.VISION_BUNDLE)
    rows = ShopMood.objects.filter(
        shop__mall=mall,
        shop__discoverable=True,
        shop__closed_at=None,
        head=head,
        products__gt=0,
    )
    rows = rows if picks else rows.defer("picks")
    found = list(rows.select_related("shop__search_index").order_by("shop_id"))
    average = _average(head, found)
    return MallMoods(head, average, tuple(Mood(row, average) for row in found))


def shop_mood(shop: Shop) -> Mood | None:
    """One shop in its mall, whether it joined or not; None before its first product was tagged.

    A shop that did not join is compared with those that did.
    """
    row = ShopMood.objects.filter(shop=shop, products__gt=0).select_related("shop").first()
    if row is None or row.head != head_of(settings.VISION_BUNDLE):
        return None
    moods = mall_moods(shop.mall_id)
    average = moods.average if moods.moods else _average(moods.head, [row])
    return Mood(row, average)


def _average(head: str, rows: Iterable[ShopMood]) -> dict[str, float]:
    return distribution.average((row.counts for row in rows), tuple(styles(head)))
