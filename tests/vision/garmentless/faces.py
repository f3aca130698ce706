"""Faces close up, without what the person wears: skin, hair, glasses and beard differ."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import numpy as np

from tests.vision.garmentless.brush import RGB, Picture


@dataclass(frozen=True)
class Person:
    """Who is drawn; `hair` is None for a bald head, `long` hair frames the neck."""

    skin: RGB
    hair: RGB | None
    iris: RGB = (70, 48, 34)
    long: bool = False
    glasses: bool = False
    beard: bool = False
    wall: RGB = (188, 192, 196)
    seed: int = 0


def _lit(color: RGB, light: float) -> RGB:
    red, green, blue = (min(255, round(level * light)) for level in color)
    return red, green, blue


def face(person: Person, *, near: bool = False) -> np.ndarray:
    """A head to the neck, 480×600; `near` leaves eyes, nose and mouth alone in the frame."""
    seen = Picture(480, 600, person.wall, person.seed)
    seen.fade(person.wall, _lit(person.wall, 0.75))
    _hair_behind(seen, person)
    _head(seen, person)
    for side in (-1, 1):
        _eye(seen, person, 0.5 + side * 0.135)
    _nose_and_mouth(seen, person)
    if person.beard:
        _beard(seen, person)
    _hair_in_front(seen, person)
    if person.glasses:
        _glasses(seen)
    seen.mottle(0.012, 0.008)
    photo = seen.photographed()
    return np.ascontiguousarray(photo[190:500, 110:370]) if near else photo


def _hair_behind(seen: Picture, person: Person) -> None:
    if person.hair is None:
        return
    seen.ellipse((0.5, 0.40), (0.335, 0.42), person.hair, soft=0.006)
    if person.long:
        sides = [(0.17, 0.4), (0.83, 0.4), (0.9, 1.0), (0.1, 1.0)]
        seen.polygon(sides, person.hair, soft=0.008)


def _head(seen: Picture, person: Person) -> None:
    shade = _lit(person.skin, 0.78)
    seen.polygon([(0.36, 0.7), (0.64, 0.7), (0.67, 1.0), (0.33, 1.0)], shade, soft=0.008)
    for side in (-1, 1):
        seen.ellipse((0.5 + side * 0.285, 0.5), (0.04, 0.08), _lit(person.skin, 0.86))
    seen.ellipse((0.5, 0.47), (0.28, 0.40), person.skin, soft=0.003)
    seen.ellipse((0.72, 0.5), (0.09, 0.3), shade, soft=0.04, opacity=0.5)
    for side in (-1, 1):
        blush = (person.skin[0], round(person.skin[1] * 0.86), round(person.skin[2] * 0.86))
        seen.ellipse((0.5 + side * 0.16, 0.57), (0.07, 0.05), blush, soft=0.03, opacity=0.7)


def _eye(seen: Picture, person: Person, x: float) -> None:
    brow = _lit(person.hair or person.skin, 0.6)
    seen.ellipse((x, 0.455), (0.085, 0.05), _lit(person.skin, 0.84), soft=0.015, opacity=0.7)
    seen.ellipse((x, 0.46), (0.062, 0.031), (240, 236, 232), soft=0.001)
    seen.ellipse((x, 0.46), (0.029, 0.029), person.iris)
    seen.ellipse((x, 0.46), (0.013, 0.013), (12, 10, 10))
    seen.ellipse((x + 0.01, 0.453), (0.006, 0.006), (250, 250, 250))
    lid = [(x - 0.064, 0.462), (x - 0.03, 0.434), (x + 0.03, 0.434), (x + 0.064, 0.462)]
    seen.line(lid, _lit(person.skin, 0.35), width=0.009, soft=0.002)
    arch = [(x - 0.08, 0.405), (x, 0.385), (x + 0.08, 0.402)]
    seen.line(arch, brow, width=0.022, soft=0.004, opacity=0.85)


def _nose_and_mouth(seen: Picture, person: Person) -> None:
    shade, lips = _lit(person.skin, 0.72), (168, 84, 82)
    seen.line([(0.53, 0.45), (0.545, 0.58)], shade, width=0.03, soft=0.012, opacity=0.4)
    seen.ellipse((0.5, 0.6), (0.055, 0.03), shade, soft=0.012, opacity=0.6)
    for side in (-1, 1):
        seen.ellipse((0.5 + side * 0.028, 0.605), (0.013, 0.008), _lit(person.skin, 0.4))
    seen.ellipse((0.5, 0.705), (0.1, 0.026), lips, soft=0.003, opacity=0.8)
    seen.ellipse((0.5, 0.718), (0.08, 0.026), (190, 102, 98), soft=0.004, opacity=0.8)
    seen.line([(0.405, 0.702), (0.5, 0.71), (0.595, 0.702)], (90, 40, 42), width=0.008)
    seen.ellipse((0.5, 0.78), (0.07, 0.02), shade, soft=0.015, opacity=0.5)


def _beard(seen: Picture, person: Person) -> None:
    hair = person.hair or (60, 50, 44)
    for _ in range(2600):
        angle, reach = seen.rng.uniform(0.05, 3.09), seen.rng.uniform(0.55, 1.0)
        x = 0.5 + 0.27 * reach * np.cos(angle)
        y = 0.53 + 0.30 * reach * np.sin(angle)
        if abs(x - 0.5) < 0.11 and abs(y - 0.707) < 0.04:
            continue
        ends = [(x, y), (x + seen.rng.normal(0, 0.006), y + 0.014)]
        seen.stroke(*ends, hair)


def _hair_in_front(seen: Picture, person: Person) -> None:
    if person.hair is None:
        return
    fringe = [(0.2, 0.5), (0.17, 0.3), (0.3, 0.1), (0.5, 0.06), (0.7, 0.1), (0.83, 0.3)]
    fringe += [(0.8, 0.5), (0.75, 0.33), (0.6, 0.24), (0.42, 0.27), (0.27, 0.34)]
    seen.polygon(fringe, person.hair, soft=0.006)
    for _ in range(500):
        x = seen.rng.uniform(0.17, 0.83)
        top = 0.08 + 0.9 * (x - 0.5) ** 2
        fall = seen.rng.uniform(0.05, 0.14) if abs(x - 0.5) < 0.26 else seen.rng.uniform(0.1, 0.35)
        light = float(seen.rng.uniform(0.65, 1.4))
        color = _lit(person.hair, light)
        seen.stroke((x, top), (x + 0.25 * (x - 0.5), top + fall), color)
        if person.long and abs(x - 0.5) > 0.27:
            seen.stroke((x, 0.4), (x + 0.2 * (x - 0.5), 1.0), color)


def _glasses(seen: Picture) -> None:
    for x in (0.365, 0.635):
        seen.ellipse((x, 0.465), (0.1, 0.08), (225, 235, 240), opacity=0.15)
        turn = np.linspace(0, 2 * np.pi, 60)
        ring = [(x + 0.1 * np.cos(t), 0.465 + 0.064 * np.sin(t)) for t in turn]
        seen.line(ring, (28, 26, 26), width=0.012)
    seen.line([(0.465, 0.455), (0.5, 0.445), (0.535, 0.455)], (28, 26, 26), width=0.012)


PEOPLE = {
    "fair-blond": Person((236, 200, 178), (206, 168, 104), (92, 130, 160), long=True, seed=1),
    "dark-short": Person((104, 68, 48), (24, 20, 20), wall=(150, 170, 180), seed=2),
    "tan-black": Person((206, 160, 128), (30, 26, 28), long=True, wall=(232, 228, 222), seed=3),
    "grey-glasses": Person(
        (228, 186, 164), (176, 174, 172), (96, 120, 110), glasses=True, wall=(96, 110, 90), seed=4
    ),
    "bald-beard": Person((190, 140, 110), None, beard=True, wall=(120, 104, 92), seed=5),
    "red-hair": Person((240, 208, 190), (150, 70, 36), (80, 120, 84), wall=(70, 86, 110), seed=6),
}
FACES: dict[str, Callable[[], np.ndarray]] = {
    **{name: partial(face, person) for name, person in PEOPLE.items()},
    "fair-blond-near": partial(face, PEOPLE["fair-blond"], near=True),
    "dark-short-near": partial(face, PEOPLE["dark-short"], near=True),
}
