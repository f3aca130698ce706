"""A garment as an outfit sees it, and many of them as arrays."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from recommender.outfit.harmony import Floats, Palettes
from recommender.outfit.seasons import Share, seasons
from recommender.outfit.slots import Slot, slot_of
from recommender.query import QueryGarment, Shade
from vision.taxonomy import taxonomy

COLORS, LEAST_SHARE = 3, 0.12
"""Colours of a palette that a passer-by sees, and the least share of one."""
QUIET = frozenset({"solid", "melange", "denim", "lace", "jacquard", "embroidery"})
"""Patterns that are seen as a texture. Every other one is busy: an outfit has one at most."""
GENDERS = {"girls": "kids", "boys": "kids"}


@dataclass(frozen=True, slots=True, eq=False)
class Piece:
    """`product_id` is None for what the shopper owns; `group` names the variants of one product."""

    product_id: int | None
    category: str
    pattern: str
    palette: tuple[Shade, ...]
    styles: Share
    seasons: Share
    gender: str = ""
    group: str = ""

    @property
    def slot(self) -> Slot | None:
        return slot_of(self.category)

    @property
    def busy(self) -> bool:
        return self.pattern not in QUIET

    @property
    def denim(self) -> bool:
        """Worn with anything, whatever its colour."""
        return self.pattern == "denim" or self.category == "jeans"

    @property
    def family(self) -> str:
        return self.palette[0].family if self.palette else ""

    @property
    def style(self) -> str:
        """The likeliest; empty where none is known."""
        return max(self.styles, key=lambda one: (self.styles[one], one), default="")

    @classmethod
    def seen(cls, garment: QueryGarment) -> "Piece":
        """Of a shopper's photo."""
        said = {head: {one.id: one.confidence} for head, one in garment.tags.items()}
        sure = {head: one.id for head, one in garment.tags.items() if not one.unsure}
        gender = sure.get("gender", "")
        return cls(
            product_id=None,
            category=garment.category,
            pattern=garment.pattern,
            palette=garment.palette,
            styles=said.get("style", {}),
            seasons=seasons(
                garment.category,
                cloth=said.get("material"),
                sleeve=next(iter(said.get("sleeve", ())), ""),
                seen=sure.get("season", ""),
            ),
            gender=GENDERS.get(gender, gender),
        )

    @classmethod
    def stored(cls, row: Mapping[str, Any]) -> "Piece":
        """Of a row of `pool.COLUMNS`. What a person or the feed said of the style is sure."""
        said = row["tags__style"] or {}
        style = row["style"]
        top = dict(said.get("top", ())) if said.get("value") == style else {style: 1.0}
        return cls(
            product_id=row["product_id"],
            category=row["category"],
            pattern=row["pattern"],
            palette=tuple(map(Shade.stored, row["palette"])),
            styles={one: share for one, share in top.items() if one},
            seasons=seasons(
                row["category"],
                text=row["product__season"],
                cloth=dict((row["tags__material"] or {}).get("top", ())),
                sleeve=row["tags__sleeve__value"] or "",
                seen=_sure(row["tags__season"]),
            ),
            gender=row["gender"],
            group=row["variant_group"] or f"#{row['fold'] or row['product_id']}",
        )


@dataclass(frozen=True, slots=True)
class Rack:
    """n pieces as arrays: `styles` [n, s] and `seasons` [n, 4] by the order of the taxonomy."""

    pieces: tuple[Piece, ...]
    palettes: Palettes
    styles: Floats
    seasons: Floats
    busy: np.ndarray[Any, np.dtype[np.bool_]]

    @classmethod
    def of(cls, pieces: Iterable[Piece]) -> "Rack":
        pieces = tuple(pieces)
        labs = np.zeros((len(pieces), COLORS, 3))
        shares = np.zeros((len(pieces), COLORS))
        for at, piece in enumerate(pieces):
            for place, shade in enumerate(_telling(piece.palette)):
                labs[at, place], shares[at, place] = shade.lab, shade.share
        total = shares.sum(1, keepdims=True)
        np.divide(shares, total, out=shares, where=total > 0)
        denim = np.asarray([piece.denim for piece in pieces], bool)
        return cls(
            pieces=pieces,
            palettes=Palettes(labs, shares, denim),
            styles=_by_value("style", [piece.styles for piece in pieces]),
            seasons=_by_value("season", [piece.seasons for piece in pieces]),
            busy=np.asarray([piece.busy for piece in pieces], bool),
        )


def _telling(palette: Sequence[Shade]) -> list[Shade]:
    """The first colour, which names the garment, and what else there is much of."""
    further = [shade for shade in palette[1:] if shade.share >= LEAST_SHARE]
    return [*palette[:1], *further][:COLORS]


def _by_value(kind: str, shares: Sequence[Share]) -> Floats:
    values = taxonomy().ids(kind)
    return np.asarray([[one.get(value, 0.0) for value in values] for one in shares]).reshape(
        len(shares), len(values)
    )


def _sure(said: Mapping[str, Any] | None) -> str:
    return str(said["value"]) if said and not said.get("unsure") else ""
