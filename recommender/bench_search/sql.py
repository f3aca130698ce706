"""What candidates cost in the database, and whether they are the right ones."""

import statistics
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt
import psycopg
from django.db import connection

from recommender.bench_search.vectors import Vectors
from recommender.bench_search.world import MadeShop
from recommender.candidates import POOL_LEAST, candidates
from recommender.filters import Filters
from tenants.scope import shop_scope

NEAREST = 10
AS_GOOD = 1e-5
"""Cosine by which a found garment may miss the tenth: halves are rounded."""
LIMIT = 6

Statements = list[tuple[str, Any]]


@dataclass
class Watch:
    """For `connection.execute_wrapper`: statements and the milliseconds that they took."""

    milliseconds: float = 0.0
    statements: Statements = field(default_factory=list)

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        started = time.perf_counter()
        try:
            return execute(sql, params, many, context)
        finally:
            self.milliseconds += 1000 * (time.perf_counter() - started)
            self.statements.append((sql, params))


@dataclass(frozen=True)
class Found:
    """Over many queries. `whole`: each gave min(wanted, eligible) rows. Milliseconds in SQL."""

    recall: float
    whole: bool
    p50: float
    p95: float

    def figures(self, name: str) -> dict[str, float]:
        return {
            f"{name}_recall": self.recall,
            f"{name}_whole": float(self.whole),
            f"{name}_p50_ms": self.p50,
            f"{name}_p95_ms": self.p95,
        }


def found(made: MadeShop, queries: Vectors, color: str) -> Found:
    """Search a made shop with each query, filtered by a colour or, with "", by nothing."""
    passing = made.passing(color)
    wanted = min(POOL_LEAST, int(passing.sum()))
    filters = Filters(values={"color": (color,)}) if color else Filters()
    hits, spent, whole = 0.0, [], True
    # Once before it counts: plans and pages are read.
    for query in (queries[0], *queries):
        watch = Watch()
        with shop_scope(made.shop), connection.execute_wrapper(watch):
            got = candidates(
                query, shop=made.shop, revision=made.revision, filters=filters, limit=LIMIT
            )
        spent.append(watch.milliseconds)
        whole = whole and len(got) == wanted
    for query, right in zip(queries, nearest(made.vectors, queries, passing), strict=True):
        with shop_scope(made.shop):
            got = candidates(
                query, shop=made.shop, revision=made.revision, filters=filters, limit=LIMIT
            )
        hits += recall([one.product_id - made.first_id for one in got], query, made.vectors, right)
    return Found(hits / len(queries), whole, statistics.median(spent[1:]), percentile(spent[1:]))


def nearest(
    vectors: Vectors, queries: Vectors, passing: npt.NDArray[np.bool_]
) -> list[npt.NDArray[np.float32]]:
    """For each query the cosines of its ten nearest, as the database keeps vectors, best first."""
    rows = np.flatnonzero(passing)
    best: list[npt.NDArray[np.float32]] = [np.empty(0, np.float32) for _ in queries]
    for first in range(0, len(rows), 50_000):
        cosines = queries @ halves(vectors[rows[first : first + 50_000]]).T
        for at, row in enumerate(cosines):
            best[at] = np.sort(np.concatenate([best[at], row]))[::-1][:NEAREST]
    return best


def recall(
    places: Sequence[int],
    query: npt.NDArray[np.float32],
    vectors: Vectors,
    right: npt.NDArray[np.float32],
) -> float:
    """Share of the ten nearest among the first ten places that were found."""
    if not len(right):
        return 1.0
    got = halves(vectors[list(places[: len(right)])]) @ query
    return float(np.mean(got >= right[-1] - AS_GOOD)) * min(1.0, len(got) / len(right))


def halves(vectors: Vectors) -> Vectors:
    return vectors.astype(np.float16).astype(np.float32)


def statements_of(made: MadeShop, query: npt.NDArray[np.float32]) -> Statements:
    """What a search for candidates sends, its scope with it."""
    watch = Watch()
    with connection.execute_wrapper(watch), shop_scope(made.shop):
        candidates(query, shop=made.shop, revision=made.revision, filters=Filters(), limit=LIMIT)
    return watch.statements


def replayed(link: psycopg.Connection[Any], statements: Statements) -> float:
    """Milliseconds of the same statements sent by psycopg alone, in one transaction undone."""
    started = time.perf_counter()
    with link.transaction(force_rollback=True), link.cursor() as cursor:
        for text, params in statements:
            cursor.execute(text, params)
            if cursor.description is not None:
                cursor.fetchall()
    return 1000 * (time.perf_counter() - started)


def connect(address: str) -> psycopg.Connection[Any]:
    """As Django does: parameters stand in the text."""
    return psycopg.connect(address, autocommit=True, cursor_factory=psycopg.ClientCursor)


def crowded(alone: str, among: str, made: MadeShop, queries: Vectors) -> dict[str, float]:
    """The same searches of one shop in two databases, by turns: with no other shop, and with."""
    statements = [statements_of(made, query) for query in queries]
    spent: dict[str, list[float]] = {alone: [], among: []}
    with connect(alone) as one, connect(among) as other:
        for sent in (statements[0], *statements):
            spent[alone].append(replayed(one, sent))
            spent[among].append(replayed(other, sent))
    p50 = {address: statistics.median(all_[1:]) for address, all_ in spent.items()}
    return {
        "alone_p50_ms": p50[alone],
        "among_p50_ms": p50[among],
        "among_of_alone": p50[among] / p50[alone],
    }


def percentile(numbers: Sequence[float], share: float = 0.95) -> float:
    ordered = sorted(numbers)
    return ordered[max(0, int(np.ceil(share * len(ordered))) - 1)]
