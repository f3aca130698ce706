"""Images a second and parameters of the bare networks: the seed project's in torch, a bundle's in
ONNX Runtime, one thread, turn by turn in one run."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import onnx
import onnxruntime as ort
import torch

from vision.bundle import Bundle
from vision.training.seed.networks import CATEGORY_SIDE, PATTERN_SIDE, CategoryNet, PatternNet

BATCHES = (1, 16)
# what disturbs the machine slows a round, so the fastest counts
ROUNDS, LEAST_SECONDS = 5, 0.3

Rates = dict[int, dict[str, float]]
Work = Callable[[], object]


@dataclass(frozen=True)
class Speeds:
    """Images a second by batch size and network."""

    batches: Sequence[int]
    seed: Rates
    ours: Rates


def speeds(bundle: Bundle, category: CategoryNet, pattern: PatternNet) -> Speeds:
    """Rates of all networks at every batch size."""
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    out = Speeds(BATCHES, {}, {})
    try:
        for batch in BATCHES:
            seed = {
                "category": _torch_work(category, batch, CATEGORY_SIDE),
                "pattern": _torch_work(pattern, batch, PATTERN_SIDE),
            }
            ours = {path: _onnx_work(bundle, path, batch) for path in network_names(bundle)}
            fastest = _fastest([*seed.values(), *ours.values()])
            rates = [batch / seconds for seconds in fastest]
            out.seed[batch] = dict(zip(seed, rates[: len(seed)], strict=True))
            out.ours[batch] = dict(zip(ours, rates[len(seed) :], strict=True))
    finally:
        torch.set_num_threads(before)
    return out


def network_names(bundle: Bundle) -> list[str]:
    """The bundle's networks: parser, tagger and any that it has beside them."""
    return sorted(path.stem for path in bundle.path.glob("*.onnx"))


def bundle_parameters(bundle: Bundle) -> dict[str, int]:
    """Weights of each network of the bundle."""
    return {
        name: sum(
            int(np.prod(tensor.dims))
            for tensor in onnx.load(bundle.path / f"{name}.onnx").graph.initializer
        )
        for name in network_names(bundle)
    }


def _torch_work(net: torch.nn.Module, batch: int, side: int) -> Work:
    image = torch.rand(batch, 3, side, side) * 2 - 1
    image = image.contiguous(memory_format=torch.channels_last)
    net.eval()

    def work() -> object:
        with torch.inference_mode():
            return net(image)

    return work


def _onnx_work(bundle: Bundle, name: str, batch: int) -> Work:
    options = ort.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    path = bundle.path / f"{name}.onnx"
    session = ort.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    entry = session.get_inputs()[0]
    parser = (bundle.parser.height, bundle.parser.width)
    free = parser if path == bundle.parser.file else (bundle.tagger.size, bundle.tagger.size)
    sides = [
        n if isinstance(n, int) else side for n, side in zip(entry.shape[2:], free, strict=True)
    ]
    image = np.random.default_rng(0).uniform(-1, 1, (batch, 3, *sides)).astype(np.float32)

    def work() -> object:
        return session.run(None, {entry.name: image})

    return work


def _fastest(works: Sequence[Work]) -> list[float]:
    """Seconds of the fastest run of each, in rounds, so that a slow moment slows them alike."""
    for work in works:
        work()
    best = [float("inf")] * len(works)
    for _ in range(ROUNDS):
        for k, work in enumerate(works):
            begun = time.perf_counter()
            while time.perf_counter() - begun < LEAST_SECONDS / ROUNDS:
                start = time.perf_counter()
                work()
                best[k] = min(best[k], time.perf_counter() - start)
    return best
