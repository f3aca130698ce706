"""Train the embedding alone: a new projection of a trained tagger's features.

The features of every product, clean and pasted on messy grounds, are gathered once; then hundreds
of products at a time, far more than fit through the network, are told apart.
"""

from __future__ import annotations

import dataclasses
import json
import shutil
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import cv2
import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

from vision.training.crops import disturbed_crop
from vision.training.export import load_tagger
from vision.training.networks import Tagger
from vision.training.progress import bar
from vision.training.runs import as_input, prepare
from vision.training.sets import Pixels
from vision.training.tagger import TaggerConfig, contrast, open_tagger_photos, told_apart
from vision.training.tagger_data import (
    CLEAN_CAMERA,
    DRAWING_THREADS,
    MESSY_CAMERA,
    SMALLEST,
    TaggerPhotos,
)

SIZE, PHOTOS = 192, 24
# how often a catalogue photo is pasted, beside the view of it as it is
MESSY_VIEWS = {"hm": 2}
DESIGNS_A_STEP, STEPS, RATE, TEMPERATURE = 320, 2500, 6e-4, 0.05
FEATURE_DROPOUT = 0.1


@dataclasses.dataclass(frozen=True)
class Features:
    """Pooled features float16 [M,1408] with the photo and the design each is of."""

    pooled: np.ndarray
    photos: np.ndarray
    designs: np.ndarray


def gather(net: Tagger, photos: TaggerPhotos, seed: int) -> Features:
    """Features of every catalogue photo of the training part, clean and messy."""
    rows, numbers, designs = [], [], []
    with ThreadPoolExecutor(DRAWING_THREADS) as pool, torch.no_grad():
        for which, part in enumerate(photos.sets):
            large = [i for i in photos.train[which] if min(part.photos.shapes[i][:2]) > SMALLEST]
            messy = MESSY_VIEWS.get(part.name)
            if not messy or not large:
                continue
            places = np.array(large)
            for start in bar(np.arange(0, len(places), PHOTOS), f"features of {part.name}"):
                batch = places[start : start + PHOTOS]
                drawn = list(pool.map(partial(views, photos, which, messy, seed), batch))
                crops = [crop for some in drawn for crop in some]
                rows.append(net.pool(as_input(crops)).numpy().astype(np.float16))
                for i, some in zip(batch, drawn, strict=True):
                    numbers += [photos.first[which] + i] * len(some)
                    designs += [part.designs[i]] * len(some)
    return Features(np.concatenate(rows), np.array(numbers), np.array(designs))


def views(photos: TaggerPhotos, which: int, messy: int, seed: int, i: int) -> list[Pixels]:
    """Crops of one photo: as it is, and so many times pasted on a messy ground."""
    rng = np.random.default_rng((seed, which, int(i)))
    pasted = [photos.messy(rng, which, int(i), SIZE) for _ in range(messy)]
    seen = [(photos.whole(which, int(i)), CLEAN_CAMERA)]
    seen += [(one, MESSY_CAMERA) for one in pasted if one is not None]
    return [disturbed_crop(rng, one, SIZE, (1.0, 0.0, 0.0), strength) for one, strength in seen]


def batch_of(rng: np.random.Generator, found: Features, by_design: list[np.ndarray]) -> np.ndarray:
    """Places of a step's features: all views of at most two photos of each chosen design."""
    out = []
    for design in rng.choice(len(by_design), min(DESIGNS_A_STEP, len(by_design)), replace=False):
        members = by_design[design]
        names = np.unique(found.photos[members])
        chosen = rng.choice(names, min(2, len(names)), replace=False)
        out.append(members[np.isin(found.photos[members], chosen)])
    return np.concatenate(out)


def fit_projection(embed: nn.Linear, found: Features, *, seed: int, steps: int) -> None:
    """Go on training the projection on gathered features."""
    rng = np.random.default_rng(seed)
    order = np.argsort(found.designs, kind="stable")
    edges = np.flatnonzero(np.diff(found.designs[order])) + 1
    by_design = np.split(order, edges)
    optimizer = torch.optim.AdamW(embed.parameters(), lr=RATE, weight_decay=1e-3)
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, steps)
    for _ in bar(np.arange(steps), "embedding"):
        places = batch_of(rng, found, by_design)
        pooled = F.dropout(torch.from_numpy(found.pooled[places]).float(), FEATURE_DROPOUT)
        vectors = F.normalize(embed(pooled), dim=1)
        log_p, own = told_apart(vectors, vectors, TEMPERATURE)
        names = (torch.from_numpy(of[places]) for of in (found.designs, found.photos))
        loss = torch.stack([contrast(log_p, own, one, one) for one in names]).sum()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        schedule.step()


def train_embedding(config: TaggerConfig, tagger: Path, folder: Path, steps: int = STEPS) -> Path:
    """A copy of the run of the weights `tagger` in `folder`, its projection trained further;
    returns the path of its weights."""
    prepare(config.seed, config.threads)
    cv2.setNumThreads(1)
    folder.mkdir(parents=True, exist_ok=True)
    net, _ = load_tagger(tagger)
    found = gather(net, open_tagger_photos(config), config.seed)
    fit_projection(net.embed, found, seed=config.seed, steps=steps)
    for name in ("heads.json", "config.json", "log.jsonl"):
        if (tagger.parent / name).exists():  # a run too short to log has no log
            shutil.copy(tagger.parent / name, folder / name)
    trained = {"steps": steps, "features": len(found.pooled), "seed": config.seed}
    (folder / "embedding.json").write_text(json.dumps(trained))
    weights = folder / "tagger.pt"
    torch.save(net.state_dict(), weights)
    return weights
