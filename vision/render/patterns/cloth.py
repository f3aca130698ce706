"""Patterned cloth: colours as a function of the place on the cloth."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from vision.render import fields
from vision.render.palette import luma, mix, rgb
from vision.render.patterns import motifs, prints
from vision.render.spec import GarmentSpec


@dataclass(frozen=True)
class Place:
    """Where the pixels of a piece lie: u, v on the cloth and x, y on the garment, in cm."""

    u: np.ndarray
    v: np.ndarray
    x: np.ndarray
    y: np.ndarray
    px: float
    """Centimetres per pixel, to soften edges by one pixel."""


def linear(hex_color: str) -> np.ndarray:
    """Light intensity of a colour, float32 [3]; gamma is taken as 2 for speed."""
    return rgb(hex_color) ** 2


class Cloth:
    """The cloth of one garment, prepared once and cut into pieces by `dyed`."""

    def __init__(self, spec: GarmentSpec, height: float) -> None:
        self.pattern = spec.pattern
        self.rng = np.random.default_rng([spec.seed, 5])
        self.main = linear(spec.color)
        dark = luma(spec.color) < 0.55
        fallback = mix(spec.color, "#ffffff" if dark else "#1c1c20", 0.72)
        self.second_hex = spec.color2 or fallback
        self.second = linear(self.second_hex)
        self.variant = int(self.rng.integers(0, 1000))
        self.scale = float(self.rng.uniform(0.85, 1.2))
        self.height = height
        self.third = linear(mix(self.second_hex, spec.color, 0.5))
        self.accent = linear(_accent(self.second_hex, self.variant))
        self.at = self.rng.uniform(0, 50, 2).astype(np.float32)

    def dyed(self, place: Place, base: np.ndarray, second: np.ndarray) -> np.ndarray:
        """Colours float32 [3, h, w] (linear light) of the pattern in these two dyes."""
        draw = getattr(self, "_" + self.pattern.replace("-", "_"), None)
        if draw is None:
            return _plain(place, base)
        return draw(place, base, second)

    def _stripe_wide(self, p: Place, base: np.ndarray, second: np.ndarray) -> np.ndarray:
        period = (9.5, 7.5, 12.0)[self.variant % 3] * self.scale
        share = (0.5, 0.42, 0.36)[self.variant % 3]
        return _mixed(base, second, _bands(p.v + self.at[0], period, share, p.px))

    def _stripe_fine(self, p: Place, base: np.ndarray, second: np.ndarray) -> np.ndarray:
        period = (2.1, 2.9, 1.6)[self.variant % 3] * self.scale
        share = (0.34, 0.3, 0.42)[self.variant % 3]
        return _mixed(base, second, _bands(p.v, period, share, p.px))

    def _stripe_vertical(self, p: Place, base: np.ndarray, second: np.ndarray) -> np.ndarray:
        kind = self.variant % 4
        period = (1.7, 2.6, 4.4, 3.4)[kind] * self.scale
        share = (0.4, 0.16, 0.42, 0.12)[kind]
        bands = _bands(p.u, period, share, p.px)
        if kind == 2:
            bands = np.maximum(bands, _bands(p.u + period * 0.36, period, 0.06, p.px))
        return _mixed(base, second, bands)

    def _check(self, p: Place, base: np.ndarray, second: np.ndarray) -> np.ndarray:
        kind = self.variant % 4
        if kind == 0:
            period = (2.4, 3.4, 5.5)[self.variant // 4 % 3] * self.scale
            warp, weft = (_bands(t, period, 0.5, p.px) for t in (p.u, p.v))
            return _mixed(base, second, (warp + weft) * 0.5)
        if kind == 1:
            period = 7.5 * self.scale
            warp, weft = (_bands(t, period, 0.07, p.px) for t in (p.u, p.v))
            return _mixed(base, second, np.maximum(warp, weft) * 0.85)
        if kind == 2:
            tile = motifs.houndstooth()
            cell = 3.6 * self.scale * (0.7 if self.variant % 8 > 3 else 1.2)
            return _mixed(base, second, _read(tile, p, cell)[0])
        return self._tartan(p, base, second)

    def _tartan(self, p: Place, base: np.ndarray, second: np.ndarray) -> np.ndarray:
        period = 13.0 * self.scale
        rng = np.random.default_rng(self.variant)
        table = np.tile(base, (512, 1))
        for center, width, dye in (
            (0.25, 0.24, second),
            (0.25, 0.07, base * 0.5),
            (0.68, 0.1, second),
            (0.55 + rng.uniform(0, 0.06), 0.025, self.accent),
            (0.84, 0.03, self.accent if rng.random() < 0.5 else second),
        ):
            where = np.abs(np.arange(512) / 512 - center) < width / 2
            table[where] = dye
        table = cv2.GaussianBlur(np.tile(table, (3, 1))[:, None], (1, 5), 0)[512:1024, 0]
        columns, rows = (((t / period) % 1 * 511).astype(np.int32) for t in (p.u, p.v))
        dyes = np.ascontiguousarray(table.T.astype(np.float32) * 0.5)
        return np.stack([dye[columns] + dye[rows] for dye in dyes])

    def _dot(self, p: Place, base: np.ndarray, second: np.ndarray) -> np.ndarray:
        kind = self.variant % 3
        period = (3.4, 2.2, 5.2)[kind] * self.scale
        radius = period * (0.2, 0.19, 0.26)[kind]
        a = (p.u + p.v) * np.float32(0.7071 / period)
        b = (p.u - p.v) * np.float32(0.7071 / period)
        a -= np.floor(a) + 0.5
        b -= np.floor(b) + 0.5
        distance = np.sqrt(a * a + b * b) * period
        return _mixed(base, second, np.clip((radius - distance) / p.px + 0.5, 0, 1))

    def _floral(self, p: Place, base: np.ndarray, second: np.ndarray) -> np.ndarray:
        size = (24.0, 34.0, 48.0)[self.variant // 7 % 3] * self.scale
        petals, hearts, leaves = _read(motifs.floral(self.variant % 5), p, size)
        leaf = linear(mix(("#5f7a52", "#39543f", "#8aa07a")[self.variant % 3], "#d8d0b0", 0.1))
        color = _mixed(base, leaf, leaves)
        color = _over(color, second, petals)
        return _over(color, self.accent, hearts)

    def _animal(self, p: Place, base: np.ndarray, second: np.ndarray) -> np.ndarray:
        kind = self.variant % 3
        size = (30.0, 44.0, 46.0)[kind] * self.scale
        dark, middle, _ = _read(motifs.animal(kind), p, size)
        return _over(_mixed(base, base * 0.55, middle), second, dark)

    def _print(self, p: Place, base: np.ndarray, second: np.ndarray) -> np.ndarray:
        kind = self.variant % prints.PRINTS
        one, two, three = _read(prints.all_over(kind), p, 30.0 * self.scale)
        color = _mixed(base, second, one)
        color = _over(color, self.third, two)
        return _over(color, self.accent, three)

    def _jacquard(self, p: Place, base: np.ndarray, second: np.ndarray) -> np.ndarray:
        petals, hearts, leaves = _read(motifs.floral(self.variant % 5), p, 26.0 * self.scale)
        tone = base * 0.62 if base.mean() > 0.1 else base * 1.5 + 0.02
        return _mixed(base, tone, np.clip(petals - hearts + leaves * 0.8, 0, 1))

    def _denim(self, p: Place, base: np.ndarray, second: np.ndarray) -> np.ndarray:
        worn = _noise("cloud", p, 0.5)
        threads = _noise("fleck", p, 0.06, degrees=0)
        pale = base * 0.55 + (0.3 if base.mean() > 0.03 else 0.14)
        amount = np.clip(0.035 * worn + 0.045 * threads, -0.16, 0.3)
        return _mixed(base, pale, amount)

    def _melange(self, p: Place, base: np.ndarray, second: np.ndarray) -> np.ndarray:
        flecks = _noise("fleck", p, 0.085, degrees=90)
        pale = base * 0.45 + 0.42 if base.mean() < 0.45 else base * 0.42
        color = _mixed(base, pale, np.clip(0.22 * flecks - 0.02, 0, 0.5))
        return _over(color, base * 0.6, np.clip(-0.2 * flecks - 0.05, 0, 0.42))

    def _lace(self, p: Place, base: np.ndarray, second: np.ndarray) -> np.ndarray:
        cloth, cords, _ = _read(motifs.lace(self.variant % 2), p, 17.0 * self.scale)
        under = base * 0.42 if base.mean() > 0.12 else base * 0.5 + 0.16
        return _over(_mixed(under, base, cloth), np.minimum(base * 1.1, 1), cords)

    def _color_block(self, p: Place, base: np.ndarray, second: np.ndarray) -> np.ndarray:
        kind = self.variant % 3
        if kind == 0:
            line = (p.y - self.height * 0.56) / p.px
        elif kind == 1:
            line = (self.height * 0.3 - p.y) / p.px
        else:
            line = (p.y - self.height * 0.66) / p.px
            upper = np.clip((p.y - self.height * 0.4) / p.px + 0.5, 0, 1)
            color = _mixed(base, np.minimum(base * 0.4 + second * 0.6, 1), upper)
            return _over(color, second, np.clip(line + 0.5, 0, 1))
        return _mixed(base, second, np.clip(line + 0.5, 0, 1))


def _plain(p: Place, base: np.ndarray) -> np.ndarray:
    return flat(base, p.u.shape)


def flat(base: np.ndarray, shape: tuple[int, ...]) -> np.ndarray:
    """One colour everywhere, float32 [3, h, w]."""
    color = np.empty((3, *shape), np.float32)
    color[:] = base.astype(np.float32)[:, None, None]
    return color


def _mixed(base: np.ndarray, other: np.ndarray, share: np.ndarray) -> np.ndarray:
    color = np.empty((3, *share.shape), np.float32)
    for channel in range(3):
        np.multiply(share, np.float32(other[channel] - base[channel]), out=color[channel])
        color[channel] += np.float32(base[channel])
    return color


def _over(color: np.ndarray, other: np.ndarray, share: np.ndarray) -> np.ndarray:
    for channel in range(3):
        color[channel] += share * (np.float32(other[channel]) - color[channel])
    return color


def _bands(t: np.ndarray, period: float, share: float, px: float) -> np.ndarray:
    """1 inside bands that take `share` of each period, with edges one pixel soft."""
    phase = t / period
    phase = np.abs(phase - np.floor(phase) - 0.5) * np.float32(period)
    return np.clip((share * period / 2 - phase) / px + 0.5, 0, 1).astype(np.float32)


def _read(tile: np.ndarray, p: Place, size: float) -> list[np.ndarray]:
    """Channels (0..1) of a uint8 motif tile that covers `size` cm."""
    k = np.float32(tile.shape[0] / size)
    got = cv2.remap(tile, p.u * k, p.v * k, cv2.INTER_LINEAR, borderMode=cv2.BORDER_WRAP)
    got = got.reshape(*p.u.shape, -1)
    return [got[..., i].astype(np.float32) * np.float32(1 / 255) for i in range(got.shape[-1])]


def _noise(kind: str, p: Place, cell: float, degrees: float | None = None) -> np.ndarray:
    """A noise field over the piece, `cell` cm a cell; turned with the cloth when asked."""
    tile = fields.spectrum(kind)
    k = np.float32(1 / cell)
    u, v = (p.v, p.u) if degrees == 90 else (p.u, p.v)
    return cv2.remap(tile, u * k, v * k, cv2.INTER_LINEAR, borderMode=cv2.BORDER_WRAP)


def _accent(second: str, variant: int) -> str:
    """A third colour that goes with the second."""
    warm = ("#e8b24a", "#d96c5f", "#f0dfb8", "#c2542f")
    cool = ("#7fa6c9", "#f2ead8", "#d9a441", "#9db58f")
    table = cool if rgb(second)[0] > rgb(second)[2] else warm
    return table[variant % 4]
