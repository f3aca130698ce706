"""From product lines to products: colourways, prices, texts and the specs of their photos."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from vision.render.catalogue.lines import Line, Shop, shop_named
from vision.render.catalogue.words import described
from vision.render.palette import SWATCHES
from vision.render.plausible import HANGABLE_NOT
from vision.render.spec import GarmentSpec

SHOPS = ("atelier", "street")
SALE_SHARE = 0.16
SOLD_OUT_SHARE = 0.05
ONE_PHOTO_SHARE = 0.15
THOUSAND = 1000
EDITIONS = ("", " II", " III", " IV", " V", " VI")
"""What follows the name when a line comes back in a later season."""


@dataclass(frozen=True)
class DemoProduct:
    """One product page: texts in English and Korean, prices in won, the specs of its photos.

    Products that share `group` are colourways of one design. `specs`: studio front first,
    then, for most, the same garment in another place.
    """

    sku: str
    group: str
    title: str
    title_ko: str
    brand: str
    description: str
    description_ko: str
    category: str
    color_name: str
    color_name_ko: str
    price: int
    sale_price: int | None
    gender: str
    season: str
    specs: tuple[GarmentSpec, ...]
    in_stock: bool


def demo_catalogue(shop: str, n: int = 132, seed: int = 0) -> Iterator[DemoProduct]:
    """The first `n` products of a demo shop, the same for the same arguments.

    Lines take turns, so any `n` shows the whole range; beyond the written colourways the
    designs come back as later editions, with other details. Raises ValueError for a shop
    that is not in SHOPS.
    """
    if shop not in SHOPS:
        raise ValueError(f"unknown demo shop {shop!r}; one of: {', '.join(SHOPS)}")
    sold = shop_named(shop)
    turns = max(len(line.colors) for line in sold.lines)
    offers = [
        (index, line, line.colors[turn])
        for turn in range(turns)
        for index, line in enumerate(sold.lines)
        if turn < len(line.colors)
    ]
    for count in range(n):
        edition, place = divmod(count, len(offers))
        index, line, color = offers[place]
        first, _, second = color.partition("/")
        design = zlib.crc32(f"{shop}/{line.name}/{seed}/{edition}".encode())
        yield _product(sold, _Offer(line, index, first, second, design, edition, shop[:2].upper()))


@dataclass(frozen=True)
class _Offer:
    """A line in one colourway: the swatches of its one or two colours, the design's seed."""

    line: Line
    index: int
    first: str
    second: str
    design: int
    edition: int
    prefix: str

    def name(self, language: str) -> str:
        """The colourway's name."""
        swatches = [SWATCHES[key] for key in (self.first, self.second) if key]
        return "/".join(getattr(swatch, language) for swatch in swatches)


def _product(shop: Shop, offer: _Offer) -> DemoProduct:
    line = offer.line
    rng = np.random.default_rng([offer.design, zlib.crc32(offer.name("en").encode())])
    price = line.price * THOUSAND - (100 if offer.index % 3 == 0 else 0)
    on_sale = rng.random() < SALE_SHARE
    reduced = int(price * float(rng.choice([0.6, 0.7, 0.8])) // THOUSAND) * THOUSAND
    english, korean = described(line)
    late = offer.edition >= len(EDITIONS)
    suffix = f" {offer.edition + 1}" if late else EDITIONS[offer.edition]
    group = f"{offer.prefix}{offer.edition}{offer.index:03d}"
    return DemoProduct(
        sku=f"{group}-{offer.first[:4].upper()}{offer.second[:2].upper()}",
        group=group,
        title=f"{line.name}{suffix}, {offer.name('en')}",
        title_ko=f"{line.name_ko}{suffix} {offer.name('ko')}",
        brand=line.brand,
        description=english,
        description_ko=korean,
        category=line.category,
        color_name=offer.name("en"),
        color_name_ko=offer.name("ko"),
        price=price,
        sale_price=reduced if on_sale else None,
        gender=line.gender,
        season=line.season,
        specs=_photos(shop, offer, rng),
        in_stock=bool(rng.random() >= SOLD_OUT_SHARE),
    )


def _photos(shop: Shop, offer: _Offer, rng: np.random.Generator) -> tuple[GarmentSpec, ...]:
    line = offer.line
    base = {
        "category": line.category,
        "pattern": line.pattern,
        "color": SWATCHES[offer.first].hex,
        "color2": SWATCHES[offer.second].hex if offer.second else None,
        "seed": offer.design,
        **line.spec,
    }
    hangs = line.category not in HANGABLE_NOT
    if hangs and line.category not in ("dress", "jumpsuit", "skirt"):
        base.setdefault("length", "regular")
    if hangs and line.category not in ("jumpsuit", "skirt"):
        base.setdefault("fit", "straight" if line.category == "jeans" else "regular")
    front = GarmentSpec(**base, background=shop.grounds[offer.index % len(shop.grounds)])
    if rng.random() < ONE_PHOTO_SHARE:
        return (front,)
    if hangs and rng.random() < 0.5:
        return front, GarmentSpec(**base, background="plaster", view="hanger", pose=1)
    place = shop.second_grounds[int(rng.integers(len(shop.second_grounds)))]
    return front, GarmentSpec(**base, background=place, pose=1)
