"""From a spec to a photo."""

from __future__ import annotations

import cv2
import numpy as np

from vision.render.garments import make
from vision.render.labels import labels_of
from vision.render.lines import line_layer
from vision.render.model import Garment, Item, settled
from vision.render.paint import Painter
from vision.render.scene import camera, props
from vision.render.scene.grounds import ground
from vision.render.scene.place import Cutout, laid, placed, reduced
from vision.render.spec import VIEWS, GarmentSpec, Rendered

OVERSAMPLE = 1.5
"""Garments are painted this many times finer than the photo, then averaged down."""

FILL = {"studio": (0.84, 0.82), "hanger": (0.80, 0.74), "phone": (0.86, 0.86)}
"""The largest share of the photo's width and height that a garment takes, by view."""

SMALL_THINGS = ("hat", "belt", "socks", "sneakers", "boots", "heels", "flats", "sandals")
"""Categories that need more room around them to look right."""

PLANE = 1.3
"""A phone's view is cut from a ground plane this many times larger than the photo."""

CLOSE_SHARE = 0.12
"""How many phone photos come so close that a part of the garment is outside."""

LONG_CLIPPED = ("jeans", "trousers", "leggings", "shorts", "skirt")


def render(spec: GarmentSpec, *, width: int = 600, height: int = 800) -> Rendered:
    """Draw one garment as a photo of width x height px, deterministic by spec.

    Raises ValueError for an unknown category, background or view.
    """
    image, seen = _photographed(spec, width, height, lined=False)
    return rendered(image, seen[0], spec)


def render_lines(
    spec: GarmentSpec, *, width: int = 600, height: int = 800
) -> tuple[Rendered, np.ndarray]:
    """The photo of `render`, and float32 [height, width]: the lines of the garment in it.

    1 where a person would draw, as `lines` says. Raises as `render` does.
    """
    image, seen = _photographed(spec, width, height, lined=True)
    return rendered(image, seen[0], spec), seen[1]


def studio_lines(spec: GarmentSpec, *, width: int, height: int) -> np.ndarray:
    """The lines of `render_lines` for a photo of the view "studio" that is there already.

    A twentieth of the time, for nothing is painted. Raises ValueError for another view.
    """
    if spec.view != "studio":
        raise ValueError(f"only lines of the view 'studio' stand alone, not of {spec.view!r}")
    garment = settled(make(spec), spec)
    scale, drop = _pinned(garment, spec, width, height)
    layer = reduced(line_layer(Painter(garment, spec, scale * OVERSAMPLE)), scale)
    x, y = _corner(layer, *_offset(garment, scale, width, height, drop))
    return placed(layer, x, y, (height, width))


def _pinned(garment: Garment, spec: GarmentSpec, width: int, height: int) -> tuple[float, float]:
    """Pixels per cm of a studio photo, and how far below the middle (share) the garment lies."""
    wide, tall = FILL[spec.view]
    scale = fitted_scale(garment, width * wide * _room(spec), height * tall)
    hanging = spec.view == "hanger" and garment.hook is not None
    return scale, 0.06 if hanging else 0.03 if garment.stance == "standing" else 0.0


def _offset(
    garment: Garment, scale: float, width: int, height: int, drop: float
) -> tuple[float, float]:
    """Where the garment's 0, 0 lies in the photo, pixels."""
    x0, y0, x1, y1 = garment.extent()
    return width / 2 - (x0 + x1) / 2 * scale, height * (0.5 + drop) - (y0 + y1) / 2 * scale


def _photographed(
    spec: GarmentSpec, width: int, height: int, *, lined: bool
) -> tuple[np.ndarray, list[np.ndarray]]:
    """The photo, the garment's coverage in it, and its lines where they are wanted."""
    if spec.view not in VIEWS:
        raise ValueError(f"unknown view {spec.view!r}; one of: {', '.join(VIEWS)}")
    garment = settled(make(spec), spec)
    rng = np.random.default_rng([spec.seed, spec.pose, 21])
    photograph = _phone if spec.view == "phone" else _studio
    return photograph(garment, spec, (width, height), rng, lined)


def rendered(image: np.ndarray, cover: np.ndarray, spec: GarmentSpec) -> Rendered:
    """The finished photo with its mask, box and labels."""
    mask = cover > 0.5
    ys, xs = np.flatnonzero(mask.any(axis=1)), np.flatnonzero(mask.any(axis=0))
    if len(xs) == 0:
        raise RuntimeError(f"nothing of {spec.category} is inside the photo")
    box = (int(xs[0]), int(ys[0]), int(xs[-1]) + 1, int(ys[-1]) + 1)
    return Rendered(image, mask, box, labels_of(spec), spec)


def fitted_scale(garment: Garment, width: float, height: float) -> float:
    """Pixels per cm at which the garment fills width x height px."""
    x0, y0, x1, y1 = garment.extent()
    return min(width / (x1 - x0), height / (y1 - y0))


def _room(spec: GarmentSpec) -> float:
    return 0.86 if spec.category in SMALL_THINGS else 1.0


