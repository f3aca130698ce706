"""When a rule holds: on which days, and for which searches."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from recommender.filters import Filters, with_kinds
from recommender.models import Rule


@dataclass(frozen=True, slots=True)
class QueryFacts:
    """What a search is for, as rules ask about it. `color` is a family; `product_id` a row's id.

    `filters` are those in force, with what the words added to them.
    """

    category: str = ""
    color: str = ""
    pattern: str = ""
    text: str = ""
    product_id: int | None = None
    filters: Filters = field(default_factory=Filters)

    def values(self, kind: str) -> set[str]:
        """What the query says of a kind: its garment's own tag, and the filters on it."""
        own = {"category": self.category, "color": self.color, "pattern": self.pattern}.get(kind)
        return {*self.filters.values.get(kind, ()), *([own] if own else [])}


def holds(rule: Rule, query: QueryFacts, now: datetime) -> bool:
    """Whether the rule's dates and its conditions on the query fit; the start is included."""
    if rule.starts_at is not None and now < rule.starts_at:
        return False
    if rule.ends_at is not None and now >= rule.ends_at:
        return False
    return is_about(rule, query)


def is_about(rule: Rule, query: QueryFacts) -> bool:
    """Whether the query is one that the rule names, on whatever day."""
    return all(_asks(kind, values, query) for kind, values in rule.queries.items() if values)


def _asks(kind: str, values: Sequence[str], query: QueryFacts) -> bool:
    if kind == "text":
        return any(_says(query.text, phrase) for phrase in values)
    wanted = set(with_kinds(values)) if kind == "category" else set(values)
    return bool(wanted & query.values(kind))


def _says(text: str, phrase: str) -> bool:
    """Whether the words are in the text: Latin ones as whole words ("red" is not in "shredded").

    Korean ones anywhere, for particles and compounds are written without a space.
    """
    text, phrase = text.casefold(), " ".join(phrase.casefold().split())
    if not phrase.isascii():
        return phrase in text
    return re.search(rf"(?<!\w){re.escape(phrase)}(?!\w)", text) is not None
