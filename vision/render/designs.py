"""Which designs each category comes in, read from `designs.json` beside this file."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

Options = tuple[str | None, ...]


@dataclass(frozen=True)
class Design:
    """One family of designs; every combination of its options is plausible.

    An option that is written twice is taken twice as often. None leaves the choice to the cut
    or says that the attribute does not apply. `dyes` names a set of `plausible.DYES`.
    """

    patterns: Options
    materials: Options
    cuts: Options = (None,)
    sleeves: Options = (None,)
    necklines: Options = (None,)
    lengths: Options = ("regular",)
    fits: Options = ("regular", "regular", "slim", "loose")
    closures: Options = (None,)
    dyes: str = "all"
    weight: float = 1.0


def _read(path: Path) -> dict[str, tuple[Design, ...]]:
    rows: dict[str, list[dict[str, Any]]] = json.loads(path.read_text(encoding="utf-8"))
    return {category: tuple(_design(row) for row in found) for category, found in rows.items()}


def _design(row: dict[str, Any]) -> Design:
    options: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in row.items()}
    return Design(**options)


DESIGNS = _read(Path(__file__).with_name("designs.json"))
"""By category id; the makers of `garments` read the cut names."""

COMMON = ("t-shirt", "shirt", "dress", "jacket", "coat", "sweater", "trousers", "skirt")
"""Categories drawn twice as often by `random_spec`, for the breadth of their designs."""
