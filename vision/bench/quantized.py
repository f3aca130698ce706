"""A bundle's networks in 8 bits, by ONNX Runtime's own tools, which need the package onnx."""

import json
import logging
import shutil
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import onnx
from onnxruntime.quantization import (
    CalibrationDataReader,
    QuantFormat,
    QuantType,
    quantize_dynamic,
    quantize_static,
)
from onnxruntime.quantization.shape_inference import quant_pre_process

from vision.analyzer import Analyzer
from vision.bench.watch import Feed, watched
from vision.bundle import CONFIG, Bundle, revision_of
from vision.types import Image

Feeds = Mapping[str, Sequence[Feed]]


def fed(analyzer: Analyzer, photos: Iterable[Image]) -> Feeds:
    """What each network is fed for these photos, by its name: what ``static`` is measured on."""
    feeds: defaultdict[str, list[Feed]] = defaultdict(list)
    for photo in photos:
        with watched(analyzer) as asked:
            analyzer.analyze(photo)
        for one in asked:
            feeds[one.network].append(one.feed)
    return feeds


def quantized(bundle: Bundle, way: str, feeds: Feeds, folder: Path) -> Path:
    """Write the bundle with its networks in 8 bits, one scale a channel, and return its folder."""
    shutil.copytree(bundle.path, folder)
    for network, seen in feeds.items():
        file = folder / f"{network}.onnx"
        if way == "dynamic":
            _dynamic(bundle.path / file.name, file)
        else:
            _static(bundle.path / file.name, file, seen)
    config = json.loads((folder / CONFIG).read_text(encoding="utf-8"))
    config["name"] = f"{bundle.name}-int8-{way}"
    config["revision"] = revision_of(folder, config)
    (folder / CONFIG).write_text(json.dumps(config), encoding="utf-8")
    return folder


class _Seen(CalibrationDataReader):
    def __init__(self, feeds: Sequence[Feed]) -> None:
        self.left: Iterator[Feed] = iter(feeds)

    def get_next(self) -> Feed | None:
        return next(self.left, None)


def _dynamic(source: Path, target: Path) -> None:
    # of convolutions in groups the integer kernel gives other values: one alone takes the
    # embedding's cosine to 0.63
    grouped = [
        node.name
        for node in onnx.load(source).graph.node
        if any(one.name == "group" and one.i > 1 for one in node.attribute)
    ]
    _quietly()
    quantize_dynamic(
        source, target, per_channel=True, weight_type=QuantType.QUInt8, nodes_to_exclude=grouped
    )


def _static(source: Path, target: Path, feeds: Sequence[Feed]) -> None:
    _quietly()
    with TemporaryDirectory() as work:
        ready = Path(work) / source.name
        quant_pre_process(source, ready, skip_symbolic_shape=True)
        quantize_static(
            ready,
            target,
            _Seen(feeds),
            quant_format=QuantFormat.QDQ,
            per_channel=True,
            activation_type=QuantType.QUInt8,
            weight_type=QuantType.QInt8,
        )


def _quietly() -> None:
    """The tools advise on the root logger what is done already or does not apply."""
    logging.getLogger().setLevel(logging.ERROR)
