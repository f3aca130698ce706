"""Train the colorist: from a drawing to a picture of the garment."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor

from vision.analyzer import Analyzer
from vision.bundle import load_bundle
from vision.sketch.compose import layers
from vision.sketch.kinds import KINDS, kind_of
from vision.training.runs import Average, Run, Schedule, as_input, prepare, start_run
from vision.training.sets import Pixels
from vision.training.sketch.drawings import Drawer, Layers, framed
from vision.training.sketch.networks import Colorist, Critic
from vision.training.sketch.pairs import Garments, open_garments
from vision.training.sketch.reader import even
from vision.training.splits import TRAIN

LOG_EVERY = 20
SIMILAR_WEIGHT, CRITIC_WEIGHT, GRADIENT_WEIGHT = 0.6, 0.01, 0.5
CRITIC_FROM = 0.45
"""The share of the run after which the critic speaks: first the shapes, then the cloth."""
UNTOLD = 0.1
"""How often the kind is not told, so that a drawing of any kind comes out."""
WHITE = 255
LIGHT, FOLDS = 205, 0.7
"""The grey of a garment without colour, and how much of its light and shade is kept."""


@dataclass(frozen=True)
class ColoristConfig:
    data: Path
    cache: Path
    bundle: Path
    seed: int = 1
    threads: int = 2
    save_every: int = 200
    only: str = ""
    """Learn from garments of this kind alone, as the seed project did."""
    schedule: Schedule = field(
        default_factory=lambda: Schedule(
            steps=12000,
            minutes=60,
            sizes=(64, 128),
            until=(0.45, 1.0),
            batch=24,
            peak_rate=1e-3,
            weight_decay=1e-4,
        )
    )


@dataclass(frozen=True)
class Batch:
    layers: Tensor
    """[N,5,128,128]"""
    kinds: Tensor
    """[N,kinds] one-hot; a row of zeros: not told."""
    pictures: Tensor
    """[N,3,128,128] in -1..1"""


def as_layers(drawings: list[Layers]) -> Tensor:
    """What the colorist sees of drawings, float32 [N,5,128,128]."""
    return torch.from_numpy(np.stack([layers(d.lines, d.paint, d.painted) for d in drawings]))


def kinds_of(garments: Garments) -> np.ndarray:
    """int64 [N]: the place in KINDS of each garment, by its first category."""
    names = [min(c) if c else "" for c in garments.categories]
    return np.array([KINDS.index(kind_of(name)) for name in names])


def batch_of(
    drawer: Drawer, kinds: np.ndarray, chances: np.ndarray, seed: tuple[int, int], count: int
) -> Batch:
    """The drawings of one step with their garments; the same for the same seed."""
    rng = np.random.default_rng(seed)
    drawings, pictures = [], []
    chosen = rng.choice(len(chances), count, p=chances)
    for i in chosen:
        one = drawer.drawing(rng, int(i), painted=0.8)
        drawings.append(one)
        picture = framed(drawer.garments.crops[int(i)], one.window, WHITE)
        if not one.painted.any():
            picture = colorless(picture, framed(drawer.garments.masks[int(i)], one.window, 0))
        pictures.append(picture)
    told = F.one_hot(torch.from_numpy(kinds[chosen]), len(KINDS)).float()
    told *= torch.from_numpy(rng.random(count) > UNTOLD).float()[:, None]
    layers, goal = as_layers(drawings), as_input(pictures)
    turned = torch.from_numpy(rng.random(count) < 0.5)
    layers[turned], goal[turned] = layers[turned].flip(3), goal[turned].flip(3)
    return Batch(layers, told, goal)


def colorless(picture: Pixels, mask: Pixels) -> Pixels:
    """A garment [h,w,3] in light grey with its folds and seams: what a drawing without colour says.
    A guess at its colour would be the mean of all garments, a brown that nobody drew."""
    grey = cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY).astype(np.float32)
    cover = mask.astype(np.float32) / 255
    if cover.max() < 1:
        return picture
    folds = np.clip(LIGHT + FOLDS * (grey - np.median(grey[cover == 1])), 60, WHITE)
    mixed = folds * cover + WHITE * (1 - cover)
    return np.repeat(np.rint(mixed).astype(np.uint8)[..., None], 3, 2)


def similar(a: Tensor, b: Tensor, window: int = 11, sigma: float = 1.5) -> Tensor:
    """SSIM [N] of pictures [N,C,H,W] in -1..1, each channel by itself (Wang et al., 2004)."""
    at = torch.arange(window, dtype=a.dtype) - window // 2
    bell = torch.exp(-(at**2) / (2 * sigma**2))
    bell = bell / bell.sum()
    channels = a.shape[1]
    rows = bell.view(1, 1, 1, -1).expand(channels, 1, 1, window)

    def blurred(x: Tensor) -> Tensor:
        x = F.conv2d(x, rows, groups=channels)
        return F.conv2d(x, rows.transpose(2, 3), groups=channels)

    a, b = (a + 1) / 2, (b + 1) / 2
    ma, mb = blurred(a), blurred(b)
    va, vb = blurred(a * a) - ma * ma, blurred(b * b) - mb * mb
    both = blurred(a * b) - ma * mb
    c1, c2 = 0.01**2, 0.03**2
    score = (2 * ma * mb + c1) * (2 * both + c2) / ((ma * ma + mb * mb + c1) * (va + vb + c2))
    return score.mean((1, 2, 3))


def steep(a: Tensor, b: Tensor) -> Tensor:
    """How much the slopes of two pictures differ: what keeps seams sharp."""
    across = (a.diff(dim=3) - b.diff(dim=3)).abs().mean()
    return across + (a.diff(dim=2) - b.diff(dim=2)).abs().mean()


class Pair:
    """The colorist, its critic, their optimizers and the colorist's average."""

    def __init__(self, schedule: Schedule):
        self.net = Colorist(len(KINDS)).to(memory_format=torch.channels_last)  # type: ignore[call-overload]
        self.critic = Critic().to(memory_format=torch.channels_last)  # type: ignore[call-overload]
        decay = schedule.weight_decay
        self.optimizer = torch.optim.AdamW(
            self.net.parameters(), schedule.peak_rate, (0.5, 0.99), weight_decay=decay
        )
        self.judge = torch.optim.AdamW(self.critic.parameters(), 2e-4, (0.5, 0.99))
        self.average = Average(self.net, 0.995)

    def parts(self) -> dict[str, Any]:
        return {
            "net": self.net,
            "critic": self.critic,
            "optimizer": self.optimizer,
            "judge": self.judge,
            "average": self.average.net,
        }

    def step(self, batch: Batch, size: int, rate: float, *, judged: bool) -> dict[str, float]:
        """One step at `size` px; returns the parts of the loss."""
        layers, goal = batch.layers, batch.pictures
        if size != layers.shape[-1]:
            layers, goal = (F.interpolate(x, (size, size), mode="area") for x in (layers, goal))
        made = self.net(layers, batch.kinds)
        parts = {
            "pixels": (made - goal).abs().mean(),
            "similar": SIMILAR_WEIGHT * (1 - similar(made, goal)).mean(),
            "steep": GRADIENT_WEIGHT * steep(made, goal),
        }
        if judged:
            parts["critic"] = -CRITIC_WEIGHT * self.critic(layers, made).mean()
        for group in self.optimizer.param_groups:
            group["lr"] = rate
        self.optimizer.zero_grad(set_to_none=True)
        torch.stack(list(parts.values())).sum().backward()
        torch.nn.utils.clip_grad_norm_(self.net.parameters(), 1.0)
        self.optimizer.step()
        self.average.update(self.net)
        if judged:
            true, false = self.critic(layers, goal), self.critic(layers, made.detach())
            doubt = F.relu(1 - true).mean() + F.relu(1 + false).mean()
            self.judge.zero_grad(set_to_none=True)
            doubt.backward()
            self.judge.step()
            parts["doubt"] = doubt
        return {k: float(v.detach()) for k, v in parts.items()}


