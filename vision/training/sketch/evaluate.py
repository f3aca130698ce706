"""`lookus evaluate sketch`: how well a bundle reads and colours drawings of held-out designs."""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from vision.analyzer import get_analyzer
from vision.errors import BundleError
from vision.sketch.networks import FOLDER
from vision.sketch.sketcher import Sketcher, get_sketcher
from vision.training.sets import Pixels
from vision.training.sketch.drawings import Drawer, Layers, as_drawing
from vision.training.sketch.pairs import open_garments
from vision.training.sketch.scores import SEED_KINDS, Asked, drawn, drawn_kind, found, pool_of

SHARES = (0.1, 0.2, 0.3, 0.4, 0.5, 0.6)
"""Of the picture's vector in the fusion that is tried."""
# one of a kind's own categories, for the colorist is told a category
TOLD = {"top": "t-shirt", "trousers": "trousers", "skirt": "skirt", "headwear": "hat"}
Floats = npt.NDArray[np.float32]


def evaluate_sketch(bundle: Path, data: Path, cache: Path, *, threads: int) -> dict[str, Any]:
    """The report. Raises BundleError where the bundle cannot read drawings."""
    sketcher = get_sketcher(bundle, threads)
    if sketcher is None:
        raise BundleError(bundle / FOLDER, "is missing: this bundle cannot read drawings")
    analyzer = get_analyzer(bundle, threads)
    drawer = Drawer(open_garments(analyzer, data, cache), cache)
    pool = pool_of(analyzer, drawer.garments, data, cache)
    report: dict[str, Any] = {
        "revision": analyzer.revision,
        "pool": len(pool.vectors),
        "drawings": len(pool.asked),
        "found": {
            name: three_ways(sketcher, drawn(drawer, pool, painted=painted))
            for name, painted in (("with paint", True), ("lines alone", False))
        },
        "alike": {kind: likeness(sketcher, drawer, kind) for kind in SEED_KINDS},
        "milliseconds": speed(sketcher, drawer),
    }
    return report


def three_ways(sketcher: Sketcher, asked: Asked) -> dict[str, dict[str, float]]:
    """What finds the products: the drawing, the picture made of it, and both."""
    drawings = [as_drawing(one) for one in asked.drawings]
    answers = [sketcher.read(one) for one in drawings]
    read = np.stack([vector for vector, _ in answers])
    told = [categories[0][0] for _, categories in answers]
    pictures = [sketcher.preview(one) for one in drawings]
    seen = np.stack([sketcher.embed(one) for one in pictures])
    pool = asked.pool
    right = [
        t in pool.categories[p]
        for t, p in zip(told, pool.places, strict=True)
        if pool.categories[p]
    ]
    out = {"drawing": found(asked, read), "picture": found(asked, seen)}
    for share in SHARES:
        out[f"both, picture {share}"] = found(asked, fused(read, seen, share))
    out["drawing"]["category"] = float(np.mean(right))
    return out


def fused(read: Floats, seen: Floats, share: float) -> Floats:
    """Unit vectors [N,256] of both."""
    both = (1 - share) * read + share * seen
    return np.asarray(both / np.linalg.norm(both, axis=1, keepdims=True), np.float32)


def likeness(sketcher: Sketcher, drawer: Drawer, kind: str) -> dict[str, Any]:
    """SSIM of the pictures of a kind."""

    def paint(drawings: Sequence[Layers], kinds: Sequence[str]) -> list[Pixels]:
        return [
            sketcher.preview(as_drawing(one), TOLD[k])
            for one, k in zip(drawings, kinds, strict=True)
        ]

    whole, rough = (drawn_kind(drawer, kind, whole=whole) for whole in (True, False))
    return {
        "photos": len(whole.garments),
        "whole": whole.score(paint),
        "rough": rough.score(paint),
    }


def speed(sketcher: Sketcher, drawer: Drawer, rounds: int = 20) -> dict[str, float]:
    """Median milliseconds of a preview and of all that a search asks."""
    rng = np.random.default_rng(3)
    drawings = [
        as_drawing(drawer.drawing(rng, int(i)))
        for i in rng.integers(0, len(drawer.garments.crops), rounds)
    ]
    out = {}
    for name, work in (("preview", sketcher.preview), ("search", sketcher.look)):
        spent = []
        for one in drawings:
            start = time.perf_counter()
            work(one)
            spent.append(1000 * (time.perf_counter() - start))
        out[name] = float(np.median(spent))
    return out


def table(report: dict[str, Any]) -> str:
    """The report for a person."""
    lines = [f"{report['drawings']} drawings among {report['pool']} held-out products"]
    columns = ("recall@1", "recall@10", "design@1", "design@10", "six_share_category")
    for name, ways in report["found"].items():
        lines += ["", f"{name:24}" + "".join(f"{c:>20}" for c in columns)]
        for way, scores in ways.items():
            lines.append(f"{way:24}" + "".join(f"{scores[c]:20.3f}" for c in columns))
    lines += ["", f"{'SSIM':24}{'photos':>20}{'all lines':>20}{'crooked, 30 % gone':>20}"]
    for kind, scores in report["alike"].items():
        lines.append(
            f"{kind:24}{scores['photos']:20}{scores['whole']:20.3f}{scores['rough']:20.3f}"
        )
    spent = ", ".join(f"{name} {ms:.0f} ms" for name, ms in report["milliseconds"].items())
    return "\n".join([*lines, "", spent])
