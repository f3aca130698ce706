"""Places without people: rooms, landscapes, walls, floors, and what is left of them at night."""

from collections.abc import Callable

import numpy as np

from tests.vision.garmentless.brush import Picture


def living_room() -> np.ndarray:
    seen = Picture(800, 600, (214, 206, 192), 1)
    seen.fade((222, 214, 200), (204, 194, 178), (0, 0.65))
    seen.fade((150, 112, 78), (122, 88, 58), (0.65, 1))
    for at in range(14):
        x = at / 13
        seen.line(
            [(0.5 + (x - 0.5) * 0.8, 0.65), (0.5 + (x - 0.5) * 2.2, 1)], (104, 74, 48), width=0.002
        )
    seen.rectangle((0, 0.635, 1, 0.655), (238, 234, 226))
    seen.rectangle((0.62, 0.12, 0.9, 0.45), (246, 246, 244))
    for pane in ((0.635, 0.14, 0.755, 0.43), (0.765, 0.14, 0.885, 0.43)):
        seen.rectangle(pane, (186, 214, 236))
    seen.rectangle((0.08, 0.14, 0.34, 0.36), (60, 54, 50))
    seen.rectangle((0.095, 0.16, 0.325, 0.34), (206, 170, 120))
    seen.ellipse((0.21, 0.27), (0.06, 0.05), (70, 110, 130))
    seen.polygon([(0.14, 0.9), (0.62, 0.9), (0.56, 0.74), (0.2, 0.74)], (92, 60, 38))
    for x in (0.17, 0.58):
        seen.rectangle((x, 0.9, x + 0.02, 0.99), (70, 44, 28))
    seen.ellipse((0.38, 0.77), (0.05, 0.02), (230, 228, 224))
    seen.rectangle((0.935, 0.3, 0.945, 0.86), (40, 40, 42))
    seen.polygon([(0.9, 0.16), (0.98, 0.16), (1.0, 0.3), (0.88, 0.3)], (244, 226, 180))
    seen.mottle(0.01, 0.05)
    return seen.photographed()


def kitchen() -> np.ndarray:
    seen = Picture(600, 800, (232, 232, 228), 2)
    for row in range(9):
        for column in range(8):
            light = int(seen.rng.integers(196, 232))
            x, y = column / 8, 0.3 + row * 0.03
            seen.rectangle((x + 0.004, y + 0.002, x + 0.121, y + 0.028), (light, light, light - 4))
    for x in (0.02, 0.35, 0.68):
        seen.rectangle((x, 0.02, x + 0.3, 0.28), (64, 84, 96))
        seen.line([(x + 0.26, 0.2), (x + 0.26, 0.26)], (200, 200, 200), width=0.01)
        seen.rectangle((x, 0.66, x + 0.3, 0.96), (64, 84, 96))
        seen.line([(x + 0.1, 0.69), (x + 0.2, 0.69)], (200, 200, 200), width=0.01)
    seen.rectangle((0, 0.58, 1, 0.63), (186, 150, 112))
    seen.ellipse((0.25, 0.54), (0.09, 0.06), (176, 178, 182))
    seen.rectangle((0.62, 0.44, 0.76, 0.58), (40, 40, 44))
    return seen.photographed(blur=1.2)


def mountains() -> np.ndarray:
    seen = Picture(900, 600, (150, 190, 230), 3)
    seen.fade((96, 150, 214), (212, 226, 238), (0, 0.6))
    for x, y, wide in ((0.2, 0.15, 0.09), (0.3, 0.17, 0.12), (0.75, 0.1, 0.1)):
        seen.ellipse((x, y), (wide, 0.03), (250, 250, 252), soft=0.01, opacity=0.9)
    for base, rough, color in (
        (0.42, 0.09, (140, 156, 178)),
        (0.52, 0.06, (92, 112, 116)),
        (0.64, 0.03, (58, 88, 52)),
    ):
        steps = np.cumsum(seen.rng.normal(0, rough / 5, 60))
        ridge = [
            (float(x), base + float(y)) for x, y in zip(np.linspace(0, 1, 60), steps, strict=True)
        ]
        seen.polygon([*ridge, (1, 1), (0, 1)], color)
    seen.fade((96, 128, 60), (70, 96, 40), (0.8, 1))
    for _ in range(2500):
        x, y = seen.rng.uniform(0, 1), seen.rng.uniform(0.79, 1)
        green = int(seen.rng.integers(80, 160))
        seen.stroke((x, y), (x + seen.rng.normal(0, 0.004), y - 0.02), (green - 30, green, 40))
    return seen.photographed()


