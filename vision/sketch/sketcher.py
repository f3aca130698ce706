"""From a drawing to what it looks for, and to a picture of the garment that it means."""

import threading
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from vision.analyzer import Analyzer, get_analyzer
from vision.bundle import Bundle, find_bundle, load_bundle
from vision.crops import planes
from vision.looks import Piece, look
from vision.networks import open_session
from vision.sketch.compose import composed, layers
from vision.sketch.drawing import Drawing
from vision.sketch.kinds import kind_of
from vision.sketch.networks import SketchConfig, load_config
from vision.types import Color, Image, Vector

Categories = tuple[tuple[str, float], ...]
"""With their probabilities, likeliest first."""
WHITE = 250
"""From this grey on a picture's pixel is ground."""
SURE = 0.35
"""The probability from which the colorist is told the category that the reader saw."""


@dataclass(frozen=True, slots=True, eq=False)
class Sketched:
    """What a drawing says."""

    embedding: Vector
    """[256], unit length, in the space of the bundle's garments."""
    categories: Categories
    """All categories with their probabilities, likeliest first; the chosen one has 1."""
    palette: tuple[Color, ...]
    """The paints; empty where there is no paint."""
    picture: Image
    """[128, 128, 3]: the garment on white."""

    @property
    def category(self) -> str:
        return self.categories[0][0]


class Sketcher:
    """Reads and colours drawings; threads may share one."""

    def __init__(self, config: SketchConfig, analyzer: Analyzer, threads: int = 1) -> None:
        self.config, self.analyzer = config, analyzer
        self.edges = open_session(config.edges, threads)
        self._reader = open_session(config.reader, threads)
        self._colorist = open_session(config.colorist, threads)

    def look(self, drawing: Drawing, category: str | None = None) -> Sketched:
        """What a drawing looks for; ``category`` is what the shopper says that it is."""
        vector, categories = self.read(drawing)
        if category is not None:
            rest = tuple((name, 0.0) for name, _ in categories if name != category)
            categories = ((category, 1.0), *rest)
        picture = self.paint(drawing, _likely(categories))
        share = self.config.picture_share
        if share:
            seen = self.embed(picture)
            vector = (1 - share) * vector + share * seen
            vector /= max(float(np.linalg.norm(vector)), 1e-12)
        return Sketched(vector, categories, drawing.palette, picture)

    def preview(self, drawing: Drawing, category: str | None = None) -> Image:
        """The garment that a drawing means, [128, 128, 3] on white."""
        return self.paint(drawing, category or self.made_out(drawing))

    def made_out(self, drawing: Drawing) -> str:
        """The category that a drawing shows; "" where the reader is not `SURE`."""
        return _likely(self.read(drawing)[1])

    def embed(self, picture: Image) -> Vector:
        """The vector [256] of a picture, as of a product's photo."""
        cover = np.asarray((picture < WHITE).any(2))
        if not cover.any():
            cover[:] = True
        rows, columns = np.flatnonzero(cover.any(1)), np.flatnonzero(cover.any(0))
        x0, y0, x1, y1 = columns[0], rows[0], columns[-1] + 1, rows[-1] + 1
        piece = Piece(picture, (int(x0), int(y0), int(x1), int(y1)), cover[y0:y1, x0:x1])
        vectors, _ = look(self.analyzer.networks, [piece])
        return np.asarray(vectors[0], np.float32)

    def read(self, drawing: Drawing) -> tuple[Vector, Categories]:
        """The vector [256] of the product that a drawing shows, and all categories with their
        probabilities, likeliest first: by the lines and the paint alone."""
        seen = composed(drawing.lines, drawing.paint, drawing.painted)
        both = [seen, np.ascontiguousarray(seen[:, ::-1])]
        image = planes(both, mean=127.5, scale=127.5)
        vectors, logits = self._reader.run(["embedding", "category"], {"image": image})
        vector = vectors.mean(0)
        vector /= max(float(np.linalg.norm(vector)), 1e-12)
        scores = logits.mean(0) / self.config.temperature
        shares = np.exp(scores - scores.max())
        shares /= shares.sum()
        names = self.config.categories
        order = np.argsort(-shares)
        return np.asarray(vector, np.float32), tuple((names[k], float(shares[k])) for k in order)

    def paint(self, drawing: Drawing, category: str) -> Image:
        """The picture, [128, 128, 3] on white, of a drawing of this category; "" tells none."""
        told = np.zeros((1, len(self.config.kinds)), np.float32)
        if category:
            told[0, self.config.kinds.index(kind_of(category))] = 1
        planes_ = layers(drawing.lines, drawing.paint, drawing.painted)[None]
        made = self._colorist.run(["picture"], {"layers": planes_, "kind": told})[0][0]
        shown = np.rint((made.transpose(1, 2, 0) + 1) * 127.5)
        return np.asarray(shown.clip(0, 255), np.uint8)


def _likely(categories: Categories) -> str:
    name, probability = categories[0]
    return name if probability >= SURE else ""


_sketchers: dict[tuple[Path, int], Sketcher | None] = {}
_loading = threading.Lock()


def get_sketcher(name_or_path: str | Path, threads: int = 1) -> Sketcher | None:
    """The sketcher of a bundle (``full``, or a folder), loaded once a process; None where the
    bundle cannot read drawings.

    Raises ``BundleError``.
    """
    key = (find_bundle(name_or_path).resolve(), threads)
    with _loading:
        if key not in _sketchers:
            _sketchers[key] = _open(load_bundle(key[0]), key[0], threads)
        return _sketchers[key]


def _open(bundle: Bundle, path: Path, threads: int) -> Sketcher | None:
    config = load_config(bundle)
    return Sketcher(config, get_analyzer(path, threads), threads) if config else None
