"""Two dimensions of many: a neighbour embedding (t-SNE) in plain numpy, the same for the same rows.

van der Maaten and Hinton (2008), with three changes that make 20,000 rows a matter of seconds:

- a row is drawn to its 15 nearest neighbours, all alike, which is as good as weights by perplexity
  (Böhm, Berens and Kobak 2022, "Attraction-Repulsion Spectrum in Neighbor Embeddings");
- the repulsion is a convolution on a grid by the fast Fourier transform (Linderman and others 2019,
  FIt-SNE). It is the gradient of one potential, so one density is transformed, not three charges;
- it begins at the two principal components (Kobak and Berens 2019): no random numbers, and what is
  far apart stays so. A layout that is made anew begins where the former one ended.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from analytics.map.neighbors import Ids, neighbors

Floats = npt.NDArray[np.float32]
Waves = npt.NDArray[np.complexfloating]

NEIGHBORS = 15
EXAGGERATED_STEPS, STEPS, AGAIN_STEPS = 150, 350, 150
EXAGGERATION = 12.0
"""At first neighbours are drawn so much more, until groups have found each other."""
FIRST_MOMENTUM, MOMENTUM = 0.5, 0.8
LEAST_GAIN = 0.01
SPRING = 0.02
"""Of a row that had a place, where all its neighbours together pull by 2 at most."""
BEGIN = 1e-2
"""Spread of the first places, in units of the kernel."""
MOST_CELLS = 256
CELL = 0.5
"""Of the grid, in units of the kernel; larger where the layout is wider than the grid."""
MARGIN = 3


def layout(
    rows: Floats, *, begin: Floats | None = None, stood: npt.NDArray[np.bool_] | None = None
) -> Floats:
    """(n, 2) float32: a place for each row (n, d); near rows stand near each other.

    `begin` are former places in the layout's own units: it starts there, and those rows that
    `stood` there are held back by a spring (all where it is None). Equal rows get places side by
    side.
    """
    count = len(rows)
    if count < 3:
        return np.array([[0, 0], [1, 0]], np.float32)[:count]
    edges = attraction(neighbors(rows, min(NEIGHBORS, count - 1)))
    if begin is None:
        places = principal(rows)
        places *= BEGIN / max(float(places[:, 0].std()), 1e-12)
        return _descended(places, edges, ((EXAGGERATED_STEPS, EXAGGERATION), (STEPS, 1.0)))
    held = np.ones(count, bool) if stood is None else stood
    spring = (SPRING / count * held[:, None]).astype(np.float32)
    return _descended(begin.astype(np.float32), edges, ((AGAIN_STEPS, 1.0),), spring)


def principal(rows: Floats) -> Floats:
    """(n, 2): the two principal components, each with its largest weight positive."""
    middle = rows - rows.mean(0)
    _, axes = np.linalg.eigh((middle.T @ middle).astype(np.float64))
    axes = axes[:, :-3:-1]
    axes *= np.sign(axes[np.abs(axes).argmax(0), np.arange(axes.shape[1])])
    return np.ascontiguousarray(middle @ axes.astype(np.float32))


@dataclass(frozen=True, slots=True)
class Edges:
    """Who is drawn to whom, both ways, sorted by the first: `firsts[i]` begins row i's edges."""

    sources: Ids
    targets: Ids
    firsts: npt.NDArray[np.int64]
    weights: Floats


def attraction(near: Ids) -> Edges:
    """Symmetric weights that sum to 1; two that are each other's neighbours have twice as much."""
    count, each = near.shape
    sources = np.repeat(np.arange(count, dtype=np.int64), each)
    targets = near.ravel().astype(np.int64)
    both = np.concatenate([sources * count + targets, targets * count + sources])
    keys, times = np.unique(both, return_counts=True)
    sources, targets = np.divmod(keys, count)
    return Edges(
        sources.astype(np.int32),
        targets.astype(np.int32),
        np.searchsorted(sources, np.arange(count)),
        (times / len(both)).astype(np.float32),
    )


