"""Every category's maker: a spec in, its pieces out."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from vision.render.garments import accessories, bottoms, dresses, outerwear, shoes, tops
from vision.render.model import Garment
from vision.render.spec import GarmentSpec

Maker = Callable[[GarmentSpec, np.random.Generator], Garment]

MAKERS: dict[str, Maker] = {
    "t-shirt": tops.tee,
    "polo": tops.polo,
    "shirt": tops.shirt,
    "blouse": tops.blouse,
    "tank-top": tops.tank,
    "sweater": tops.sweater,
    "cardigan": tops.cardigan,
    "sweatshirt": tops.sweatshirt,
    "hoodie": tops.hoodie,
    "jacket": outerwear.jacket,
    "coat": outerwear.coat,
    "blazer": outerwear.blazer,
    "vest": outerwear.vest,
    "dress": dresses.dress,
    "jumpsuit": dresses.jumpsuit,
    "skirt": bottoms.skirt,
    "jeans": bottoms.jeans,
    "trousers": bottoms.trousers,
    "leggings": bottoms.leggings,
    "shorts": bottoms.shorts,
    "sneakers": shoes.sneakers,
    "boots": shoes.boots,
    "heels": shoes.heels,
    "flats": shoes.flats,
    "sandals": shoes.sandals,
    "bag": accessories.bag,
    "hat": accessories.hat,
    "scarf": accessories.scarf,
    "socks": accessories.socks,
    "belt": accessories.belt,
}


def make(spec: GarmentSpec) -> Garment:
    """The garment of a spec. Raises ValueError for a category that has no maker."""
    maker = MAKERS.get(spec.category)
    if maker is None:
        raise ValueError(f"cannot draw category {spec.category!r}; known: {', '.join(MAKERS)}")
    return maker(spec, np.random.default_rng([spec.seed, 1]))
