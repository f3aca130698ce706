"""What the analyzer answers: plain frozen values, the same for web, worker and command line."""

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

Image = npt.NDArray[np.uint8]
"""RGB photo, [height, width, 3]."""
Mask = npt.NDArray[np.bool_]
Vector = npt.NDArray[np.float32]

Box = tuple[int, int, int, int]
"""x0, y0, x1, y1 in pixels of the photo; x1 and y1 are the first column and row outside."""

WHOLE_PHOTO = "photo"
"""Region of the one garment that stands for the whole photo where none was found."""


@dataclass(frozen=True, slots=True)
class Prediction:
    """One head's best guess."""

    value: str
    probability: float
    top: tuple[tuple[str, float], ...]
    """The three likeliest values with their probabilities, likeliest first."""
    unsure: bool
    """Whether the probability is under the head's threshold, or no garment was found."""


@dataclass(frozen=True, slots=True)
class Color:
    """One colour of a garment's palette."""

    name: str
    name_ko: str
    family: str
    hex: str
    """``#rrggbb``"""
    share: float
    """Share of the garment's pixels, 0..1."""
    lab: tuple[float, float, float]
    """CIELAB, D65."""


@dataclass(frozen=True, slots=True, eq=False)
class Garment:
    """One garment of a photo."""

    box: Box
    region: str
    """The parser's class, or ``photo`` where no garment was found."""
    area: float
    """Share of the photo's pixels, 0..1."""
    mask: Mask
    """[h, w] of the box."""
    tags: dict[str, Prediction]
    """By head; heads that say nothing about the category (a shoe's sleeve) are left out."""
    palette: tuple[Color, ...]
    """The colour that a person would name first comes first; never empty."""
    embedding: Vector
    """[256], unit length."""

    @property
    def category(self) -> str:
        return self.tags["category"].value

    @property
    def pattern(self) -> str:
        return self.tags["pattern"].value

    @property
    def style(self) -> str:
        return self.tags["style"].value

    @property
    def unsure(self) -> tuple[str, ...]:
        """The heads under their threshold."""
        return tuple(head for head, prediction in self.tags.items() if prediction.unsure)


@dataclass(frozen=True, slots=True, eq=False)
class Analysis:
    """What one photo holds."""

    width: int
    height: int
    garments: tuple[Garment, ...]
    """The main garment first; never empty."""
    mask: Mask
    """[height, width]: garments and accessories, without skin and hair."""
    revision: str
    """Of the bundle that made the tags and the embeddings."""
    timings: dict[str, float] = field(default_factory=dict)
    """Milliseconds by part: ``parse``, ``tag``, ``color``."""

    @property
    def main(self) -> Garment:
        return self.garments[0]

    @property
    def found(self) -> bool:
        """Whether a garment was found; otherwise the one garment is the whole photo, unsure."""
        return self.main.region != WHOLE_PHOTO
