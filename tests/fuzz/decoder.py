"""`python -m tests.fuzz.decoder FOLDER -runs=N`: atheris over what the decoder's process does.

libFuzzer's own options follow. FOLDER begins with real files of every kind, whole, odd and harmful.
What is neither a photo nor refused in words ends the run, and so does a decoder that crashes.
"""

import sys
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["vision", "PIL"]):
    from vision.decode.limits import Limits
    from vision.decode.pixels import opened
from vision.errors import ImageRejected

SMALL = Limits(max_bytes=2**20, max_pixels=2**20)
"""Large photos only take longer: what is looked for is in the ways, not in the sizes."""


def one(data: bytes) -> None:
    side = (None, 64, 1280)[len(data) % 3]
    try:
        photo = opened(data, SMALL, side, alpha=len(data) % 2 == 0)
    except (ImageRejected, MemoryError) as refused:
        assert not isinstance(refused, ImageRejected) or refused.message
        return
    height, width, channels = photo.pixels.shape
    assert channels in (3, 4) and photo.pixels.dtype == "uint8"
    assert side is None or max(height, width) <= max(side, 1)
    assert photo.orientation in range(1, 9) and min(photo.width, photo.height) >= SMALL.min_side


def main() -> None:
    folder, *options = sys.argv[1:]
    from tests.support.poison import AT_ONCE, ODD

    made = {**{name: make for name, (make, _) in AT_ONCE.items()}, **ODD}
    for name, make in made.items():
        data = make()
        if 0 < len(data) <= SMALL.max_bytes:
            (Path(folder) / name.replace(" ", "-")).write_bytes(data)
    told = [sys.argv[0], "-max_len=200000", "-timeout=60", "-rss_limit_mb=4096", *options, folder]
    atheris.Setup(told, one)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
