"""What cloth is made of: how it folds, shines, and looks from close by."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Fabric:
    """A material's look.

    weave: close-up texture. drape, ridge, crumple: strength of the three kinds of folds.
    cell: size of the folds (cm per noise cell). sheen: strength of highlights, `tight` how
    small they are. depth: contrast of the close-up texture. loft: how much the edges
    swell.
    """

    weave: str
    drape: float
    ridge: float
    crumple: float
    cell: float = 0.22
    sheen: float = 0.05
    tight: float = 6.0
    depth: float = 1.0
    loft: float = 1.0


FABRICS: dict[str, Fabric] = {
    "cotton": Fabric("plain", 0.8, 0.62, 0.16, cell=0.26, loft=0.72),
    "jersey": Fabric("plain", 0.95, 0.5, 0.04, cell=0.28, depth=0.8, loft=0.78),
    "fleece": Fabric("fuzzy", 0.85, 0.4, 0.0, cell=0.3, depth=0.7, loft=0.95),
    "knit": Fabric("knit", 0.7, 0.26, 0.0, cell=0.32),
    "denim": Fabric("twill", 0.5, 0.55, 0.26, cell=0.22, loft=0.75),
    "linen": Fabric("slubby", 0.75, 0.62, 0.4, cell=0.24, loft=0.66),
    "wool": Fabric("fuzzy", 0.72, 0.42, 0.0, cell=0.36, depth=0.8, loft=0.8),
    "satin": Fabric("smooth", 1.2, 0.5, 0.0, cell=0.28, sheen=0.2, tight=3.5, loft=0.66),
    "silk": Fabric("smooth", 1.15, 0.5, 0.04, cell=0.26, sheen=0.16, tight=3.5, loft=0.66),
    "chiffon": Fabric("plain", 1.1, 0.6, 0.06, cell=0.26, depth=0.6, loft=0.6),
    "lace": Fabric("plain", 0.6, 0.35, 0.0, loft=0.66),
    "leather": Fabric("pebble", 0.55, 0.55, 0.1, cell=0.24, sheen=0.22, tight=12.0),
    "suede": Fabric("fuzzy", 0.4, 0.3, 0.0, cell=0.24),
    "nylon": Fabric("smooth", 0.7, 0.6, 0.34, cell=0.2, sheen=0.13, tight=8.0),
    "fur": Fabric("shaggy", 0.5, 0.2, 0.0, cell=0.3),
    "canvas": Fabric("canvas", 0.35, 0.34, 0.12, loft=0.8),
    "corduroy": Fabric("cord", 0.6, 0.4, 0.0, loft=0.8),
    "straw": Fabric("braid", 0.1, 0.1, 0.0),
    "rubber": Fabric("smooth", 0.0, 0.0, 0.0, sheen=0.1, tight=8.0),
    "metal": Fabric("smooth", 0.0, 0.0, 0.0, sheen=0.7, tight=10.0),
}
