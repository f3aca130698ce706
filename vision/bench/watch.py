"""What an analyzer asks its networks: noted on the way, to be measured or asked again."""

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt
import onnxruntime as ort

from vision.analyzer import Analyzer

Feed = dict[str, npt.NDArray[np.float32]]


@dataclass(frozen=True, slots=True)
class Asked:
    """One run of one network."""

    network: str
    session: ort.InferenceSession
    outputs: Sequence[str]
    feed: Feed
    milliseconds: float

    def again(self) -> None:
        self.session.run(self.outputs, self.feed)


@dataclass(frozen=True, slots=True)
class _Watched:
    """Stands in for a session and notes every run."""

    network: str
    session: ort.InferenceSession
    asked: list[Asked] = field(repr=False)

    def run(self, outputs: Sequence[str], feed: Feed) -> Any:
        start = time.perf_counter()
        answers = self.session.run(outputs, feed)
        spent = (time.perf_counter() - start) * 1000
        self.asked.append(Asked(self.network, self.session, outputs, feed, spent))
        return answers


@contextmanager
def watched(analyzer: Analyzer) -> Iterator[list[Asked]]:
    """The runs of every network of the analyzer, by the network's name (`parser`, `tagger`, …)."""
    networks, asked = analyzer.networks, list[Asked]()
    sessions = {
        name: held
        for name, held in vars(networks).items()
        if isinstance(held, ort.InferenceSession)
    }
    for name, session in sessions.items():
        setattr(networks, name, _Watched(name.lstrip("_"), session, asked))
    try:
        yield asked
    finally:
        for name, session in sessions.items():
            setattr(networks, name, session)
