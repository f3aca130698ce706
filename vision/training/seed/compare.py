"""Ours beside the seed project: its two networks trained on the same photos and measured on the
same held-out ones, its ranking, and how many images a second each network does."""

from __future__ import annotations

import os
import platform
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import cv2
import numpy as np

from vision.analyzer import Analyzer
from vision.bundle import Bundle, find_bundle, load_bundle
from vision.training import scores
from vision.training.predictions import Served, part_of, serve
from vision.training.runs import prepare
from vision.training.seed.networks import (
    BATCH,
    DENSE,
    CategoryNet,
    PatternNet,
    parameters,
    train_category,
    train_pattern,
)
from vision.training.seed.photos import (
    LONG_TEE,
    asked_category,
    asked_pattern,
    category_lessons,
    pattern_lessons,
)
from vision.training.seed.ranking import (
    Seen,
    best_pool,
    mean_colors,
    ranking_recall,
    ranking_scores,
)
from vision.training.seed.report import Line
from vision.training.seed.speed import Speeds, bundle_parameters, speeds
from vision.training.sets import open_photos, read_rows
from vision.training.splits import CALIBRATE, TEST, group_of
from vision.types import Garment, Prediction

CATEGORY_MINUTES, PATTERN_MINUTES = 11.0, 3.0


@dataclass(frozen=True)
class Trained:
    """Both networks of the seed project with their classes and what their training was."""

    category: CategoryNet
    pattern: PatternNet
    classes: Sequence[str]
    patterns: Sequence[str]
    effort: dict[str, Any]


def compare(
    bundle: str | Path,
    data: Path,
    cache: Path,
    *,
    threads: int = 2,
    minutes: float = CATEGORY_MINUTES,
    pattern_minutes: float = PATTERN_MINUTES,
    seed: int = 1,
    most: int = 0,
    batch: int = BATCH,
    dense: int = DENSE,
) -> dict[str, Any]:
    """Train the seed project's networks for so many minutes by the clock and measure them beside a
    bundle; `most` > 0 measures on so many photos a set at most, `dense` is the width of the large
    network's dense layers.

    Returns what `seed.report.table` and `markdown` print, ready for JSON. Raises
    FileNotFoundError naming a missing set, and BundleError.
    """
    loaded = load_bundle(find_bundle(bundle))
    analyzer = Analyzer(loaded, threads)
    ours = {
        name: serve(analyzer, data, cache, name, part_of(data, name, TEST, most))
        for name in ("phone", "hm")
    }
    trained = train(
        data,
        cache,
        threads=threads,
        minutes=minutes,
        pattern_minutes=pattern_minutes,
        seed=seed,
        batch=batch,
        dense=dense,
    )
    theirs = {name: _asked(trained, data, cache, found) for name, found in ours.items()}
    pool, ranked = _ranking(trained, data, cache, ours["hm"])
    fast = speeds(loaded, trained.category, trained.pattern)
    lines = [
        *_tags(theirs, ours, data),
        *_designs(ranked, ours["hm"]),
        *_sizes(loaded, trained),
        *_rates(fast, loaded.tagger.file.stem),
    ]
    return {
        "revision": loaded.revision,
        "machine": platform.processor() or platform.machine(),
        "cores": os.cpu_count(),
        "threads": threads,
        "training": trained.effort,
        "pool": pool,
        "classes": list(trained.classes),
        "lines": [asdict(line) for line in lines],
    }


def train(
    data: Path,
    cache: Path,
    *,
    threads: int,
    minutes: float,
    pattern_minutes: float,
    seed: int,
    batch: int = BATCH,
    dense: int = DENSE,
) -> Trained:
    """Both networks, each for its minutes."""
    prepare(seed, threads)
    cv2.setNumThreads(1)
    pieces, photos = pattern_lessons(data, cache, seed), category_lessons(data, cache, seed)
    pattern = PatternNet(len(pieces.classes))
    small = train_pattern(pattern, pieces, pattern_minutes, batch)
    category = CategoryNet(len(photos.classes), dense)
    large = train_category(category, len(photos.classes), photos, minutes, batch)
    effort = {
        "category": {"minutes": minutes, "passes": photos.passes(), "phases": dict(large)},
        "pattern": {"minutes": pattern_minutes, "passes": pieces.passes(), "phases": dict(small)},
    }
    return Trained(category.eval(), pattern.eval(), photos.classes, pieces.classes, effort)


