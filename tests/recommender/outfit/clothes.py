"""Pieces for the tests of outfits, without a database."""

import itertools
from typing import Any

from recommender.outfit.pieces import Piece
from recommender.query import Shade
from vision.colorspace import hex_to_lab

HEXES = {
    "black": "#141414",
    "white": "#f7f7f5",
    "grey": "#8a8a8a",
    "navy": "#1f2a44",
    "beige": "#d8c7a9",
    "brown": "#6b4423",
    "camel": "#c19a6b",
    "red": "#c8202c",
    "dark-red": "#6e1220",
    "pink": "#f0a0b8",
    "orange": "#e8791e",
    "yellow": "#f0cd2e",
    "green": "#2e8b4f",
    "blue": "#2c5fc4",
    "sky": "#8fbce6",
    "teal": "#128a8c",
    "purple": "#7a3fa0",
}
_numbers = itertools.count(1)


def shade(color: str, share: float = 1.0) -> Shade:
    lab = tuple(float(one) for one in hex_to_lab(HEXES[color]))
    return Shade(color, f"{color}-ko", color, HEXES[color], share, lab)  # type: ignore[arg-type]


def piece(category: str, *colors: str, **fields: Any) -> Piece:
    """A plain casual piece for all seasons; the first colour has most of it."""
    shares = [1.0] if len(colors) == 1 else [0.6, *[0.4 / (len(colors) - 1)] * (len(colors) - 1)]
    values: dict[str, Any] = {
        "product_id": next(_numbers),
        "category": category,
        "pattern": "solid",
        "palette": tuple(shade(*one) for one in zip(colors, shares, strict=True)),
        "styles": {"casual": 1.0},
        "seasons": {},
    }
    values |= fields
    values.setdefault("group", f"#{values['product_id']}")
    return Piece(**values)
