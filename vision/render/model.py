"""A garment as its maker sees it: pieces of cloth, seams, buttons, in drawing order."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np

from vision.render.spec import GarmentSpec


@dataclass
class Fold:
    """A soft ridge of cloth from a to b (cm), `height` cm high, bowed sideways by `bow` cm."""

    a: tuple[float, float]
    b: tuple[float, float]
    width: float = 2.0
    height: float = 0.5
    bow: float = 0.0


@dataclass
class Piece:
    """One piece of cloth (or sole, or buckle), its outline closed, in cm.

    `dye` is "main", "second" or a hex colour; `weave` names a texture of `fabric.WEAVES`, None
    for the garment's own cloth; `grain` turns the pattern (degrees); `tone` darkens what lies
    inside; `puff` is the radius (cm) over which the edge curves away and `relief` how strongly;
    `drape` scales the random folds; `cast` is the shadow thrown on the pieces below;
    `cables` are the middles (x, cm) of ropes knitted down the piece.
    """

    outline: np.ndarray
    dye: str = "main"
    weave: str | None = None
    patterned: bool = True
    grain: float = 0.0
    tone: float = 1.0
    puff: float = 3.0
    relief: float = 1.0
    drape: float = 1.0
    cast: float = 0.5
    gloss: float | None = None
    quilt: float = 0.0
    fade: float = 0.0
    holes: list[np.ndarray] = field(default_factory=list)
    folds: list[Fold] = field(default_factory=list)
    cables: tuple[float, ...] = ()
    decal: bool = False
    sheer: float = 1.0
    within: np.ndarray | None = None


@dataclass
class Stroke:
    """A drawn line: "seam" (pressed in), "stitch" (dashed thread), "cord" (round, raised)."""

    path: np.ndarray
    kind: str = "seam"
    width: float = 0.3
    color: str | None = None
    closed: bool = False


@dataclass
class Dot:
    """A round thing: "button", "snap", "eyelet", "rivet" or "pompom"."""

    at: tuple[float, float]
    radius: float = 0.6
    kind: str = "button"
    color: str = "#e9e4d8"


Item = Piece | Stroke | Dot


@dataclass
class Garment:
    """All items from back to front, and how the whole stands in a photo.

    stance: "flat" (laid or hung), "standing" (on a floor: shoes, bags).
    hook: where a hanger's hook would leave the garment, or None when it does not hang.
    shoulder: half the width (cm) between the shoulder points, for the hanger.
    """

    items: list[Item]
    stance: str = "flat"
    hook: tuple[float, float] | None = None
    shoulder: float = 20.0
    slope: float = 5.0
    chest: tuple[float, float, float] = (0.0, 26.0, 24.0)
    labels: dict[str, str] = field(default_factory=dict)

    def extent(self) -> tuple[float, float, float, float]:
        """x0, y0, x1, y1 in cm around all pieces."""
        points = np.concatenate([_points(item) for item in self.items])
        low, high = points.min(axis=0), points.max(axis=0)
        return float(low[0]), float(low[1]), float(high[0]), float(high[1])


def _points(item: Item) -> np.ndarray:
    if isinstance(item, Piece):
        return item.outline
    if isinstance(item, Stroke):
        return item.path
    return np.array([item.at]) + np.array([[-1, -1], [1, 1]]) * item.radius


def settled(garment: Garment, spec: GarmentSpec) -> Garment:
    """The garment as it lies in this photo: every line bent a little by the same soft field.

    Hand-placed cloth is never symmetric; one displacement for all items keeps seams on edges.
    """
    rng = np.random.default_rng([spec.seed, spec.pose, 77])
    x0, y0, x1, y1 = garment.extent()
    size = max(x1 - x0, y1 - y0)
    amount = (0.003 if garment.stance == "standing" else 0.0075) * size
    waves = rng.uniform(0.6, 1.6, (4, 2)) * 2 * np.pi / size * rng.choice([-1, 1], (4, 2))
    phase = rng.uniform(0, 2 * np.pi, 4)
    push = rng.normal(0, amount, (4, 2))

    def move(points: np.ndarray) -> np.ndarray:
        points = np.asarray(points, float)
        return points + np.sin(points @ waves.T + phase) @ push

    def one(point: tuple[float, float]) -> tuple[float, float]:
        x, y = move(np.array([point]))[0]
        return float(x), float(y)

    items: list[Item] = []
    for item in garment.items:
        if isinstance(item, Piece):
            items.append(
                replace(
                    item,
                    outline=move(item.outline),
                    holes=[move(hole) for hole in item.holes],
                    folds=[replace(f, a=one(f.a), b=one(f.b)) for f in item.folds],
                    within=None if item.within is None else move(item.within),
                )
            )
        elif isinstance(item, Stroke):
            items.append(replace(item, path=move(item.path)))
        else:
            items.append(replace(item, at=one(item.at)))
    hook = None if garment.hook is None else one(garment.hook)
    return replace(garment, items=items, hook=hook)
