"""Jeans, trousers, leggings, shorts and skirts; y is 0 at the waist."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from vision.render.geometry import CORNER, both_sides, line, mirrored, shape, spline
from vision.render.model import Dot, Fold, Garment, Item, Piece, Stroke
from vision.render.palette import luma, mix
from vision.render.spec import GarmentSpec


@dataclass
class Legs:
    """Measures of trousers laid flat, in cm."""

    waist: float = 40.0
    hip: float = 48.0
    rise: float = 27.0
    thigh: float = 29.0
    knee: float = 21.0
    hem: float = 18.0
    length: float = 102.0
    spread: float = 3.0

    def knee_y(self) -> float:
        return self.rise + (max(self.length, 70) - self.rise) * 0.42


SHIN = 12.0
"""Legs that end less than this far below the knee are drawn as shorts, cm."""

FITS = {
    "skinny": (22.6, 15.0, 11.5),
    "slim": (23.4, 17.5, 14.5),
    "straight": (24.0, 20.8, 19.5),
    "regular": (24.2, 20.2, 18.0),
    "loose": (25.4, 23.4, 21.0),
    "wide": (25.2, 25.2, 27.5),
    "flared": (23.2, 18.2, 27.0),
}


def legs_of(spec: GarmentSpec, rng: np.random.Generator) -> Legs:
    """Measures for a fit and a length."""
    thigh, knee, hem = FITS.get(spec.fit or "straight", FITS["straight"])
    legs = Legs(thigh=thigh, knee=knee, hem=hem, hip=2 * thigh - 1.2)
    legs.waist += rng.uniform(-1.5, 1.5)
    legs.rise += rng.uniform(-2, 2)
    legs.length = 101 + rng.uniform(-3, 4)
    if spec.length == "cropped":
        legs.length = 84 + rng.uniform(-3, 3)
    return legs


def leg_outline(legs: Legs) -> np.ndarray:
    """The right leg from the middle of the waist; the left one mirrors it."""
    knee = legs.knee_y()
    hip_y = legs.rise * 0.68
    middle = legs.spread
    short = legs.length < knee + SHIN
    outer_hem = middle * legs.length / 100 + legs.hem
    knee_in = middle * 0.55
    points: list[tuple[float, ...]] = [
        (0, 0.9, CORNER),
        (legs.waist / 4, 0.4),
        (legs.waist / 2, 0, CORNER),
        (legs.waist / 2 + (legs.hip - legs.waist) * 0.24, hip_y * 0.42),
        (legs.hip / 2, hip_y),
        (legs.thigh, legs.rise + 2),
    ]
    if not short:
        points.append((knee_in + legs.knee, knee))
    points += [(outer_hem, legs.length, CORNER)]
    inner_hem = middle * legs.length / 100
    points += [
        ((outer_hem + inner_hem) / 2, legs.length + 0.5),
        (inner_hem, legs.length + 0.2, CORNER),
    ]
    if not short:
        points.append((knee_in, knee))
    points += [(0.3, legs.rise + 4), (0, legs.rise, CORNER)]
    return spline(points, closed=True)


def trousers_items(
    spec: GarmentSpec,
    rng: np.random.Generator,
    legs: Legs,
    *,
    jeans: bool = False,
    waistband: bool = True,
    drape: float = 1.0,
) -> list[Item]:
    """Both legs with folds, pockets, fly and waistband."""
    thread = "#c08a3e" if jeans else None
    outline = leg_outline(legs)
    items: list[Item] = [_inside_waist(legs)]
    fade = 0.0
    if jeans and spec.pattern in ("denim", "solid") and 0.2 < luma(spec.color) < 0.62:
        fade = float(rng.uniform(0.12, 0.4))
    for sign in (-1, 1):
        points = outline if sign > 0 else mirrored(outline)
        folds = [_flip(f, sign) for f in _leg_folds(legs, rng, jeans)]
        grain = sign * 1.6
        leg = Piece(points, folds=folds, puff=4.2, grain=grain, fade=fade, cast=0.4, drape=drape)
        items.append(leg)
        if jeans:
            seam = _outer_edge(legs, sign, 1.0)
            items.append(Stroke(seam, "seam", 0.1))
        up = 2.6 if jeans else 3.4
        x0 = legs.spread * legs.length / 100
        hem = np.array([(x0, legs.length - up), (x0 + legs.hem, legs.length - up)]) * (sign, 1)
        items.append(Stroke(hem, "stitch" if jeans else "seam", 0.14, thread))
        if spec.cut == "pleated":
            crease = np.array(
                [(legs.waist * 0.24, 4), (legs.spread * 0.6 + legs.knee * 0.5, legs.knee_y())]
            )
            end = [(legs.spread + legs.hem * 0.48, legs.length - 0.6)]
            items.append(Stroke(np.concatenate([crease, end]) * (sign, 1), "seam", 0.16))
        if spec.cut == "cargo":
            items += _cargo(legs, sign)
        if spec.cut == "track":
            edge = _outer_edge(legs, sign, 1.6)
            for shift in (0.0, 1.4):
                items.append(Stroke(edge - (sign * shift, 0), "cord", 0.7, _track_color(spec)))
    if waistband:
        items += _fly(legs, spec, jeans, thread)
        items += _pockets(legs, jeans, thread)
        items += _band(legs, spec, jeans, thread, rng)
    return items


def jeans(spec: GarmentSpec, rng: np.random.Generator) -> Garment:
    """Five-pocket jeans."""
    legs = legs_of(spec, rng)
    return Garment(trousers_items(spec, rng, legs, jeans=True), hook=(0.0, -3.0), shoulder=17)


def trousers(spec: GarmentSpec, rng: np.random.Generator) -> Garment:
    """Trousers: tailored, chinos, cargo, wide, jogger."""
    legs = legs_of(spec, rng)
    soft = spec.cut in ("jogger", "track")
    if soft:
        legs.hem = min(legs.hem, 16.0)
    items = trousers_items(spec, rng, legs, waistband=not soft)
    if soft:
        items += _elastic(legs, spec, rng)
        if spec.cut == "jogger":
            items += _ankle_ribs(legs)
    return Garment(items, hook=(0.0, -3.0), shoulder=17)


def leggings(spec: GarmentSpec, rng: np.random.Generator) -> Garment:
    """Leggings with a high flat waistband."""
    legs = Legs(waist=31, hip=38, rise=26, thigh=19.2, knee=13.0, hem=9.5, length=92, spread=3.5)
    if spec.length == "cropped":
        legs.length = 72
    items = trousers_items(spec, rng, legs, waistband=False, drape=0.45)
    wide = legs.waist / 2 + 0.1
    top = both_sides((0, -1.0), (wide, -1.6, CORNER), (wide + 2.2, 7.5, CORNER), (0, 9.0))
    items.append(Piece(top, puff=2.5, relief=0.6, drape=0.3, cast=0.3))
    return Garment(items, hook=(0.0, -3.0), shoulder=14)


def shorts(spec: GarmentSpec, rng: np.random.Generator) -> Garment:
    """Shorts, denim, tailored or drawstring."""
    legs = Legs(waist=40, hip=50, rise=28, thigh=26.0, knee=26, hem=26.5, length=46, spread=3.0)
    legs.length = {"mini": 38.0, "regular": 46.0, "long": 54.0}.get(spec.length or "", 46.0)
    if spec.fit == "slim":
        legs.hem, legs.thigh = 24.0, 25.0
    elif spec.fit in ("loose", "wide"):
        legs.hem, legs.thigh = 30.0, 27.5
    denim = spec.material == "denim"
    soft = spec.cut == "drawstring"
    items = trousers_items(spec, rng, legs, jeans=denim, waistband=not soft)
    if soft:
        items += _elastic(legs, spec, rng)
    return Garment(items, hook=(0.0, -3.0), shoulder=17)


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
    depth = swing * (0.9 if gathers or pleats else 0.45)
    phase = rng.uniform(0, 6)
    wave = depth * np.sin(x * waves * np.pi + phase) * (0.35 + 0.65 * x)
    right_hem = np.stack([hem / 2 * x, bottom + swing * (1 - x**2) * 1.6 + wave], axis=1)[::-1]
    edge = spline(
        [
            (0, top + 0.8, CORNER),
            (waist / 2, top, CORNER),
            (waist / 2 + (hip - waist) * 0.42, top + min(10, length * 0.2)),
            (hip / 2, top + min(19, length * 0.38)),
            (hip / 2 + (hem - hip) * 0.24, top + length * 0.62),
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
    items: list[Item] = [_inside_waist(Legs(waist=waist))]
    items += skirt_panel(
        rng, top=2.0, waist=waist, hip=hip, hem=hem, length=length, pleats=pleats, gathers=gathers
    )
    legs = Legs(waist=waist, rise=18)
    if denim:
        items += _fly(legs, spec, True, "#c08a3e") + _pockets(legs, True, "#c08a3e")
        items += _band(legs, spec, True, "#c08a3e", rng)
    else:
        wide = waist / 2
        band = both_sides((0, 0.6), (wide, -0.4, CORNER), (wide + 0.5, 3.2, CORNER), (0, 4.2))
        items.append(Piece(band, puff=1.2, relief=0.6, drape=0.3, cast=0.35))
        if spec.closure == "buttons":
            for y in np.arange(6.5, length - 2, 7.5):
                items.append(Dot((0, float(y)), 0.75, "button", "#7a5a3c"))
            items.insert(2, Stroke(np.array([(1.9, 3), (2.2, length + 2)]), "seam", 0.12))
    return Garment(items, hook=(0.0, -3.0), shoulder=16)


def _flip(fold: Fold, sign: int) -> Fold:
    if sign > 0:
        return fold
    return Fold(
        (-fold.a[0], fold.a[1]), (-fold.b[0], fold.b[1]), fold.width, fold.height, -fold.bow
    )


def _outer_edge(legs: Legs, sign: int, inset: float) -> np.ndarray:
    outline = leg_outline(legs)
    low, high = int(np.argmin(outline[:, 1])), int(np.argmax(outline[:, 0] + outline[:, 1] * 2))
    edge = outline[min(low, high) : max(low, high)]
    edge = edge[edge[:, 1] > 5]
    return (edge - (inset, 0)) * (sign, 1)


def _leg_folds(legs: Legs, rng: np.random.Generator, stiff: bool) -> list[Fold]:
    folds = []
    crotch = (0.5, legs.rise)
    for _ in range(4):
        end = (legs.thigh * rng.uniform(0.35, 0.9), legs.rise + rng.uniform(-9, 9))
        start = (crotch[0] + rng.uniform(0, 1.5), crotch[1] + rng.uniform(-2, 4))
        folds.append(Fold(start, end, rng.uniform(1.2, 2.4), rng.uniform(0.3, 0.6), rng.normal()))
    if legs.length > legs.knee_y() + SHIN:
        knee = legs.knee_y()
        for _ in range(3 if stiff else 2):
            y = knee + rng.uniform(-7, 8)
            inner = legs.spread * 0.6
            side = rng.random() < 0.5
            a = (inner + (0.5 if side else legs.knee - 0.5), y)
            b = (inner + legs.knee * (0.75 if side else 0.2), y + rng.uniform(-5, 6))
            folds.append(
                Fold(a, b, rng.uniform(1.2, 2.2), rng.uniform(0.25, 0.5), rng.normal(0, 0.8))
            )
        for _ in range(3):
            y = legs.length - rng.uniform(3, 15)
            inner = legs.spread * y / 100
            a = (inner + rng.uniform(0, 1), y)
            b = (inner + legs.hem * rng.uniform(0.5, 0.95), y + rng.uniform(-4, 4))
            folds.append(
                Fold(a, b, rng.uniform(1.2, 2.0), rng.uniform(0.2, 0.5), rng.normal(0, 0.9))
            )
        center = legs.spread * 0.7 + legs.knee * 0.5
        folds.append(Fold((center, knee + 2), (center + 1, legs.length - 4), legs.knee * 0.3, 0.7))
    folds.append(
        Fold((legs.thigh * 0.52, legs.rise - 6), (legs.thigh * 0.5, legs.rise + 26), 7, 1.0)
    )
    return folds


def _inside_waist(legs: Legs) -> Item:
    wide = legs.waist / 2
    outline = both_sides((0, -1.0), (wide - 0.6, -1.4, CORNER), (wide - 0.6, 2, CORNER), (0, 4))
    return Piece(outline, tone=0.5, patterned=False, puff=1.5, relief=0.3, drape=0.2, cast=0)


def _fly(legs: Legs, spec: GarmentSpec, jeans: bool, thread: str | None) -> list[Item]:
    bottom = legs.rise * 0.72
    path = line((3.6, 4), (3.5, bottom * 0.7), (2.0, bottom * 0.97), (0.2, bottom + 1))
    items: list[Item] = [Stroke(np.array([(0, 4), (0.1, legs.rise + 1)]), "seam", 0.18)]
    items.append(Stroke(path, "stitch" if thread else "seam", 0.13, thread))
    return items


def _pockets(legs: Legs, jeans: bool, thread: str | None) -> list[Item]:
    wide = legs.waist / 2
    items: list[Item] = []
    for sign in (-1, 1):
        if jeans:
            path = line((wide * 0.42, 3.6), (wide * 0.5, 8.5), (wide * 0.98, 11.0))
            items.append(Stroke(path * (sign, 1), "seam", 0.22))
            items.append(Stroke((path + (-0.2, 0.7)) * (sign, 1), "stitch", 0.12, thread))
            items.append(Dot((sign * wide * 0.45, 5.2), 0.42, "rivet", "#a9794a"))
        else:
            path = np.array([(wide * 0.66, 4), (wide + 1.2, 16)]) * (sign, 1)
            items.append(Stroke(path, "seam", 0.2))
    return items


def _band(
    legs: Legs, spec: GarmentSpec, jeans: bool, thread: str | None, rng: np.random.Generator
) -> list[Item]:
    wide = legs.waist / 2
    band = both_sides((0, 0.5), (wide + 0.1, -0.5, CORNER), (wide + 0.5, 3.4, CORNER), (0, 4.4))
    items: list[Item] = [Piece(band, puff=1.2, relief=0.55, drape=0.25, cast=0.35)]
    if jeans:
        low = line((-wide, 2.9), (0, 3.9), (wide, 2.9))
        items.append(Stroke(low, "stitch", 0.12, thread))
    for share in (-0.62, 0.62):
        x = share * wide
        loop = np.array([(x - 0.6, -0.4), (x + 0.6, -0.4), (x + 0.6, 4.6), (x - 0.6, 4.6)])
        items.append(Piece(loop, puff=0.5, relief=0.8, drape=0, cast=0.5))
    color = "#b48a55" if jeans else mix(spec.color, "#000000", 0.3)
    items.append(Dot((1.1, 2.2), 0.95 if jeans else 0.75, "snap" if jeans else "button", color))
    return items


def _elastic(legs: Legs, spec: GarmentSpec, rng: np.random.Generator) -> list[Item]:
    wide = legs.waist / 2
    band = both_sides((0, 0.4), (wide + 0.2, -0.6, CORNER), (wide + 0.6, 3.8, CORNER), (0, 4.8))
    folds = [
        Fold((x, 0.0), (x + rng.normal(0, 0.3), 7.5), 0.9, 0.32)
        for x in np.linspace(-wide * 0.92, wide * 0.92, 15)
    ]
    cord = mix(spec.color, "#ffffff", 0.72) if luma(spec.color) < 0.65 else "#8f8a80"
    items: list[Item] = [Piece(band, puff=1.5, relief=0.7, drape=0.2, cast=0.35, folds=folds)]
    for sign in (-1, 1):
        end = (sign * float(rng.uniform(2, 3.6)), float(rng.uniform(12, 17)))
        items.append(Stroke(line((sign * 1.0, 2.8), (sign * 2.4, 7), end), "cord", 0.55, cord))
    for sign in (-1, 1):
        path = np.array([(wide * 0.7, 4.5), (wide + 1.4, 18)]) * (sign, 1)
        items.append(Stroke(path, "seam", 0.2))
    return items


def _ankle_ribs(legs: Legs) -> list[Item]:
    items: list[Item] = []
    x0 = legs.spread * legs.length / 100
    for sign in (-1, 1):
        a, b = x0 + 1.2, x0 + legs.hem - 1.2
        top, low = legs.length - 1.2, legs.length + 5
        outline = shape(
            (a - 0.6, top, CORNER), (b + 0.6, top, CORNER), (b, low, CORNER), (a, low, CORNER)
        )
        items.append(
            Piece(outline * (sign, 1), weave="rib", patterned=False, puff=1.8, drape=0.2, cast=0.4)
        )
    return items


def _cargo(legs: Legs, sign: int) -> list[Item]:
    y = legs.rise + 12
    x = legs.thigh * 0.66 + 3
    box = np.array([(x - 5, y), (x + 6.2, y), (x + 5.6, y + 17), (x - 5.4, y + 17)]) * (sign, 1)
    lid = np.array([(x - 5.3, y - 1), (x + 6.6, y - 1), (x + 6.4, y + 4), (x - 5.3, y + 4)]) * (
        sign,
        1,
    )
    return [
        Piece(box, puff=1.6, relief=0.7, drape=0.6, cast=0.4),
        Piece(lid, puff=1, relief=0.6, drape=0.3, cast=0.5),
        Dot((sign * (x + 0.6), y + 2.6), 0.55, "snap", "#8b8a84"),
    ]


def _track_color(spec: GarmentSpec) -> str:
    return spec.color2 or ("#f2f0ea" if luma(spec.color) < 0.6 else "#26262a")
