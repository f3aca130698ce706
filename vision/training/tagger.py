"""Train the tagger: what a garment is, and the vector that finds its likes."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path

import cv2
import numpy as np
import torch
from torch import Tensor

from vision.training.drawn import DESIGNS
from vision.training.grounds import Grounds
from vision.training.networks import Tagger, load_backbone
from vision.training.runs import Learner, Run, Schedule, as_input, prepare, start_run
from vision.training.sets import open_photos
from vision.training.splits import TRAIN
from vision.training.tagger_data import SETS, TaggerPhotos, head_values, open_sets

HEAD_WEIGHTS = {"category": 1.0, "pattern": 1.0, "style": 0.6}
OTHER_WEIGHT = 0.3
EMBEDDING_WEIGHT = 0.5
TEMPERATURE = 0.08
LARGEST_GRADIENT, LOG_EVERY = 3.0, 20


@dataclass(frozen=True)
class TaggerConfig:
    data: Path
    cache: Path
    weights: Path
    seed: int = 1
    threads: int = 2
    save_every: int = 200
    memory: int = 8192
    drawn_designs: int = DESIGNS
    # shares of crops with the ground kept, in the garment's mean colour, and white
    grounds: tuple[float, float, float] = (0.7, 0.15, 0.15)
    schedule: Schedule = field(
        default_factory=lambda: Schedule(
            steps=6500,
            minutes=55,
            sizes=(112, 144, 176, 192),
            until=(0.35, 0.65, 0.85, 1.0),
            batch=50,
            peak_rate=8e-4,
        )
    )


def masked_loss(logits: Tensor, allowed: Tensor) -> Tensor:
    """Mean over labelled rows of -log(probability of the allowed values): logits [N,V], allowed
    bool [N,V]. Plain cross-entropy where one value is allowed; 0 when no row has a label."""
    labelled = allowed.any(1)
    if not labelled.any():
        return logits.sum() * 0
    logits, allowed = logits[labelled], allowed[labelled]
    inside = logits.masked_fill(~allowed, -torch.inf).logsumexp(1)
    return (logits.logsumexp(1) - inside).mean()


class Memory:
    """The last embeddings with their designs, as negatives and further positives (cross-batch
    memory, Wang et al., 2020)."""

    def __init__(self, size: int, width: int = 256):
        self.vectors = torch.zeros(size, width)
        self.designs = torch.full((size,), -1, dtype=torch.long)
        self.at = 0

    def add(self, vectors: Tensor, designs: Tensor) -> None:
        places = (self.at + torch.arange(len(designs))) % len(self.designs)
        self.vectors[places], self.designs[places] = vectors.detach(), designs
        self.at = int((self.at + len(designs)) % len(self.designs))


def design_loss(vectors: Tensor, designs: Tensor, memory: Memory) -> Tensor:
    """Supervised contrastive loss (Khosla et al., 2020) of unit vectors [N,256] against the batch
    and the memory: photos of one design together, all others apart."""
    filled = memory.designs >= 0
    others = torch.cat([vectors, memory.vectors[filled]])
    names = torch.cat([designs, memory.designs[filled]])
    scores = vectors @ others.T / TEMPERATURE
    self_mask = torch.zeros_like(scores, dtype=torch.bool)
    self_mask[:, : len(designs)] = torch.eye(len(designs), dtype=torch.bool)
    scores = scores.masked_fill(self_mask, -torch.inf)
    same = (designs[:, None] == names[None]) & ~self_mask
    log_p = scores - scores.logsumexp(1, keepdim=True)
    counts = same.sum(1)
    per = -log_p.masked_fill(~same, 0).sum(1) / counts.clamp(min=1)
    return per[counts > 0].mean() if (counts > 0).any() else vectors.sum() * 0


def open_tagger_photos(config: TaggerConfig) -> TaggerPhotos:
    sets = open_sets(config.data, config.cache, config.drawn_designs)
    phone = next(s for s in sets if s.name == SETS[0])
    grounds = Grounds(
        (phone.photos, np.flatnonzero(phone.parts == TRAIN)),
        (phone.photos, np.flatnonzero(phone.parts == TRAIN)),
        open_photos(config.data, config.cache, "textures"),
    )
    return TaggerPhotos(sets, head_values(sets), grounds)


def train_tagger(config: TaggerConfig, folder: Path) -> Path:
    """Train (or go on training) in `folder`; returns the path of the averaged weights.
    heads.json beside them holds the values of each output."""
    prepare(config.seed, config.threads)
    cv2.setNumThreads(1)
    run = start_run(folder, config, config.schedule)
    photos = open_tagger_photos(config)
    (folder / "heads.json").write_text(json.dumps(photos.heads, indent=1))
    net = Tagger(photos.heads)
    load_backbone(net.features, config.weights)
    learner = Learner(net, net.features, config.schedule)
    run.resume(learner)
    _steps(config, run, photos, learner)
    weights = folder / "tagger.pt"
    torch.save(learner.average.net.state_dict(), weights)
    return weights


def batch_loss(
    out: dict[str, Tensor],
    heads: dict[str, list[str]],
    allowed: Tensor,
    designs: Tensor,
    memory: Memory,
) -> tuple[Tensor, dict[str, float]]:
    """The weighted sum of all heads' losses and the embedding's, with its parts for the log."""
    parts = {}
    start = 0
    for head, values in heads.items():
        parts[head] = masked_loss(out[head], allowed[:, start : start + len(values)])
        start += len(values)
    parts["embedding"] = design_loss(out["embedding"], designs, memory)
    weights = HEAD_WEIGHTS | {"embedding": EMBEDDING_WEIGHT}
    total = torch.stack([weights.get(k, OTHER_WEIGHT) * v for k, v in parts.items()]).sum()
    return total, {k: float(v.detach()) for k, v in parts.items()}


def _steps(config: TaggerConfig, run: Run, photos: TaggerPhotos, learner: Learner) -> None:
    logged: list[dict[str, float]] = []
    memory = Memory(config.memory)
    learner.net.train()
    while run.progress < 1:
        size = config.schedule.size(run.progress)
        seed = (config.seed, run.step)
        crops, allowed, designs = photos.batch(seed, config.schedule.batch, size, config.grounds)
        out = learner.net(as_input(crops))
        loss, parts = batch_loss(out, photos.heads, allowed, designs, memory)
        rate = config.schedule.rate(run.progress)
        run.history.append(learner.learn(loss, rate, LARGEST_GRADIENT))
        memory.add(out["embedding"], designs)
        run.step += 1
        logged.append(parts)
        if run.step % LOG_EVERY == 0:
            means = {k: float(np.mean([row[k] for row in logged])) for k in parts}
            logged.clear()
            recent = float(np.mean(run.history[-LOG_EVERY:]))
            run.log(size=size, progress=run.progress, loss=recent, **means)
        if run.step % config.save_every == 0:
            run.save(learner)
    run.save(learner)