def _descended(
    places: Floats,
    edges: Edges,
    phases: tuple[tuple[int, float], ...],
    spring: Floats | None = None,
) -> Floats:
    """Gradient descent with momentum and gains (Jacobs 1988), as t-SNE has it; the step is n
    divided by the exaggeration (Belkina and others 2019). A `spring` (n, 1) holds back."""
    home = places
    moving = np.zeros_like(places)
    gains = np.ones_like(places)
    for steps, exaggeration in phases:
        rate = len(places) / exaggeration
        momentum = FIRST_MOMENTUM if exaggeration > 1 else MOMENTUM
        for _ in range(steps):
            slope = exaggeration * _drawn(places, edges) - _pushed(places)
            if spring is not None:
                slope += spring * (places - home)
            against = np.sign(slope) != np.sign(moving)
            gains = np.maximum(np.where(against, gains + 0.2, gains * 0.8), LEAST_GAIN)
            moving = momentum * moving - rate * gains * slope
            places = places + moving
            places -= places.mean(0)
    return places


def _drawn(places: Floats, edges: Edges) -> Floats:
    """(n, 2): the slope of the attraction."""
    x, y = np.ascontiguousarray(places.T)
    across = x[edges.sources] - x[edges.targets]
    along = y[edges.sources] - y[edges.targets]
    pull = edges.weights / (1 + across * across + along * along)
    return np.stack(
        [
            np.add.reduceat(pull * across, edges.firsts),
            np.add.reduceat(pull * along, edges.firsts),
        ],
        axis=1,
    )


def _pushed(places: Floats) -> Floats:
    """(n, 2): the slope of the repulsion, sum of (yi - yj) (1 + d²)^-2 over all j, divided by the
    sum of (1 + d²)^-1 over all pairs."""
    low = places.min(0)
    span = float((places.max(0) - low).max())
    cell = max(CELL, span / (MOST_CELLS - 2 * MARGIN))
    side = _good_size(int(span / cell) + 2 * MARGIN)
    at = (places - low) / cell + MARGIN
    nodes, shares = _spline(at)
    flat, weights = _spread(nodes, shares, side)
    density = np.bincount(flat.ravel(), weights.ravel(), minlength=side * side)
    near, across, along = _kernels(side, cell)
    waves = np.fft.rfft2(density.reshape(side, side).astype(np.float32), (2 * side, 2 * side))
    fields = (
        np.fft.irfft2(waves * kernel, (2 * side, 2 * side))[:side, :side].ravel()
        for kernel in (near, across, along)
    )
    total, push_x, push_y = ((field[flat] * weights).sum(1) for field in fields)
    # Each row met itself too, with the kernel's largest value.
    everybody = float(total.sum(dtype=np.float64)) - len(places)
    pushed = np.stack([push_x, push_y], axis=1) / max(everybody, 1e-12)
    return pushed.astype(np.float32)


def _spline(at: Floats) -> tuple[npt.NDArray[np.int64], Floats]:
    """Three nodes a side and their shares, of the quadratic spline around each place."""
    middle = np.rint(at)
    off = at - middle
    shares = np.stack([0.5 * (0.5 - off) ** 2, 0.75 - off**2, 0.5 * (0.5 + off) ** 2], axis=2)
    return middle.astype(np.int64) - 1, shares.astype(np.float32)


def _spread(
    nodes: npt.NDArray[np.int64], shares: Floats, side: int
) -> tuple[npt.NDArray[np.int64], Floats]:
    """(n, 9) places in the flat grid and their shares."""
    steps = np.arange(3)
    rows = (nodes[:, :1] + steps) * side
    columns = nodes[:, 1:] + steps
    flat = (rows[:, :, None] + columns[:, None]).reshape(-1, 9)
    weights = (shares[:, 0, :, None] * shares[:, 1, None]).reshape(-1, 9)
    return flat, weights


_kept: dict[tuple[int, float], tuple[Waves, Waves, Waves]] = {}


def _kernels(side: int, cell: float) -> tuple[Waves, Waves, Waves]:
    """Waves of (1 + d²)^-1 and of (x, y) (1 + d²)^-2 on twice the grid."""
    key = side, cell
    if key not in _kept:
        _kept.clear()
        steps = np.arange(2 * side, dtype=np.float32)
        steps[side:] -= 2 * side
        away = steps * np.float32(cell)
        near = 1 / (1 + away[:, None] ** 2 + away[None] ** 2)
        _kept[key] = (
            np.fft.rfft2(near),
            np.fft.rfft2(away[:, None] * near**2),
            np.fft.rfft2(away[None] * near**2),
        )
    return _kept[key]


def _good_size(least: int) -> int:
    """The next size that a Fourier transform is quick at."""
    size = max(16, least)
    while True:
        rest = size
        for factor in (2, 3, 5):
            while rest % factor == 0:
                rest //= factor
        if rest == 1:
            return size
        size += 1
