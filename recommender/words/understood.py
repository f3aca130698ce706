"""What was understood of a text."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from recommender.filters import Filters

NOT = "-"
"""Before a term: the product must not have it."""


@dataclass(frozen=True, slots=True)
class Chip:
    """One filter that the words named, as a shopper sees it and takes it off by its `id`.

    `value` holds the values joined by "," where a word stands for several ("stripes"); `negated`
    where the shopper wants none of them.
    """

    id: str
    kind: str
    value: str
    label: str
    words: str
    negated: bool = False

    def as_json(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "kind": self.kind,
            "value": self.value,
            "label": self.label,
            "words": self.words,
            "negated": self.negated,
        }


@dataclass(frozen=True, slots=True)
class Understood:
    """A text in terms of the shop.

    `filters` is what products must be. `changes` are the values by kind that the words name, those
    too that only rank (`material`, `fit`, `style` …): what they replace of a photo. A kind of which
    only unwanted values were named has none. `terms` rank; those that begin with `NOT` leave
    products out. `mended` is misspelt → read as. `unknown` are words that no product of the shop
    has, and stand among the terms where nothing else was understood. `foreign` is a price in
    another currency, which was not used.
    """

    filters: Filters = field(default_factory=Filters)
    changes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    terms: tuple[str, ...] = ()
    mended: Mapping[str, str] = field(default_factory=dict)
    chips: tuple[Chip, ...] = ()
    unknown: tuple[str, ...] = ()
    foreign: str = ""
