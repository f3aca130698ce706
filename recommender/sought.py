"""What one search looks for, and what came of it before it is ordered and grouped."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from recommender.asked import Asked
from recommender.candidates import Candidate
from recommender.filters import Filters
from recommender.merchandising import Arrangement
from recommender.query import Query, QueryGarment
from recommender.rank import Ranked
from recommender.words import Understood, changed
from tenants.models import Shop


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


@dataclass(frozen=True, slots=True)
class Case:
    """One attempt at a search: under these filters, with the rules that this gives."""

    shop: Shop
    sought: Sought
    asked: Asked
    revision: str
    filters: Filters
    arranging: Callable[..., Arrangement]


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