def in_our_words(category: str, pattern: str) -> dict[str, Prediction]:
    """The seed networks' answers as tags, so that one rule judges both: a long-sleeved t-shirt is
    a t-shirt with a long sleeve, a pattern is the first of its ids."""
    said = {"category": category, "pattern": scores.PATTERNS[pattern].split()[0]}
    if category == LONG_TEE:
        said |= {"category": "t-shirt", "sleeve": "long"}
    return {head: Prediction(value, 1.0, ((value, 1.0),), False) for head, value in said.items()}


def _asked(trained: Trained, data: Path, cache: Path, found: Served) -> Served:
    """The seed networks' answers for the photos that our bundle answered."""
    photos = open_photos(data, cache, found.name)
    category = asked_category(trained.category, photos, found.indices).argmax(1)
    pattern = asked_pattern(trained.pattern, photos, found.indices).argmax(1)
    garments: list[tuple[Garment, ...]] = [
        (replace(one, tags=in_our_words(trained.classes[c], trained.patterns[p])),)
        for one, c, p in zip(found.main, category, pattern, strict=True)
    ]
    return replace(found, garments=garments)


def _seen(trained: Trained, data: Path, cache: Path, indices: np.ndarray) -> Seen:
    photos, rows = open_photos(data, cache, "hm"), read_rows(data, "hm")
    return Seen(
        mean_colors(photos, indices),
        asked_category(trained.category, photos, indices).argmax(1),
        asked_pattern(trained.pattern, photos, indices).argmax(1),
        np.array([group_of("hm", rows[i]) for i in indices]),
    )


def _ranking(trained: Trained, data: Path, cache: Path, found: Served) -> tuple[float, list[float]]:
    """The pool chosen on the calibration photos, and recall@1 and @10 on the held-out ones."""
    aside = part_of(data, "hm", CALIBRATE)
    pool = best_pool(_seen(trained, data, cache, aside)) if len(aside) else 1.0
    seen = _seen(trained, data, cache, found.indices)
    return pool, ranking_recall(ranking_scores(seen, pool), seen.designs)


def _tags(theirs: Mapping[str, Served], ours: Mapping[str, Served], data: Path) -> list[Line]:
    types = scores.frequent_types(read_rows(data, "hm"))

    def judged(found: Mapping[str, Served]) -> list[tuple[float, int]]:
        tables = (
            (scores.phone_kinds(found["phone"]), scores.overall),
            (scores.product_types(found["hm"], types), scores.overall),
            (scores.patterns(found["hm"]), scores.mean_recall),
        )
        return [(figure(scores.recalls(rows)), len(rows)) for rows, figure in tables]

    whats = (
        "category on phone photos, 14 kinds",
        "category on catalogue photos, 30 product types",
        "pattern on catalogue photos, mean recall of 6",
    )
    both = zip(whats, judged(theirs), judged(ours), strict=True)
    return [Line(what, of_seed, of_ours, photos) for what, (of_seed, photos), (of_ours, _) in both]


def _designs(ranked: Sequence[float], hm: Served) -> list[Line]:
    near = scores.design_recall(hm.embeddings, hm.groups)
    return [
        Line(f"same design, recall@{k}", of_seed, of_ours, len(hm.rows))
        for k, of_seed, of_ours in zip((1, 10), ranked, near, strict=True)
    ]


def _sizes(bundle: Bundle, trained: Trained) -> list[Line]:
    large, small = parameters(trained.category), parameters(trained.pattern)
    mine = bundle_parameters(bundle)
    return [
        Line("parameters, category network | tagger", large, mine[bundle.tagger.file.stem]),
        Line("parameters, pattern network", small, None),
        Line("parameters, all networks", large + small, sum(mine.values())),
    ]


def _rates(fast: Speeds, tagger: str) -> list[Line]:
    out = []
    for batch in fast.batches:
        seed, ours = fast.seed[batch], fast.ours[batch]
        both = f"images/s, category network | tagger, batch {batch}"
        out += [
            Line(both, seed["category"], ours[tagger]),
            Line(f"images/s, pattern network, batch {batch}", seed["pattern"], None),
            Line(f"images/s, all networks, batch {batch}", _together(seed), _together(ours)),
        ]
    return out


def _together(rates: Mapping[str, float]) -> float:
    """Images a second when every network sees every image."""
    return 1 / sum(1 / rate for rate in rates.values())
