"""Train the tagger: what a garment is, and the vector that finds its likes."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path

import cv2
import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor

from vision.bundle import load_bundle
from vision.training.drawn import DESIGNS
from vision.training.grounds import Grounds
from vision.training.kfashion.reading import open_kfashion
from vision.training.kfashion.sources import tagged_set
from vision.training.networks import Tagger, load_backbone
from vision.training.runs import Learner, Run, Schedule, as_input, prepare, start_run
from vision.training.sets import open_photos
from vision.training.splits import TRAIN
from vision.training.tagger_data import NO_DESIGN, Batch, How, TaggerPhotos
from vision.training.tagger_sets import head_values, open_sets
from vision.training.warm import load_network

LOSS_WEIGHTS = {
    "category": 2.0,
    "pattern": 1.6,
    "style": 0.8,
    "color": 0.5,
    "fabric": 0.5,
    "kind": 0.4,
    "words": 6.0,
    "design": 0.6,
    "photo": 0.35,
}
OTHER_WEIGHT = 0.3
TEMPERATURE = 0.07
LARGEST_GRADIENT, LOG_EVERY = 3.0, 20
# crops that give the batch norms of a bundle's network their statistics back
STATISTICS = 64


@dataclass(frozen=True)
class TaggerConfig:
    data: Path
    cache: Path
    weights: Path
    seed: int = 1
    threads: int = 2
    start: Path | None = None
    """An earlier run's weights (.pt), or a bundle's folder, to begin with."""
    free_only: bool = False
    """Learn only from what is free to use for any purpose."""
    kfashion: Path | None = None
    """K-Fashion's folder, to learn from it too."""
    save_every: int = 200
    memory: int = 8192
    drawn_designs: int = DESIGNS
    # shares of crops with the ground kept, in the garment's mean colour, and white
    grounds: tuple[float, float, float] = (0.7, 0.15, 0.15)
    rough: float = 1.0
    """How roughly crops are disturbed; a run ends best with a gentle one."""
    frozen: int = 0
    """The backbone's first blocks that stay as they are, norms too: 7 (stride 8) doubles the
    speed of a run that goes on from another."""
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
    """The last embeddings with their designs and photos, as negatives and further positives
    (cross-batch memory, Wang et al., 2020)."""

    def __init__(self, size: int, width: int = 256):
        self.vectors = torch.zeros(size, width)
        self.designs = torch.full((size,), NO_DESIGN, dtype=torch.long)
        self.photos = torch.full((size,), NO_DESIGN, dtype=torch.long)
        self.at = 0

    def add(self, vectors: Tensor, designs: Tensor, photos: Tensor) -> None:
        places = (self.at + torch.arange(len(designs))) % len(self.designs)
        self.vectors[places] = vectors.detach()
        self.designs[places], self.photos[places] = designs, photos
        self.at = int((self.at + len(designs)) % len(self.designs))


def contrast_losses(
    vectors: Tensor, designs: Tensor, photos: Tensor, memory: Memory
) -> tuple[Tensor, Tensor]:
    """Supervised contrastive losses (Khosla et al., 2020) of unit vectors [N,256] against the batch
    and the memory: photos of one design together, and, nearer still, crops of one photo: its other
    colourways are among what it must be told from."""
    filled = memory.designs >= 0
    log_p, own = told_apart(vectors, torch.cat([vectors, memory.vectors[filled]]), TEMPERATURE)
    by_design = contrast(log_p, own, designs, torch.cat([designs, memory.designs[filled]]))
    by_photo = contrast(log_p, own, photos, torch.cat([photos, memory.photos[filled]]))
    return by_design, by_photo


def told_apart(vectors: Tensor, others: Tensor, temperature: float) -> tuple[Tensor, Tensor]:
    """log P(other | vector) [N,M] of unit vectors [N,256] among others [M,256], the first N of
    which are the vectors themselves and do not count; and which entries those are, bool [N,M]."""
    own = torch.eye(len(vectors), len(others), dtype=torch.bool)
    scores = (vectors @ others.T / temperature).masked_fill(own, -torch.inf)
    return scores - scores.logsumexp(1, keepdim=True), own


def contrast(log_p: Tensor, own: Tensor, mine: Tensor, theirs: Tensor) -> Tensor:
    """Mean -log P of the others of one's own name: names [N] and [M] for what `told_apart` gave;
    0 where nobody has another."""
    same = (mine[:, None] == theirs[None]) & ~own
    counts = same.sum(1)
    if not (counts > 0).any():
        return log_p.masked_fill(own, 0).sum() * 0
    per = -log_p.masked_fill(~same, 0).sum(1) / counts.clamp(min=1)
    return per[counts > 0].mean()


