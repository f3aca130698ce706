"""`lookus evaluate sketch-kinds`: one colouring network a kind, as the seed project had, or one for
all? Each of them on the drawings of each kind."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F

from vision.analyzer import get_analyzer
from vision.errors import BundleError
from vision.sketch.kinds import KINDS
from vision.sketch.networks import FOLDER
from vision.sketch.sketcher import Sketcher, get_sketcher
from vision.training.sets import Pixels
from vision.training.sketch.colorist import as_layers
from vision.training.sketch.drawings import Drawer, Layers
from vision.training.sketch.networks import Colorist
from vision.training.sketch.pairs import Garments, open_garments
from vision.training.sketch.scores import SEED_KINDS, Likeness, Painter, drawn_kind
from vision.training.splits import TEST

MOST, BATCH, TEN = 60, 20, 10
Table = dict[str, dict[str, dict[str, float]]]


def compare(
    bundle: Path, models: Mapping[str, Path], data: Path, cache: Path, *, threads: int
) -> Table:
    """By kind of garment and by model: SSIM from all lines, and recall@10 of the product by the
    picture of a crooked drawing, among all held-out garments. Raises BundleError where the bundle
    cannot read drawings."""
    torch.set_num_threads(threads)
    sketcher = get_sketcher(bundle, threads)
    if sketcher is None:
        raise BundleError(bundle / FOLDER, "is missing: this bundle cannot read drawings")
    drawer = Drawer(open_garments(get_analyzer(bundle, threads), data, cache), cache)
    painters = {name: painter(weights) for name, weights in models.items()}
    out: Table = {}
    for kind in SEED_KINDS:
        whole, rough = (drawn_kind(drawer, kind, whole=w, most=MOST) for w in (True, False))
        out[kind] = {
            name: {
                "ssim": whole.score(paint),
                "recall@10": recall(sketcher, drawer.garments, rough, paint),
            }
            for name, paint in painters.items()
        }
    return out


def painter(weights: Path) -> Painter:
    """The pictures that a colorist of these weights makes."""
    net = Colorist(len(KINDS))
    net.load_state_dict(torch.load(weights, map_location="cpu"))
    net.eval()

    def paint(drawings: Sequence[Layers], kinds: Sequence[str]) -> list[Pixels]:
        out: list[Pixels] = []
        with torch.no_grad():
            for at in range(0, len(drawings), BATCH):
                some = list(drawings[at : at + BATCH])
                told = torch.tensor([KINDS.index(kind) for kind in kinds[at : at + BATCH]])
                made = net(as_layers(some), F.one_hot(told, len(KINDS)).float())
                pictures = ((made + 1) * 127.5).round().clamp(0, 255).permute(0, 2, 3, 1)
                out += [np.asarray(one, np.uint8) for one in pictures.numpy()]
        return out

    return paint


def recall(sketcher: Sketcher, garments: Garments, likeness: Likeness, paint: Painter) -> float:
    """How often the product is among the ten nearest to the picture of its drawing."""
    held = garments.of(TEST)
    made = paint(likeness.drawings, [likeness.kind] * len(likeness.drawings))
    if not made:
        return float("nan")
    seen = np.stack([sketcher.embed(picture) for picture in made])
    order = np.argsort(-(seen @ garments.vectors[held].T), axis=1)[:, :TEN]
    return float((held[order] == likeness.garments[:, None]).any(1).mean())


def table(found: Table) -> str:
    """SSIM and recall@10, a row a kind, a column a model."""
    models = list(next(iter(found.values())))
    lines = []
    for figure in ("ssim", "recall@10"):
        lines.append(f"{figure:12}" + "".join(f"{name:>12}" for name in models))
        lines += [
            f"{kind:12}" + "".join(f"{scores[name][figure]:12.3f}" for name in models)
            for kind, scores in found.items()
        ]
        lines.append("")
    return "\n".join(lines)
