"""The benchmark runs on a bundle and its figures hang together."""

from pathlib import Path

import pytest

from vision import bench


def test_the_figures_of_the_tiny_bundle(tiny_bundle: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bench, "RUNS", 3)
    monkeypatch.setattr(bench, "BATCHES", 1)
    figures = bench.bench_vision(str(tiny_bundle))
    assert figures["bundle"] == "tiny" and figures["photo"].startswith("1000x1000 JPEG")
    parts = sum(figures[f"{part}_ms"] for part in ("decode", "parse", "tag", "color"))
    assert 0.5 * figures["analyze_ms"] < parts < 1.5 * figures["analyze_ms"]
    assert figures["analyze_cpu_ms"] > 0
    assert 0 < figures["ratio"] < 1
    assert figures["pipeline_photos_s"] < figures["networks_photos_s"]
