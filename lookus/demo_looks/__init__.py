"""The demo's looks: sixteen stories of one shop and eight of the other, each of the shop's own
products, drawn as photos from above.

`<shop>.json` beside this file holds them; a piece is a SKU of the drawn catalogue, or words.
"""

import json
import os
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from catalog.models import Product
from lookus.demo_looks.layout import laid_out
from lookus.demo_painter import draw_look
from recommender.looks.services import Piece, look_photo_store, look_put
from recommender.models import Look
from tenants.models import Shop
from tenants.scope import shop_scope
from vision.render import GarmentSpec, demo_catalogue
from vision.render.outfit import Spot
from vision.types import Box

Say = Callable[[str], None]
Laid = tuple[tuple[GarmentSpec, Spot], ...]


@dataclass(frozen=True, slots=True)
class Story:
    """One look as it is written down."""

    slug: str
    ground: str
    pieces: tuple[str | dict[str, str], ...]
    words: dict[str, dict[str, str]]
    position: int

    @property
    def skus(self) -> list[str]:
        return [piece for piece in self.pieces if isinstance(piece, str)]


def stories(shop_slug: str) -> list[Story]:
    """The looks of a drawn shop."""
    path = Path(__file__).with_name(f"{shop_slug}.json")
    return [
        Story(
            slug=told["slug"],
            ground=told["ground"],
            pieces=tuple(told["pieces"]),
            words={language: told[language] for language in ("en", "ko")},
            position=position,
        )
        for position, told in enumerate(json.loads(path.read_text(encoding="utf-8")))
    ]


def draw_looks(shop: Shop, *, products: int, say: Say) -> None:
    """Draw and keep the looks that the shop does not have yet and has all the products for."""
    missing = _missing(shop)
    if not missing:
        return
    specs = {one.sku: one.specs[0] for one in demo_catalogue(shop.slug, products)}
    # Spawned, not forked: a fork would share our connection to the database.
    with ProcessPoolExecutor(os.cpu_count(), mp_context=get_context("spawn")) as painters:
        drawn = painters.map(draw_look, [laid(story, specs) for story in missing])
        _keep(shop, missing, drawn)
    say(f"{shop.name}: {len(missing)} {'look' if len(missing) == 1 else 'looks'} drawn")


def laid(story: Story, specs: dict[str, GarmentSpec]) -> Laid:
    """The garments of a look at their spots, on its ground; every other look is mirrored."""
    worn = [replace(specs[sku], background=story.ground, view="studio") for sku in story.skus]
    spots = laid_out([one.category for one in worn], mirrored=story.position % 2 == 1)
    return tuple(zip(worn, spots, strict=True))


def _missing(shop: Shop) -> list[Story]:
    with shop_scope(shop):
        told = set(Look.objects.values_list("slug", flat=True))
        sold = set(Product.objects.values_list("sku", flat=True))
    return [one for one in stories(shop.slug) if one.slug not in told and sold.issuperset(one.skus)]


def _keep(shop: Shop, missing: list[Story], drawn: Iterator[tuple[bytes, list[Box]]]) -> None:
    for story, (data, boxes) in zip(missing, drawn, strict=True):
        photo = look_photo_store(shop_id=shop.pk, data=data)
        with shop_scope(shop):
            ids = dict(Product.objects.filter(sku__in=story.skus).values_list("sku", "pk"))
            places = dict(zip(story.skus, boxes, strict=True))
            look_put(
                slug=story.slug,
                **_words(story.words, shop.language),
                position=story.position,
                pieces=[
                    Piece(product_id=ids[piece], box=places[piece])
                    if isinstance(piece, str)
                    else Piece(**_words(_described(piece), shop.language))
                    for piece in story.pieces
                ],
                photo=photo,
            )


def _described(piece: dict[str, str]) -> dict[str, dict[str, str]]:
    return {language: {"description": words} for language, words in piece.items()}


def _words(told: dict[str, dict[str, str]], language: str) -> dict[str, Any]:
    """The fields in the shop's language, with the other languages as `translations`."""
    others = {spoken: words for spoken, words in told.items() if spoken != language}
    return {**told[language], "translations": others}
