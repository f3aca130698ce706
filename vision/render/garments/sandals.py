"""Sandals."""

from __future__ import annotations

import numpy as np

from vision.render.garments.lasts import pair, part, rubber_sole
from vision.render.geometry import CORNER, line, shape, tube
from vision.render.model import Dot, Garment, Item, Piece, Stroke
from vision.render.palette import mix
from vision.render.spec import GarmentSpec


def sandals(spec: GarmentSpec, rng: np.random.Generator) -> Garment:
    """Slides, strappy sandals or footbed sandals with buckles."""
    name = spec.cut or ("slide", "strappy", "footbed")[int(rng.integers(3))]
    thick = 2.8
    footbed = shape(
        (-13.8, -thick - 0.6),
        (-9, -thick - 1.0),
        (0, -thick - 1.4),
        (9, -thick - 1.3),
        (13.2, -thick - 1.6),
        (13.4, -thick),
        (0, -thick + 0.6),
        (-13.4, -thick + 0.3),
    )
    cork = "#b58b5e" if name == "footbed" else "#d8c2a0"
    items: list[Item] = []
    top = -thick
    bands = {"slide": [(-5.6, 5.4)], "footbed": [(-8.6, 2.9), (-1.6, 3.1)]}.get(name, [])
    for x, half in bands:
        items.append(part(_dome(x + 1.5, half * 0.92, top - 0.8, 4.6), tone=0.42, puff=1))
    if name == "strappy":
        for x in (-9.6, -6.2):
            items.append(part(_thong(x + 1.8, top - 0.9, 0.62), tone=0.55, puff=0.5))
        items.append(ankle_strap(8.2, top - 9.6, tone=0.6, back=True))
    items.append(part(footbed, dye=cork, weave="suede", puff=0.9, patterned=False))
    rubber = "#4a3a30" if name != "slide" else mix(spec.color, "#000000", 0.2)
    items += rubber_sole(rubber, thick, toe=-14.0, heel=13.3)
    if name == "footbed":
        layer = line((-13.6, top * 0.8), (0, top * 0.7), (13.2, top * 0.95))
        items.append(Stroke(layer, "cord", 1.2, cork))
    for x, half in bands:
        items.append(part(_dome(x, half, top + 0.6, 6.4), puff=1.9, cast=0.5))
        if name == "footbed":
            items += _buckle(x, top - 3.2)
    if name == "strappy":
        for x in (-9.6, -6.2):
            items.append(part(_thong(x, top + 0.4, 1.0), puff=0.6, cast=0.4))
        rise = tube([(11.0, top + 0.2), (12.2, top - 4.5), (12.0, top - 9.8)], [1.7, 1.5, 1.3])
        items += [part(rise, puff=0.7), ankle_strap(8.2, top - 9.6)]
        items.append(Dot((6.4, top - 8.2), 0.5, "snap", "#cdbb84"))
    return pair(items, 4.6, -4.6)


def _dome(x: float, half: float, foot: float, tall: float) -> np.ndarray:
    """A wide band over the foot, seen from the side, open before and behind."""
    return shape(
        (x - half, foot, CORNER),
        (x - half * 0.86, foot - tall * 0.55),
        (x - half * 0.34, foot - tall * 0.96),
        (x + half * 0.44, foot - tall * 1.06),
        (x + half * 0.92, foot - tall * 0.72),
        (x + half * 1.06, foot, CORNER),
    )


def _thong(x: float, foot: float, size: float) -> np.ndarray:
    """A thin strap that arches over the toes."""
    path = [(x - 0.8, foot), (x - 0.6, foot - 3.0), (x + 0.9, foot - 4.8), (x + 2.6, foot - 3.6)]
    return tube(path, [1.5 * size] * 4)


def ankle_strap(x: float, y: float, *, tone: float = 1.0, back: bool = False) -> Piece:
    """Half of a strap around an ankle that is not there."""
    angle = np.linspace(np.pi, 2 * np.pi, 14) if back else np.linspace(0, np.pi, 14)
    arc = np.stack([x + 4.1 * np.cos(angle), y + 1.5 * np.sin(angle)], axis=1)
    return part(tube(arc.tolist(), [1.3] * 14), tone=tone, puff=0.5, patterned=False)


def _buckle(x: float, y: float) -> list[Item]:
    box = np.array([(-1.2, -0.9), (1.2, -0.9), (1.2, 0.9), (-1.2, 0.9)])
    frame = Piece(
        box + (x, y),
        dye="#c4b37e",
        weave="metal",
        puff=0.4,
        cast=0.4,
        holes=[box * 0.55 + (x, y)],
        patterned=False,
    )
    return [frame, Stroke(np.array([(x, y), (x + 1.3, y)]), "cord", 0.3, "#c4b37e")]
