"""Long lists, newest first, page after page: each goes on behind the last row of the one before."""

from datetime import datetime
from typing import Any, TypeVar

from django.db.models import Model, Q, QuerySet

BIGINT_DIGITS = 18
Row = TypeVar("Row", bound=Model)


def mark_of(row: Any) -> str:
    """What an address says of a page's last row: its time and its id."""
    return f"{row.at.isoformat()}_{row.pk}"


def after(rows: QuerySet[Row], mark: str) -> QuerySet[Row]:
    """In the order of the list, behind the mark; all of it where the mark cannot be read."""
    ordered = rows.order_by("-at", "-pk")
    at, _bar, pk = mark.rpartition("_")
    try:
        when = datetime.fromisoformat(at)
    except ValueError:
        return ordered
    if when.tzinfo is None:
        return ordered
    return ordered.filter(Q(at__lt=when) | Q(at=when, pk__lt=number(pk)))


def number(text: str) -> int:
    """An id of an address; -1, which no row has, for what is none."""
    return int(text) if text.isdecimal() and len(text) <= BIGINT_DIGITS else -1
