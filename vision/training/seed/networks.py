"""The seed project's two networks, and how they learn here.

Nothing in them is ours but the recipe: they have no normalisation and start from nothing, so each
layer is first scaled to unit variance, and the convolutions of the large one learn at a smaller
size before its dense layers, 194 of its 198 million parameters, are there to be paid for.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor, nn

from vision.training.runs import Schedule
from vision.training.tagger import masked_loss

CATEGORY_SIDE, PATTERN_SIDE = 224, 75
# what the convolutions leave of a photo of CATEGORY_SIDE and of a piece of PATTERN_SIDE
CATEGORY_GRID, PATTERN_GRID = 13, 7
DENSE, PATTERN_DENSE = 4096, 256
DRAFT_SIDE = 128
BATCH = 64
LARGEST_GRADIENT = 5.0
LOG_SECONDS = 20.0

Draw = Callable[[int, int], tuple[Tensor, Tensor]]
"""(photos, side) to images [N,3,side,side] in -1..1 and bool [N,V], what each label allows."""


class CategoryNet(nn.Module):
    """Photo [N,3,224,224] to category logits [N,classes].

    With the first convolution padded to 56 and pools that drop what does not fit, 43,264 values
    reach the dense layers and 14 to 40 classes make 198 M parameters; unpadded it would be 172 M.
    """

    def __init__(self, classes: int, dense: int = DENSE):
        super().__init__()
        self.features = nn.Sequential(
            *(nn.Conv2d(3, 96, 11, 4, 5), nn.ReLU(), nn.MaxPool2d(3, 2)),
            *(nn.Conv2d(96, 256, 5, padding=2), nn.ReLU(), nn.MaxPool2d(3, 2)),
            *(nn.Conv2d(256, 384, 3, padding=1), nn.ReLU()),
            *(nn.Conv2d(384, 384, 3, padding=1), nn.ReLU()),
            *(nn.Conv2d(384, 256, 3, padding=1), nn.ReLU()),
        )
        self.dense = nn.Sequential(
            nn.Flatten(),
            *(nn.Linear(256 * CATEGORY_GRID**2, dense), nn.ReLU(), nn.Dropout(0.2)),
            *(nn.Linear(dense, dense), nn.ReLU(), nn.Dropout(0.2)),
            nn.Linear(dense, classes),
        )

    def forward(self, image: Tensor) -> Tensor:
        logits: Tensor = self.dense(self.features(image))
        return logits


class PatternNet(nn.Sequential):
    """Piece of a photo [N,3,75,75] to pattern logits [N,classes]; unpadded, 1.7 M parameters."""

    def __init__(self, classes: int):
        super().__init__(
            *(nn.Conv2d(3, 32, 3), nn.ReLU(), nn.MaxPool2d(2)),
            *(nn.Conv2d(32, 64, 3), nn.ReLU(), nn.MaxPool2d(2)),
            *(nn.Conv2d(64, 128, 3), nn.ReLU(), nn.MaxPool2d(2)),
            nn.Flatten(),
            *(nn.Linear(128 * PATTERN_GRID**2, PATTERN_DENSE), nn.ReLU()),
            nn.Linear(PATTERN_DENSE, classes),
        )


def parameters(net: nn.Module) -> int:
    return sum(p.numel() for p in net.parameters())


@torch.no_grad()
def even_out(layers: nn.Sequential, x: Tensor) -> None:
    """Scale each layer so that its answers to the batch `x` have unit variance (LSUV without its
    orthogonal start, Mishkin and Matas, 2016)."""
    for layer in layers.eval():
        if isinstance(layer, nn.Conv2d | nn.Linear):
            if layer.bias is not None:
                layer.bias.zero_()
            layer.weight /= layer(x).std().clamp(min=1e-6)
        x = layer(x)
    layers.train()


@dataclass(frozen=True)
class Phase:
    """One part of a training: how long, on what, how fast."""

    name: str
    minutes: float
    side: int
    batch: int
    rate: float


def learn(
    forward: Callable[[Tensor], Tensor],
    optimizer: torch.optim.Optimizer,
    draw: Draw,
    phase: Phase,
) -> int:
    """Take steps until the phase's minutes are over, one at least; returns the steps taken."""
    schedule = Schedule(minutes=phase.minutes, peak_rate=phase.rate, warm_up=0.06)
    weights = [p for group in optimizer.param_groups for p in group["params"]]
    start = said = time.monotonic()
    losses: list[float] = []
    while not losses or time.monotonic() - start < 60 * phase.minutes:
        images, allowed = draw(phase.batch, phase.side)
        for group in optimizer.param_groups:
            group["lr"] = schedule.rate((time.monotonic() - start) / (60 * phase.minutes))
        optimizer.zero_grad(set_to_none=True)
        loss = masked_loss(forward(images), allowed)
        loss.backward()
        nn.utils.clip_grad_norm_(weights, LARGEST_GRADIENT)
        optimizer.step()
        losses.append(float(loss.detach()))
        if time.monotonic() - said > LOG_SECONDS:
            said = time.monotonic()
            recent = float(np.mean(losses[-20:]))
            print(
                f"{phase.name}: {(said - start) / 60:.1f} of {phase.minutes:.1f} min, "
                f"{len(losses)} steps, loss {recent:.3f}",
                flush=True,
            )
    return len(losses)


