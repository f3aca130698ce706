"""The batches that the tagger learns from: crops of garments and of their cloth."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
import torch
from torch import Tensor

from vision.training import lessons
from vision.training.composites import Piece, paste
from vision.training.crops import Seen, box_of, disturbed_cloth, disturbed_crop
from vision.training.grounds import Grounds, Rng
from vision.training.redress import redress
from vision.training.regions import NOT_GROUND
from vision.training.sets import Pixels
from vision.training.splits import TRAIN
from vision.training.tagger_sets import FEWEST, TaggedSet, allowed, balance, siblings

# shares of the crops in a batch: single photos, products (hm in threes, the others in pairs), plain
# garments dressed anew, and pieces of cloth
SHARES = {
    "phone": 26,
    "hm": 36,
    "myntra": 14,
    "drawn": 6,
    "kfashion": 30,
    "redressed": 6,
    "cloth": 12,
}
# drawn photos have to stand in where there is no catalogue
DRAWN_ALONE = 24
# how a product's crops are taken: as photographed, pasted on a messy ground, or either
VIEWS = {
    "hm": ("clean", "messy", "other"),
    "myntra": ("clean", "other"),
    "drawn": ("clean", "other"),
}
MESSY_CHANCE = {"hm": 0.35, "myntra": 0.25, "drawn": 0.0}
# of the pieces of cloth, how many are of plain garments dressed anew
REDRESSED_CLOTH = 0.35
NO_DESIGN = -1
# the camera's strength on a catalogue photo; shoppers' photos and pasted ones get more
CLEAN_CAMERA, MESSY_CAMERA = 0.5, 0.8
# shorter side in pixels above which a photo shows its cloth
SMALLEST = 100
# what has no cloth to dye
HARD_WARE = frozenset(
    {"shoes", "sneakers", "boots", "sandals", "heels", "flats", "bag", "belt", "accessory", "hat"}
    | {"socks", "underwear", "jeans"}
)
CLOTH_SHARES = {"hm": 5.0, "myntra": 2.0, "drawn": 1.0, "kfashion": 3.0}
DRAWING_THREADS = 2


@dataclass(frozen=True)
class Batch:
    """Crops with what they teach; N of them, products' crops side by side."""

    crops: list[Pixels]
    allowed: Tensor
    """bool [N, outputs of all heads]"""
    cloth: Tensor
    """bool [N, patterns]: what a piece of cloth shows; all False for whole garments."""
    words: Tensor
    """bool [N, words], and whether there is a text in `texts` [N]."""
    texts: Tensor
    kinds: Tensor
    """int64 [N]: the set's own kind, -1 for none."""
    designs: Tensor
    """int64 [N]: the design's number, NO_DESIGN where it may not be compared."""
    photos: Tensor
    """int64 [N]: the product photo's number; a clean and a pasted crop share it."""


@dataclass(frozen=True)
class How:
    """How the crops of a batch are taken: their side in pixels, the shares of crops with the
    ground kept, in the garment's mean colour, and white, and how roughly they are disturbed."""

    size: int
    grounds: tuple[float, float, float]
    rough: float = 1.0


@dataclass
class _Crop:
    """One crop before it is stacked."""

    pixels: Pixels
    which: int
    photo: int
    allowed: np.ndarray
    cloth: np.ndarray
    compared: bool = True


Job = Callable[[Rng, How], list[_Crop]]