def train_colorist(config: ColoristConfig, folder: Path) -> Path:
    """Train (or go on training) in `folder`; returns the path of the averaged weights, beside
    kinds.json."""
    prepare(config.seed, config.threads)
    cv2.setNumThreads(1)
    run = start_run(folder, config, config.schedule)
    analyzer = Analyzer(load_bundle(config.bundle), config.threads)
    garments = open_garments(analyzer, config.data, config.cache)
    (folder / "kinds.json").write_text(json.dumps(KINDS))
    pair = Pair(config.schedule)
    checkpoint = folder / "checkpoint.pt"
    if checkpoint.exists():
        state = torch.load(checkpoint, map_location="cpu", weights_only=False)
        for name, part in pair.parts().items():
            part.load_state_dict(state[name])
        pair.average.updates = run.step = state["step"]
        run.used = state["used"]
    _steps(config, run, Drawer(garments, config.cache), pair)
    weights = folder / "colorist.pt"
    torch.save(pair.average.net.state_dict(), weights)
    return weights


def _steps(config: ColoristConfig, run: Run, drawer: Drawer, pair: Pair) -> None:
    garments, schedule = drawer.garments, config.schedule
    kinds = kinds_of(garments)
    names = [KINDS[k] for k in kinds]
    taught = garments.parts == TRAIN
    if config.only:
        taught &= np.array(names) == config.only
    chances = even(names, taught)
    pair.net.train()
    while run.progress < 1:
        batch = batch_of(drawer, kinds, chances, (config.seed, run.step), schedule.batch)
        size, rate = schedule.size(run.progress), schedule.rate(run.progress)
        parts = pair.step(batch, size, rate, judged=run.progress > CRITIC_FROM)
        run.step += 1
        if run.step % LOG_EVERY == 0:
            run.log(size=size, progress=run.progress, **parts)
        if run.step % config.save_every == 0:
            run.keep(_state(pair))
    run.keep(_state(pair))


def _state(pair: Pair) -> dict[str, Any]:
    return {name: part.state_dict() for name, part in pair.parts().items()}
