"""Rows in batches: not too many, and not too much text, however long a row is."""

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

One = TypeVar("One")

MOST_CHARACTERS = 2**21


def batched(
    rows: Iterable[One], most: int, weight: Callable[[One], int], limit: int = MOST_CHARACTERS
) -> Iterator[list[One]]:
    """Up to `most` rows at a time, fewer where their weights come to `limit`."""
    batch: list[One] = []
    total = 0
    for row in rows:
        batch.append(row)
        total += weight(row)
        if len(batch) >= most or total >= limit:
            yield batch
            batch, total = [], 0
    if batch:
        yield batch
