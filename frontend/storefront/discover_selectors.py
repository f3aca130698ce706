"""What a mall's page shows of the shops that a photo found."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from frontend.storefront.selectors import Card, cards_of
from frontend.storefront.style_selectors import shop_url
from recommender.mood.discovery import Discovery, ShopFound
from recommender.mood.reasons import why_shop
from tenants.scope import shop_scope


@dataclass(frozen=True)
class FoundShop:
    """One shop, why it was found, and what it has that looks like the photo."""

    name: str
    tagline: str
    url: str
    sentence: str
    cards: Sequence[Card]


def found_shops(found: Discovery, *, lang: str) -> list[FoundShop]:
    return [_shop(one, found.style, lang) for one in found.shops]


def _shop(found: ShopFound, style: str | None, lang: str) -> FoundShop:
    shop = found.mood.shop
    with shop_scope(shop):
        cards = cards_of(found.matches, shop=shop, lang=lang)
        if not shop.hosted_storefront:
            own = {one.product.sku: one.product.url for one in found.matches}
            cards = [replace(card, url=own[card.sku] or shop.site) for card in cards]
    return FoundShop(
        name=shop.text("name", lang),
        tagline=shop.text("tagline", lang),
        url=shop_url(shop),
        sentence=why_shop(found, style or found.mood.style, lang),
        cards=cards,
    )
