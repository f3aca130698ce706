"""What a search answers, before it is a reply."""

import uuid
from dataclasses import dataclass, field
from datetime import datetime

from recommender.facets import Facet
from recommender.query import Query
from recommender.results import Match
from recommender.said import Said


@dataclass(frozen=True, slots=True)
class Row:
    """The results for one garment of the photo."""

    garment: int
    matches: tuple[Match, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """One page. `found` counts the places of the whole list; `cursor` leads to the next page."""

    search_id: uuid.UUID
    query: Query
    matches: tuple[Match, ...]
    found: int
    cursor: str = ""
    said: Said = field(default_factory=Said)
    facets: tuple[Facet, ...] = ()
    rows: tuple[Row, ...] = ()
    kept_until: datetime | None = None
    """Where this search's photo was kept, with consent."""
