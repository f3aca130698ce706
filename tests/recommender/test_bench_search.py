"""`lookus bench search`: the made catalogue, the figures and their page."""

import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from recommender.bench_search import page, sql
from recommender.bench_search.vectors import catalogue, queries
from recommender.bench_search.world import HUNDREDTH, TENTH, MadeShop, _colors
from tenants.models import Shop

SECONDS = 280


def made(count: int) -> MadeShop:
    vectors, _ = catalogue(count, seed=3)
    return MadeShop(Shop(pk=1), vectors, _colors(count, 3), 1, "revision")


def test_made_vectors_are_unit_and_alike_as_a_catalogue_s_are() -> None:
    vectors, kinds = catalogue(2000, seed=1)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    alike = vectors @ vectors.T
    same = (kinds[:, None] == kinds[None]) & ~np.eye(len(kinds), dtype=bool)
    assert 0.35 < alike[same].mean() < 0.5 and abs(alike[~same].mean()) < 0.02
    asked = queries(vectors, 50, seed=2)
    assert 0.75 < (asked @ vectors.T).max(1).mean() < 0.85
    assert np.array_equal(vectors, catalogue(2000, seed=1)[0])


def test_a_tenth_and_a_hundredth_pass_the_filters() -> None:
    colors = _colors(20_000, seed=1)
    assert 0.09 < (colors == TENTH).mean() < 0.11
    assert 0.007 < (colors == HUNDREDTH).mean() < 0.013


def test_recall_counts_the_ten_nearest_and_what_is_missing() -> None:
    world = made(200)
    query = queries(world.vectors, 1, seed=2)
    (right,) = sql.nearest(world.vectors, query, world.passing(""))
    cosines = sql.halves(world.vectors) @ query[0]
    best = np.argsort(-cosines).tolist()
    assert sql.recall(best, query[0], world.vectors, right) == 1.0
    assert sql.recall(best[1:11], query[0], world.vectors, right) == pytest.approx(0.9)
    assert sql.recall(best[:5], query[0], world.vectors, right) == pytest.approx(0.5)
    assert sql.recall([], query[0], world.vectors, right[:0]) == 1.0


def test_percentiles_are_of_what_was_measured() -> None:
    assert sql.percentile([3.0, 1.0, 2.0]) == 3.0
    assert sql.percentile([float(one) for one in range(1, 101)]) == 95.0
    assert sql.percentile([5.0], 0.5) == 5.0


def test_every_rival_finds_the_same_neighbours_under_the_same_filters() -> None:
    for package in ("faiss", "lancedb", "qdrant_client"):
        pytest.importorskip(package)
    from recommender.bench_search.rivals import rival_figures

    world = made(600)
    asked = queries(world.vectors, 3, seed=2)
    figures = rival_figures(world, asked, {"all": "", "tenth": TENTH}, slow=2)
    for name in ("faiss", "lancedb", "qdrant", "python_loop"):
        for filter_ in ("all", "tenth"):
            assert figures[f"{name}_{filter_}_recall"] == 1.0, name
            assert figures[f"{name}_{filter_}_p50_ms"] > 0


def test_the_page_gets_the_tables_that_were_measured(tmp_path: Path) -> None:
    figures = {
        "small_products": 10_000.0,
        "known_of_sql": 1.8,
        "small_all_recall": 1.0,
        "small_all_whole": 1.0,
        "small_all_p50_ms": 5.5,
        "small_all_p95_ms": 7.0,
    }
    written = tmp_path / "performance.md"
    written.write_text(f"before\n{page.START}\nold\n{page.END}\nafter\n")
    assert page.has_marks(written)
    page.write_page(figures, written)
    text = written.read_text()
    assert text.startswith("before\n") and text.endswith("\nafter\n") and "old" not in text
    assert "| … endpoint ÷ SQL (≤ 2.0) | 1.80 |" in text
    assert "| 100 % pass | 1.000 | always | 5.5 ms | 7.0 ms |" in text
    assert "Qdrant" not in text
    assert not page.has_marks(tmp_path / "none.md")


def test_the_plot_shows_everyone_measured(tmp_path: Path) -> None:
    pytest.importorskip("matplotlib")
    figures = {
        f"{name}_{filter_}_{what}": 2.0
        for name in ("lookus", "faiss")
        for filter_ in page.FILTERS
        for what in ("p50_ms", "recall")
    }
    written = tmp_path / "performance.md"
    written.write_text(f"{page.START}\n{page.END}\n")
    page.write_page(figures, written)
    assert (tmp_path / page.PLOT).stat().st_size > 1000
    assert page.PLOT.as_posix() in written.read_text()


@pytest.mark.bench
def test_the_whole_benchmark_on_small_shops() -> None:
    """A database of its own, the endpoint, both ways of searching, and a crowd of shops."""
    words = (
        "bench search --json --parts endpoint,small,crowd,large --small 400 --large 900"
        " --shops 3 --each 60 --queries 4 --rounds 4"
    )
    environment = {
        name: value
        for name, value in os.environ.items()
        if name not in ("DATABASE_URL", "OWNER_DATABASE_URL")
    }
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-m", "lookus.cli", *words.split()],
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
        env=environment,
        cwd=Path(__file__).parents[2],
    )
    assert done.returncode == 0, done.stderr[-2000:]
    figures = json.loads(done.stdout)
    for name in page.FILTERS:
        assert figures[f"small_{name}_recall"] == 1.0 and figures[f"small_{name}_whole"]
        assert figures[f"large_{name}_recall"] >= 0.9 and figures[f"large_{name}_whole"]
    assert figures["known_of_sql"] > 0 and figures["known_statements"] > 3
    assert figures["upload_of_work"] >= 1
    assert figures["among_of_alone"] > 0
