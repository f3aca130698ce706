"""A progress bar on standard error, silent where that is no terminal."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator

import numpy as np

WIDTH, REDRAW_SECONDS = 24, 0.2


def bar(items: np.ndarray, title: str) -> Iterator[int]:
    """The numbers [n], with a bar that shows how many are done and how long the rest will take."""
    start, drawn = time.monotonic(), 0.0
    shown = sys.stderr.isatty()
    for done, item in enumerate(items):
        yield int(item)
        now = time.monotonic()
        if shown and (now - drawn > REDRAW_SECONDS or done + 1 == len(items)):
            drawn = now
            share = (done + 1) / len(items)
            left = (now - start) / share * (1 - share)
            blocks = "█" * round(share * WIDTH)
            line = f"\r{title} {blocks:<{WIDTH}} {done + 1}/{len(items)} {left:.0f} s left "
            print(line, end="", file=sys.stderr, flush=True)
    if shown and len(items):
        print(file=sys.stderr)
