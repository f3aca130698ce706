"""What is looked for: one garment, from a photo or from the catalogue, in the terms of ranking."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import numpy as np
import numpy.typing as npt

from catalog.models import Garment
from catalog.shop_taxonomy import shop_taxonomy
from vision.outline import Ring, outline
from vision.taxonomy import taxonomy
from vision.types import WHOLE_PHOTO, Box, Color
from vision.types import Garment as SeenGarment

Belief = Mapping[str, float]
"""How likely each value of a head is; sums to 1."""


@dataclass(frozen=True, slots=True)
class Shade:
    """One colour of a palette."""

    name: str
    name_ko: str
    family: str
    hex: str
    share: float
    lab: tuple[float, float, float]

    def label(self, lang: str) -> str:
        return self.name_ko if lang == "ko" else self.name

    @classmethod
    def seen(cls, color: Color) -> "Shade":
        return cls(color.name, color.name_ko, color.family, color.hex, color.share, color.lab)

    @classmethod
    def stored(cls, color: Mapping[str, Any]) -> "Shade":
        """From a garment's `palette`."""
        return cls(
            name=color["name"],
            name_ko=color["name_ko"],
            family=color["family"],
            hex=color["hex"],
            share=color["share"],
            lab=tuple(color["lab"]),
        )


@dataclass(frozen=True, slots=True)
class Named:
    """One head's answer, for the reply."""

    id: str
    confidence: float
    unsure: bool


@dataclass(frozen=True, slots=True, eq=False)
class QueryGarment:
    """One garment of a query. `box` and `outline` are in pixels of the full photo."""

    box: Box
    tags: Mapping[str, Named]
    palette: tuple[Shade, ...]
    embedding: npt.NDArray[np.float32]
    categories: Belief
    patterns: Belief
    likely: Mapping[str, Belief] = field(default_factory=dict)
    """By head, its likeliest values as a photo was just seen; empty for what comes from a table."""
    outline: tuple[Ring, ...] = ()
    """Empty where the whole photo stands for a garment, and for what the catalogue keeps."""
    drawn: bool = False
    """Of a drawing, which shows no pattern, and a colour only where there is paint."""

    @property
    def category(self) -> str:
        return self.tags["category"].id

    @property
    def pattern(self) -> str:
        return self.tags["pattern"].id


@dataclass(frozen=True, slots=True, eq=False)
class Query:
    """A photo or a product: its garments, and which of them is looked for.

    `found` is False where no garment was made out and the whole photo stands for one. Words alone
    have no garment. `image_id` names a photo that may be asked about again.
    """

    width: int = 0
    height: int = 0
    garments: tuple[QueryGarment, ...] = ()
    found: bool = False
    selected: int = 0
    image_id: UUID | None = None

    @property
    def garment(self) -> QueryGarment:
        """The one that is looked for; IndexError for words alone."""
        return self.garments[self.selected]


def from_photo(garment: SeenGarment, *, scale: float) -> QueryGarment:
    """Of an analysis; `scale` leads from its pixels to those of the full photo."""
    x0, y0, x1, y1 = (round(edge * scale) for edge in garment.box)
    return QueryGarment(
        box=(x0, y0, x1, y1),
        tags={
            head: Named(one.value, one.probability, one.unsure)
            for head, one in garment.tags.items()
        },
        palette=tuple(Shade.seen(color) for color in garment.palette),
        embedding=garment.embedding,
        categories=_belief(garment.tags["category"].top),
        patterns=_belief(garment.tags["pattern"].top),
        likely={head: dict(one.top) for head, one in garment.tags.items()},
        outline=_outline(garment, scale),
    )


def from_catalogue(garment: Garment) -> QueryGarment:
    """Of a stored garment. What a person or the feed said of the product is taken as sure."""
    x0, y0, x1, y1 = garment.box
    columns = {"category": garment.category, "pattern": garment.pattern, "style": garment.style}
    said = {head: garment.tags.get(head) or {} for head in columns}
    kept = {head: said[head].get("value") == value for head, value in columns.items()}
    return QueryGarment(
        box=(x0, y0, x1, y1),
        tags={
            head: Named(value, said[head]["probability"], said[head]["unsure"])
            if kept[head]
            else Named(value, 1.0, False)
            for head, value in columns.items()
            if value
        },
        palette=tuple(Shade.stored(color) for color in garment.palette),
        embedding=np.asarray(garment.embedding, np.float32),
        categories=_belief(
            said["category"]["top"] if kept["category"] else [(garment.category, 1)]
        ),
        patterns=_belief(said["pattern"]["top"] if kept["pattern"] else [(garment.pattern, 1)]),
    )


def label(kind: str, value: str, lang: str) -> str:
    """The name of a tag's value, the shop's in scope where it gave one; the value itself where a
    shop uses one of its own."""
    named = shop_taxonomy().name(kind, value, lang)
    if named:
        return named
    term = taxonomy().terms(kind).get(value)
    return term.label(lang) if term else value


def _outline(garment: SeenGarment, scale: float) -> tuple[Ring, ...]:
    if garment.region == WHOLE_PHOTO:
        return ()
    return tuple(
        tuple((round(x * scale), round(y * scale)) for x, y in ring)
        for ring in outline(garment.mask, garment.box)
    )


def _belief(top: Iterable[tuple[str, float]]) -> Belief:
    """The likeliest values with their probabilities, made to sum to 1."""
    likely = dict(top)
    total = sum(likely.values())
    return {value: probability / total for value, probability in likely.items()} if total else {}
