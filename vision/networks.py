"""The two networks of a bundle under ONNX Runtime."""

from collections.abc import Mapping
from pathlib import Path

import numpy as np
import numpy.typing as npt
import onnxruntime as ort

from vision.bundle import Bundle
from vision.crops import planes
from vision.errors import BundleError
from vision.types import Image

Logits = npt.NDArray[np.float32]
EMBEDDING = 256
_PROVIDERS = ("CUDAExecutionProvider", "CPUExecutionProvider")


class Networks:
    """Parser and tagger of one bundle; threads may share an instance."""

    def __init__(self, bundle: Bundle, threads: int = 1) -> None:
        self.bundle = bundle
        self._parser = open_session(bundle.parser.file, threads)
        self._tagger = open_session(bundle.tagger.file, threads)
        _check_outputs(bundle.parser.file, self._parser, {"logits"})
        self._heads = [*bundle.tagger.heads]
        if bundle.tagger.cloth:
            self._heads.append(bundle.tagger.cloth.output)
        wanted = {bundle.tagger.embedding, *self._heads}
        _check_outputs(bundle.tagger.file, self._tagger, wanted)
        self._second: ort.InferenceSession | None = None
        self._shared: list[str] = []
        self._joint: Logits | None = None
        if bundle.tagger.second:
            self._second = open_session(bundle.tagger.second.file, threads)
            there = {entry.name for entry in self._second.get_outputs()}
            self._shared = [name for name in bundle.tagger.heads if name in there]
            wanted = {"category", bundle.tagger.embedding}
            _check_outputs(bundle.tagger.second.file, self._second, wanted)
            self._shared.append(bundle.tagger.embedding)
            if bundle.tagger.second.joint:
                self._joint = _matrix(bundle.tagger.second.joint)

    def parse(self, images: list[Image]) -> Logits:
        """Class logits [n, classes, h, w] of photos letterboxed to the parser's size."""
        logits: Logits = self._parser.run(["logits"], {"image": self._planes(images)})[0]
        return logits

    def tag(self, crops: list[Image]) -> tuple[Logits, Mapping[str, Logits]]:
        """Unit embeddings [n, 256] and each head's logits [n, labels] of square crops, those of
        the cloth among them."""
        wanted = [self.bundle.tagger.embedding, *self._heads]
        embeddings, *answers = self._tagger.run(wanted, {"image": self._planes(crops)})
        return _unit(embeddings), dict(zip(self._heads, answers, strict=True))

    def second_opinion(self, crops: list[Image]) -> Mapping[str, Logits]:
        """Logits [n, labels] by head of the second tagger, and its unit embedding; nothing where
        the bundle has none."""
        if self._second is None:
            return {}
        answers = self._second.run(self._shared, {"image": self._planes(crops)})
        out = dict(zip(self._shared, answers, strict=True))
        out[self.bundle.tagger.embedding] = _unit(out[self.bundle.tagger.embedding])
        return out

    def joined(self, first: Logits, second: Logits) -> Logits:
        """One unit embedding [n, 256] of both taggers' unit ones [n, 256]; the first's where the
        bundle joins nothing."""
        if self._joint is None:
            return first
        both = np.concatenate([second, first], axis=1) @ self._joint
        return _unit(both)

    def _planes(self, images: list[Image]) -> Logits:
        return planes(images, mean=self.bundle.mean, scale=self.bundle.scale)


def _unit(vectors: Logits) -> Logits:
    length = np.linalg.norm(vectors, axis=1, keepdims=True)
    out: Logits = vectors / np.maximum(length, 1e-12)
    return out


def _matrix(file: Path) -> Logits:
    """The matrix [512, 256] of a file."""
    try:
        matrix = np.load(file, allow_pickle=False)
    except (OSError, ValueError) as error:
        raise BundleError(file, f"is no matrix: {error}") from error
    if matrix.ndim != 2 or matrix.shape[1] != EMBEDDING:
        raise BundleError(file, f"must be a matrix of {EMBEDDING} columns, not {matrix.shape}")
    return np.asarray(matrix, np.float32)


def open_session(file: Path, threads: int) -> ort.InferenceSession:
    """A network under ONNX Runtime. Raises ``BundleError``."""
    options = ort.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.execution_mode = ort.ExecutionMode.ORT_SEQUENTIAL
    # the arena keeps the peak of every batch size it has seen; a worker must stay flat
    options.enable_cpu_mem_arena = False
    providers = [name for name in _PROVIDERS if name in ort.get_available_providers()]
    try:
        return ort.InferenceSession(str(file), options, providers=providers)
    except Exception as error:  # ONNX Runtime's errors share no public base
        raise BundleError(file, f"cannot be loaded: {error}") from error


def _check_outputs(file: Path, session: ort.InferenceSession, wanted: set[str]) -> None:
    if [entry.name for entry in session.get_inputs()] != ["image"]:
        raise BundleError(file, "must have one input named image")
    missing = wanted - {entry.name for entry in session.get_outputs()}
    if missing:
        raise BundleError(file, f"lacks the outputs {', '.join(sorted(missing))}")
