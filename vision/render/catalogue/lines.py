"""A demo shop's product lines, read from `<shop>.json` beside this file."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Line:
    """One design that a shop sells.

    colors: swatch keys of `palette.SWATCHES`, one product each; "navy/white" names the two
    colours of a pattern. price: thousands of won. spec: further fields of `GarmentSpec`.
    """

    category: str
    name: str
    name_ko: str
    colors: list[str]
    price: int
    gender: str
    season: str
    brand: str
    pattern: str = "solid"
    spec: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Shop:
    """A demo shop: its lines, and the grounds of its first and second photos."""

    name: str
    grounds: tuple[str, ...]
    second_grounds: tuple[str, ...]
    lines: tuple[Line, ...]


@cache
def shop_named(key: str) -> Shop:
    """The shop of `<key>.json`."""
    text = Path(__file__).with_name(f"{key}.json").read_text(encoding="utf-8")
    read = json.loads(text)
    return Shop(
        read["name"],
        tuple(read["grounds"]),
        tuple(read["second_grounds"]),
        tuple(Line(**row) for row in read["lines"]),
    )