def open_tagger_photos(config: TaggerConfig) -> TaggerPhotos:
    sets = open_sets(config.data, config.cache, config.drawn_designs, free_only=config.free_only)
    if config.kfashion:
        first = 1 + max(int(part.designs.max()) for part in sets)
        sets.append(tagged_set(open_kfashion(config.kfashion, config.cache), first))
    phone = next(s for s in sets if s.name == "phone")
    train = np.flatnonzero(phone.parts == TRAIN)
    free = config.free_only
    grounds = Grounds(
        (phone.photos, train),
        None if free else (phone.photos, train),
        None if free else open_photos(config.data, config.cache, "textures"),
    )
    return TaggerPhotos(sets, head_values(sets), grounds)


def begin_with(net: Tagger, bundle: Path, photos: TaggerPhotos, config: TaggerConfig) -> None:
    """Fill `net` from tagger.pt, or from a bundle's tagger.onnx, whose heads start anew where
    their values have changed."""
    if bundle.is_file():
        net.load_state_dict(torch.load(bundle, map_location="cpu"))
        return
    heads = load_bundle(bundle).tagger.heads
    same = [h for h, v in photos.heads.items() if h in heads and list(heads[h].labels) == v]
    sample = photos.batch((0, 0), STATISTICS, How(160, config.grounds)).crops
    left = load_network(net, bundle / "tagger.onnx", as_input(sample))
    for head in photos.heads:
        if head not in same:
            net.heads[head].reset_parameters()  # type: ignore[operator]
    if "fabric" in left and "pattern" in same:
        net.fabric.load_state_dict(net.heads["pattern"].state_dict())


def train_tagger(config: TaggerConfig, folder: Path) -> Path:
    """Train (or go on training) in `folder`; returns the path of the averaged weights.
    heads.json beside them holds the values of each output."""
    prepare(config.seed, config.threads)
    cv2.setNumThreads(1)
    run = start_run(folder, config, config.schedule)
    photos = open_tagger_photos(config)
    (folder / "heads.json").write_text(json.dumps(photos.heads, indent=1))
    net = Tagger(photos.heads, photos.lessons())
    load_backbone(net.features, config.weights)
    if config.start:
        begin_with(net, config.start, photos, config)
    learner = Learner(net, net.features, config.schedule)
    run.resume(learner)
    _steps(config, run, photos, net, learner)
    weights = folder / "tagger.pt"
    torch.save(learner.average.net.state_dict(), weights)
    return weights


def batch_loss(
    out: dict[str, Tensor], heads: dict[str, list[str]], batch: Batch, memory: Memory
) -> tuple[Tensor, dict[str, float]]:
    """The weighted sum of all losses, with its parts for the log."""
    parts, start = {}, 0
    for head, values in heads.items():
        parts[head] = masked_loss(out[head], batch.allowed[:, start : start + len(values)])
        start += len(values)
    parts["fabric"] = masked_loss(out["fabric"], batch.cloth)
    if "kind" in out and (batch.kinds >= 0).any():
        parts["kind"] = F.cross_entropy(out["kind"], batch.kinds, ignore_index=-1)
    if "words" in out and batch.texts.any():
        told = out["words"][batch.texts]
        parts["words"] = F.binary_cross_entropy_with_logits(told, batch.words[batch.texts].float())
    compared = batch.designs >= 0
    parts["design"], parts["photo"] = contrast_losses(
        out["embedding"][compared], batch.designs[compared], batch.photos[compared], memory
    )
    total = torch.stack([LOSS_WEIGHTS.get(k, OTHER_WEIGHT) * v for k, v in parts.items()]).sum()
    return total, {k: float(v.detach()) for k, v in parts.items()}


def _steps(
    config: TaggerConfig, run: Run, photos: TaggerPhotos, net: Tagger, learner: Learner
) -> None:
    logged: list[dict[str, float]] = []
    memory = Memory(config.memory)
    learner.net.train()
    net.features[: config.frozen].eval().requires_grad_(False)
    while run.progress < 1:
        how = How(config.schedule.size(run.progress), config.grounds, config.rough)
        batch = photos.batch((config.seed, run.step), config.schedule.batch, how)
        out = learner.net(as_input(batch.crops))
        loss, parts = batch_loss(out, photos.heads, batch, memory)
        rate = config.schedule.rate(run.progress)
        run.history.append(learner.learn(loss, rate, LARGEST_GRADIENT))
        compared = batch.designs >= 0
        memory.add(out["embedding"][compared], batch.designs[compared], batch.photos[compared])
        run.step += 1
        logged.append(parts)
        if run.step % LOG_EVERY == 0:
            means = {k: float(np.mean([row.get(k, 0.0) for row in logged])) for k in parts}
            logged.clear()
            recent = float(np.mean(run.history[-LOG_EVERY:]))
            run.log(size=how.size, progress=run.progress, loss=recent, **means)
        if run.step % config.save_every == 0:
            run.save(learner)
    run.save(learner)
