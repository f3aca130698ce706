"""What every training run shares: its folder, schedule, averaged weights and checkpoints."""

from __future__ import annotations

import copy
import ctypes
import ctypes.util
import json
import time
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

# mallopt(3): keep freed memory instead of handing it back and faulting every page in again;
# measured 1.5x at 192 px and 2x at 256 px on two cores
M_TRIM_THRESHOLD, M_MMAP_MAX = -1, -4


@dataclass(frozen=True)
class Schedule:
    """How long and how large. Progress is the larger of steps done and minutes used, so that a
    slow machine ends in time; each phase lasts until its share of the run is over."""

    steps: int = 6000
    minutes: float = 60.0
    sizes: tuple[int, ...] = (128, 192)
    until: tuple[float, ...] = (0.5, 1.0)
    batch: int = 32
    peak_rate: float = 8e-4
    warm_up: float = 0.03
    weight_decay: float = 0.02

    def size(self, progress: float) -> int:
        for size, end in zip(self.sizes, self.until, strict=True):
            if progress < end:
                return size
        return self.sizes[-1]

    def rate(self, progress: float) -> float:
        """Linear warm-up, then one cosine down to a hundredth."""
        if progress < self.warm_up:
            return self.peak_rate * (0.1 + 0.9 * progress / self.warm_up)
        down = (progress - self.warm_up) / (1 - self.warm_up)
        return self.peak_rate * (0.01 + 0.99 * 0.5 * (1 + float(np.cos(np.pi * min(1.0, down)))))


class Average:
    """Exponential moving average of a network's weights and statistics, with a short memory at
    the start."""

    def __init__(self, net: nn.Module, decay: float = 0.998):
        self.net = copy.deepcopy(net).eval()
        self.decay, self.updates = decay, 0

    @torch.no_grad()
    def update(self, net: nn.Module) -> None:
        self.updates += 1
        decay = min(self.decay, (1 + self.updates) / (10 + self.updates))
        for kept, new in zip(
            self.net.state_dict().values(), net.state_dict().values(), strict=True
        ):
            if kept.dtype.is_floating_point:
                kept.lerp_(new, 1 - decay)
            else:
                kept.copy_(new)


class Learner:
    """A network in training with its optimizer and its average; `fresh` names the modules that
    start from nothing and so learn faster."""

    def __init__(self, net: nn.Module, pretrained: nn.Module, schedule: Schedule):
        net.to(memory_format=torch.channels_last)  # type: ignore[call-overload]
        old = {id(p) for p in pretrained.parameters()}
        self.net = net
        self.optimizer = optimizer_of(
            net, [p for p in net.parameters() if id(p) not in old], schedule
        )
        self.average = Average(net)

    def learn(self, loss: Tensor, rate: float, most: float) -> float:
        """One step down `loss` at `rate`, gradients clipped to norm `most`; returns the loss."""
        for group in self.optimizer.param_groups:
            group["lr"] = rate * group["factor"]
        self.optimizer.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.net.parameters(), most)
        self.optimizer.step()
        self.average.update(self.net)
        return float(loss.detach())

    def load(self, state: dict[str, Any]) -> None:
        self.net.load_state_dict(state["net"])
        self.optimizer.load_state_dict(state["optimizer"])
        self.average.net.load_state_dict(state["average"])
        self.average.updates = state["step"]


@dataclass
class Run:
    """A folder with config.json, checkpoint.pt and log.jsonl; `resume` continues from it."""

    folder: Path
    schedule: Schedule
    step: int = 0
    used: float = 0.0
    history: list[float] = field(default_factory=list)
    """The loss of every step."""
    _since: float = field(default_factory=time.monotonic)

    @property
    def elapsed(self) -> float:
        """Seconds of training, over all resumptions."""
        return self.used + time.monotonic() - self._since

    @property
    def progress(self) -> float:
        return max(self.step / self.schedule.steps, self.elapsed / (60 * self.schedule.minutes))

    def log(self, **values: float | int | str) -> None:
        row = {"step": self.step, "minutes": round(self.elapsed / 60, 2), **values}
        with (self.folder / "log.jsonl").open("a") as out:
            out.write(json.dumps(row) + "\n")
        print(
            " ".join(
                f"{k} {v:.4g}" if isinstance(v, float) else f"{k} {v}" for k, v in row.items()
            ),
            flush=True,
        )

    def save(self, learner: Learner) -> None:
        self.keep(
            {
                "net": learner.net.state_dict(),
                "optimizer": learner.optimizer.state_dict(),
                "average": learner.average.net.state_dict(),
                "history": self.history,
            }
        )

    def keep(self, state: dict[str, Any]) -> None:
        """Write the checkpoint beside the old one, then put it in its place."""
        fresh = self.folder / "checkpoint.tmp"
        torch.save(state | {"step": self.step, "used": self.elapsed}, fresh)
        fresh.replace(self.folder / "checkpoint.pt")

    def resume(self, learner: Learner) -> None:
        """Continue from the last checkpoint, if there is one."""
        path = self.folder / "checkpoint.pt"
        if not path.exists():
            return
        state: dict[str, Any] = torch.load(path, map_location="cpu", weights_only=False)
        learner.load(state)
        self.step, self.used, self.history = state["step"], state["used"], state["history"]
        self._since = time.monotonic()


def start_run(folder: Path, config: Any, schedule: Schedule) -> Run:
    """The run in `folder`; its config is saved as JSON. A folder whose saved config differs is
    refused with ValueError, so that one folder is one recipe."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "config.json"
    text = json.dumps(asdict(config), indent=2, default=str)
    if path.exists() and path.read_text() != text:
        raise ValueError(f"{path} holds another recipe: choose another --run folder or remove it")
    path.write_text(text)
    return Run(folder, schedule)


def prepare(seed: int, threads: int) -> None:
    """Seeds, threads, and an allocator that keeps its memory."""
    torch.manual_seed(seed)
    torch.set_num_threads(threads)
    name = ctypes.util.find_library("c")
    mallopt = getattr(ctypes.CDLL(name), "mallopt", None) if name else None
    if mallopt:
        mallopt(M_MMAP_MAX, 0)
        mallopt(M_TRIM_THRESHOLD, 2**31 - 1)


def as_input(photos: list[np.ndarray]) -> Tensor:
    """uint8 [h,w,3] photos of one size to float32 [N,3,h,w] in -1..1, channels last."""
    batch = torch.from_numpy(np.stack(photos)).permute(0, 3, 1, 2)
    return (batch.float() / 127.5 - 1).contiguous(memory_format=torch.channels_last)


def optimizer_of(
    net: nn.Module, fresh: list[nn.Parameter], schedule: Schedule
) -> torch.optim.AdamW:
    """AdamW; `fresh` (not pretrained) parameters learn three times as fast, and vectors (norms,
    biases) do not decay."""
    new = {id(p) for p in fresh}
    groups: dict[tuple[bool, bool], list[nn.Parameter]] = {}
    for p in net.parameters():
        groups.setdefault((id(p) in new, p.ndim > 1), []).append(p)
    return torch.optim.AdamW(
        [
            {
                "params": ps,
                "factor": 3.0 if is_new else 1.0,
                "weight_decay": schedule.weight_decay * wide,
            }
            for (is_new, wide), ps in groups.items()
        ],
        lr=schedule.peak_rate,
    )
