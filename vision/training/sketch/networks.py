"""The networks of a drawing: what it looks for, and the garment that it means."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from vision.training.networks import Tagger, mobilenet_features

WIDTHS = (32, 64, 128, 192, 256)
"""Channels of the colouring network at strides 2 to 32."""
SKETCH_CHANNELS = 5
"""Lines, the paint's three colours, and where there is paint."""


class Reader(nn.Module):
    """A drawing as seen [N,3,128,128] in -1..1 to the unit vector [N,256] of the product that it
    shows, in the space of a bundle, and logits [N,categories].

    A tagger's own features read it, so that what the tagger knows of garments is a start.
    """

    POOLED = Tagger.POOLED

    def __init__(self, categories: int, embedding: int = 256):
        super().__init__()
        self.features = mobilenet_features()
        self.dropout = nn.Dropout(0.2)
        self.embed = nn.Linear(self.POOLED, embedding)
        self.category = nn.Linear(self.POOLED, categories)

    def start_from(self, tagger: Tagger) -> None:
        """Take over a trained tagger's features and its answer to the category."""
        self.features.load_state_dict(tagger.features.state_dict())
        self.embed.load_state_dict(tagger.embed.state_dict())
        self.category.load_state_dict(tagger.heads["category"].state_dict())

    def forward(self, image: Tensor) -> tuple[Tensor, Tensor]:
        x, pooled = image, []
        for i, block in enumerate(self.features):
            x = block(x)
            if i in (6, 13, 18):
                pooled.append(x.mean((2, 3)))
        read = self.dropout(torch.cat(pooled, 1))
        return F.normalize(self.embed(read), dim=1), self.category(read)


class Down(nn.Sequential):
    """Half the size: strided 4x4, norm, leaky ReLU (pix2pix; Isola et al., 2017)."""

    def __init__(self, inputs: int, outputs: int):
        super().__init__(
            nn.Conv2d(inputs, outputs, 4, 2, 1, bias=False),
            nn.BatchNorm2d(outputs),
            nn.LeakyReLU(0.2, inplace=True),
        )


class Up(nn.Module):
    """Twice the size, joined with what was seen at that size on the way down."""

    def __init__(self, inputs: int, beside: int, outputs: int):
        super().__init__()
        self.mix = nn.Sequential(
            nn.Conv2d(inputs + beside, outputs, 3, 1, 1, bias=False),
            nn.BatchNorm2d(outputs),
            nn.ReLU(inplace=True),
        )

    def forward(self, x: Tensor, beside: Tensor) -> Tensor:
        x = F.interpolate(x, scale_factor=2.0, mode="nearest")
        return self.mix(torch.cat([x, beside], 1))


class Colorist(nn.Module):
    """Layers of a drawing [N,5,S,S] (lines 0..1, paint -1..1 and 0 where there is none, painted
    0..1) and its kind [N,kinds] (one-hot) to a picture [N,3,S,S] in -1..1; S divides by 32.

    A U-Net whose middle is told the kind. It works at half the size, four pixels side by side as
    channels, which costs a quarter; the drawing itself sharpens what comes out.
    """

    def __init__(self, kinds: int, widths: Sequence[int] = WIDTHS):
        super().__init__()
        self.enter = nn.Sequential(
            nn.PixelUnshuffle(2),
            nn.Conv2d(4 * SKETCH_CHANNELS, widths[0], 3, 1, 1),
            nn.LeakyReLU(0.2, inplace=True),
        )
        self.downs = nn.ModuleList(Down(a, b) for a, b in pairwise(widths))
        self.told = nn.Linear(kinds, widths[-1])
        self.ups = nn.ModuleList(Up(a, b, b) for a, b in pairwise(widths[::-1]))
        self.leave = nn.Sequential(nn.Conv2d(widths[0], 32, 3, 1, 1), nn.PixelShuffle(2))
        self.sharpen = nn.Sequential(
            nn.Conv2d(8 + SKETCH_CHANNELS, 16, 3, 1, 1),
            nn.ReLU(inplace=True),
            nn.Conv2d(16, 3, 3, 1, 1),
        )

    def forward(self, layers: Tensor, kind: Tensor) -> Tensor:
        x = self.enter(layers)
        seen = []
        for down in self.downs:
            seen.append(x)
            x = down(x)
        x = x + self.told(kind)[..., None, None]
        for up, beside in zip(self.ups, reversed(seen), strict=True):
            x = up(x, beside)
        return torch.tanh(self.sharpen(torch.cat([self.leave(x), layers], 1)))


class Critic(nn.Module):
    """Whether patches of a picture [N,3,S,S] belong to the drawing's layers: [N,1,S/8,S/8]."""

    def __init__(self, width: int = 32):
        super().__init__()
        self.body = nn.Sequential(
            nn.Conv2d(SKETCH_CHANNELS + 3, width, 4, 2, 1),
            nn.LeakyReLU(0.2, inplace=True),
            Down(width, 2 * width),
            Down(2 * width, 4 * width),
            nn.Conv2d(4 * width, 1, 3, 1, 1),
        )

    def forward(self, layers: Tensor, picture: Tensor) -> Tensor:
        out: Tensor = self.body(torch.cat([layers, picture], 1))
        return out
