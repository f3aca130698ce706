"""The lookbook's pages: all looks, and one with the garments of its photo to tap."""

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from catalog.selectors import live_revision
from frontend.storefront import covers, selectors
from frontend.storefront.pages import page_of, shop_shown, spoken
from recommender.looks.selectors import look_query, products_said, published_look
from recommender.looks.services import look_renew
from recommender.models import Look, LookItem
from recommender.query import Query, QueryGarment, label
from recommender.services import matches_like
from tenants.models import Shop
from tenants.scope import shop_scope
from vision.taxonomy import taxonomy

SIMILAR = 6
HIT_SHARE = 0.068
"""Of the photo's width: the radius that a finger may miss a dot by, 24 px on a phone."""
DOT_SHARE = 0.02
HIP, MIDDLE = 0.2, 0.5
"""Of a garment's height, from above: where its dot stands."""


@dataclass(frozen=True)
class Dot:
    """A garment of the photo that can be tapped; lengths in pixels of the photo."""

    label: str
    url: str
    x: int
    y: int
    chosen: bool


@dataclass(frozen=True)
class Line:
    """A piece of the look: its card, and the address that finds what is like it."""

    text: str
    card: selectors.Card | None
    url: str
    chosen: bool


@dataclass(frozen=True)
class Found:
    """What was asked for on the page and the products that are like it."""

    label: str
    cards: list[selectors.Card]


@require_safe
def looks(request: HttpRequest, shop_slug: str) -> HttpResponse:
    shop = shop_shown(shop_slug)
    lang = spoken(request, shop)
    with shop_scope(shop):
        shown = covers.covers(shop, lang)
    return page_of(request, "looks", shop, lang, {"looks": shown})


@require_safe
def look(request: HttpRequest, shop_slug: str, look_slug: str) -> HttpResponse:
    """One look; `?garment=N` asks what is like a garment of the photo, `?piece=N` what a piece's
    words describe."""
    shop = shop_shown(shop_slug)
    lang = spoken(request, shop)
    with shop_scope(shop):
        found = published_look(look_slug)
        if found is None:
            raise Http404(f"no look {look_slug}")
        revision = live_revision(shop)
        look_renew(look=found, revision=revision)
        page = _Page(shop, lang, found, look_query(found, revision=revision))
        garment, piece = _number(request, "garment"), _number(request, "piece")
        width = found.width or 1
        every = covers.covers(shop, lang)
        number = next((one.number for one in every if one.slug == found.slug), 0)
        before, after = covers.neighbours(every, found.slug)
        context: dict[str, Any] = {
            "look": covers.cover(found, shop, lang, number),
            "dots": page.dots(garment),
            "hit": round(HIT_SHARE * width),
            "dot": round(DOT_SHARE * width),
            "lines": page.lines(garment, piece),
            "found": page.like(garment, revision) or page.said(piece, revision),
            "before": before,
            "after": after,
        }
    return page_of(request, "one_look", shop, lang, context)


@dataclass(frozen=True)
class _Page:
    shop: Shop
    lang: str
    look: Look
    query: Query | None

    def dots(self, chosen: int | None) -> list[Dot]:
        garments = self.query.garments if self.query else ()
        return [
            Dot(
                label=self._name(at, garment),
                url=f"?garment={at}#found",
                x=(garment.box[0] + garment.box[2]) // 2,
                y=_height_of_dot(garment),
                chosen=at == chosen,
            )
            for at, garment in enumerate(garments)
        ]

    def lines(self, garment: int | None, piece: int | None) -> list[Line]:
        skus = [item.product.sku for item in self._items if item.product]
        cards = {
            one.sku: selectors.card(one, shop=self.shop, lang=self.lang)
            for one in selectors.products().filter(sku__in=skus)
        }
        return [
            Line(
                text=item.text(self.lang),
                card=cards.get(item.product.sku) if item.product else None,
                **self._asked(at, item, garment, piece),
            )
            for at, item in enumerate(self._items)
        ]

    def _asked(
        self, at: int, item: LookItem, garment: int | None, piece: int | None
    ) -> dict[str, Any]:
        """How a piece is looked for: by its garment in the photo, else by its words."""
        seen = len(self.query.garments) if self.query else 0
        lying = [k for k, one in enumerate(self.look.garments[:seen]) if one.get("item") == item.pk]
        if lying:
            return {"url": f"?garment={lying[0]}#found", "chosen": garment == lying[0]}
        return {"url": f"?piece={at}#found", "chosen": piece == at}

    def like(self, index: int | None, revision: str) -> Found | None:
        query = self._selected(index, revision)
        if query is None:
            return None
        matches = matches_like(shop=self.shop, query=query, limit=SIMILAR, lang=self.lang)
        cards = selectors.cards_of(matches, shop=self.shop, lang=self.lang)
        return Found(self._name(query.selected, query.garment), cards)

    def said(self, index: int | None, revision: str) -> Found | None:
        if index is None or index >= len(self._items):
            return None
        text = self._items[index].text(self.lang)
        matches = products_said(
            shop=self.shop, text=text, revision=revision, limit=SIMILAR, lang=self.lang
        )
        return Found(text, selectors.cards_of(matches, shop=self.shop, lang=self.lang))

    def _selected(self, index: int | None, revision: str) -> Query | None:
        return None if index is None else look_query(self.look, revision=revision, selected=index)

    def _name(self, at: int, garment: QueryGarment) -> str:
        """The piece that the garment is known to be, otherwise what it was seen as."""
        item = self.look.garments[at].get("item")
        known = next((one for one in self._items if one.pk == item), None)
        return known.text(self.lang) if known else label("category", garment.category, self.lang)

    @property
    def _items(self) -> list[LookItem]:
        return list(self.look.items.all())


def _height_of_dot(garment: QueryGarment) -> int:
    """Trousers have nothing in their middle but the ground."""
    _, top, _, bottom = garment.box
    share = HIP if taxonomy().group_of(garment.category) == "bottom" else MIDDLE
    return round(top + share * (bottom - top))


def _number(request: HttpRequest, name: str) -> int | None:
    told = request.GET.get(name, "")
    return int(told) if told.isdecimal() and len(told) < 4 else None
