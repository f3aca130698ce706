"""What one answered search looked for and found, for those who count: see `search_answered`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from recommender.asked import Asked
from recommender.listing import Listing
from recommender.rank import PARTS
from recommender.sought import Sought

Kind = Literal["photo", "drawing", "words", "product", "photo+words"]


@dataclass(frozen=True, slots=True, eq=False)
class Searched:
    """`text` are the words as they were typed: whoever keeps them takes out what names a person.

    `category` to `style` are of what was looked for, the photo as its words changed it; empty
    where nothing says, and of pattern and style where the network was unsure. `seen`: a garment
    was made out, or none was needed. `best_score` is the greatest score of the list, 0..1, beside
    words the photo's part of it; None for words alone, whose scores say only which is better.
    `missed`: the words name something that no product has, and it gave way. `embedding` is the unit
    vector of the garment; None for words alone, and where nothing was seen. `rules` are the ids of
    those that held. `visitor` is the page's own name of who looks, as it was sent; `robot`: nobody
    does.
    """

    kind: Kind = "words"
    text: str = ""
    category: str = ""
    color: str = ""
    pattern: str = ""
    style: str = ""
    filters: Mapping[str, Any] = field(default_factory=dict)
    found: int = 0
    seen: bool = True
    best_score: float | None = None
    missed: bool = False
    embedding: npt.NDArray[np.float32] | None = None
    revision: str = ""
    rules: Sequence[int] = ()
    visitor: str = ""
    robot: bool = False


def searched(*, asked: Asked, sought: Sought, made: Listing, revision: str) -> Searched:
    """Of a search's first page."""
    words, query = sought.words, sought.query
    missed = words is not None and bool(words.unknown or made.loose)
    common: dict[str, Any] = {
        "text": asked.text,
        "filters": made.filters.as_json(),
        "found": len(made.listed),
        "missed": missed,
        "revision": revision,
        "rules": [rule.pk for rule in made.arrangement.rules],
        "visitor": asked.visitor,
        "robot": asked.robot,
    }
    if not query.garments:
        return Searched(**common, **_named(sought))
    kind = _kind(asked, sought)
    if not query.found:
        return Searched(**common, kind=kind, seen=False)
    garment = sought.garment
    return Searched(
        **common,
        kind=kind,
        category=garment.category,
        color=garment.palette[0].family if garment.palette else "",
        pattern="" if garment.drawn and not garment.patterns else _sure(sought, "pattern"),
        style="" if garment.drawn else _sure(sought, "style"),
        best_score=_best(made),
        embedding=garment.embedding,
    )


def _best(made: Listing) -> float | None:
    """Compared as a photo alone is: words add to a score what says nothing of looks."""
    if not made.words_share:
        return max((one.ranked.score for one in made.listed), default=None)
    weights = [getattr(made.weights, name) for name in PARTS]
    return max(
        (
            sum(share * part for share, part in zip(weights, one.ranked.parts, strict=True))
            for one in made.listed
        ),
        default=None,
    )


def _kind(asked: Asked, sought: Sought) -> Kind:
    if sought.own is not None:
        return "product"
    if sought.query.garment.drawn:
        return "drawing"
    return "photo+words" if asked.text else "photo"


def _sure(sought: Sought, head: str) -> str:
    said = sought.garment.tags.get(head)
    return said.id if said is not None and not said.unsure else ""


def _named(sought: Sought) -> dict[str, Any]:
    """What words alone name: the first of each kind."""
    if sought.words is None:
        return {}
    named = sought.words.changes
    kinds = ("category", "color", "pattern", "style")
    return {kind: named[kind][0] for kind in kinds if named.get(kind)}
