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
        yield _product(shop, sold, *offers[place], seed, edition)


def _product(
    key: str, shop: Shop, index: int, line: Line, color: str, seed: int, edition: int
) -> DemoProduct:
    design = zlib.crc32(f"{key}/{line.name}/{seed}/{edition}".encode())
    rng = np.random.default_rng([design, zlib.crc32(color.encode())])
    first, _, second = color.partition("/")
    swatch = SWATCHES[first]
    price = line.price * THOUSAND - (100 if index % 3 == 0 else 0)
    on_sale = rng.random() < SALE_SHARE
    reduced = int(price * float(rng.choice([0.6, 0.7, 0.8])) // THOUSAND) * THOUSAND
    english, korean = described(line)
    suffix = EDITIONS[edition] if edition < len(EDITIONS) else f" {edition + 1}"
    group = f"{key[:2].upper()}{edition}{index:03d}"
    name = f"{swatch.en}/{SWATCHES[second].en}" if second else swatch.en
    name_ko = f"{swatch.ko}/{SWATCHES[second].ko}" if second else swatch.ko
    return DemoProduct(
        sku=f"{group}-{first[:4].upper()}{second[:2].upper()}",
        group=group,
        title=f"{line.name}{suffix}, {name}",
        title_ko=f"{line.name_ko}{suffix} {name_ko}",
        brand=line.brand,
        description=english,
        description_ko=korean,
        category=line.category,
        color_name=name,
        color_name_ko=name_ko,
        price=price,
        sale_price=reduced if on_sale else None,
        gender=line.gender,
        season=line.season,
        specs=_photos(shop, line, design, first, second, rng, index),
        in_stock=bool(rng.random() >= SOLD_OUT_SHARE),
    )


def _photos(
    shop: Shop,
    line: Line,
    design: int,
    first: str,
    second: str,
    rng: np.random.Generator,
    index: int,
) -> tuple[GarmentSpec, ...]:
    base = {
        "category": line.category,
        "pattern": line.pattern,
        "color": SWATCHES[first].hex,
        "color2": SWATCHES[second].hex if second else None,
        "seed": design,
        **line.spec,
    }
    hangs = line.category not in HANGABLE_NOT
    if hangs and line.category not in ("dress", "jumpsuit", "skirt"):
        base.setdefault("length", "regular")
    if hangs and line.category not in ("jumpsuit", "skirt"):
        base.setdefault("fit", "straight" if line.category == "jeans" else "regular")
    ground = shop.grounds[index % len(shop.grounds)]
    front = GarmentSpec(**base, background=ground)
    if rng.random() < 0.15:
        return (front,)
    if hangs and rng.random() < 0.5:
        return front, GarmentSpec(**base, background="plaster", view="hanger", pose=1)
    place = shop.second_grounds[int(rng.integers(len(shop.second_grounds)))]
    return front, GarmentSpec(**base, background=place, pose=1)
