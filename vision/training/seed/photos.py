"""What the seed project's networks learn from and are asked: whole photos, and their middle."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import cv2
import numpy as np
import torch
from torch import Tensor, nn

from vision.taxonomy import taxonomy
from vision.training.grounds import Rng
from vision.training.labels import Labels, labels
from vision.training.runs import as_input
from vision.training.scores import PATTERNS
from vision.training.seed.networks import CATEGORY_SIDE, PATTERN_SIDE
from vision.training.sets import Pixels, Store, open_photos, read_rows
from vision.training.splits import TRAIN, splits
from vision.training.tagger_sets import FEWEST

# the class of a long-sleeved t-shirt, which the seed network can say in no other way
LONG_TEE = "t-shirt, long"
# of a batch, photos that people took; the rest are the catalogue's
PHONE_SHARE = 0.6
LEAST_SHOWN = 0.8
# a drawn piece lies so far (in shares of the photo's sides) from the middle at most
DRIFT = 0.12
GAIN = 0.15
ASKED = 32

View = Callable[[Pixels, int, Rng | None], Pixels]


def whole(photo: Pixels, side: int, rng: Rng | None = None) -> Pixels:
    """The photo stretched to a square; with `rng` four fifths of its sides at least, mirrored."""
    if rng is not None:
        h, w = photo.shape[:2]
        rows, columns = (int(rng.uniform(LEAST_SHOWN, 1) * n) for n in (h, w))
        y, x = int(rng.integers(0, h - rows + 1)), int(rng.integers(0, w - columns + 1))
        photo = photo[y : y + rows, x : x + columns]
        photo = photo[:, ::-1] if rng.random() < 0.5 else photo
    square = cv2.resize(np.ascontiguousarray(photo), (side, side), interpolation=cv2.INTER_LINEAR)
    return np.asarray(square, np.uint8)


def middle(photo: Pixels, side: int, rng: Rng | None = None) -> Pixels:
    """The middle of the photo, pixel by pixel; with `rng` a piece near it, mirrored. A photo with
    a shorter side is enlarged."""
    short = min(photo.shape[:2])
    if short < side:
        size = [max(side, round(n * side / short)) for n in photo.shape[1::-1]]
        photo = np.asarray(cv2.resize(photo, size), np.uint8)
    at = [(n - side) // 2 for n in photo.shape[:2]]
    if rng is not None:
        far = [DRIFT * n * rng.uniform(-1, 1) for n in photo.shape[:2]]
        room = [n - side for n in photo.shape[:2]]
        at = [int(np.clip(a + f, 0, r)) for a, f, r in zip(at, far, room, strict=True)]
    piece = photo[at[0] : at[0] + side, at[1] : at[1] + side]
    if rng is not None:
        piece = piece[:: rng.choice((1, -1)), :: rng.choice((1, -1))]
    return np.ascontiguousarray(piece)


@dataclass
class Lessons:
    """Photos with what their labels allow of `classes` (bool [N,V]), drawn group by group: each
    group as often as its share says, and each of its photos once a pass."""

    classes: Sequence[str]
    photos: list[tuple[Store, int]]
    allowed: np.ndarray
    groups: dict[str, np.ndarray]
    shares: Sequence[float]
    view: View
    rng: Rng
    drawn: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self._decks = {name: self._endless(rows) for name, rows in self.groups.items()}

    def _endless(self, rows: np.ndarray) -> Iterator[int]:
        while True:
            yield from self.rng.permutation(rows).tolist()

    def __call__(self, count: int, side: int) -> tuple[Tensor, Tensor]:
        """Images [count,3,side,side] in -1..1, a little darker or lighter, and what is allowed."""
        names = list(self.groups)
        chosen = [names[g] for g in self.rng.choice(len(names), count, p=self.shares)]
        self.drawn.update(chosen)
        rows = [next(self._decks[name]) for name in chosen]
        pictures = []
        for row in rows:
            store, i = self.photos[row]
            pictures.append(self.view(store[i], side, self.rng))
        gain = torch.from_numpy(1 + GAIN * self.rng.uniform(-1, 1, (count, 1, 1, 1)))
        images = ((as_input(pictures) + 1) * gain.float() - 1).clamp(max=1)
        return images, torch.from_numpy(self.allowed[rows])

    def passes(self) -> dict[str, float]:
        """How often each photo of a group was drawn so far."""
        return {name: self.drawn[name] / len(rows) for name, rows in self.groups.items()}


def category_classes(taught: Sequence[Labels]) -> list[str]:
    """The categories that enough photos name alone, and the long-sleeved t-shirt."""
    alone = Counter(
        next(iter(label["category"])) for label in taught if len(label.get("category", ())) == 1
    )
    return [v for v in taxonomy().ids("category") if alone[v] >= FEWEST] + [LONG_TEE]


def allowed_category(label: Labels, classes: Sequence[str]) -> np.ndarray:
    """bool [V]; a t-shirt of unknown sleeve may be either kind."""
    ids = set(label.get("category", ()))
    sleeve = label.get("sleeve", frozenset())
    if "t-shirt" in ids and (not sleeve or "long" in sleeve):
        ids.add(LONG_TEE)
    if sleeve == {"long"}:
        ids.discard("t-shirt")
    return np.array([v in ids for v in classes])


def category_lessons(data: Path, cache: Path, seed: int) -> Lessons:
    """The training photos of `phone` and `hm` with a category that the network can say."""
    photos, taught, names = [], [], []
    for name in ("phone", "hm"):
        store, rows = open_photos(data, cache, name), read_rows(data, name)
        for i, part in enumerate(splits(name, rows)):
            if part == TRAIN:
                photos.append((store, i))
                taught.append(labels(name, rows[i]))
                names.append(name)
    classes = category_classes(taught)
    allowed = np.stack([allowed_category(label, classes) for label in taught])
    groups = {
        name: np.flatnonzero((np.array(names) == name) & allowed.any(1)) for name in ("phone", "hm")
    }
    shares = (PHONE_SHARE, 1 - PHONE_SHARE)
    return Lessons(classes, photos, allowed, groups, shares, whole, np.random.default_rng(seed))


def pattern_lessons(data: Path, cache: Path, seed: int) -> Lessons:
    """The training photos of `hm` with one of the six patterns, each pattern as often."""
    store, rows = open_photos(data, cache, "hm"), read_rows(data, "hm")
    kinds = {name: frozenset(ids.split()) for name, ids in PATTERNS.items()}
    taught = [labels("hm", row).get("pattern", frozenset()) for row in rows]
    allowed = np.array([[bool(ids) and ids <= kind for kind in kinds.values()] for ids in taught])
    train = np.array(splits("hm", rows)) == TRAIN
    found = {name: np.flatnonzero(allowed[:, k] & train) for k, name in enumerate(kinds)}
    groups = {name: members for name, members in found.items() if len(members)}
    shares = np.full(len(groups), 1 / len(groups)).tolist()
    photos = [(store, i) for i in range(len(rows))]
    rng = np.random.default_rng(seed)
    return Lessons(list(kinds), photos, allowed, groups, shares, middle, rng)


@torch.inference_mode()
def asked(net: nn.Module, photos: Store, rows: np.ndarray, view: View, side: int) -> np.ndarray:
    """Logits [N,V] of the photos at `rows`."""
    out = []
    for start in range(0, len(rows), ASKED):
        pictures = [view(photos[i], side, None) for i in rows[start : start + ASKED]]
        out.append(net.eval()(as_input(pictures)).numpy())
    return np.concatenate(out)


def asked_category(net: nn.Module, photos: Store, rows: np.ndarray) -> np.ndarray:
    return asked(net, photos, rows, whole, CATEGORY_SIDE)


def asked_pattern(net: nn.Module, photos: Store, rows: np.ndarray) -> np.ndarray:
    return asked(net, photos, rows, middle, PATTERN_SIDE)
