"""Train the reader: a drawing finds its own product's vector among those of all products."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import cv2
import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor

from vision.analyzer import Analyzer
from vision.bundle import load_bundle
from vision.training.export import load_tagger
from vision.training.runs import Learner, Run, Schedule, as_input, prepare, start_run
from vision.training.sets import Pixels
from vision.training.sketch.drawings import Drawer
from vision.training.sketch.networks import Reader
from vision.training.sketch.pairs import open_garments
from vision.training.splits import TRAIN
from vision.training.tagger import masked_loss

TEMPERATURE, CATEGORY_WEIGHT, NEAR_WEIGHT = 0.05, 0.5, 1.0
LARGEST_GRADIENT, LOG_EVERY = 3.0, 20


@dataclass(frozen=True)
class ReaderConfig:
    data: Path
    cache: Path
    bundle: Path
    """Whose vectors drawings are to find."""
    tagger: Path
    """The weights (tagger.pt) that the reader starts from, beside heads.json."""
    seed: int = 1
    threads: int = 2
    save_every: int = 200
    schedule: Schedule = field(
        default_factory=lambda: Schedule(
            steps=9000,
            minutes=60,
            sizes=(128,),
            until=(1.0,),
            batch=48,
            peak_rate=6e-4,
        )
    )


@dataclass(frozen=True)
class Batch:
    """Drawings as seen, which garment each shows, and whether it has colour."""

    seen: list[Pixels]
    garments: np.ndarray
    painted: np.ndarray


def batch_of(drawer: Drawer, chances: np.ndarray, seed: tuple[int, int], count: int) -> Batch:
    """The drawings of one step; the same for the same seed."""
    rng = np.random.default_rng(seed)
    chosen = rng.choice(len(chances), count, p=chances)
    seen, painted = [], []
    for i in chosen:
        layers = drawer.drawing(rng, int(i))
        picture = layers.seen()
        seen.append(picture[:, ::-1] if rng.random() < 0.5 else picture)
        painted.append(bool(layers.painted.any()))
    return Batch(seen, chosen, np.array(painted))


def even(names: Sequence[str], allowed: np.ndarray) -> np.ndarray:
    """The chance of each garment: by the root of how many there are of its name, 0 where it is not
    allowed."""
    _, which, counts = np.unique(np.array(names), return_inverse=True, return_counts=True)
    chances = np.where(allowed, 1 / np.sqrt(counts[which]), 0.0)
    return np.asarray(chances / chances.sum())


@dataclass(frozen=True)
class Goals:
    """What every garment's drawing is to say: `vectors` [N,256] (zeros for the held-out ones, which
    stand far away from every drawing), `designs` [N], and the `allowed` categories [N,labels]."""

    vectors: Tensor
    designs: Tensor
    allowed: Tensor


def losses(vectors: Tensor, logits: Tensor, batch: Batch, goals: Goals) -> dict[str, Tensor]:
    """`found`: the drawing's product is told from all products (without colour any colourway of it
    will do); `near`: how far the vector is from the product's; `category`."""
    own = torch.from_numpy(batch.garments)
    same = goals.designs[own][:, None] == goals.designs[None]
    exact = F.one_hot(own, len(goals.designs)).bool()
    wanted = torch.where(torch.from_numpy(batch.painted)[:, None], exact, same).float()
    log_p = F.log_softmax(vectors @ goals.vectors.T / TEMPERATURE, dim=1)
    return {
        "found": -(log_p * wanted / wanted.sum(1, keepdim=True)).sum(1).mean(),
        "near": NEAR_WEIGHT * (1 - (vectors * goals.vectors[own]).sum(1)).mean(),
        "category": CATEGORY_WEIGHT * masked_loss(logits, goals.allowed[own]),
    }


def train_reader(config: ReaderConfig, folder: Path) -> Path:
    """Train (or go on training) in `folder`; returns the path of the averaged weights, beside
    categories.json."""
    prepare(config.seed, config.threads)
    cv2.setNumThreads(1)
    run = start_run(folder, config, config.schedule)
    analyzer = Analyzer(load_bundle(config.bundle), config.threads)
    garments = open_garments(analyzer, config.data, config.cache)
    tagger, heads = load_tagger(config.tagger)
    labels = heads["category"]
    (folder / "categories.json").write_text(json.dumps(labels))
    net = Reader(len(labels))
    net.start_from(tagger)
    learner = Learner(net, net.features, config.schedule)
    run.resume(learner)
    _steps(config, run, Drawer(garments, config.cache), labels, learner)
    weights = folder / "reader.pt"
    torch.save(learner.average.net.state_dict(), weights)
    return weights


def _steps(
    config: ReaderConfig, run: Run, drawer: Drawer, labels: list[str], learner: Learner
) -> None:
    garments = drawer.garments
    names = [" ".join(sorted(c)) for c in garments.categories]
    taught = garments.parts == TRAIN
    chances = even(names, taught)
    goals = Goals(
        torch.from_numpy(np.where(taught[:, None], garments.vectors, 0)),
        torch.from_numpy(garments.designs),
        torch.tensor([[label in c for label in labels] for c in garments.categories]),
    )
    learner.net.train()
    while run.progress < 1:
        batch = batch_of(drawer, chances, (config.seed, run.step), config.schedule.batch)
        vectors, logits = learner.net(as_input(batch.seen))
        parts = losses(vectors, logits, batch, goals)
        loss = torch.stack(list(parts.values())).sum()
        rate = config.schedule.rate(run.progress)
        run.history.append(learner.learn(loss, rate, LARGEST_GRADIENT))
        run.step += 1
        if run.step % LOG_EVERY == 0:
            recent = float(np.mean(run.history[-LOG_EVERY:]))
            run.log(progress=run.progress, loss=recent, **{k: float(v) for k, v in parts.items()})
        if run.step % config.save_every == 0:
            run.save(learner)
    run.save(learner)
