"""What a shop could use instead, on the same vectors with the same filters and on this machine.

Each is asked for as many neighbours as a search of ours re-ranks, in the process where it runs:
there is no server between, but for ours. Imported here only, by the extra `bench`.
"""

import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from typing import Any

import faiss
import lancedb
import numpy as np
import numpy.typing as npt
import pyarrow as pa
from qdrant_client import QdrantClient, models

from recommender.bench_search.sql import nearest, recall
from recommender.bench_search.vectors import Vectors
from recommender.bench_search.world import MadeShop
from recommender.candidates import POOL_LEAST

Ask = Callable[[npt.NDArray[np.float32], str], list[int]]
"""A query vector and a colour ("" is every one) → places in the catalogue, nearest first."""
SIZE = 256


def rival_figures(
    made: MadeShop, queries: Vectors, colors: dict[str, str], *, slow: int
) -> dict[str, float]:
    """Milliseconds (median) and recall@10 of each by filter; `colors` are by the filter's name.

    `slow` queries for those that take long.
    """
    figures: dict[str, float] = {}
    for name, ask, few in _rivals(made):
        asked = queries[:slow] if few else queries
        for filter_, color in colors.items():
            right = nearest(made.vectors, asked, made.passing(color))
            ask(asked[0], color)
            spent, hits = [], 0.0
            for query, best in zip(asked, right, strict=True):
                started = time.perf_counter()
                places = ask(query, color)
                spent.append(1000 * (time.perf_counter() - started))
                hits += recall(places, query, made.vectors, best)
            figures[f"{name}_{filter_}_p50_ms"] = statistics.median(spent)
            figures[f"{name}_{filter_}_recall"] = hits / len(asked)
    return figures


def _rivals(made: MadeShop) -> Iterator[tuple[str, Ask, bool]]:
    yield "faiss", _faiss(made), False
    with tempfile.TemporaryDirectory(prefix="lookus-lance-") as folder:
        yield "lancedb", _lancedb(made, folder), False
    yield "qdrant", _qdrant(made), True
    yield "python_loop", _python_loop(made), True


def _faiss(made: MadeShop) -> Ask:
    """FAISS, IndexFlatIP with a bitmap of the rows that pass."""
    # Its Python classes are patched at import: types know only what C++ made.
    library: Any = faiss
    library.omp_set_num_threads(1)
    index = library.IndexFlatIP(SIZE)
    index.add(made.vectors)
    masks = {
        color: np.packbits(made.passing(color), bitorder="little")
        for color in ("", *np.unique(made.colors))
    }

    def ask(query: npt.NDArray[np.float32], color: str) -> list[int]:
        params = None
        if color:
            mask = masks[color]
            params = library.SearchParameters(sel=library.IDSelectorBitmap(mask))
        _, places = index.search(query[None], POOL_LEAST, params=params)
        return [int(place) for place in places[0] if place >= 0]

    return ask


def _lancedb(made: MadeShop, folder: str) -> Ask:
    """LanceDB, a table on disk without an index: its exact search, the filter before it."""
    vectors = pa.FixedSizeListArray.from_arrays(pa.array(made.vectors.reshape(-1)), SIZE)
    table = lancedb.connect(folder).create_table(
        "garments",
        pa.table(
            {
                "place": pa.array(np.arange(len(made.vectors))),
                "color": pa.array(made.colors.tolist()),
                "vector": vectors,
            }
        ),
    )

    def ask(query: npt.NDArray[np.float32], color: str) -> list[int]:
        search: Any = table.search(query)
        search = search.distance_type("cosine").limit(POOL_LEAST).select(["place", "_distance"])
        if color:
            search = search.where(f"color = '{color}'", prefilter=True)
        places: list[int] = search.to_arrow()["place"].to_pylist()
        return places

    return ask


def _qdrant(made: MadeShop) -> Ask:
    """Qdrant's local mode, in memory."""
    client = QdrantClient(":memory:")
    client.create_collection(
        "garments",
        vectors_config=models.VectorParams(size=SIZE, distance=models.Distance.COSINE),
    )
    client.upload_collection(
        "garments",
        vectors=made.vectors,
        payload=[{"color": color} for color in made.colors.tolist()],
        ids=list(range(len(made.vectors))),
    )

    def ask(query: npt.NDArray[np.float32], color: str) -> list[int]:
        match = models.FieldCondition(key="color", match=models.MatchValue(value=color))
        answer = client.query_points(
            "garments",
            query=query.tolist(),
            query_filter=models.Filter(must=[match]) if color else None,
            limit=POOL_LEAST,
            with_payload=False,
        )
        return [int(point.id) for point in answer.points]

    return ask


def _python_loop(made: MadeShop) -> Ask:
    """As the seed project did it: each row's vector from JSON-like lists, one cosine at a time."""
    rows: list[dict[str, Any]] = [
        {"place": place, "color": color, "features": vector.tolist()}
        for place, (vector, color) in enumerate(
            zip(made.vectors, made.colors.tolist(), strict=True)
        )
    ]

    def ask(query: npt.NDArray[np.float32], color: str) -> list[int]:
        scores = []
        for row in rows:
            if color and row["color"] != color:
                continue
            features = np.array(row["features"])
            cosine = np.dot(query, features) / (np.linalg.norm(query) * np.linalg.norm(features))
            scores.append((float(cosine), row["place"]))
        scores.sort(reverse=True)
        return [place for _, place in scores[:POOL_LEAST]]

    return ask
