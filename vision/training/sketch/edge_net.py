"""The edge network: photo -> how likely a person would draw a line there.

After DexiNed (Poma, Sappa, Humanante, Akbarinia 2020, https://arxiv.org/abs/1909.01955): blocks at
falling resolution, each joined with the one before by a short cut; every block answers by itself
and is taught (deep supervision), and one answer is fused of all. Far smaller than the original:
0.6 MB, no pretrained weights.
"""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor, nn
from torch.nn import functional

WIDTHS = (12, 24, 40, 64)
"""Channels of the blocks, at a half, a quarter, an eighth and a sixteenth of the photo."""
SIDE_CHANNELS = 4


class _Layer(nn.Sequential):
    def __init__(self, inside: int, outside: int, stride: int = 1):
        super().__init__(
            nn.Conv2d(inside, outside, 3, stride, 1, bias=False),
            nn.BatchNorm2d(outside),
            nn.ReLU(inplace=True),
        )


class _Block(nn.Module):
    """Two layers and the short cut around them, averaged."""

    def __init__(self, inside: int, outside: int):
        super().__init__()
        self.first = _Layer(inside, outside, 2)
        self.second = _Layer(outside, outside)
        self.past = nn.Sequential(
            nn.Conv2d(inside, outside, 1, 2, bias=False), nn.BatchNorm2d(outside)
        )

    def forward(self, x: Tensor) -> Tensor:
        return 0.5 * (self.second(self.first(x)) + self.past(x))


class EdgeNet(nn.Module):
    """[N, 3, h, w] in -1..1 -> logits [N, h/2, w/2] of each block, then of all together."""

    def __init__(self, widths: Sequence[int] = WIDTHS):
        super().__init__()
        self.blocks = nn.ModuleList(
            _Block(a, b) for a, b in zip((3, *widths), widths, strict=False)
        )
        self.sides = nn.ModuleList(nn.Conv2d(w, SIDE_CHANNELS, 1) for w in widths)
        self.answers = nn.ModuleList(nn.Conv2d(SIDE_CHANNELS, 1, 1) for _ in widths)
        self.join = _Layer(SIDE_CHANNELS * len(widths), 12)
        self.fused = nn.Conv2d(12, 1, 1)

    def forward(self, image: Tensor) -> list[Tensor]:
        size = [image.shape[2] // 2, image.shape[3] // 2]
        seen, answers, x = [], [], image
        for block, side, answer in zip(self.blocks, self.sides, self.answers, strict=True):
            x = block(x)
            small = side(x)
            answers.append(_grown(answer(small), size)[:, 0])
            seen.append(_grown(small, size))
        return [*answers, self.fused(self.join(torch.cat(seen, 1)))[:, 0]]


class Served(nn.Module):
    """What is exported: only the fused answer, as a probability."""

    def __init__(self, net: nn.Module):
        super().__init__()
        self.net = net

    def forward(self, image: Tensor) -> Tensor:
        return torch.sigmoid(self.net(image)[-1])


def _grown(x: Tensor, size: list[int]) -> Tensor:
    if list(x.shape[2:]) == size:
        return x
    return functional.interpolate(x, size=size, mode="bilinear", align_corners=False)
