"""What one search looks for, and what came of it before it is ordered and grouped."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from recommender.asked import Asked
from recommender.candidates import Candidate
from recommender.filters import Filters
from recommender.merchandising import Arrangement
from recommender.query import Query, QueryGarment
from recommender.rank import Ranked
from recommender.words import Understood, changed
from tenants.models import Shop

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Sought:
    """What is looked for: a query, words, or both, and the product that the query is, if any."""

    query: Query
    words: Understood | None = None
    own: Candidate | None = None

    @property
    def garment(self) -> QueryGarment:
        """What the photo shows, and in its place what the words name."""
        garment = self.query.garment
        return changed(garment, self.words) if self.words is not None else garment

    @property
    def terms(self) -> Sequence[str]:
        """Of the words: to rank by, and to leave products out by."""
        return self.words.terms if self.words is not None else ()


class Once:
    """What the attempts at a search read alike, read once: a rule's preview searches twice."""

    def __init__(self) -> None:
        self._kept: list[tuple[Any, Any]] = []
        self.products: dict[int, Candidate] = {}
        """Compared with nothing, by id."""

    def __call__(self, about: Any, read: Callable[[], T]) -> T:
        """`read()`, or what it gave when it was asked `about` the same."""
        for known, given in self._kept:
            if known == about:
                held: T = given
                return held
        given = read()
        self._kept.append((about, given))
        return given

    def under(self, what: str, filters: Filters, read: Callable[[], list[T]]) -> list[T]:
        """The same of what filters leave; where they left nothing, hiding more leaves nothing."""
        empty = (known[1] for known, given in self._kept if known[0] == what and not given)
        if any(filters.narrows(other) for other in empty):
            return []
        return self((what, filters), read)


@dataclass(frozen=True, slots=True)
class Case:
    """One attempt at a search: under these filters, with the rules that this gives."""

    shop: Shop
    sought: Sought
    asked: Asked
    revision: str
    filters: Filters
    arranging: Callable[..., Arrangement]
    once: Once = field(default_factory=Once)


@dataclass(frozen=True, slots=True)
class Found:
    """Products in no final order yet.

    `words` is by product how well its texts fit, 0..1; `words_share` how much of each score they
    gave; `among` the products that words matched, None for all that the filters leave.
    """

    ranked: Sequence[Ranked]
    words: dict[int, float] = field(default_factory=dict)
    words_share: float = 0.0
    among: frozenset[int] | None = None
