"""A garment's palette as ranking reads it: a few numbers instead of its names."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

SHADES = 5
"""Colours of a palette that count."""
NUMBERS = 4
"""Of one colour: CIELAB L, a, b and its share of the garment."""
EMPTY = bytes(SHADES * NUMBERS * 4)

Floats = npt.NDArray[np.float32]


def packed(palette: Iterable[Mapping[str, Any]]) -> bytes:
    """Of a palette as `Garment.palette` holds it: float32 [SHADES, NUMBERS], zeros behind it."""
    return shades_of((color["lab"], color["share"]) for color in palette).tobytes()


def shades_of(colors: Iterable[tuple[Sequence[float], float]]) -> Floats:
    """(CIELAB, share) of each colour as an array [SHADES, NUMBERS], zeros behind the last."""
    shades = np.zeros((SHADES, NUMBERS), np.float32)
    for row, (lab, share) in zip(shades, colors, strict=False):
        row[:3], row[3] = lab, share
    return shades


def unpacked(stored: Sequence[bytes | memoryview | None]) -> Floats:
    """The palettes of n garments, [n, SHADES, NUMBERS]; one that was never packed is all zeros."""
    whole = b"".join(one or EMPTY for one in stored)
    return np.frombuffer(whole, np.float32).reshape(-1, SHADES, NUMBERS)