def beach() -> np.ndarray:
    seen = Picture(800, 600, (240, 200, 160), 4)
    seen.fade((86, 130, 190), (250, 196, 140), (0, 0.45))
    seen.fade((60, 120, 150), (90, 160, 170), (0.45, 0.7))
    seen.fade((216, 190, 150), (196, 166, 124), (0.7, 1))
    seen.ellipse((0.7, 0.4), (0.05, 0.05), (255, 240, 200), soft=0.004)
    for _ in range(120):
        x, y = seen.rng.uniform(0, 1), seen.rng.uniform(0.46, 0.7)
        seen.line([(x, y), (x + 0.05, y)], (200, 220, 222), width=0.002, opacity=0.5)
    seen.line(
        [(x, 0.7 + 0.01 * np.sin(20 * x)) for x in np.linspace(0, 1, 50)],
        (246, 246, 244),
        width=0.012,
    )
    seen.mottle(0.03, 0.003)
    return seen.photographed()


def brick_wall() -> np.ndarray:
    seen = Picture(700, 700, (190, 182, 172), 5)
    for row in range(20):
        for column in range(-1, 8):
            red = int(seen.rng.integers(130, 178))
            x = column / 7 + (row % 2) / 14
            color = (red, round(red * 0.52), round(red * 0.42))
            seen.rectangle((x, row / 20, x + 0.132, row / 20 + 0.042), color)
    seen.mottle(0.06, 0.004)
    return seen.photographed()


def plaster_wall_with_a_socket() -> np.ndarray:
    seen = Picture(600, 800, (206, 204, 196), 6)
    seen.mottle(0.015, 0.03)
    seen.rectangle((0.55, 0.62, 0.7, 0.73), (244, 244, 242), soft=0.002)
    seen.ellipse((0.625, 0.675), (0.045, 0.045), (226, 226, 222))
    for x in (0.605, 0.645):
        seen.ellipse((x, 0.675), (0.008, 0.008), (40, 40, 40))
    return seen.photographed(shade=0.3)


def wooden_floor() -> np.ndarray:
    seen = Picture(600, 800, (150, 108, 70), 7)
    for plank in range(7):
        light = float(seen.rng.uniform(0.8, 1.15))
        color = (round(164 * light), round(118 * light), round(76 * light))
        seen.rectangle((plank / 7 + 0.002, 0, (plank + 1) / 7 - 0.002, 1), color)
        end = float(seen.rng.uniform(0.1, 0.9))
        seen.line([(plank / 7, end), ((plank + 1) / 7, end)], (80, 54, 34), width=0.004)
    seen.mottle(0.06, 0.004, (1, 25))
    return seen.photographed()


def carpet() -> np.ndarray:
    seen = Picture(700, 600, (150, 134, 114), 8)
    seen.mottle(0.16, 0.003)
    seen.mottle(0.05, 0.06)
    return seen.photographed(grain=6)


def tiled_floor() -> np.ndarray:
    seen = Picture(640, 640, (214, 208, 198), 9)
    seen.mottle(0.03, 0.03)
    for at in range(6):
        x = (at + 0.5) / 6
        seen.line([(x, 0), (x, 1)], (150, 146, 140), width=0.008)
        seen.line([(0, x), (1, x)], (150, 146, 140), width=0.008)
    return seen.photographed()


def street_at_night() -> np.ndarray:
    seen = Picture(800, 600, (10, 11, 16), 10)
    for _ in range(60):
        x, y = seen.rng.uniform(0, 1), seen.rng.uniform(0.2, 0.7)
        seen.rectangle((x, y, x + 0.012, y + 0.02), (120, 104, 60))
    for x in (0.15, 0.4, 0.62, 0.9):
        seen.ellipse((x, 0.35), (0.03, 0.03), (255, 220, 150), soft=0.02)
        seen.ellipse((x, 0.35), (0.008, 0.008), (255, 250, 230), soft=0.002)
    return seen.photographed(blur=1.5, grain=9)


def dark_frame(level: int, grain: float) -> np.ndarray:
    return Picture(640, 480, (level, level, level), 11).photographed(grain=grain)


def lens_cap() -> np.ndarray:
    return dark_frame(0, 0)


def finger_on_the_lens() -> np.ndarray:
    seen = Picture(480, 640, (120, 40, 30), 12)
    seen.ellipse((0.3, 0.7), (0.6, 0.5), (190, 90, 70), soft=0.12)
    return seen.photographed(blur=12)


PLACES: dict[str, Callable[[], np.ndarray]] = {
    "living-room": living_room,
    "kitchen": kitchen,
    "mountains": mountains,
    "beach": beach,
    "brick-wall": brick_wall,
    "plaster-wall": plaster_wall_with_a_socket,
    "wooden-floor": wooden_floor,
    "carpet": carpet,
    "tiled-floor": tiled_floor,
    "night-street": street_at_night,
    "black": lens_cap,
    "dark-grainy": lambda: dark_frame(6, 7),
    "finger": finger_on_the_lens,
}
