"""The demo's drawn shops: products and photos from the renderer, stored as any import's are."""

import os
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from itertools import islice
from multiprocessing import get_context
from typing import Any

from catalog.models import Product
from catalog.services.photos import PhotoSource, photo_store
from catalog.services.products import ProductRow, products_put
from lookus import demo
from lookus.demo_painter import draw
from tenants.models import Mall, Shop
from tenants.scope import shop_scope
from vision.render import DemoProduct, demo_catalogue

PRODUCTS = 132
CHUNK = 12

SHOPS: dict[str, dict[str, Any]] = {
    "atelier": {
        "name": "Namu Atelier",
        "tagline": "느리게 만든 옷, 오래 입는 하루",
        "translations": {"en": {"tagline": "Made slowly, worn for years"}},
        "language": "ko",
    },
    "street": {
        "name": "Baram Street",
        "tagline": "Layers for wind, rain and late trains",
        "translations": {"ko": {"tagline": "바람, 비, 그리고 막차를 위한 레이어"}},
        "language": "en",
    },
}

Say = Callable[[str], None]


def draw_shops(mall: Mall, *, products: int, say: Say) -> list[Shop]:
    """The drawn shops of the mall; only what is not there yet is drawn."""
    shops = [demo.shop(mall, slug=slug, currency="KRW", **about) for slug, about in SHOPS.items()]
    missing = {one.slug: _missing(one, products) for one in shops}
    if not any(missing.values()):
        return shops
    # Spawned, not forked: a fork would share our connection to the database.
    with ProcessPoolExecutor(os.cpu_count(), mp_context=get_context("spawn")) as painters:
        for one in shops:
            _fill(one, missing[one.slug], painters, say)
    return shops


def _missing(one: Shop, products: int) -> list[DemoProduct]:
    with shop_scope(one):
        held = set(Product.objects.values_list("sku", flat=True))
    return [product for product in demo_catalogue(one.slug, products) if product.sku not in held]


def _fill(one: Shop, products: list[DemoProduct], painters: ProcessPoolExecutor, say: Say) -> None:
    specs = [spec for product in products for spec in product.specs]
    drawn = painters.map(draw, specs, chunksize=2)
    waiting = iter(products)
    done = 0
    while chunk := list(islice(waiting, CHUNK)):
        rows = [_row(one, product, drawn) for product in chunk]
        with shop_scope(one):
            products_put(rows=rows, currency=one.currency)
        done += len(chunk)
        say(f"{one.name}: {done} of {len(products)} products drawn")


def _row(one: Shop, product: DemoProduct, drawn: Iterator[bytes]) -> ProductRow:
    photos = [
        PhotoSource(stored=photo_store(shop_id=one.pk, data=next(drawn))) for _ in product.specs
    ]
    korean = {"title": product.title_ko, "description": product.description_ko}
    english = {"title": product.title, "description": product.description}
    own, other = (korean, english) if one.language == "ko" else (english, korean)
    return ProductRow(
        sku=product.sku,
        fields={
            **own,
            "translations": {"en" if one.language == "ko" else "ko": other},
            "brand": product.brand,
            "gender": product.gender,
            "season": product.season,
            "price": product.price,
            "sale_price": product.sale_price,
            "in_stock": product.in_stock,
            "variant_group": product.group,
        },
        photos=photos,
    )
