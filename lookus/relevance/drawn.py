"""Ask with drawings of what the shop sells, and count how often the product itself comes up."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import mean, median

import cv2
import numpy as np

from lookus.relevance.figures import FIRST, Truths
from lookus.relevance.good import Scores, scored
from recommender.rank import Weights
from recommender.services import Asked, search
from recommender.sketch.sent import Sketch
from recommender.timing import Timings
from tenants.models import Shop
from tenants.problems import Problem
from vision.analyzer import get_analyzer
from vision.sketch.paints import INK
from vision.training.progress import bar
from vision.training.sketch.drawings import Drawer, Layers
from vision.training.sketch.pairs import open_garments
from vision.training.sketch.scores import DROPPED, SEED

TEN = 10
PICTURE_SIDE = 512
LOOKS: dict[str, Weights | None] = {
    "as_served": None,
    "shape_alone": Weights(shape=1.0, color=0.0, pattern=0.0, category=0.0),
}


@dataclass(frozen=True)
class Drawn:
    """A drawing as a PNG with its paints, and the SKU that it is of."""

    sku: str
    png: bytes
    colors: tuple[str, ...]


def drawings(
    data: Path, cache: Path, *, skus: Collection[str], count: int, bundle: str
) -> Iterator[tuple[Drawn, Drawn]]:
    """Of each product that can be drawn a painted drawing and one of lines alone."""
    drawer = Drawer(open_garments(get_analyzer(bundle), data, cache), cache)
    rng = np.random.default_rng(SEED)
    names = [Path(name).stem for name in drawer.garments.crops.names]
    known = [i for i, name in enumerate(names) if name in set(skus)]
    chosen = rng.choice(known, min(count, len(known)), replace=False)
    for i in bar(np.sort(chosen), "drawings"):
        both = [
            drawer.drawing(rng, i, style="held-out", dropped=DROPPED, strength=1.0, painted=painted)
            for painted in (1.0, 0.0)
        ]
        painted, plain = (pictured(names[i], layers) for layers in both)
        yield painted, plain


def pictured(sku: str, layers: Layers) -> Drawn:
    """A drawing as the pad sends it: a PNG on a clear ground, and the colours used."""
    size = (PICTURE_SIDE, PICTURE_SIDE)
    ink = cv2.resize(layers.lines, size, interpolation=cv2.INTER_CUBIC) > 0.5
    paint = cv2.resize(layers.paint, size, interpolation=cv2.INTER_NEAREST)
    where = cv2.resize(layers.painted.astype(np.uint8), size, interpolation=cv2.INTER_NEAREST) > 0
    colors = {f"#{r:02x}{g:02x}{b:02x}" for r, g, b in layers.paint[layers.painted].tolist()}
    dark = tuple(bytes.fromhex(INK.removeprefix("#")))
    picture = np.zeros((*size, 4), np.uint8)
    picture[where] = np.dstack([paint, np.full(size, 255, np.uint8)])[where]
    picture[ink] = (*dark, 255)
    coded = cv2.imencode(".png", picture[..., [2, 1, 0, 3]])[1]
    return Drawn(sku, coded.tobytes(), tuple(sorted(colors)))


def measured(
    shop: Shop, truths: Truths, drawings: Iterator[tuple[Drawn, Drawn]]
) -> dict[str, float | int]:
    """Recall of the own product and the share of the first six of its category: with paint and
    without, the category said by the shopper or guessed, as served and by the vectors alone."""
    every = list(drawings)
    figures: dict[str, float | int] = {"drawings": len(every), "products": len(truths)}
    for at, name in enumerate(("paint", "lines")):
        for told in (False, True):
            for look, weights in LOOKS.items():
                found = [_found(shop, truths, one[at], told=told, weights=weights) for one in every]
                prefix = f"{name}_{'told' if told else 'guessed'}_{look}"
                figures |= {f"{prefix}_{key}": value for key, value in _shares(found).items()}
    scores = Scores()
    for one in every:
        for drawing in one:
            sketch = Sketch(drawing.png, drawing.colors)
            asked = Asked(sketch=sketch, by_variant=False, fold=False)
            scored(shop, truths, asked, truths[drawing.sku], scores)
    return figures | scores.figures("drawing")


@dataclass(frozen=True)
class _Found:
    place: int | None
    six: float
    milliseconds: float


def _found(
    shop: Shop, truths: Truths, drawn: Drawn, *, told: bool, weights: Weights | None
) -> _Found:
    wanted = truths[drawn.sku].get("category", frozenset())
    sketch = Sketch(drawn.png, drawn.colors, min(wanted) if told and wanted else "")
    timings = Timings()
    asked = Asked(sketch=sketch, weights=weights, limit=TEN, by_variant=False, fold=False)
    try:
        matches = search(shop=shop, asked=asked, timings=timings).matches
    except Problem:
        return _Found(None, 0.0, 0.0)
    skus = [match.product.sku for match in matches]
    place = skus.index(drawn.sku) if drawn.sku in skus else None
    share = [bool(wanted & truths[sku].get("category", frozenset())) for sku in skus[:FIRST]]
    return _Found(place, mean(share) if share else 0.0, timings.total)


def _shares(found: Sequence[_Found]) -> dict[str, float]:
    return {
        "recall@1": round(mean(one.place == 0 for one in found), 4),
        "recall@10": round(mean(one.place is not None for one in found), 4),
        "six_share_category": round(mean(one.six for one in found), 4),
        "milliseconds": round(median(one.milliseconds for one in found), 1),
    }
