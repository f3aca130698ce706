"""`lookus bench vision`: how fast photos are analysed here, and at what cost in memory."""

import argparse
from collections.abc import Sequence
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import cv2

from vision.analyzer import Analyzer
from vision.bench.jpegs import jpeg_figures
from vision.bench.memory import memory_figures
from vision.bench.speed import speed_figures
from vision.bench.table import END, START, has_marks, write_tables
from vision.bundle import find_bundle, load_bundle

__all__ = ["bench_vision"]

ADVICE = "--int8 needs the package onnx, which is no part of serving: pip install 'lookus[train]'"


def bench_vision(args: Sequence[str] = ()) -> dict[str, Any]:
    """`[--bundle full] [--memory PHOTOS] [--int8 PHOTOS [--data D --cache C]]
    [--page docs/performance.md]`.

    Always the time of one photo with its parts, the rate of the pipeline over its networks', and
    the ways to decode a JPEG; the longer measurements where they are asked for.
    """
    parser = _parser()
    asked = parser.parse_args(args)
    if asked.int8 and find_spec("onnx") is None:
        parser.error(ADVICE)
    if asked.page and not has_marks(asked.page):
        parser.error(f"{asked.page} has no lines {START} and {END} to write between")
    cv2.setNumThreads(1)
    analyzer = Analyzer(load_bundle(find_bundle(asked.bundle)), threads=1)
    figures = speed_figures(analyzer) | jpeg_figures()
    if asked.memory:
        figures |= memory_figures(asked.bundle, asked.memory)
    if asked.int8:
        int8 = import_module("vision.bench.int8")
        figures |= int8.int8_figures(analyzer, asked.int8, asked.data, asked.cache)
    if asked.page:
        write_tables(figures, asked.page)
    return figures


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="lookus bench vision", description=__doc__)
    parser.add_argument("--bundle", default="full", help="a bundle's name or folder (full)")
    parser.add_argument(
        "--memory",
        type=int,
        metavar="PHOTOS",
        help="peak of a process that analyses so many photos over that after a tenth of them",
    )
    parser.add_argument(
        "--int8",
        type=int,
        metavar="PHOTOS",
        help="the networks in 8 bits beside 32, on so many photos (needs lookus[train])",
    )
    parser.add_argument("--data", type=Path, help="photo sets to judge int8 on, as for training")
    parser.add_argument("--cache", type=Path, help="folder of their decoded photos")
    parser.add_argument("--page", type=Path, help="write the tables into this page, between marks")
    return parser
