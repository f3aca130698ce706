"""The bundle's networks in 8 bits beside themselves in 32: how much faster, and what it costs."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np

from vision.analyzer import Analyzer
from vision.bench.photos import garments
from vision.bench.quantized import fed, quantized
from vision.bench.speed import fastest
from vision.bench.table import WAYS
from vision.bench.watch import watched
from vision.bundle import load_bundle
from vision.training.labels import labels
from vision.training.sets import open_photos, read_rows
from vision.training.splits import CALIBRATE, TEST, splits
from vision.types import Analysis, Image

SETS = ("phone", "hm")
CALIBRATE_PHOTOS = 48
MEBI = 2**20
Work = Callable[[], object]


@dataclass(frozen=True, slots=True)
class Labelled:
    """A photo and the categories that its label allows; none where nobody said."""

    photo: Image
    categories: frozenset[str] = frozenset()


def int8_figures(
    analyzer: Analyzer, photos: int, data: Path | None = None, cache: Path | None = None
) -> dict[str, Any]:
    """Speed over the 32-bit networks', size, and agreement with them on ``photos`` held-out photos.

    ``*_speed`` is how many times as fast; ``*_cosine`` between the embeddings of the main garment;
    ``*_category_right`` counts labels, where ``data`` and ``cache`` name real photos. Without
    them the photos are drawn.
    """
    learn = photos_of(CALIBRATE, CALIBRATE_PHOTOS, data, cache)
    judge = photos_of(TEST, photos, data, cache)
    feeds = fed(analyzer, [one.photo for one in learn])
    plain = [analyzer.analyze(one.photo) for one in judge]
    figures: dict[str, Any] = {
        "int8_photos": len(judge),
        "fp32_mb": _megabytes(analyzer),
        "fp32_category_right": _right(plain, judge),
    }
    with TemporaryDirectory() as work:
        for way in WAYS:
            folder = quantized(analyzer.bundle, way, feeds, Path(work) / way)
            small = Analyzer(load_bundle(folder))
            figures |= {
                f"int8_{way}_{name}": value
                for name, value in _compared(analyzer, small, plain, judge).items()
            }
    return {name: value for name, value in figures.items() if value is not None}


def photos_of(part: str, count: int, data: Path | None, cache: Path | None) -> list[Labelled]:
    """Photos of one part of the sets, evenly from all of it; drawn ones where no set is named."""
    if data is None or cache is None:
        return [Labelled(photo) for photo in garments(count, seed=len(part))]
    return [
        one for name in SETS for one in _set_photos(part, -(-count // len(SETS)), name, data, cache)
    ]


def _set_photos(part: str, count: int, name: str, data: Path, cache: Path) -> list[Labelled]:
    rows, store = read_rows(data, name), open_photos(data, cache, name)
    places = [at for at, here in enumerate(splits(name, rows)) if here == part]
    chosen = np.linspace(0, len(places) - 1, min(count, len(places))).astype(int)
    return [
        Labelled(
            np.array(store[places[at]]), labels(name, rows[places[at]]).get("category", frozenset())
        )
        for at in chosen
    ]


def _compared(
    large: Analyzer, small: Analyzer, plain: Sequence[Analysis], judge: Sequence[Labelled]
) -> dict[str, Any]:
    changed = [small.analyze(one.photo) for one in judge]
    pairs = list(zip(plain, changed, strict=True))
    cosines = [float(one.main.embedding @ other.main.embedding) for one, other in pairs]
    return {
        "mb": _megabytes(small),
        **_speeds(large, small, judge[0].photo),
        "found_same": _share([one.found == other.found for one, other in pairs]),
        "category_same": _share([a.main.category == b.main.category for a, b in pairs]),
        "pattern_same": _share([a.main.pattern == b.main.pattern for a, b in pairs]),
        "cosine": float(np.mean(cosines)),
        "cosine_worst_tenth": float(np.quantile(cosines, 0.1)),
        "mask_iou": float(np.mean([_overlap(one, other) for one, other in pairs])),
        "category_right": _right(changed, judge),
    }


def _speeds(large: Analyzer, small: Analyzer, photo: Image) -> dict[str, float]:
    """How many times as fast as the 32-bit ones: the whole analysis, and each network."""
    with watched(large) as before:
        large.analyze(photo)
    with watched(small) as after:
        small.analyze(photo)
    ways: dict[str, tuple[Work, Work]] = {
        "analyze": (partial(large.analyze, photo), partial(small.analyze, photo))
    }
    for one in before:
        same = next((other for other in after if other.network == one.network), None)
        if same:
            ways[one.network] = one.again, partial(same.session.run, one.outputs, one.feed)
    return {f"{name}_speed": _times(*pair) for name, pair in ways.items()}


def _times(large: Work, small: Work) -> float:
    slow, fast = fastest(large, small)
    return slow / fast


def _right(analyses: Sequence[Analysis], judge: Sequence[Labelled]) -> float | None:
    told = [
        analysis.main.category in one.categories
        for analysis, one in zip(analyses, judge, strict=True)
        if one.categories
    ]
    return _share(told) if told else None


def _share(said: Sequence[bool]) -> float:
    return sum(said) / len(said)


def _overlap(one: Analysis, other: Analysis) -> float:
    either = np.count_nonzero(one.mask | other.mask)
    return np.count_nonzero(one.mask & other.mask) / either if either else 1.0


def _megabytes(analyzer: Analyzer) -> float:
    return sum(file.stat().st_size for file in analyzer.bundle.path.glob("*.onnx")) / MEBI
