"""Every category's maker: a spec in, its pieces out."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from vision.render.garments.accessories import belt, scarf, socks
from vision.render.garments.bags import bag
from vision.render.garments.boots import boots
from vision.render.garments.coats import coat
from vision.render.garments.dresses import dress, jumpsuit
from vision.render.garments.hats import hat
from vision.render.garments.heels import flats, heels
from vision.render.garments.jackets import jacket
from vision.render.garments.knits import cardigan, hoodie, sweater, sweatshirt
from vision.render.garments.sandals import sandals
from vision.render.garments.shirts import blouse, shirt
from vision.render.garments.skirts import skirt
from vision.render.garments.sneakers import sneakers
from vision.render.garments.tailoring import blazer
from vision.render.garments.tees import polo, tank, tee
from vision.render.garments.trousers import jeans, leggings, shorts, trousers
from vision.render.garments.vests import vest
from vision.render.model import Garment
from vision.render.spec import GarmentSpec

Maker = Callable[[GarmentSpec, np.random.Generator], Garment]

MAKERS: dict[str, Maker] = {
    "t-shirt": tee,
    "polo": polo,
    "shirt": shirt,
    "blouse": blouse,
    "tank-top": tank,
    "sweater": sweater,
    "cardigan": cardigan,
    "sweatshirt": sweatshirt,
    "hoodie": hoodie,
    "jacket": jacket,
    "coat": coat,
    "blazer": blazer,
    "vest": vest,
    "dress": dress,
    "jumpsuit": jumpsuit,
    "skirt": skirt,
    "jeans": jeans,
    "trousers": trousers,
    "leggings": leggings,
    "shorts": shorts,
    "sneakers": sneakers,
    "boots": boots,
    "heels": heels,
    "flats": flats,
    "sandals": sandals,
    "bag": bag,
    "hat": hat,
    "scarf": scarf,
    "socks": socks,
    "belt": belt,
}


def make(spec: GarmentSpec) -> Garment:
    """The garment of a spec. Raises ValueError for a category that has no maker."""
    maker = MAKERS.get(spec.category)
    if maker is None:
        raise ValueError(f"cannot draw category {spec.category!r}; known: {', '.join(MAKERS)}")
    return maker(spec, np.random.default_rng([spec.seed, 1]))