# shares of the minutes and settings of the three phases, see train_category
DRAFT, DENSE_ALONE, TOGETHER = 0.45, 0.3, 0.25


def train_category(
    net: CategoryNet, classes: int, draw: Draw, minutes: float, batch: int = BATCH
) -> Mapping[str, tuple[int, int]]:
    """Train in place: the convolutions at 128 px under an average and one linear layer; the dense
    layers at 224 px on the convolutions as they are; all together. SGD for the dense layers: Adam
    would read and write another 0.8 GB at every step.

    Returns steps and photos of each phase.
    """
    head = nn.Linear(256, classes)
    draft = nn.Sequential(*net.features, nn.AdaptiveAvgPool2d(1), nn.Flatten(), head)
    phases = (
        Phase("category, convolutions", DRAFT * minutes, DRAFT_SIDE, batch // 2, 5e-4),
        Phase("category, dense layers", DENSE_ALONE * minutes, CATEGORY_SIDE, batch, 0.005),
        Phase("category, all layers", TOGETHER * minutes, CATEGORY_SIDE, batch, 0.003),
    )
    net.to(memory_format=torch.channels_last)  # type: ignore[call-overload]
    even_out(draft, draw(phases[0].batch, DRAFT_SIDE)[0])
    adam = torch.optim.AdamW(draft.parameters(), weight_decay=0.02)
    steps = [learn(draft, adam, draw, phases[0])]

    with torch.no_grad():
        features = net.features(draw(phases[1].batch, CATEGORY_SIDE)[0])
    even_out(net.dense, features)

    def on_fixed(images: Tensor) -> Tensor:
        with torch.no_grad():
            found = net.features(images)
        logits: Tensor = net.dense(found)
        return logits

    steps.append(learn(on_fixed, _sgd(net.dense), draw, phases[1]))
    steps.append(learn(net, _sgd(net), draw, phases[2]))
    return {p.name: (n, n * p.batch) for p, n in zip(phases, steps, strict=True)}


def _sgd(net: nn.Module) -> torch.optim.SGD:
    return torch.optim.SGD(
        net.parameters(), lr=0.01, momentum=0.9, weight_decay=5e-4, nesterov=True, fused=True
    )


def train_pattern(
    net: PatternNet, draw: Draw, minutes: float, batch: int = BATCH
) -> Mapping[str, tuple[int, int]]:
    """Train in place; returns steps and photos."""
    phase = Phase("pattern", minutes, PATTERN_SIDE, batch, 1e-3)
    net.to(memory_format=torch.channels_last)  # type: ignore[call-overload]
    even_out(net, draw(phase.batch, phase.side)[0])
    adam = torch.optim.AdamW(net.parameters(), weight_decay=0.02)
    steps = learn(net, adam, draw, phase)
    return {phase.name: (steps, steps * phase.batch)}
