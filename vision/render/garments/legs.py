"""Trouser legs: measures, outlines, folds; y is 0 at the waist."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from vision.render.geometry import CORNER, spline
from vision.render.model import Fold
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

LEG_FITS = {
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
    thigh, knee, hem = LEG_FITS.get(spec.fit or "straight", LEG_FITS["straight"])
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


def flipped(fold: Fold, sign: int) -> Fold:
    if sign > 0:
        return fold
    return Fold(
        (-fold.a[0], fold.a[1]), (-fold.b[0], fold.b[1]), fold.width, fold.height, -fold.bow
    )


def outer_edge(legs: Legs, sign: int, inset: float) -> np.ndarray:
    outline = leg_outline(legs)
    low, high = int(np.argmin(outline[:, 1])), int(np.argmax(outline[:, 0] + outline[:, 1] * 2))
    edge = outline[min(low, high) : max(low, high)]
    edge = edge[edge[:, 1] > 5]
    return (edge - (inset, 0)) * (sign, 1)


def leg_folds(legs: Legs, rng: np.random.Generator, stiff: bool) -> list[Fold]:
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
