"""What a list is made of beside its rows, as it is kept with the list for the next pages."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any
from uuid import UUID

import numpy as np

from catalog.models.garment import EMBEDDING_SIZE
from recommender.by_words import CONCEPT
from recommender.filter_labels import value_label
from recommender.memory import garment_json, garment_of
from recommender.query import Query
from recommender.rank import PARTS, Weights
from recommender.results import Reasons
from recommender.words import Understood
from recommender.words.understood import NOT

NO_VECTOR = np.zeros(EMBEDDING_SIZE, np.float32)


@dataclass(frozen=True, slots=True)
class Chip:
    """Something that the words name, or say should not be (`negated`); `applied` is False where
    nothing of the shop has it, so that it only orders."""

    id: str
    kind: str
    value: str
    label: str
    words: str
    negated: bool = False
    applied: bool = True


@dataclass(frozen=True, slots=True)
class Said:
    """What was made of a shopper's words."""

    chips: tuple[Chip, ...] = ()
    terms: tuple[str, ...] = ()
    """What ranks and filters nothing, as a shopper reads it; `NOT` before what must not be."""
    mended: Mapping[str, str] = field(default_factory=dict)
    unknown: tuple[str, ...] = ()
    """Words that no product of the shop has."""
    foreign: str = ""
    """A price in another currency, which was not used."""

    @property
    def labels(self) -> tuple[str, ...]:
        """What every result is, or is not."""
        return tuple(one.label for one in self.chips if one.applied)

    @property
    def literal(self) -> tuple[str, ...]:
        """The terms that products should have."""
        return tuple(term for term in self.terms if not term.startswith(NOT))


def said_of(understood: Understood | None, *, loose: Collection[str], lang: str) -> Said:
    """`loose` are kinds that are no filter, for nothing has all that the words name."""
    if understood is None:
        return Said()
    return Said(
        chips=tuple(
            Chip(
                one.id,
                one.kind,
                one.value,
                one.label,
                one.words,
                negated=one.negated,
                applied=one.kind not in loose,
            )
            for one in understood.chips
        ),
        terms=tuple(_shown(understood, lang)),
        mended=dict(understood.mended),
        unknown=tuple(understood.unknown),
        foreign=understood.foreign,
    )


def _shown(understood: Understood, lang: str) -> Iterator[str]:
    """The terms as a shopper reads them; those that stand as chips are not said twice."""
    chips = {one.kind for one in understood.chips}
    for term in understood.terms:
        refused, name = NOT * term.startswith(NOT), term.removeprefix(NOT)
        if not name.startswith(CONCEPT):
            yield term
            continue
        kind, _, value = name.removeprefix(CONCEPT).partition(":")
        if kind not in chips:
            yield refused + value_label(kind, value, lang)


def facts_json(reasons: Reasons, said: Said) -> dict[str, Any]:
    """For `ResultList.facts`: no vectors, which later pages do not need."""
    query = reasons.query
    return {
        "query": {
            "width": query.width,
            "height": query.height,
            "found": query.found,
            "selected": query.selected,
            "image_id": str(query.image_id) if query.image_id else None,
            "garments": [garment_json(one) for one in query.garments],
        },
        "weights": [getattr(reasons.weights, name) for name in PARTS],
        "words_share": reasons.words_share,
        "said": asdict(said),
    }


def facts_read(facts: Mapping[str, Any], *, lang: str) -> tuple[Reasons, Said]:
    """Of `facts_json`."""
    told = facts["query"]
    query = Query(
        width=told["width"],
        height=told["height"],
        garments=tuple(garment_of(one, NO_VECTOR) for one in told["garments"]),
        found=told["found"],
        selected=told["selected"],
        image_id=UUID(told["image_id"]) if told["image_id"] else None,
    )
    words = facts["said"]
    said = Said(
        chips=tuple(Chip(**one) for one in words["chips"]),
        terms=tuple(words["terms"]),
        mended=words["mended"],
        unknown=tuple(words["unknown"]),
        foreign=words["foreign"],
    )
    weights = Weights(**dict(zip(PARTS, facts["weights"], strict=True)))
    return (
        Reasons(
            query,
            weights,
            lang,
            said.labels,
            said.literal,
            words_share=facts["words_share"],
        ),
        said,
    )
