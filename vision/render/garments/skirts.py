"""Skirts, alone or below a bodice."""

from __future__ import annotations

import numpy as np

from vision.render.garments.legs import Legs
from vision.render.garments.waists import fly, inside_waist, pockets, sewn_waistband
from vision.render.geometry import CORNER, both_sides, line, mirrored, spline
from vision.render.model import Dot, Fold, Garment, Item, Piece, Stroke
from vision.render.spec import GarmentSpec


def skirt_panel(
    rng: np.random.Generator,
    *,
    top: float,
    waist: float,
    hip: float,
    hem: float,
    length: float,
    pleats: int = 0,
    gathers: int = 0,
    swing: float = 1.2,
    dye: str = "main",
) -> list[Item]:
    """A skirt from y = `top`, its hem waving with its folds."""
    bottom = top + length
    waves = max(pleats, gathers, 5)
    x = np.linspace(0, 1, 28)
    depth = swing * (0.9 if gathers else 0.3)
    phase = rng.uniform(0, 6)
    wave = depth * np.sin(x * waves * np.pi + phase) * (0.35 + 0.65 * x)
    right_hem = np.stack([hem / 2 * x, bottom + swing * (1 - x**2) * 1.6 + wave], axis=1)[::-1]
    edge = spline(
        [
            (0, top + 0.8, CORNER),
            (waist / 2, top, CORNER),
            (waist / 2 + (hip - waist) * 0.42, top + min(10, length * 0.2)),
            (hip / 2, top + min(19, length * 0.38)),
            (hip / 2 + (hem - hip) / 2 * 0.4, top + length * 0.62),
            (hem / 2, bottom + wave[-1], CORNER),
        ]
    )
    left_hem = right_hem[::-1] * (-1, 1)
    left_hem[:, 1] -= wave * 0.8
    left_edge = mirrored(edge)[::-1]
    outline = np.concatenate([edge, right_hem[1:], left_hem[1:], left_edge])
    folds = []
    count = max(gathers, 4)
    for i in range(0 if pleats else count):
        share = (i + 0.5) / count * 2 - 1 + rng.normal(0, 0.05)
        start_y = bottom - rng.uniform(0, 2)
        reach = length * rng.uniform(0.5, 0.95 if gathers else 0.8)
        end = (share * (waist / 2 + (hip - waist) * 0.2), start_y - reach)
        width = hem / count * rng.uniform(0.4, 0.75)
        folds.append(
            Fold(
                (share * hem / 2, start_y), end, width, width * rng.uniform(0.2, 0.38), rng.normal()
            )
        )
        if gathers:
            pinch = (share * waist / 2, top + 0.5)
            folds.append(Fold(pinch, (share * hip / 2 * 1.05, top + length * 0.35), 1.1, 0.35))
    items: list[Item] = [Piece(outline, dye=dye, puff=4.5, folds=folds, drape=0.9, cast=0.4)]
    for i in range(1, pleats):
        share = i / pleats * 2 - 1
        path = line(
            (share * waist / 2, top + 1),
            (share * hip / 2, top + min(18, length * 0.36)),
            (share * hem / 2 * 0.985, bottom + swing * (1 - share**2) * 1.6 - 0.3),
        )
        items.append(Stroke(path, "seam", 0.3))
        items.append(Stroke(path + (0.45, 0), "seam", 0.16))
    return items


def skirt(spec: GarmentSpec, rng: np.random.Generator) -> Garment:
    """Skirts: A-line, pencil, pleated, gathered, denim."""
    length = {"mini": 42.0, "midi": 72.0, "maxi": 92.0}.get(spec.length or "midi", 72.0)
    length += rng.uniform(-3, 3)
    cut = spec.cut or ("a-line", "pencil", "pleated", "gathered")[int(rng.integers(4))]
    denim = spec.material == "denim"
    shapes = {
        "a-line": (34.0, 44.0, 44 + length * 0.3, 0, 0),
        "pencil": (34.0, 45.0, 42.0, 0, 0),
        "pleated": (34.0, 44.0, 46 + length * 0.34, 15, 0),
        "gathered": (35.0, 50.0, 50 + length * 0.42, 0, 9),
        "slip": (33.0, 43.0, 43 + length * 0.22, 0, 5),
    }
    waist, hip, hem, pleats, gathers = shapes[cut]
    items: list[Item] = [inside_waist(Legs(waist=waist))]
    items += skirt_panel(
        rng, top=2.0, waist=waist, hip=hip, hem=hem, length=length, pleats=pleats, gathers=gathers
    )
    legs = Legs(waist=waist, rise=18)
    if denim:
        items += fly(legs, spec, True, "#d9a55a") + pockets(legs, True, "#d9a55a")
        items += sewn_waistband(legs, spec, True, "#d9a55a", rng)
    else:
        wide = waist / 2
        band = both_sides((0, 0.6), (wide, -0.4, CORNER), (wide + 0.5, 3.2, CORNER), (0, 4.2))
        items.append(Piece(band, puff=1.2, relief=0.6, drape=0.3, cast=0.35))
        if spec.closure == "buttons":
            for y in np.arange(6.5, length - 2, 7.5):
                items.append(Dot((0, float(y)), 0.75, "button", "#7a5a3c"))
            items.insert(2, Stroke(np.array([(1.9, 3), (2.2, length + 2)]), "seam", 0.12))
    return Garment(items, hook=(0.0, -3.0), shoulder=16)
