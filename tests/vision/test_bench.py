"""The benchmark runs on a bundle and its figures hang together."""

from pathlib import Path

import numpy as np
import pytest

from tests.support.tiny_bundle import build_tiny_bundle
from vision.analyzer import Analyzer
from vision.bench import bench_vision, int8, jpegs, speed, table
from vision.bench.photos import jpeg, shirt_on_a_wall
from vision.bench.speed import fastest
from vision.bench.watch import watched
from vision.decode import decode


@pytest.fixture
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(speed, "RUNS", 3)
    monkeypatch.setattr(speed, "WARM_UP", 1)
    monkeypatch.setattr(speed, "BATCH", 2)
    monkeypatch.setattr(speed, "ROUNDS", 1)
    monkeypatch.setattr(jpegs, "PHONE", (1500, 2000))


@pytest.mark.usefixtures("soon")
def test_the_figures_of_the_tiny_bundle(tiny_bundle: Path) -> None:
    figures = bench_vision(["--bundle", str(tiny_bundle)])
    assert figures["bundle"] == "tiny" and figures["photo"].startswith("1000x1000 JPEG")
    parts = sum(figures[f"{part}_ms"] for part in ("decode", "parse", "tag", "color"))
    assert 0.5 * figures["analyze_ms"] < parts < 1.5 * figures["analyze_ms"]
    assert figures["analyze_cpu_ms"] > 0
    for part, network in (("parse", "parser"), ("tag", "tagger")):
        assert 0 < figures[f"{network}_network_ms"] < figures[f"{part}_ms"]
    assert 0 < figures["ratio"] < 1
    assert figures["pipeline_photos_s"] < figures["networks_photos_s"]
    assert figures["jpeg_phone_ours_ms"] > figures["jpeg_small_ours_ms"] > 0
    assert "memory_ratio" not in figures and "fp32_mb" not in figures


@pytest.mark.usefixtures("soon")
def test_memory_is_measured_in_a_process_of_its_own(tiny_bundle: Path) -> None:
    ballast = np.ones(2**28, np.uint8)  # 256 MB that are ours and not the child's
    figures = bench_vision(["--bundle", str(tiny_bundle), "--memory", "20"])
    assert ballast.all()
    assert figures["memory_photos"] == 20
    assert 30 < figures["memory_mb_after_2"] <= figures["memory_mb_after_20"] < 256
    assert figures["memory_ratio"] == pytest.approx(
        figures["memory_mb_after_20"] / figures["memory_mb_after_2"]
    )


def test_networks_in_8_bits_are_smaller_and_nearly_agree(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(int8, "CALIBRATE_PHOTOS", 4)
    analyzer = Analyzer(int8.load_bundle(build_tiny_bundle(tmp_path / "tiny")))
    figures = int8.int8_figures(analyzer, 4)
    assert figures["int8_photos"] == 4
    for way in ("dynamic", "static"):
        assert figures[f"int8_{way}_mb"] < 0.6 * figures["fp32_mb"]
        assert 0.9 < figures[f"int8_{way}_cosine"] < 1
        assert figures[f"int8_{way}_mask_iou"] > 0.8
        assert figures[f"int8_{way}_analyze_speed"] > 0
        assert figures[f"int8_{way}_tagger_speed"] > 0
    assert "fp32_category_right" not in figures  # nobody labelled the drawn photos


def test_the_tables_stand_between_the_marks_of_a_page(tmp_path: Path) -> None:
    page = tmp_path / "performance.md"
    page.write_text(f"# Vision\n\n{table.START}\nold\n{table.END}\n\nAfter.\n")
    figures = {"bundle": "full", "revision": "abc", "machine": "box", "ratio": 0.654}
    eight = {"fp32_mb": 18.0, "int8_photos": 9, "int8_static_mb": 5.04, "int8_static_cosine": 0.9}
    table.write_tables(figures | eight, page)
    text = page.read_text()
    assert text.startswith("# Vision") and text.endswith("After.\n") and "old" not in text
    assert "| pipeline ÷ networks (≥ 0.6) | 0.65 |" in text
    assert "| size | 18.0 MB |  | 5.0 MB |" in text
    assert "decode" not in text  # it was not measured
    table.write_tables(figures, page)
    assert "8 bits" not in page.read_text() and page.read_text().count(table.START) == 1


def test_a_page_without_marks_is_refused_before_anything_is_measured(
    tmp_path: Path, tiny_bundle: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = tmp_path / "README.md"
    page.write_text("# Mine\n")
    with pytest.raises(SystemExit):
        bench_vision(["--bundle", str(tiny_bundle), "--page", str(page)])
    assert "vision:start" in capsys.readouterr().err and page.read_text() == "# Mine\n"


def test_a_watched_analyzer_answers_the_same_and_forgets_the_watch(analyzer: Analyzer) -> None:
    photo = shirt_on_a_wall(300, 300)
    plain = analyzer.analyze(photo)
    with watched(analyzer) as asked:
        seen = analyzer.analyze(photo)
    assert [one.network for one in asked] == ["parser", "tagger"]
    assert all(one.milliseconds > 0 for one in asked)
    assert np.array_equal(plain.main.embedding, seen.main.embedding)
    analyzer.analyze(photo)
    assert len(asked) == 2


def test_works_are_timed_in_turns() -> None:
    order: list[str] = []
    one, other = fastest(lambda: order.append("a"), lambda: order.append("b"), rounds=2)
    assert order == ["a", "b"] * 3
    assert one > 0 and other > 0


def test_the_photo_is_what_its_name_says() -> None:
    photo = decode(jpeg(shirt_on_a_wall(600, 800)))
    assert (photo.width, photo.height, photo.format) == (600, 800, "JPEG")
    middle, corner = photo.pixels[400, 300].astype(int), photo.pixels[5, 5].astype(int)
    assert middle[0] - middle[1] > 60 and np.ptp(corner) < 40
