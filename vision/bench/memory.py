"""Whether a worker's memory stays flat: the peak of a process that analyses thousands of photos.

Run as a process of its own (``python -m vision.bench.memory BUNDLE PHOTOS``), which prints JSON.
"""

import json
import resource
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import cv2
import numpy as np

from vision.analyzer import Analyzer, get_analyzer
from vision.bench.photos import garments, jpeg
from vision.decode import decode_image

FILES = 24
SIDES = 480, 1600
"""Longer sides of the files: what shops and phones send, as the decoder hands it on."""
LEAST_PART = 0.6
"""Of a photo's width and height is seen each time, so that hardly two pictures are of one size."""
FIRST_SHARE = 10
"""The first peak is read after one photo in this many."""
_STATUS = Path("/proc/self/status")


def memory_figures(bundle: str, photos: int) -> dict[str, Any]:
    """Peak megabytes of a new process after ``photos`` analyses, and after a tenth of them.

    Raises ``subprocess.CalledProcessError`` where the process dies.
    """
    command = [sys.executable, "-m", "vision.bench.memory", bundle, str(photos)]
    told: dict[str, Any] = json.loads(
        subprocess.run(command, check=True, capture_output=True).stdout
    )
    return told


def peaks(analyzer: Analyzer, photos: int) -> dict[str, Any]:
    """Analyse drawn photos of changing sizes, from their files, and read this process' peak."""
    generator = np.random.default_rng(photos)
    files = _files(generator)
    early = max(1, photos // FIRST_SHARE)
    first = 0.0
    for done in range(1, photos + 1):
        image = decode_image(files[int(generator.integers(FILES))])
        height, width = image.shape[:2]
        tall, wide = (round(side * generator.uniform(LEAST_PART, 1)) for side in (height, width))
        analyzer.analyze(np.ascontiguousarray(image[:tall, :wide]))
        if done == early:
            first = _peak()
    last = _peak()
    return {
        "memory_photos": photos,
        f"memory_mb_after_{early}": first,
        f"memory_mb_after_{photos}": last,
        "memory_ratio": last / first,
    }


def _files(generator: np.random.Generator) -> list[bytes]:
    sides = generator.integers(*SIDES, FILES)
    sides[0] = SIDES[1]
    photos = garments(FILES, seed=3)
    scales = [side / max(photo.shape) for photo, side in zip(photos, sides, strict=True)]
    return [
        jpeg(np.asarray(cv2.resize(photo, None, fx=scale, fy=scale), np.uint8))
        for photo, scale in zip(photos, scales, strict=True)
    ]


def _peak() -> float:
    """Megabytes. Linux keeps in ``ru_maxrss`` what the parent had, in ``VmHWM`` only our own."""
    if _STATUS.exists():
        lines = dict(line.split(":", 1) for line in _STATUS.read_text().splitlines())
        return int(lines["VmHWM"].split()[0]) / 1024
    unit = 2**20 if sys.platform == "darwin" else 2**10
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit


def _main(words: Sequence[str]) -> None:
    bundle, photos = words
    cv2.setNumThreads(1)
    sys.stdout.write(json.dumps(peaks(get_analyzer(bundle), int(photos))))


if __name__ == "__main__":
    _main(sys.argv[1:])
