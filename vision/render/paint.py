"""Paint a garment's items, back to front, into one layer with coverage."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from vision.render import fields
from vision.render.fabric import FABRICS, Fabric, seen_weave
from vision.render.light import light
from vision.render.model import Dot, Garment, Piece, Stroke
from vision.render.palette import lab, luma
from vision.render.patterns.cloth import Cloth, Place, flat, linear
from vision.render.patterns.decals import SIDE, decal
from vision.render.spec import GarmentSpec

MARGIN = 1.0
"""Centimetres of empty layer around the garment."""

SHIFT = 4
"""Fractional bits of the outlines given to OpenCV."""

DEFAULT_MATERIAL = "cotton"

LEGIBLE = 38.0
"""Least CIELAB distance of a graphic's ink from its cloth."""


@dataclass
class Layer:
    """A painted garment: rgb float32 [3, h, w] in linear light, premultiplied by `alpha`.

    origin: where (cm) the first pixel lies; scale: pixels per cm.
    """

    rgb: np.ndarray
    alpha: np.ndarray
    origin: tuple[float, float]
    scale: float


class Painter:
    """Paints one garment at `scale` pixels per cm."""

    def __init__(self, garment: Garment, spec: GarmentSpec, scale: float) -> None:
        self.garment, self.spec, self.scale = garment, spec, scale
        x0, y0, x1, y1 = garment.extent()
        self.origin = (x0 - MARGIN, y0 - MARGIN)
        width = int(np.ceil((x1 - x0 + 2 * MARGIN) * scale))
        height = int(np.ceil((y1 - y0 + 2 * MARGIN) * scale))
        self.rgb = np.zeros((3, height, width), np.float32)
        self.alpha = np.zeros((height, width), np.float32)
        self.cloth = Cloth(spec, y1)
        self.fabric = FABRICS.get(spec.material or DEFAULT_MATERIAL, FABRICS["cotton"])
        self.rng = np.random.default_rng([spec.seed, spec.pose, 9])
        self.is_dark = luma(spec.color) < 0.3

    def layer(self) -> Layer:
        """Paint everything."""
        for item in self.garment.items:
            if isinstance(item, Piece):
                self._piece(item)
            elif isinstance(item, Stroke):
                self._stroke(item)
            else:
                self._dot(item)
        return Layer(self.rgb, self.alpha, self.origin, self.scale)

    def _pixels(self, points: np.ndarray) -> np.ndarray:
        return (np.asarray(points) - self.origin) * self.scale

    def _window(self, points: np.ndarray, pad: float) -> tuple[int, int, int, int]:
        low, high = points.min(axis=0) - pad, points.max(axis=0) + pad
        height, width = self.alpha.shape
        x0, y0 = max(int(low[0]), 0), max(int(low[1]), 0)
        return x0, y0, min(int(high[0]) + 2, width), min(int(high[1]) + 2, height)

    def _filled(self, points: np.ndarray, window: tuple[int, int, int, int]) -> np.ndarray:
        x0, y0, x1, y1 = window
        mask = np.zeros((y1 - y0, x1 - x0), np.uint8)
        fixed = np.rint((points - (x0, y0)) * (1 << SHIFT)).astype(np.int32)
        cv2.fillPoly(mask, [fixed], 255, cv2.LINE_AA, SHIFT)
        return mask

    def _mask(self, piece: Piece, window: tuple[int, int, int, int]) -> np.ndarray:
        mask = self._filled(self._pixels(piece.outline), window)
        for hole in piece.holes:
            mask = np.minimum(mask, 255 - self._filled(self._pixels(hole), window))
        if piece.within is not None:
            mask = np.minimum(mask, self._filled(self._pixels(piece.within), window))
        return mask

    def _fabric(self, piece: Piece) -> Fabric:
        if piece.weave is None:
            return self.fabric
        if piece.weave in FABRICS:
            return FABRICS[piece.weave]
        base = self.fabric
        return Fabric(
            piece.weave, base.drape, base.ridge, base.crumple, base.cell, base.sheen, base.tight
        )

    def _cast(self, mask: np.ndarray, window: tuple[int, int, int, int], strength: float) -> None:
        """Darken what lies under and beside a piece, toward the lower right."""
        x0, y0, x1, y1 = window
        reach = 0.9 * self.scale
        size = max(3, int(reach) // 2 * 2 + 1)
        small = cv2.resize(mask, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
        near = cv2.GaussianBlur(small, (size // 2 // 2 * 2 + 1,) * 2, 0)
        shift = np.array([[1, 0, reach * 0.16], [0, 1, reach * 0.3]], np.float32)
        near = cv2.warpAffine(near, shift, (small.shape[1], small.shape[0]))
        shadow = cv2.resize(near, (x1 - x0, y1 - y0)).astype(np.float32) * (strength / 255)
        self.rgb[:, y0:y1, x0:x1] *= 1 - shadow

    def _piece(self, piece: Piece) -> None:
        pixels = self._pixels(piece.outline)
        window = self._window(pixels, 1.2 * self.scale)
        x0, y0, x1, y1 = window
        if x1 - x0 < 4 or y1 - y0 < 4:
            return
        mask = self._mask(piece, window)
        if piece.cast > 0:
            self._cast(mask, window, piece.cast)
        fabric = self._fabric(piece)
        size = (x1 - x0, y1 - y0)
        corner = (x0 / self.scale + self.origin[0], y0 / self.scale + self.origin[1])
        half = (max(2, size[0] // 2), max(2, size[1] // 2))
        lit = light(
            piece,
            cv2.resize(mask, half, interpolation=cv2.INTER_AREA),
            fabric,
            scale=self.scale * half[0] / size[0],
            origin=corner,
            rng=self.rng,
        )
        x = (np.arange(x0, x1, dtype=np.float32)[None, :] / self.scale) + self.origin[0]
        y = (np.arange(y0, y1, dtype=np.float32)[:, None] / self.scale) + self.origin[1]
        color = self._color(piece, lit.slope_x, lit.slope_y, np.broadcast_to(x, size[::-1]), y)
        shade = cv2.resize(lit.shade, size)
        shade *= 1 + self._close_up(piece, fabric, size)
        shade *= piece.tone
        gloss = fabric.sheen if piece.gloss is None else piece.gloss
        flat_gleam = float(0.915**fabric.tight)
        gleam = np.maximum(cv2.resize(lit.gleam, size) - flat_gleam, 0)
        gleam *= gloss * piece.tone / (1 - flat_gleam)
        tint = 0.5 + 0.5 * np.sqrt(self._base(piece.dye))
        cover = mask.astype(np.float32) * (piece.sheer / 255)
        keep = 1 - cover
        for channel in range(3):
            ink = color[channel]
            ink *= shade
            ink += gleam * np.float32(tint[channel])
            ink *= cover
            under = self.rgb[channel, y0:y1, x0:x1]
            under *= keep
            under += ink
        alpha = self.alpha[y0:y1, x0:x1]
        alpha *= keep
        alpha += cover

    def _base(self, dye: str) -> np.ndarray:
        if dye == "main":
            return self.cloth.main
        return self.cloth.second if dye == "second" else linear(dye)

    def _color(
        self, piece: Piece, slope_x: np.ndarray, slope_y: np.ndarray, x: np.ndarray, y: np.ndarray
    ) -> np.ndarray:
        size = (x.shape[1], x.shape[0])
        base = self._base(piece.dye)
        plain = not piece.patterned or piece.dye.startswith("#")
        if plain or self.spec.pattern in ("solid", "graphic", "embroidery"):
            color = flat(base, x.shape)
        else:
            bent_x = x + cv2.resize(slope_x, size) * 0.34
            bent_y = y + cv2.resize(slope_y, size) * 0.34
            angle = np.deg2rad(piece.grain)
            c, s = np.float32(np.cos(angle)), np.float32(np.sin(angle))
            u = bent_x * c - bent_y * s + self.cloth.at[0]
            v = bent_x * s + bent_y * c
            other = self.cloth.main if piece.dye == "second" else self.cloth.second
            place = Place(u, v, bent_x, bent_y, 1 / self.scale)
            color = self.cloth.dyed(place, base, other)
        if piece.decal and self.spec.pattern in ("graphic", "embroidery"):
            self._add_decal(color, x + cv2.resize(slope_x, size) * 0.3, y)
        if piece.fade:
            self._wear(color, piece, x, y)
        return color

    def _add_decal(self, color: np.ndarray, x: np.ndarray, y: np.ndarray) -> None:
        middle_x, middle_y, wide = self.garment.chest
        inks = (self.cloth.second_hex, _other_ink(self.spec))
        picture = decal(self.spec.seed, *inks, self.spec.motif)
        k = np.float32(SIDE / wide)
        map_x = ((x - middle_x) * k + SIDE / 2).astype(np.float32)
        map_y = np.broadcast_to((y - middle_y) * k + SIDE / 2, x.shape).astype(np.float32)
        got = cv2.remap(picture, map_x, map_y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_CONSTANT)
        got = got.astype(np.float32) / 255
        share = got[..., 3] * 0.94
        for channel in range(3):
            color[channel] += share * (got[..., channel] ** 2 - color[channel])

    def _wear(self, color: np.ndarray, piece: Piece, x: np.ndarray, y: np.ndarray) -> None:
        """Fade the middle of a leg or front, as washed denim does."""
        low, high = piece.outline.min(axis=0), piece.outline.max(axis=0)
        center = (low + high) / 2
        reach = (high - low) / 2
        far = ((x - center[0]) / (reach[0] * 0.62)) ** 2 + (
            (y - (center[1] - reach[1] * 0.28)) / (reach[1] * 0.62)
        ) ** 2
        amount = np.exp(-far) * piece.fade
        color += amount * (np.minimum(color * 0.5 + 0.42, 1) - color)

    def _close_up(self, piece: Piece, fabric: Fabric, size: tuple[int, int]) -> np.ndarray:
        tile, density = seen_weave(fabric.weave, self.scale)
        at = self.rng.uniform(0, tile.shape[0], 2)
        contrast = fabric.depth * (1.5 if self.is_dark else 1.0)
        texture = fields.sample(
            tile, size, cell=self.scale / density, degrees=piece.grain, at=(at[0], at[1])
        )
        return texture * contrast

    def _stroke(self, stroke: Stroke) -> None:
        pixels = self._pixels(stroke.path)
        window = self._window(pixels, stroke.width * self.scale + 3)
        x0, y0, x1, y1 = window
        if x1 - x0 < 2 or y1 - y0 < 2:
            return
        points = np.rint((pixels - (x0, y0)) * (1 << SHIFT)).astype(np.int32)
        mask = np.zeros((y1 - y0, x1 - x0), np.uint8)
        thick = max(1, int(round(stroke.width * self.scale)))
        area = self.rgb[:, y0:y1, x0:x1]
        if stroke.kind == "stitch":
            self._dashes(mask, pixels - (x0, y0), thick)
        else:
            cv2.polylines(mask, [points], stroke.closed, 255, thick, cv2.LINE_AA, SHIFT)
        if stroke.kind == "seam":
            cut = mask.astype(np.float32) * (1 / 255)
            lip = np.zeros_like(cut)
            lip[1:, 1:] = cut[:-1, :-1]
            lip = np.maximum(lip - cut, 0)
            area *= 1 - 0.34 * cut + (0.16 if self.is_dark else 0.07) * lip
            return
        share = mask.astype(np.float32) * (1 / 255)
        color = self.cloth.main * 0.6 if stroke.color is None else linear(stroke.color)
        if stroke.kind == "stitch":
            alpha = self.alpha[y0:y1, x0:x1]
            share *= np.minimum(alpha, 1) * 0.85
            area += share * (color[:, None, None] - area)
            return
        self._cast(mask, window, 0.5)
        inner = np.zeros_like(mask)
        cv2.polylines(inner, [points], stroke.closed, 255, max(1, thick // 3), cv2.LINE_AA, SHIFT)
        round_light = 0.82 + 0.3 * inner.astype(np.float32) / 255
        area *= 1 - share
        area += (share * round_light) * color[:, None, None]
        alpha = self.alpha[y0:y1, x0:x1]
        alpha *= 1 - share
        alpha += share

    def _dashes(self, mask: np.ndarray, points: np.ndarray, thick: int) -> None:
        step = np.hypot(*np.diff(points, axis=0).T)
        along = np.concatenate([[0], np.cumsum(step)])
        period = max(4.0, 0.52 * self.scale)
        starts = np.arange(0, along[-1], period)
        ends = np.minimum(starts + period * 0.6, along[-1])
        for a, b in zip(starts, ends, strict=True):
            p = [
                (np.interp(t, along, points[:, 0]), np.interp(t, along, points[:, 1]))
                for t in (a, b)
            ]
            fixed = np.rint(np.array(p) * (1 << SHIFT)).astype(np.int32)
            cv2.polylines(mask, [fixed], False, 255, thick, cv2.LINE_AA, SHIFT)

    def _dot(self, dot: Dot) -> None:
        center = self._pixels(np.array([dot.at]))
        radius = dot.radius * self.scale
        window = self._window(center, radius * 2 + 2)
        x0, y0, x1, y1 = window
        if x1 - x0 < 2 or y1 - y0 < 2:
            return
        x = np.arange(x0, x1, dtype=np.float32)[None, :] - float(center[0, 0])
        y = np.arange(y0, y1, dtype=np.float32)[:, None] - float(center[0, 1])
        far = np.sqrt(x * x + y * y)
        cover = np.clip(radius - far + 0.5, 0, 1)
        below = np.clip(1.25 - np.hypot(x - radius * 0.25, y - radius * 0.4) / radius, 0, 0.5)
        area = self.rgb[:, y0:y1, x0:x1]
        area *= 1 - below
        inside = far / max(radius, 1)
        shade = 1 - 0.16 * (x + y) / max(radius, 1) * inside
        shade = shade * np.where((inside > 0.62) & (inside < 0.8), 0.84, 1.0)
        if dot.kind in ("button", "eyelet"):
            gap = radius * (0.26 if dot.kind == "button" else 0.0)
            hole = radius * (0.14 if dot.kind == "button" else 0.5)
            near = np.hypot(np.abs(x) - gap, np.abs(y) - gap)
            shade = shade * (1 - 0.7 * np.clip(hole - near + 0.5, 0, 1))
        color = linear(dot.color)[:, None, None] * shade.astype(np.float32)
        if dot.kind in ("snap", "rivet", "eyelet"):
            gleam = np.exp(-(((x + radius * 0.35) ** 2 + (y + radius * 0.4) ** 2) / radius**2) * 5)
            color = color + 0.5 * gleam.astype(np.float32)
        area *= 1 - cover
        area += cover * color
        alpha = self.alpha[y0:y1, x0:x1]
        np.maximum(alpha, cover, out=alpha)


def _other_ink(spec: GarmentSpec) -> str:
    """A second ink for a graphic, from a small set, unlike the cloth."""
    inks = ("#d8563c", "#e3b23c", "#3f7fb0", "#5f8f6b", "#efe7d6", "#d98ca0", "#26262a")
    grounds = [lab(spec.color)] + ([lab(spec.color2)] if spec.color2 else [])
    clear = [
        ink
        for ink in inks
        if all(float(np.linalg.norm(lab(ink) - ground)) > LEGIBLE for ground in grounds)
    ]
    clear = clear or list(inks)
    return clear[int(np.random.default_rng([spec.seed, 8]).integers(len(clear)))]
