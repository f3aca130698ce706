"""What the style pages of a mall show: its shops that joined, each entered in its own scope."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from django.urls import reverse

from frontend.storefront.selectors import Card, card, products
from recommender.mood.selectors import MallMoods, Mood, shop_mood
from recommender.mood.styles import Style, siblings, styles
from tenants.models import Mall, Shop
from tenants.scope import shop_scope

SHOPS = 12
"""Shops on one page."""
FEW = 3
"""Under so many shops of a style, those of its parent follow."""
CARDS = 8
NAMED = 2
"""Shops named on a tile."""
COVERS = 3


@dataclass(frozen=True)
class ShopSection:
    """One shop of a style with some products; shares are per cent of its products."""

    name: str
    tagline: str
    url: str
    share: int
    average: int
    times: str
    cards: Sequence[Card]


@dataclass(frozen=True)
class StyleTile:
    """A style in the list of styles: shops that it sets apart, else that have it, and a photo."""

    id: str
    label: str
    url: str
    names: Sequence[str] = ()
    more: int = 0
    cover: Card | None = None


@dataclass(frozen=True)
class Sections:
    """Shops that a style sets apart; others that have some of it; and shops of its parent."""

    own: Sequence[ShopSection]
    some: Sequence[ShopSection] = ()
    near: Sequence[ShopSection] = ()

    @property
    def shown(self) -> list[ShopSection]:
        return [*self.own, *self.some, *self.near]


def sections(moods: MallMoods, style: str, *, lang: str) -> Sections:
    """The shops of a style; where these are few, who has some of it; then those of its parent."""
    own = moods.of_style(style)
    shown = [one for one in (_section(mood, [style], lang) for mood in own[:SHOPS]) if one]
    if len(shown) >= FEW:
        return Sections(shown)
    family = [style, *(one for one in siblings(moods.head, style) if one != style)]
    left = [mood for mood in moods.moods if mood not in own]
    left.sort(key=lambda mood: (-mood.shares[style], mood.shop.pk))
    having = [mood for mood in left if style in mood.row.picks][:FEW]
    kin = [mood for mood in left if mood not in having and mood.is_of_parent(style)][:FEW]
    some = [one for one in (_section(mood, [style], lang) for mood in having) if one]
    some = some[: FEW - len(shown)]
    near = [one for one in (_section(mood, family, lang) for mood in kin) if one]
    return Sections(shown, some, near[: FEW - len(shown) - len(some)])


def covers(found: Iterable[ShopSection]) -> list[Card]:
    """A few photos for the top of the page, of as many shops as there are."""
    shops = [section.cards for section in found]
    turns = [cards[turn] for turn in range(COVERS) for cards in shops if turn < len(cards)]
    return turns[:COVERS]


def tiles(mall: Mall, moods: MallMoods, *, lang: str) -> list[StyleTile]:
    """The styles that shops of the mall have products of, those of most shops first."""
    found = []
    for style in styles(moods.head).values():
        own = moods.of_style(style.id)
        having = own + [one for one in moods.moods if one not in own and style.id in one.row.picks]
        cover = next(filter(None, (_cover(mood, style.id, lang) for mood in having)), None)
        if cover is not None:
            url = reverse("storefront-style", args=[mall.slug, style.id])
            names = [mood.shop.text("name", lang) for mood in own or having]
            rest = max(0, len(names) - NAMED)
            found.append(StyleTile(style.id, style.label(lang), url, names[:NAMED], rest, cover))
    return sorted(found, key=lambda tile: -len(tile.names) - tile.more)


def others(mall: Mall, moods: MallMoods, style: Style, *, lang: str) -> list[StyleTile]:
    """The other styles that products are of, those under the same parent first; no covers."""
    known = styles(moods.head)
    held = {one for mood in moods.moods for one in mood.row.picks if one in known}
    order = sorted(held - {style.id}, key=lambda one: (known[one].parent != style.parent, one))
    return [
        StyleTile(
            one,
            known[one].label(lang),
            reverse("storefront-style", args=[mall.slug, one]),
        )
        for one in order
    ]


def mood_of(shop: Shop, *, lang: str) -> StyleTile | None:
    """The shop's own mood, leading to its page; None for a shop that did not join."""
    mood = shop_mood(shop) if shop.discoverable else None
    if mood is None:
        return None
    label = styles(mood.row.head)[mood.style].label(lang)
    url = reverse("storefront-style", args=[shop.mall.slug, mood.style])
    return StyleTile(mood.style, label, url)


def shop_url(shop: Shop) -> str:
    """Where a shopper goes: our pages of the shop, else its own; "" where it has neither."""
    return reverse("storefront", args=[shop.slug]) if shop.hosted_storefront else shop.site


def _section(mood: Mood, wanted: Sequence[str], lang: str) -> ShopSection | None:
    """One shop's products of the first of these styles, then of the others; what is said of it is
    of the first."""
    cards = _cards(mood, wanted, lang, CARDS)
    if not cards:
        return None
    style = wanted[0]
    return ShopSection(
        name=mood.shop.text("name", lang),
        tagline=mood.shop.text("tagline", lang),
        url=shop_url(mood.shop),
        share=round(100 * mood.shares[style]),
        average=round(100 * mood.average[style]),
        times=f"{mood.lifts[style]:.1f}",
        cards=cards,
    )


def _cover(mood: Mood, style: str, lang: str) -> Card | None:
    return next(iter(_cards(mood, [style], lang, 1)), None)


def _cards(mood: Mood, wanted: Sequence[str], lang: str, count: int) -> list[Card]:
    """The products that are most surely of these styles, with a photo; what is sold out last."""
    shop = mood.shop
    picks: list[int] = [pk for style in wanted for pk in mood.row.picks.get(style, [])]
    with shop_scope(shop):
        found = {one.pk: one for one in products().filter(pk__in=picks)}
        shown = [card(found[pk], shop=shop, lang=lang) for pk in picks if pk in found]
        if not shop.hosted_storefront:
            own = {one.sku: one.url for one in found.values()}
            shown = [replace(one, url=own[one.sku] or shop.site) for one in shown]
    with_photo = [one for one in shown if one.image_url]
    return sorted(with_photo, key=lambda one: not one.in_stock)[:count]
