"""Train the parser: which pixels are which garment."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import cv2
import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor

from vision.training.drawn import DESIGNS
from vision.training.kfashion.reading import open_kfashion
from vision.training.kfashion.sources import parser_source
from vision.training.networks import Parser, load_backbone
from vision.training.parser_data import KINDS, ParserPhotos
from vision.training.regions import IGNORE, NOT_GROUND, classes
from vision.training.runs import Learner, Schedule, as_input, prepare, start_run
from vision.training.warm import load_network

# the rarer a class's pixels, the more each weighs (square root of the inverse share, bounded)
WEIGHTS = (1.0, 1.3, 1.3, 1.3, 1.3, 1.2, 1.6, 1.5, 1.6)
# masks are compared at this share of the photo's size: half of it, twice the network's output
COMPARED = 2
LARGEST_GRADIENT, LOG_EVERY = 2.0, 20
# photos that give the batch norms of a bundle's network their statistics back
STATISTICS = 48


@dataclass(frozen=True)
class ParserConfig:
    data: Path
    cache: Path
    weights: Path
    seed: int = 1
    threads: int = 2
    drawn_designs: int = DESIGNS
    start: Path | None = None
    """An earlier run's weights (.pt), or a bundle's folder, to begin with."""
    self_training: bool = False
    """Also learn from phone photos through the sightings of an earlier parser."""
    free_only: bool = False
    """Learn only from what is free to use for any purpose."""
    kfashion: Path | None = None
    """K-Fashion's folder, to learn from its polygons too."""
    frozen: int = 0
    """The backbone's first blocks that stay as they are, norms too; 4 of them reach stride 4."""
    kinds: dict[str, float] = field(default_factory=lambda: dict(KINDS))
    """How often each kind of photo is drawn."""
    save_every: int = 200
    schedule: Schedule = field(
        default_factory=lambda: Schedule(
            steps=4200,
            minutes=40,
            sizes=(128, 192, 256, 320),
            until=(0.2, 0.45, 0.7, 1.0),
            batch=12,
            peak_rate=6e-4,
        )
    )


def parser_loss(logits: Tensor, truth: Tensor) -> Tensor:
    """Weighted cross-entropy plus one minus the soft IoU of the foreground.

    logits [N,9,h,w], truth int64 [N,2h,2w]. IGNORE pixels count nowhere; NOT_GROUND pixels only
    say that they are not the ground.
    """
    logits = F.interpolate(logits, size=truth.shape[1:], mode="bilinear", align_corners=False)
    log_p = logits.log_softmax(1)
    weights = torch.tensor(WEIGHTS)
    known = truth < NOT_GROUND
    target = truth.where(known, 0)
    picked = -log_p.gather(1, target[:, None])[:, 0]
    weight = weights[target]
    ground = log_p[:, 0].exp()
    some = truth == NOT_GROUND
    picked = picked.where(~some, -torch.log1p(-ground.clamp(max=1 - 1e-4)))
    weight = weight.where(known | some, 0.0)
    cross = (picked * weight).sum() / weight.sum().clamp(min=1)
    counted = (truth != IGNORE).float()
    solid = ((truth > 0) & (truth != IGNORE)).float()
    front = (1 - ground) * counted
    overlap = (front * solid).sum((1, 2))
    union = (front + solid - front * solid).sum((1, 2))
    return cross + (1 - (overlap + 1) / (union + 1)).mean()


def draw_batch(
    photos: ParserPhotos, seed: tuple[int, int], count: int, size: int
) -> tuple[Tensor, Tensor]:
    """The batch of one step; the same for the same seed, so that a resumed run goes on alike."""
    rng = np.random.default_rng(seed)
    drawn = [photos.draw(rng, size) for _ in range(count)]
    half = size // COMPARED
    masks = [cv2.resize(m, (half, half), interpolation=cv2.INTER_NEAREST) for _, m in drawn]
    return as_input([p for p, _ in drawn]), torch.from_numpy(np.stack(masks)).long()


def begin_with(net: Parser, start: Path, photos: ParserPhotos) -> None:
    """Fill `net` from parser.pt or from a bundle's parser.onnx."""
    if start.is_dir():
        sample, _ = draw_batch(photos, (0, 0), STATISTICS, 256)
        load_network(net, start / "parser.onnx", sample)
    else:
        net.load_state_dict(torch.load(start, map_location="cpu"))


def train_parser(config: ParserConfig, folder: Path) -> Path:
    """Train (or go on training) in `folder`; returns the path of the averaged weights."""
    prepare(config.seed, config.threads)
    cv2.setNumThreads(1)
    run = start_run(folder, config, config.schedule)
    photos = ParserPhotos(
        config.data,
        config.cache,
        config.drawn_designs,
        self_training=config.self_training,
        free_only=config.free_only,
        kinds=config.kinds,
    )
    if config.kfashion:
        found = open_kfashion(config.kfashion, config.cache)
        photos.sources["kfashion"] = parser_source(found).draw
    net = Parser(len(classes()))
    load_backbone(net.features, config.weights)
    if config.start:
        begin_with(net, config.start, photos)
    learner = Learner(net, net.features, config.schedule)
    run.resume(learner)
    net.train()
    net.features[: config.frozen].eval().requires_grad_(False)
    while run.progress < 1:
        size = config.schedule.size(run.progress)
        image, truth = draw_batch(photos, (config.seed, run.step), config.schedule.batch, size)
        loss = parser_loss(net(image), truth)
        rate = config.schedule.rate(run.progress)
        run.history.append(learner.learn(loss, rate, LARGEST_GRADIENT))
        run.step += 1
        if run.step % LOG_EVERY == 0:
            recent = float(np.mean(run.history[-LOG_EVERY:]))
            run.log(size=size, loss=recent, progress=run.progress)
        if run.step % config.save_every == 0:
            run.save(learner)
    run.save(learner)
    weights = folder / "parser.pt"
    torch.save(learner.average.net.state_dict(), weights)
    return weights
