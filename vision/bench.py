"""`lookus bench vision`: how long one photo takes on one thread, and where the time goes."""

import io
import os
import platform
import statistics
import time
from collections.abc import Callable
from typing import Any

import cv2
import numpy as np
from PIL import Image as Pillow

from vision.analyzer import Analyzer, get_analyzer
from vision.crops import letterbox, square_crop
from vision.decode import decode_image
from vision.networks import Networks
from vision.types import Image

SIDE = 1000
RUNS = 30
WARM_UP = 5
BATCH = 8
BATCHES = 4


def bench_vision(bundle: str = "full") -> dict[str, Any]:
    """Milliseconds (medians) of a 1000×1000 JPEG from bytes to tags, and photos a second.

    ``analyze_cpu_ms`` is the processor's time, which other work on the machine stretches less.
    ``ratio`` is the pipeline's rate over that of the bare networks on ready photos and crops in
    the same batch.
    """
    cv2.setNumThreads(1)
    data = _jpeg(_photo())
    analyzer = get_analyzer(bundle, threads=1)
    total, processor, parts = _latencies(analyzer, data)
    pipeline = BATCH / _fastest(lambda: _pipeline(analyzer, data))
    bare = BATCH / _fastest(_bare(analyzer, decode_image(data)))
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


def _latencies(
    analyzer: Analyzer, data: bytes
) -> tuple[list[float], list[float], dict[str, list[float]]]:
    """Milliseconds of each run by the clock, of processor time, and by part."""
    total: list[float] = []
    processor: list[float] = []
    parts: dict[str, list[float]] = {"decode": [], "parse": [], "tag": [], "color": []}
    for run in range(WARM_UP + RUNS):
        worked, start = time.process_time(), time.perf_counter()
        image = decode_image(data)
        decoded = time.perf_counter()
        analysis = analyzer.analyze(image)
        end = time.perf_counter()
        if run >= WARM_UP:
            total.append((end - start) * 1000)
            processor.append((time.process_time() - worked) * 1000)
            parts["decode"].append((decoded - start) * 1000)
            for name, spent in analysis.timings.items():
                parts[name].append(spent)
    return total, processor, parts


def _pipeline(analyzer: Analyzer, data: bytes) -> None:
    analyzer.analyze_many([decode_image(data) for _ in range(BATCH)])


def _bare(analyzer: Analyzer, image: Image) -> Callable[[], None]:
    """Both networks on a ready batch, one crop a photo as the pipeline finds in it."""
    bundle, networks = analyzer.bundle, Networks(analyzer.bundle, threads=1)
    parser, tagger = bundle.parser, bundle.tagger
    photo, _ = letterbox(image, parser.height, parser.width, parser.pad)
    main = analyzer.analyze(image).main
    crop = square_crop(
        image,
        main.box,
        main.mask,
        size=tagger.size,
        ground=tagger.ground,
        margin=tagger.margin,
        pad=tagger.pad,
    )

    def run() -> None:
        networks.parse([photo] * BATCH)
        networks.tag([crop] * BATCH)

    return run


def _fastest(work: Callable[[], None]) -> float:
    """Seconds of the fastest of a few runs: what the code costs when nothing disturbs it."""
    work()
    times = []
    for _ in range(BATCHES):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return min(times)


def _photo() -> Image:
    """A red T-shirt with folds on a grainy wall."""
    generator = np.random.default_rng(1)
    photo = np.full((SIDE, SIDE, 3), (214, 208, 200), np.float32)
    shirt = np.zeros((SIDE, SIDE), np.uint8)
    outline = [(390, 170), (610, 170), (760, 240), (830, 430), (730, 470), (690, 400), (690, 860)]
    outline += [(310, 860), (310, 400), (270, 470), (170, 430), (240, 240)]
    cv2.fillPoly(shirt, [np.array(outline, np.int32)], 1)
    folds = cv2.GaussianBlur(generator.normal(size=(SIDE, SIDE)).astype(np.float32), (0, 0), 25)
    light = 1 + 4.0 * folds
    photo = np.where(
        shirt[..., None] > 0, np.array([178, 28, 40], np.float32) * light[..., None], photo
    )
    photo += generator.normal(0, 3, photo.shape)
    return np.clip(photo, 0, 255).astype(np.uint8)


def _jpeg(photo: Image) -> bytes:
    out = io.BytesIO()
    Pillow.fromarray(photo).save(out, "JPEG", quality=90)
    return out.getvalue()
