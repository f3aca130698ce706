"""Training of the edge network on patches of garments with known lines."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor
from torch.nn import functional

from vision.sketch.edges import FINE
from vision.training.export import export_onnx
from vision.training.runs import Learner, Schedule, prepare, start_run
from vision.training.sets import Pixels
from vision.training.sketch.edge_data import (
    FAINT,
    LINE,
    UNKNOWN,
    Lined,
    open_catalogue_lines,
    open_drawn_lines,
)
from vision.training.sketch.edge_net import EdgeNet, Served

Floats = npt.NDArray[np.float32]
Rng = np.random.Generator

PATCH = 128
"""Pixels of the 256 that a garment is seen at: lines are local, and a patch is a quarter of it."""
GRAYS = 127.5
UNSURE = 0.4
"""What a pixel inside a catalogue garment teaches, against one of a drawn garment."""
RARE = 2.5
"""Lines are few: each counts as so many pixels without one."""
SAVE_EVERY = 100
MOST_NORM = 5.0
SIDES = 0.25
"""What each block's own answer counts beside the fused one."""


@dataclass(frozen=True)
class EdgeConfig:
    """`catalogue` False learns from drawn garments alone, free for any purpose."""

    data: Path
    cache: Path
    catalogue: bool = True
    seed: int = 1
    threads: int = 1
    schedule: Schedule = field(
        default_factory=lambda: Schedule(
            steps=1500, minutes=25.0, sizes=(PATCH,), until=(1.0,), batch=16, peak_rate=3e-3
        )
    )


def train_edges(config: EdgeConfig, folder: Path) -> Path:
    """Train, continuing what is in `folder`, and return the exported `edges.onnx` there.

    Raises ValueError where the folder holds another recipe.
    """
    prepare(config.seed, config.threads)
    run = start_run(folder, config, config.schedule)
    sets = [open_drawn_lines(config.cache, "train")]
    if config.catalogue:
        sets.append(open_catalogue_lines(config.data, config.cache))
    learner = _learner(config.schedule)
    run.resume(learner)
    rng = np.random.default_rng([config.seed, run.step])
    while run.progress < 1:
        batch = [_patch_of(rng, sets, k) for k in range(config.schedule.batch)]
        image, truth, weight = (
            torch.from_numpy(np.stack(part)) for part in zip(*batch, strict=True)
        )
        loss = _loss(learner.net.train()(image), truth, weight)
        run.history.append(learner.learn(loss, config.schedule.rate(run.progress), MOST_NORM))
        run.step += 1
        if run.step % SAVE_EVERY == 0 or run.progress >= 1:
            run.log(loss=float(np.mean(run.history[-SAVE_EVERY:])))
            run.save(learner)
    out = folder / "edges.onnx"
    export_onnx(Served(learner.average.net), ["lines"], (FINE, FINE), out)
    return out


def _learner(schedule: Schedule) -> Learner:
    """Not channels last: torch 2.13 on a CPU writes past its memory in these small convolutions."""
    net = EdgeNet()
    learner = Learner(net, net, schedule)
    for one in (learner.net, learner.average.net):
        one.to(memory_format=torch.contiguous_format)  # type: ignore[call-overload]
    return learner


def _patch_of(rng: Rng, sets: list[Lined], k: int) -> tuple[Floats, Floats, Floats]:
    """From the sets by turns; the first is drawn."""
    return patch(rng, sets[k % len(sets)], k % len(sets) == 0)


def _loss(answers: list[Tensor], truth: Tensor, weight: Tensor) -> Tensor:
    """Every block's answer is held to the lines, the fused one most."""
    shares = [SIDES] * (len(answers) - 1) + [1.0]
    parts = [
        share * functional.binary_cross_entropy_with_logits(answer, truth, weight)
        for share, answer in zip(shares, answers, strict=True)
    ]
    return torch.stack(parts).sum()


def patch(rng: Rng, lined: Lined, is_drawn: bool) -> tuple[Floats, Floats, Floats]:
    """A patch [3,128,128] as the network sees it, its lines [64,64] and what each teaches."""
    i = int(rng.integers(len(lined)))
    photo, mask, lines = lined.photos[i], lined.masks[i], lined.lines[i]
    room = photo.shape[0] - PATCH
    y, x = (int(v) for v in rng.integers(0, room + 1, 2))
    there = np.s_[y : y + PATCH, x : x + PATCH]
    seen = _grounded(rng, photo[there], mask[there])
    lines, inside = lines[there], mask[there] > 0
    if rng.random() < 0.5:
        seen, lines, inside = seen[:, ::-1], lines[:, ::-1], inside[:, ::-1]
    truth = _halved((lines == LINE) | (lines == FAINT))
    sure = np.where(inside & (lines != LINE), 1.0 if is_drawn else UNSURE, 1.0)
    weight = _halved_mean(np.where(lines == UNKNOWN, 0.0, sure).astype(np.float32))
    weight = weight * (1 + (RARE - 1) * truth)
    picture = _lit(rng, seen).transpose(2, 0, 1)
    return np.ascontiguousarray(picture), truth, weight.astype(np.float32)


def _halved(lines: npt.NDArray[np.bool_]) -> Floats:
    """Lines at half the size, soft where they are thin."""
    return np.minimum(1.5 * _halved_mean(lines.astype(np.float32)), 1.0)


def _halved_mean(values: Floats) -> Floats:
    h, w = values.shape
    return np.asarray(values.reshape(h // 2, 2, w // 2, 2).mean((1, 3)), np.float32)


def _grounded(rng: Rng, photo: Pixels, mask: Pixels) -> Pixels:
    """The photo, mostly with another ground: plain, of any colour, light or dark."""
    if rng.random() < 0.3:
        return photo
    gray = rng.uniform(20, 255) if rng.random() < 0.6 else 255.0
    ground = np.clip(gray + rng.normal(0, 12, 3), 0, 255)
    cover = cv2.GaussianBlur(mask, (3, 3), 0)[..., None].astype(np.float32) / 255
    return np.asarray(ground + cover * (photo - ground), np.uint8)


def _lit(rng: Rng, photo: Pixels) -> Floats:
    """The patch in -1..1 under another light, sharper or softer, with noise."""
    out = photo.astype(np.float32)
    if rng.random() < 0.3:
        soft = cv2.GaussianBlur(out, (0, 0), rng.uniform(0.4, 1.3))
        out = np.asarray(soft, np.float32)
    if rng.random() < 0.15:
        out = 255 - out
    out = out[..., rng.permutation(3)] * np.float32(rng.uniform(0.6, 1.15))
    out += rng.uniform(-25, 25, 3).astype(np.float32)
    if rng.random() < 0.5:
        out += rng.normal(0, rng.uniform(1, 7), out.shape).astype(np.float32)
    return np.clip(out, 0, 255).astype(np.float32) / np.float32(GRAYS) - np.float32(1)