def _studio(
    garment: Garment,
    spec: GarmentSpec,
    size: tuple[int, int],
    rng: np.random.Generator,
    lined: bool,
) -> tuple[np.ndarray, list[np.ndarray]]:
    width, height = size
    scale, drop = _pinned(garment, spec, width, height)
    painter = Painter(garment, spec, scale * OVERSAMPLE)
    layer = reduced(painter.layer(), scale)
    canvas = ground(spec.background, width, height, rng)
    hanging = spec.view == "hanger" and garment.hook is not None
    offset_x, offset_y = _offset(garment, scale, width, height, drop)
    over: list[Item] = []
    if hanging:
        rail, over = _hung(garment, spec, width / scale, rng)
        _add(canvas, rail, scale, (offset_x, offset_y))
    x, y = _corner(layer, offset_x, offset_y)
    seen = [laid(canvas, layer, x, y, "hang" if hanging else garment.stance)]
    if lined:
        seen.append(placed(reduced(line_layer(painter), scale), x, y, (height, width)))
    if over:
        left = 1 - _add(canvas, over, scale, (offset_x, offset_y))
        seen = [cover * left for cover in seen]
    return camera.developed(canvas), seen


def _corner(layer: Cutout, offset_x: float, offset_y: float) -> tuple[int, int]:
    return (
        round(offset_x + layer.origin[0] * layer.scale),
        round(offset_y + layer.origin[1] * layer.scale),
    )


def _add(
    canvas: np.ndarray, items: list[Item], scale: float, offset: tuple[float, float]
) -> np.ndarray:
    layer = reduced(props.painted(items, scale * OVERSAMPLE), scale)
    x, y = _corner(layer, *offset)
    return laid(canvas, layer, x, y, "hang")


def _hung(
    garment: Garment, spec: GarmentSpec, wide: float, rng: np.random.Generator
) -> tuple[list[Item], list[Item]]:
    """What the garment hangs on in a photo `wide` cm across: what is behind it, and before it."""
    if spec.category in LONG_CLIPPED:
        behind, over = props.clip_hanger(garment, rng)
        return [*props.rail(wide * 1.2, -12.4), *behind], over
    y = (garment.hook or (0.0, 0.0))[1]
    return [*props.rail(wide * 1.2, y - 10.4), *props.hanger(garment, rng)], []


def _phone(
    garment: Garment,
    spec: GarmentSpec,
    size: tuple[int, int],
    rng: np.random.Generator,
    lined: bool,
) -> tuple[np.ndarray, list[np.ndarray]]:
    """Laid on a messy ground, seen askew by a hand-held phone."""
    width, height = size
    plane_w, plane_h = round(width * PLANE), round(height * PLANE)
    canvas = clear_ground(spec, plane_w, plane_h, rng, things=int(rng.choice([0, 1, 2, 3, 4])))
    close = rng.random() < CLOSE_SHARE
    fill = float(rng.uniform(1.02, 1.25) if close else rng.uniform(0.6, 0.92))
    scale = fitted_scale(garment, width * fill * _room(spec), height * fill)
    standing = garment.stance == "standing"
    painter = Painter(garment, spec, scale * OVERSAMPLE * 0.9)
    layer = painter.layer()
    turn = float(rng.normal(0, 5 if standing else 13))
    if not standing and rng.random() < 0.06:
        turn += float(rng.choice([90, -90, 180]))
    turned = _turned(reduced(layer, scale), turn)
    shift = rng.uniform(-0.06, 0.06, 2) * (width, height)
    x = round(plane_w / 2 + shift[0] - turned.alpha.shape[1] / 2)
    y = round(plane_h / 2 + shift[1] - turned.alpha.shape[0] / 2)
    covers = [laid(canvas, turned, x, y, garment.stance)]
    if lined:
        lines = _turned(reduced(line_layer(painter), scale), turn)
        covers.append(placed(lines, x, y, canvas.shape[:2]))
    return camera.held(canvas, covers, width, height, rng)


def clear_ground(
    spec: GarmentSpec, width: int, height: int, rng: np.random.Generator, *, things: int
) -> np.ndarray:
    """The spec's background with a few things lying near its edges, in linear light."""
    canvas = ground(spec.background, width, height, rng)
    for _ in range(things):
        angle = float(rng.uniform(0, 2 * np.pi))
        at = (
            width * (0.5 + np.cos(angle) * float(rng.uniform(0.28, 0.4))),
            height * (0.5 + np.sin(angle) * float(rng.uniform(0.28, 0.38))),
        )
        scale = width / float(rng.uniform(90, 145))
        thing = reduced(props.painted(props.clutter(rng), scale * 1.2), scale)
        laid(canvas, thing, *_corner(thing, *at), "flat")
    return canvas


def _turned(small: Cutout, degrees: float) -> Cutout:
    """The cutout turned about its middle."""
    height, width = small.alpha.shape
    a = np.deg2rad(degrees)
    new_w = int(abs(width * np.cos(a)) + abs(height * np.sin(a))) + 2
    new_h = int(abs(width * np.sin(a)) + abs(height * np.cos(a))) + 2
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1.0)
    matrix[:, 2] += (new_w / 2 - width / 2, new_h / 2 - height / 2)
    rgb = cv2.warpAffine(small.rgb, matrix, (new_w, new_h))
    alpha = cv2.warpAffine(small.alpha, matrix, (new_w, new_h))
    return Cutout(rgb, alpha, small.origin, small.scale)