class TaggerPhotos:
    """Draws training batches from the training part of the sets."""

    def __init__(self, sets: list[TaggedSet], heads: dict[str, list[str]], grounds: Grounds):
        self.sets, self.heads, self.grounds = sets, heads, grounds
        self.train = [np.flatnonzero(s.parts == TRAIN) for s in sets]
        self.chances = [balance(s, t) for s, t in zip(sets, self.train, strict=True)]
        self.allowed = [np.stack([allowed(label, heads) for label in s.labels]) for s in sets]
        self.siblings = [siblings(s, t) for s, t in zip(sets, self.train, strict=True)]
        taught = [(s, int(i)) for s, t in zip(sets, self.train, strict=True) for i in t]
        self.vocabulary = lessons.vocabulary(s.texts[i] for s, i in taught)
        self.kinds = lessons.kinds(s.kinds[i] for s, i in taught if s.kinds[i])
        self.words = [lessons.marked(s.texts, self.vocabulary) for s in sets]
        places = {kind: at for at, kind in enumerate(self.kinds)}
        self.kind_of = [np.array([places.get(k, -1) for k in s.kinds]) for s in sets]
        self.first = np.cumsum([0] + [len(s.photos) for s in sets])
        start = list(heads).index("pattern")
        before = sum(len(v) for v in list(heads.values())[:start])
        self.pattern = slice(before, before + len(heads["pattern"]))
        self.plain = [self._plain(w) for w in range(len(sets))]
        self.cloths = [self._cloths(w) for w in range(len(sets))]

    def lessons(self) -> dict[str, int]:
        """The sizes of the outputs that only teach."""
        sizes = {"words": len(self.vocabulary), "kind": len(self.kinds)}
        return {name: size for name, size in sizes.items() if size}

    def _plain(self, which: int) -> np.ndarray:
        """Training photos of plain garments with a mask: what can be dressed anew."""
        part = self.sets[which]
        if part.name == "drawn":
            return self.train[which][:0]
        solid = frozenset(["solid"])
        kept = [
            i
            for i in self._clear(which)
            if (part.labels[i].get("pattern") == solid or part.name == "phone")
            and not part.labels[i].get("category", frozenset()) & HARD_WARE
        ]
        return np.array(kept, np.int64)

    def _cloths(self, which: int) -> dict[str, np.ndarray]:
        """Training photos by the pattern that their label names."""
        part, by = self.sets[which], dict[str, list[int]]()
        for i in self._clear(which):
            if ids := part.labels[i].get("pattern"):
                by.setdefault(" ".join(sorted(ids)), []).append(int(i))
        return {name: np.array(some) for name, some in by.items() if len(some) >= FEWEST}

    def _clear(self, which: int) -> np.ndarray:
        """Training photos that are large enough for their cloth to be seen, with a mask."""
        part, train = self.sets[which], self.train[which]
        large = part.photos.shapes[train, :2].min(1) > SMALLEST
        return train[large & part.sightings.found[train]]

    def whole(self, which: int, i: int) -> Seen:
        part = self.sets[which]
        return part.sightings.seen(part.photos, i)

    def messy(self, rng: Rng, which: int, i: int, size: int) -> Seen | None:
        """The photo's cut-out on a messy ground; None where it has no safe cut-out."""
        part = self.sets[which]
        cut = part.cutouts
        if (
            cut is None
            or not cut.safe[i]
            or (part.name == "myntra" and cut.values[i] == NOT_GROUND)
        ):
            return None
        side = int(size * 1.15)
        piece = Piece(cut.photos[i], cut.masks[i], 255)
        ground = self.grounds.draw(rng, side, side)
        photo, mask = paste(rng, ground, [piece], [float(rng.uniform(0.6, 1.08))])
        return Seen(photo, box_of(mask), mask) if mask.any() else None

    def batch(self, seed: tuple[int, int], count: int, how: How) -> Batch:
        """The batch of one step; the same for the same seed."""
        rng = np.random.default_rng(seed)
        jobs = self._jobs(rng, count)
        seeds = rng.integers(0, 1 << 62, len(jobs))
        with ThreadPoolExecutor(DRAWING_THREADS) as pool:
            drawn = pool.map(lambda job, own: job(np.random.default_rng(own), how), jobs, seeds)
            crops = [crop for one in drawn for crop in one]
        return self._stacked(crops)

    def _jobs(self, rng: Rng, count: int) -> list[Job]:
        """What to draw, set by set."""
        jobs: list[Job] = []
        plain = [w for w in range(len(self.sets)) if len(self.plain[w])]
        cloth = [w for w in range(len(self.sets)) if self.cloths[w]]
        numbers = self._numbers(count)
        for which, part in enumerate(self.sets):
            views = VIEWS.get(part.name, ("single",))
            number = round(numbers[part.name] / len(views))
            for i in rng.choice(self.train[which], number, p=self.chances[which]):
                jobs.append(partial(self._product, which, int(i), views))
        for which in rng.choice(plain, round(numbers["redressed"])) if plain else ():
            jobs.append(partial(self._redressed, int(which)))
        weight = np.array([CLOTH_SHARES.get(self.sets[w].name, 1.0) for w in cloth])
        number = round(numbers["cloth"])
        for which in rng.choice(cloth, number, p=weight / weight.sum()) if number else ():
            jobs.append(partial(self._cloth, int(which)))
        return jobs

    def _numbers(self, count: int) -> dict[str, float]:
        """How many crops of each kind a batch of `count` holds."""
        names = [s.name for s in self.sets]
        shares = {name: SHARES[name] for name in (*names, "redressed", "cloth")}
        if "hm" not in names and "drawn" in names:
            shares["drawn"] = DRAWN_ALONE
        if not any(self.cloths):
            shares["cloth"] = 0
        return {name: count * share / sum(shares.values()) for name, share in shares.items()}

    def _product(
        self,
        which: int,
        i: int,
        views: tuple[str, ...],
        rng: Rng,
        how: How,
    ) -> list[_Crop]:
        """The crops of one product: its photo clean and messy, and another of its design."""
        part, out = self.sets[which], []
        others = self.siblings[which].get(i)
        for view in views:
            j = int(rng.choice(others)) if view == "other" and others is not None else i
            chance = {"clean": 0.0, "messy": 1.0}.get(view, MESSY_CHANCE.get(part.name, 0.0))
            pasted = self.messy(rng, which, j, how.size) if rng.random() < chance else None
            strength = CLEAN_CAMERA if pasted is None and view != "single" else MESSY_CAMERA
            seen = pasted or self.whole(which, j)
            pixels = disturbed_crop(rng, seen, how.size, how.grounds, strength * how.rough)
            out.append(_Crop(pixels, which, j, self.allowed[which][j], self._no_cloth()))
        return out

    def _no_cloth(self) -> np.ndarray:
        return np.zeros(len(self.heads["pattern"]), bool)

    def _anew(self, rng: Rng, which: int) -> tuple[Seen, int, str] | None:
        """A plain garment dressed anew, its photo and its pattern."""
        i = int(rng.choice(self.plain[which]))
        seen = self.whole(which, i)
        if seen.mask is None:
            return None
        made = redress(rng, seen.photo, seen.mask)
        return (Seen(made[0], seen.box, seen.mask), i, made[1]) if made else None

    def _only(self, pattern: str) -> np.ndarray:
        return np.array([value == pattern for value in self.heads["pattern"]])

    def _redressed(self, which: int, rng: Rng, how: How) -> list[_Crop]:
        made = self._anew(rng, which)
        if made is None:
            return []
        seen, i, pattern = made
        taught = self.allowed[which][i].copy()
        taught[self.forgotten()] = False
        taught[self.pattern] = self._only(pattern)
        pixels = disturbed_crop(rng, seen, how.size, how.grounds, CLEAN_CAMERA * how.rough)
        return [_Crop(pixels, which, i, taught, self._no_cloth(), compared=False)]

    def forgotten(self) -> np.ndarray:
        """bool [outputs]: of the heads that say nothing true about a garment dressed anew."""
        return np.concatenate(
            [np.full(len(v), h in ("color", "material", "style")) for h, v in self.heads.items()]
        )

    def _cloth(self, which: int, rng: Rng, how: How) -> list[_Crop]:
        anew = len(self.plain[which]) and rng.random() < REDRESSED_CLOTH
        made = self._anew(rng, which) if anew else None
        if made:
            seen, i, pattern = made
            shown = self._only(pattern)
        else:
            groups = self.cloths[which]
            weight = np.array([len(v) ** 0.35 for v in groups.values()])
            name = str(rng.choice(list(groups), p=weight / weight.sum()))
            i = int(rng.choice(groups[name]))
            seen, shown = self.whole(which, i), self.allowed[which][i][self.pattern]
        pixels = disturbed_cloth(rng, seen, how.size)
        if pixels is None:
            return []
        nothing = np.zeros_like(self.allowed[which][i])
        return [_Crop(pixels, which, i, nothing, shown, compared=False)]

    def _stacked(self, crops: list[_Crop]) -> Batch:
        def tensor(values: list[Any]) -> Tensor:
            return torch.from_numpy(np.stack(values))

        texts = [c.compared and bool(self.sets[c.which].texts[c.photo]) for c in crops]
        kinds = [self.kind_of[c.which][c.photo] if c.compared else -1 for c in crops]
        designs = [self.sets[c.which].designs[c.photo] if c.compared else NO_DESIGN for c in crops]
        return Batch(
            [crop.pixels for crop in crops],
            tensor([crop.allowed for crop in crops]),
            tensor([crop.cloth for crop in crops]),
            tensor([self.words[crop.which][crop.photo] for crop in crops]),
            torch.tensor(texts),
            torch.tensor(np.array(kinds, np.int64)),
            torch.tensor(np.array(designs, np.int64)),
            tensor([self.first[crop.which] + crop.photo for crop in crops]),
        )
