"""Things that nobody wears: food, a cup, a car, a plant, a bicycle, a screen."""

from collections.abc import Callable

import numpy as np

from tests.vision.garmentless.brush import RGB, Picture


def _table(seen: Picture) -> None:
    seen.mottle(0.05, 0.004, (30, 1))


def noodles() -> np.ndarray:
    seen = Picture(640, 640, (112, 82, 56), 1)
    _table(seen)
    seen.ellipse((0.52, 0.53), (0.41, 0.41), (40, 28, 20), soft=0.02, opacity=0.6)
    seen.ellipse((0.5, 0.5), (0.4, 0.4), (240, 240, 236))
    seen.ellipse((0.5, 0.5), (0.33, 0.33), (196, 120, 50))
    for _ in range(90):
        x, y, turn = (
            seen.rng.uniform(0.28, 0.72),
            seen.rng.uniform(0.3, 0.7),
            seen.rng.uniform(0, 6),
        )
        way = [
            (x + 0.02 * t * np.cos(turn + t / 2), y + 0.02 * t * np.sin(turn + t / 2))
            for t in np.linspace(0, 5, 12)
        ]
        light = float(seen.rng.uniform(0.85, 1.05))
        seen.line(way, (round(236 * light), round(206 * light), round(132 * light)), width=0.011)
    for x, y in ((0.42, 0.4), (0.6, 0.46)):
        seen.ellipse((x, y), (0.08, 0.06), (250, 248, 240))
        seen.ellipse((x, y), (0.038, 0.036), (240, 160, 40), soft=0.004)
    for _ in range(70):
        x, y = seen.rng.normal(0.5, 0.1, 2)
        seen.ellipse((x, y), (0.009, 0.006), (70, 140, 50), angle=float(seen.rng.uniform(0, 180)))
    return seen.photographed()


def salad() -> np.ndarray:
    seen = Picture(800, 600, (222, 220, 214), 2)
    seen.ellipse((0.5, 0.55), (0.36, 0.29), (60, 64, 70), soft=0.004)
    for _ in range(220):
        turn, reach = seen.rng.uniform(0, 2 * np.pi), np.sqrt(seen.rng.uniform(0, 1))
        x, y = 0.5 + 0.3 * reach * np.cos(turn), 0.53 + 0.3 * reach * np.sin(turn)
        green = int(seen.rng.integers(90, 190))
        color: RGB = (round(green * 0.5), green, 40)
        if seen.rng.random() < 0.2:
            color = (206, 50, 36)
        size = float(seen.rng.uniform(0.015, 0.05))
        seen.ellipse((x, y), (size, size * 0.6), color, angle=float(np.degrees(turn)), soft=0.001)
    return seen.photographed()


def cup_of_coffee() -> np.ndarray:
    seen = Picture(600, 600, (196, 178, 154), 3)
    seen.fade((226, 222, 214), (206, 200, 190), (0, 0.5))
    seen.fade((150, 108, 74), (126, 88, 58), (0.5, 1))
    seen.ellipse((0.55, 0.82), (0.34, 0.06), (60, 40, 28), soft=0.03, opacity=0.7)
    seen.ellipse((0.75, 0.55), (0.13, 0.14), (54, 110, 130))
    seen.ellipse((0.75, 0.55), (0.08, 0.09), (206, 200, 190))
    seen.polygon(
        [(0.22, 0.33), (0.74, 0.33), (0.69, 0.82), (0.27, 0.82)], (66, 130, 150), soft=0.003
    )
    seen.ellipse((0.48, 0.82), (0.21, 0.04), (56, 116, 134))
    seen.polygon([(0.26, 0.36), (0.34, 0.36), (0.36, 0.8), (0.3, 0.8)], (130, 186, 200), soft=0.02)
    seen.ellipse((0.48, 0.33), (0.26, 0.06), (80, 148, 166))
    seen.ellipse((0.48, 0.335), (0.235, 0.048), (58, 34, 20))
    seen.ellipse((0.42, 0.335), (0.06, 0.012), (150, 106, 66), soft=0.01)
    return seen.photographed()


