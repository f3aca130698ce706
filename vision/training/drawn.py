"""The renderer's garments as a photo set: every pattern and kind, with exact labels and masks."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from vision.render import BACKGROUNDS, VIEWS, GarmentSpec, random_spec, render
from vision.render.palette import family
from vision.taxonomy import taxonomy
from vision.training.labels import Ids, Labels
from vision.training.regions import NOT_GROUND, classes
from vision.training.sets import Pixels, Store, write_store

WIDTH, HEIGHT = 192, 256
# the style that a kind usually has: all that drawn garments can teach of it
STYLE_OF = {
    **dict.fromkeys(("t-shirt", "hoodie", "sweatshirt", "jeans", "shorts", "cardigan"), "casual"),
    **dict.fromkeys(("sweater", "jacket", "sneakers", "tank-top", "skirt", "bag"), "casual"),
    **dict.fromkeys(("blazer", "shirt", "coat", "vest", "trousers"), "formal"),
    **dict.fromkeys(("leggings", "swimwear"), "sports"),
    **dict.fromkeys(("sleepwear", "underwear"), "lounge"),
}
# a design is drawn so often: as it is, and laid or photographed in another way
VIEWS_EACH = 2
DESIGNS, SEED = 2000, 5


@dataclass(frozen=True)
class Drawn:
    """Photos [256,192,3], masks (0 or 255), labels and the design number of each."""

    photos: Store
    masks: Store
    labels: list[Labels]
    designs: np.ndarray

    def regions(self) -> np.ndarray:
        """The parser class of each; NOT_GROUND where its category may be worn in several."""
        order = classes()
        kinds = [taxonomy().categories[next(iter(label["category"]))] for label in self.labels]
        one = [k.regions[0] if k.group != "intimate" else None for k in kinds]
        return np.array([order.index(r) if r else NOT_GROUND for r in one])


def open_drawn(cache: Path, designs: int = DESIGNS, seed: int = SEED) -> Drawn:
    """The drawn set, drawn at the first call (a twentieth of a second a photo)."""
    stem = cache / f"drawn-{designs}-{seed}"
    if not stem.with_suffix(".npz").exists():
        _draw(stem, designs, seed)
    kept = json.loads(stem.with_suffix(".json").read_text())
    labels: list[dict[str, Ids]] = [
        {h: frozenset([v]) for h, v in one.items()} for one in kept["labels"]
    ]
    for label, (_, spec) in zip(labels, drawn_specs(designs, seed), strict=True):
        label["color"] = frozenset([family(spec.color)])
    masks = Store(stem.with_name(stem.name + "-masks"))
    return Drawn(Store(stem), masks, list(labels), np.array(kept["designs"]))


def styled(label: Labels) -> Labels:
    """The label with the style that its kind usually has."""
    style = STYLE_OF.get(next(iter(label["category"])))
    return {**label, "style": frozenset([style])} if style else label


def _draw(stem: Path, designs: int, seed: int) -> None:
    labels, numbers, masks = [], [], []

    def photos() -> Iterator[tuple[str, Pixels]]:
        for design, spec in drawn_specs(designs, seed):
            drawn = render(spec, width=WIDTH, height=HEIGHT)
            labels.append({h: v for h, v in drawn.labels.items() if h != "color"})
            numbers.append(design)
            masks.append(drawn.mask.astype(np.uint8) * 255)
            yield f"{len(masks):05d}", drawn.image

    stem.parent.mkdir(parents=True, exist_ok=True)
    draft = write_store(stem.with_name(stem.name + "-draft"), photos())
    write_store(stem.with_name(stem.name + "-masks"), zip(draft.names, masks, strict=True))
    stem.with_suffix(".json").write_text(json.dumps({"labels": labels, "designs": numbers}))
    for kind in (".bin", ".npz"):  # the index last: it says that all is there
        stem.with_name(stem.name + "-draft" + kind).rename(stem.with_suffix(kind))


def drawn_specs(designs: int, seed: int) -> Iterator[tuple[int, GarmentSpec]]:
    """The design number and spec of every photo of the set, in its order."""
    rng = np.random.default_rng(seed)
    for design in range(designs):
        spec = random_spec(rng)
        yield design, spec
        for _ in range(VIEWS_EACH - 1):
            yield (
                design,
                replace(
                    spec,
                    view=str(rng.choice(VIEWS)),
                    background=str(rng.choice(BACKGROUNDS)),
                    pose=int(rng.integers(1000)),
                ),
            )
