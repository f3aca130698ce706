"""`lookus bench seed`: the seed project's networks and ranking beside ours, in one run."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from vision.training.seed.compare import CATEGORY_MINUTES, PATTERN_MINUTES, compare
from vision.training.seed.report import table, write_report


def bench_seed(args: Sequence[str] = ()) -> dict[str, float | None]:
    """Train theirs for some minutes, measure both on the same held-out photos; prints the table
    and returns theirs and ours of each line."""
    parser = argparse.ArgumentParser(prog="lookus bench seed")
    parser.add_argument("--bundle", default="full")
    parser.add_argument("--data", type=Path, required=True, help="folder of NAME.zip, NAME.csv")
    parser.add_argument("--cache", type=Path, required=True, help="folder for decoded photos")
    parser.add_argument("--minutes", type=float, default=CATEGORY_MINUTES)
    parser.add_argument("--pattern-minutes", type=float, default=PATTERN_MINUTES)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--out", type=Path, metavar="FILE", help="write the whole report here")
    given = parser.parse_args(list(args))
    report = compare(
        given.bundle,
        given.data,
        given.cache,
        threads=given.threads,
        minutes=given.minutes,
        pattern_minutes=given.pattern_minutes,
    )
    if given.out:
        write_report(report, given.out)
        given.out.with_suffix(".txt").write_text(table(report) + "\n")
    return {
        f"{line['what']}, {whose}": line[side]
        for line in report["lines"]
        for side, whose in (("seed", "the seed project"), ("ours", "LookUs"))
    }
