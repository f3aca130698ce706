"""Where the pieces of a look lie in its photo."""

from collections.abc import Sequence

from vision.render.outfit import PART, Spot

BODY: dict[str, Spot] = {
    "outer": (0.735, 0.27, 0.50, 0.45),
    "upper": (0.35, 0.26, 0.56, 0.44),
    "full-body": (0.35, 0.50, 0.56, 0.88),
    "lower": (0.33, 0.745, 0.46, 0.46),
    "footwear": (0.80, 0.88, 0.28, 0.16),
}
"""Middle x and y, greatest width and height, as shares of the photo. Nothing touches: pieces that
do are seen as one garment."""
UPPER_BESIDE: dict[str, Spot] = {
    "outer": (0.245, 0.265, 0.45, 0.41),
    "full-body": (0.81, 0.20, 0.32, 0.30),
}
"""Where the upper lies that shares the width with a jacket, or with dungarees."""
SIDE: tuple[Spot, ...] = (
    (0.80, 0.63, 0.24, 0.21),
    (0.80, 0.14, 0.26, 0.17),
    (0.80, 0.38, 0.24, 0.20),
)
"""Hats, bags, belts and socks take these in turn, unless a garment lies there."""


def laid_out(categories: Sequence[str], *, mirrored: bool) -> list[Spot]:
    """A spot for each category. Raises IndexError where small things are more than spots."""
    parts = [PART.get(category, "upper") for category in categories]
    free = [spot for spot in SIDE if not _taken(spot, parts)]
    spots = [_spot(part, parts, free) for part in parts]
    return [_mirrored(spot) for spot in spots] if mirrored else spots


def _spot(part: str, parts: Sequence[str], free: list[Spot]) -> Spot:
    if part == "upper":
        return next((UPPER_BESIDE[other] for other in parts if other in UPPER_BESIDE), BODY[part])
    return BODY[part] if part in BODY else free.pop(0)


def _taken(spot: Spot, parts: Sequence[str]) -> bool:
    """Whether an outer garment, or the upper beside dungarees, lies at a spot of the side."""
    upper_right = "outer" in parts or {"upper", "full-body"} <= set(parts)
    return upper_right and spot[0] > 0.5 and spot[1] < 0.5


def _mirrored(spot: Spot) -> Spot:
    x, *rest = spot
    y, width, height = rest
    return 1 - x, y, width, height
