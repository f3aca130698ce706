"""How long one photo takes on one thread, and where the time goes."""

import os
import platform
import statistics
import time
from collections import defaultdict
from collections.abc import Callable
from typing import Any

import numpy as np

from vision.analyzer import Analyzer
from vision.bench.photos import SIDE, jpeg, shirt_on_a_wall
from vision.bench.watch import watched
from vision.decode import DEFAULT_LIMITS
from vision.decode.pixels import opened
from vision.types import Image

RUNS = 30
WARM_UP = 5
BATCH = 8
ROUNDS = 5


def speed_figures(analyzer: Analyzer) -> dict[str, Any]:
    """Milliseconds (medians) of a 1000×1000 JPEG from bytes to tags, and photos a second.

    ``analyze_cpu_ms`` is the processor's time, which other work on the machine stretches less.
    ``ratio`` is the pipeline's rate over that of the bare networks, on what the pipeline feeds
    them for the same batch; both rates are of one busy processor.
    """
    data = jpeg(shirt_on_a_wall())
    total, processor, parts = _latencies(analyzer, data)
    pipeline, bare = _rates(analyzer, data)
    return {
        "bundle": analyzer.bundle.name,
        "revision": analyzer.revision,
        "machine": platform.processor() or platform.machine(),
        "cores": os.cpu_count(),
        "photo": f"{SIDE}x{SIDE} JPEG, {len(data) // 1024} kB",
        "analyze_ms": statistics.median(total),
        "analyze_cpu_ms": statistics.median(processor),
        "analyze_p95_ms": float(np.percentile(total, 95)),
        **{f"{name}_ms": statistics.median(spent) for name, spent in parts.items()},
        "batch": BATCH,
        "pipeline_photos_s": pipeline,
        "networks_photos_s": bare,
        "ratio": pipeline / bare,
    }


def fastest(*works: Callable[[], object], rounds: int | None = None) -> list[float]:
    """The processor's seconds in the fastest run of each work, taken in turns: what one thread
    costs undisturbed, on a busy machine too."""
    times: list[list[float]] = [[] for _ in works]
    for work in works:
        work()
    for _ in range(rounds or ROUNDS):
        for work, spent in zip(works, times, strict=True):
            start = time.process_time()
            work()
            spent.append(time.process_time() - start)
    return [min(spent) for spent in times]


def _opened(data: bytes) -> Image:
    """Here and not in the decoder's own process, whose processor's time would not be counted."""
    return opened(data, DEFAULT_LIMITS, None, False).pixels


def _latencies(
    analyzer: Analyzer, data: bytes
) -> tuple[list[float], list[float], dict[str, list[float]]]:
    """Milliseconds of each run by the clock, of processor time, and by part and network."""
    total: list[float] = []
    processor: list[float] = []
    parts: defaultdict[str, list[float]] = defaultdict(list)
    for run in range(WARM_UP + RUNS):
        with watched(analyzer) as asked:
            worked, start = time.process_time(), time.perf_counter()
            image = _opened(data)
            decoded = time.perf_counter()
            analysis = analyzer.analyze(image)
            end = time.perf_counter()
        if run < WARM_UP:
            continue
        total.append((end - start) * 1000)
        processor.append((time.process_time() - worked) * 1000)
        parts["decode"].append((decoded - start) * 1000)
        for name, spent in analysis.timings.items():
            parts[name].append(spent)
        for name in {one.network for one in asked}:
            spent = sum(one.milliseconds for one in asked if one.network == name)
            parts[f"{name}_network"].append(spent)
    return total, processor, dict(parts)


def _rates(analyzer: Analyzer, data: bytes) -> tuple[float, float]:
    """Photos a second of the pipeline and of its networks alone."""

    def pipeline() -> None:
        analyzer.analyze_many([_opened(data) for _ in range(BATCH)])

    with watched(analyzer) as asked:
        pipeline()

    def networks() -> None:
        for one in asked:
            one.again()

    whole, bare = fastest(pipeline, networks)
    return BATCH / whole, BATCH / bare
