"""The analyzer over real ONNX networks whose parser knows garments by their paint."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from tests.support.tiny_bundle import PAINT
from vision.analyzer import Analyzer
from vision.bundle import load_bundle
from vision.taxonomy import taxonomy
from vision.types import Analysis

Draw = Callable[..., np.ndarray]
SHIRT = ("upper", (100, 60, 300, 260))
TROUSERS = ("lower", (120, 265, 280, 480))


def test_each_garment_of_an_outfit_is_found(analyzer: Analyzer, draw: Draw) -> None:
    analysis = analyzer.analyze(draw(SHIRT, TROUSERS))
    assert analysis.found
    assert {garment.region for garment in analysis.garments} == {"upper", "lower"}
    by_region = {garment.region: garment for garment in analysis.garments}
    assert np.allclose(by_region["upper"].box, SHIRT[1], atol=8)
    assert np.allclose(by_region["lower"].box, TROUSERS[1], atol=8)
    assert (analysis.width, analysis.height) == (400, 500)


def test_a_garment_carries_tags_colours_and_a_unit_vector(analyzer: Analyzer, draw: Draw) -> None:
    analysis = analyzer.analyze(draw(SHIRT))
    garment = analysis.main
    x0, y0, x1, y1 = garment.box
    assert garment.mask.shape == (y1 - y0, x1 - x0)
    assert garment.area == pytest.approx(200 * 200 / (400 * 500), rel=0.1)
    assert garment.embedding.shape == (256,) and garment.embedding.dtype == np.float32
    assert np.linalg.norm(garment.embedding) == pytest.approx(1, abs=1e-5)
    assert garment.palette[0].family == "red" and garment.palette[0].share > 0.95
    assert garment.category in taxonomy().ids("category")
    assert {garment.pattern} <= set(taxonomy().ids("pattern"))
    assert analysis.revision == analyzer.revision
    assert set(analysis.timings) == {"parse", "tag", "color"}


def test_the_foreground_is_the_garments_without_skin(analyzer: Analyzer, draw: Draw) -> None:
    analysis = analyzer.analyze(draw(SHIRT, ("skin-hair", (150, 260, 250, 400))))
    assert analysis.mask.shape == (500, 400)
    assert analysis.mask[80:240, 120:280].mean() > 0.98
    assert analysis.mask[280:400].mean() < 0.02


@pytest.mark.parametrize("color", [(255, 255, 255), PAINT["skin-hair"]])
def test_without_a_garment_the_whole_photo_stands_and_every_head_is_unsure(
    analyzer: Analyzer, color: tuple[int, int, int]
) -> None:
    analysis = analyzer.analyze(np.full((300, 200, 3), color, np.uint8))
    assert not analysis.found and not analysis.mask.any()
    (garment,) = analysis.garments
    assert garment.region == "photo" and garment.box == (0, 0, 200, 300)
    assert set(garment.unsure) == set(garment.tags)
    assert garment.palette and np.linalg.norm(garment.embedding) == pytest.approx(1, abs=1e-5)


def test_a_drawn_box_is_the_only_garment(analyzer: Analyzer, draw: Draw) -> None:
    analysis = analyzer.analyze(draw(SHIRT, TROUSERS), box=(110, 250, 290, 490))
    (garment,) = analysis.garments
    assert garment.region == "lower" and garment.box == (110, 250, 290, 490)
    assert garment.palette[0].family in ("blue", "navy")
    assert garment.mask.shape == (240, 180)


def test_a_box_is_clipped_to_the_photo(analyzer: Analyzer, draw: Draw) -> None:
    analysis = analyzer.analyze(draw(SHIRT), box=(-50, 40, 4000, 280))
    assert analysis.main.box == (0, 40, 400, 280)


def test_a_box_of_wall_is_no_garment(analyzer: Analyzer, draw: Draw) -> None:
    analysis = analyzer.analyze(draw(SHIRT), box=(0, 400, 90, 500))
    assert not analysis.found and analysis.main.box == (0, 400, 90, 500)
    assert analysis.main.unsure


@pytest.mark.parametrize("box", [(400, 0, 500, 90), (50, 50, 50, 90), (90, 90, 50, 50)])
def test_a_box_without_pixels_is_refused(analyzer: Analyzer, draw: Draw, box: tuple) -> None:
    with pytest.raises(ValueError, match="holds no pixel of the photo of 400×500"):
        analyzer.analyze(draw(SHIRT), box=box)


@pytest.mark.parametrize("shape", [(40, 40), (40, 40, 4), (0, 40, 3)])
def test_what_is_no_rgb_photo_is_refused(analyzer: Analyzer, shape: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match=r"a photo is uint8 \[h, w, 3\]"):
        analyzer.analyze(np.zeros(shape, np.uint8))


def same(one: Analysis, other: Analysis) -> bool:
    pairs = list(zip(one.garments, other.garments, strict=True))
    return all(
        a.box == b.box
        and a.palette == b.palette
        and a.tags.keys() == b.tags.keys()
        and all(a.tags[head].value == b.tags[head].value for head in a.tags)
        and np.allclose(a.embedding, b.embedding, atol=1e-5)
        for a, b in pairs
    )


def test_many_photos_together_give_what_each_gives_alone(analyzer: Analyzer, draw: Draw) -> None:
    photos = [
        draw(SHIRT, TROUSERS),
        draw(),
        draw(("bag", (10, 10, 200, 150)), width=300, height=200),
    ]
    together = analyzer.analyze_many(photos)
    assert [len(one.garments) for one in together] == [2, 1, 1]
    for photo, one in zip(photos, together, strict=True):
        assert same(one, analyzer.analyze(photo))
    assert analyzer.analyze_many([]) == []


def test_threads_share_an_analyzer(analyzer: Analyzer, draw: Draw) -> None:
    photo = draw(SHIRT, TROUSERS)
    alone = analyzer.analyze(photo)
    with ThreadPoolExecutor(4) as pool:
        for found in pool.map(analyzer.analyze, [photo] * 12):
            assert same(found, alone)


def test_the_photo_is_left_as_it_was(analyzer: Analyzer, draw: Draw) -> None:
    photo = draw(SHIRT)
    before = photo.copy()
    photo.setflags(write=False)
    analyzer.analyze(photo)
    assert np.array_equal(photo, before)


@pytest.mark.parametrize("size", [(32, 32), (32, 900), (900, 33)])
def test_small_and_narrow_photos_are_answered(analyzer: Analyzer, size: tuple[int, int]) -> None:
    photo = np.full((*size, 3), PAINT["upper"], np.uint8)
    assert analyzer.analyze(photo).main.region == "upper"


def test_parse_gives_the_mask_at_the_size_asked_for(analyzer: Analyzer, draw: Draw) -> None:
    mask = analyzer.parse(draw(SHIRT), size=(800, 1000))
    assert mask.shape == (1000, 800)
    assert mask[200:440, 260:560].all() and not mask[600:].any()


def test_another_seed_gives_other_vectors_and_another_revision(
    analyzer: Analyzer, tmp_path: Path, draw: Draw
) -> None:
    from tests.support.tiny_bundle import build_tiny_bundle

    other = Analyzer(load_bundle(build_tiny_bundle(tmp_path / "b", seed=9)))
    photo = draw(SHIRT)
    assert other.revision != analyzer.revision
    similarity = other.analyze(photo).main.embedding @ analyzer.analyze(photo).main.embedding
    assert abs(similarity) < 0.5