def car() -> np.ndarray:
    seen = Picture(900, 600, (196, 214, 230), 4)
    seen.fade((170, 200, 230), (222, 228, 230), (0, 0.55))
    seen.rectangle((0, 0.42, 1, 0.62), (138, 140, 136))
    seen.fade((92, 92, 94), (70, 70, 72), (0.62, 1))
    seen.ellipse((0.5, 0.83), (0.42, 0.03), (30, 30, 32), soft=0.01)
    body: RGB = (176, 30, 34)
    lower = [(0.08, 0.78), (0.08, 0.62), (0.2, 0.57), (0.8, 0.56), (0.92, 0.63), (0.93, 0.78)]
    seen.polygon(lower, body, soft=0.002)
    seen.polygon([(0.24, 0.58), (0.36, 0.4), (0.64, 0.4), (0.78, 0.58)], body, soft=0.002)
    seen.polygon([(0.28, 0.57), (0.38, 0.43), (0.49, 0.43), (0.49, 0.57)], (40, 52, 62))
    seen.polygon([(0.51, 0.57), (0.51, 0.43), (0.62, 0.43), (0.73, 0.57)], (40, 52, 62))
    seen.line([(0.1, 0.65), (0.91, 0.65)], (214, 90, 90), width=0.006, soft=0.003)
    seen.line([(0.5, 0.58), (0.5, 0.76)], (110, 16, 20), width=0.003)
    seen.ellipse((0.9, 0.66), (0.02, 0.014), (250, 246, 220))
    for x in (0.25, 0.76):
        seen.ellipse((x, 0.78), (0.078, 0.078), (22, 22, 24))
        seen.ellipse((x, 0.78), (0.048, 0.048), (176, 178, 182))
        seen.ellipse((x, 0.78), (0.014, 0.014), (60, 60, 62))
    return seen.photographed()


def plant() -> np.ndarray:
    seen = Picture(540, 720, (228, 224, 216), 5)
    for at in range(26):
        turn = np.pi * (0.1 + 0.8 * at / 25) + seen.rng.normal(0, 0.08)
        reach = float(seen.rng.uniform(0.25, 0.45))
        x, y = 0.5 + reach * np.cos(turn), 0.68 - reach * np.sin(turn)
        green = int(seen.rng.integers(90, 150))
        seen.line([(0.5, 0.7), (x, y)], (70, 96, 44), width=0.008)
        seen.ellipse((x, y), (0.1, 0.035), (50, green, 52), angle=-float(np.degrees(turn)))
    seen.polygon([(0.34, 0.7), (0.66, 0.7), (0.61, 0.92), (0.39, 0.92)], (186, 98, 62), soft=0.003)
    seen.rectangle((0.32, 0.68, 0.68, 0.73), (200, 110, 72))
    return seen.photographed()


def bicycle() -> np.ndarray:
    seen = Picture(800, 560, (206, 202, 192), 6)
    seen.fade((112, 110, 106), (96, 94, 92), (0.84, 1))
    turn = np.linspace(0, 2 * np.pi, 80)
    for x in (0.26, 0.74):
        ring = [(x + 0.16 * np.cos(t), 0.65 + 0.16 * 800 / 560 * np.sin(t)) for t in turn]
        seen.line(ring, (28, 28, 30), width=0.014)
        for spoke in ring[::4]:
            seen.stroke((x, 0.65), spoke, (120, 120, 124))
    frame = [(0.26, 0.65), (0.38, 0.38), (0.63, 0.36), (0.48, 0.67), (0.26, 0.65)]
    seen.line(frame, (28, 110, 96), width=0.014)
    seen.line([(0.48, 0.67), (0.36, 0.3)], (28, 110, 96), width=0.014)
    seen.line([(0.74, 0.65), (0.62, 0.28), (0.56, 0.26)], (40, 40, 42), width=0.012)
    seen.line([(0.31, 0.29), (0.42, 0.29)], (30, 26, 24), width=0.022)
    return seen.photographed()


def keyboard() -> np.ndarray:
    seen = Picture(800, 460, (150, 120, 92), 7)
    seen.mottle(0.05, 0.004, (30, 1))
    seen.rectangle((0.06, 0.2, 0.94, 0.82), (52, 52, 56), soft=0.002)
    for row in range(5):
        for column in range(14):
            x, y = 0.08 + column * 0.0605, 0.24 + row * 0.113
            seen.rectangle((x, y, x + 0.052, y + 0.09), (226, 226, 228))
    return seen.photographed()


THINGS: dict[str, Callable[[], np.ndarray]] = {
    "noodles": noodles,
    "salad": salad,
    "cup": cup_of_coffee,
    "car": car,
    "plant": plant,
    "bicycle": bicycle,
    "keyboard": keyboard,
}
