"""Random specs that a shop might really sell."""

from __future__ import annotations

from typing import Any

import numpy as np

from vision.render.designs import COMMON, DESIGNS, Design
from vision.render.palette import SWATCHES, lab, rgb, to_hex
from vision.render.scene.grounds import PAPERS, SURFACES
from vision.render.spec import GarmentSpec

DYES: dict[str, tuple[str, ...]] = {
    "all": tuple(k for k, s in SWATCHES.items() if s.family not in ("gold", "silver")),
    "denim": ("denim", "denim", "indigo", "bleach", "ink", "slate"),
    "leather": (
        "black",
        "black",
        "tan",
        "chestnut",
        "cocoa",
        "burgundy",
        "white",
        "camel",
        "red",
        "forest",
        "navy",
        "blush",
        "sand",
        "gold",
        "silver",
        "butter",
    ),
    "calm": (
        "black",
        "charcoal",
        "grey",
        "lightgrey",
        "navy",
        "camel",
        "oat",
        "sand",
        "ecru",
        "cocoa",
        "olive",
        "khaki",
        "forest",
        "burgundy",
        "slate",
        "offwhite",
        "sky",
        "sage",
        "chestnut",
        "blush",
        "cobalt",
    ),
}
"""Swatches by the set of dyes a design takes."""

TWO_TONE = frozenset(
    (
        "stripe-wide",
        "stripe-fine",
        "stripe-vertical",
        "check",
        "dot",
        "floral",
        "animal",
        "print",
        "graphic",
        "color-block",
    )
)
"""Patterns that need a second colour."""

TRIMMED = frozenset(("ringer", "raglan", "varsity", "court", "runner", "track"))
"""Cuts that show a second colour on plain cloth."""

CONTRAST = 34.0
"""Least CIELAB distance between a pattern's two colours."""

FRIENDS = ("white", "offwhite", "black", "navy", "ecru", "white")
HANGABLE_NOT = frozenset(
    ("sneakers", "boots", "heels", "flats", "sandals", "bag", "hat", "scarf", "socks", "belt")
)
PHONE_GROUNDS = (
    *SURFACES,
    "wood",
    "linen",
    "linen",
    "rug",
    "paper",
    "ivory",
    "white",
    "stone",
    "slate",
)


def random_spec(rng: np.random.Generator, **fixed: Any) -> GarmentSpec:
    """A plausible garment and photo; any field of `GarmentSpec` can be fixed by keyword.

    Designs that allow the fixed values are preferred; a fixed value is always kept.
    """
    category = fixed.get("category") or _pick(rng, (*DESIGNS, *COMMON))
    design = _design(rng, str(category), fixed)
    values: dict[str, Any] = {
        "category": category,
        "pattern": _pick(rng, design.patterns),
        "cut": _pick(rng, design.cuts),
        "material": _pick(rng, design.materials),
        "sleeve": _pick(rng, design.sleeves),
        "neckline": _pick(rng, design.necklines),
        "length": _pick(rng, design.lengths),
        "fit": _pick(rng, design.fits),
        "closure": _pick(rng, design.closures),
        "seed": int(rng.integers(0, 2**31)),
    }
    values["view"] = _view(rng, str(category))
    values.update({k: v for k, v in fixed.items() if k in values})
    values["color"] = fixed.get("color") or _dye(rng, design)
    if values["pattern"] == "denim":
        values["material"] = fixed.get("material", "denim")
        values["color"] = fixed.get("color") or jittered(rng, _pick(rng, DYES["denim"]))
    if values["pattern"] == "animal" and "color" not in fixed and rng.random() < 0.7:
        values["color"] = jittered(rng, _pick(rng, ("sand", "camel", "oat", "white", "tan")))
        values["color2"] = "#2a2320"
    trimmed = values["pattern"] == "solid" and values["cut"] in TRIMMED
    if trimmed or (values["pattern"] in TWO_TONE and not values.get("color2")):
        values["color2"] = second_color(rng, str(values["color"]))
    values["background"] = _background(rng, str(values["view"]))
    values.update(fixed)
    return GarmentSpec(**values)


def second_color(rng: np.random.Generator, color: str) -> str:
    """A colour that stands out from `color`, often a neutral one."""
    first = lab(color)
    names = FRIENDS if rng.random() < 0.6 else DYES["all"]
    for _ in range(40):
        candidate = jittered(rng, _pick(rng, names))
        if float(np.linalg.norm(lab(candidate) - first)) > CONTRAST:
            return candidate
        names = (*names, "white", "black")
    return "#f4f3f0" if first[0] < 55 else "#232325"


def jittered(rng: np.random.Generator, name: str | None) -> str:
    """A swatch's hex, a shade lighter, darker or duller than the card."""
    base = rgb(SWATCHES[name or "grey"].hex)
    return to_hex(np.clip(base * rng.uniform(0.96, 1.03) + rng.normal(0, 0.008, 3), 0.02, 0.98))


def _design(rng: np.random.Generator, category: str, fixed: dict[str, Any]) -> Design:
    if category not in DESIGNS:
        raise ValueError(f"cannot draw category {category!r}; known: {', '.join(DESIGNS)}")
    options = {
        "pattern": "patterns",
        "cut": "cuts",
        "material": "materials",
        "sleeve": "sleeves",
        "neckline": "necklines",
        "length": "lengths",
        "fit": "fits",
        "closure": "closures",
    }

    def misses(design: Design) -> int:
        return sum(
            fixed.get(name) is not None and fixed[name] not in getattr(design, option)
            for name, option in options.items()
        )

    designs = DESIGNS[category]
    fewest = min(misses(d) for d in designs)
    able = [d for d in designs if misses(d) == fewest]
    weights = np.array([d.weight for d in able])
    return able[int(rng.choice(len(able), p=weights / weights.sum()))]


def _dye(rng: np.random.Generator, design: Design) -> str:
    return jittered(rng, _pick(rng, DYES[design.dyes]))


def _view(rng: np.random.Generator, category: str) -> str:
    chance = float(rng.random())
    if chance < 0.45:
        return "studio"
    return "phone" if chance < 0.85 or category in HANGABLE_NOT else "hanger"


def _background(rng: np.random.Generator, view: str) -> str:
    if view == "phone":
        return str(_pick(rng, PHONE_GROUNDS))
    if view == "hanger":
        return str(
            _pick(rng, ("plaster", "paper", "ivory", "stone", "sage", "mist", "rose", "white"))
        )
    return str(_pick(rng, (*PAPERS, "white", "paper", "ivory", "stone", "paper")))


def _pick(rng: np.random.Generator, options: tuple[Any, ...]) -> Any:
    return options[int(rng.integers(len(options)))]
