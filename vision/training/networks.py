"""The networks: MobileNetV2 features, the parser's decoder and the tagger's heads.

MobileNetV2 (Sandler et al., 2018) is written out here so that its weights keep torchvision's names
while stride-2 convolutions pad right and below only, as TensorFlow did when they were trained.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor, nn

# expansion, channels, repeats, stride of each stage (Table 2 of the paper)
STAGES = (
    (1, 16, 1, 1),
    (6, 24, 2, 2),
    (6, 32, 3, 2),
    (6, 64, 4, 2),
    (6, 96, 3, 1),
    (6, 160, 3, 2),
    (6, 320, 1, 1),
)
# index of the last block at strides 4, 8, 16 and 32, with its channels
TAPS = {3: 24, 6: 32, 13: 96, 17: 320}


class PadRightBelow(nn.Module):
    """One pixel of zeros right and below: TensorFlow's SAME padding of a 3x3, stride-2 kernel."""

    def forward(self, x: Tensor) -> Tensor:
        return F.pad(x, (0, 1, 0, 1))


class ConvBnAct(nn.Sequential):
    """3x3 or 1x1 convolution, batch norm, ReLU6; named 0, 1, 2 as in torchvision."""

    def __init__(self, inputs: int, outputs: int, kernel: int, stride: int = 1, groups: int = 1):
        padding = kernel // 2 if stride == 1 else 0
        super().__init__(
            nn.Conv2d(inputs, outputs, kernel, stride, padding, groups=groups, bias=False),
            nn.BatchNorm2d(outputs),
            nn.ReLU6(inplace=True),
        )
        self.before: nn.Module = PadRightBelow() if stride == 2 else nn.Identity()

    def forward(self, x: Tensor) -> Tensor:
        x = self.before(x)
        return self[2](self[1](self[0](x)))


class InvertedResidual(nn.Module):
    """Expand, filter by depth, project; with a shortcut where the shapes allow."""

    def __init__(self, inputs: int, outputs: int, stride: int, expand: int):
        super().__init__()
        hidden = inputs * expand
        layers: list[nn.Module] = [] if expand == 1 else [ConvBnAct(inputs, hidden, 1)]
        layers += [
            ConvBnAct(hidden, hidden, 3, stride, groups=hidden),
            nn.Conv2d(hidden, outputs, 1, bias=False),
            nn.BatchNorm2d(outputs),
        ]
        self.conv = nn.Sequential(*layers)
        self.shortcut = stride == 1 and inputs == outputs

    def forward(self, x: Tensor) -> Tensor:
        return x + self.conv(x) if self.shortcut else self.conv(x)


def mobilenet_features() -> nn.Sequential:
    """The 19 blocks of `torchvision.models.mobilenet_v2().features`, with TensorFlow's padding."""
    blocks: list[nn.Module] = [ConvBnAct(3, 32, 3, 2)]
    inputs = 32
    for expand, outputs, repeats, stride in STAGES:
        for i in range(repeats):
            blocks.append(InvertedResidual(inputs, outputs, stride if i == 0 else 1, expand))
            inputs = outputs
    blocks.append(ConvBnAct(320, 1280, 1))
    return nn.Sequential(*blocks)


def load_backbone(features: nn.Sequential, weights: Path) -> None:
    """Fill `features` (all of its blocks, or the first of them) from an .npz with torchvision's
    names. Raises ValueError when the file lacks one of its arrays."""
    wanted = features.state_dict()
    with np.load(weights) as arrays:
        state = {k: arrays[f"features.{k}"] for k in wanted if f"features.{k}" in arrays}
    missing = [k for k in wanted if k not in state and not k.endswith("num_batches_tracked")]
    if missing:
        raise ValueError(f"{weights} lacks features.{missing[0]} and {len(missing) - 1} more")
    tensors = {k: torch.from_numpy(v.astype(np.float32)) for k, v in state.items()}
    features.load_state_dict(tensors, strict=False)


class Separable(nn.Sequential):
    """Depthwise 3x3, then 1x1: a cheap convolution for the decoder."""

    def __init__(self, inputs: int, outputs: int):
        super().__init__(ConvBnAct(inputs, inputs, 3, groups=inputs), ConvBnAct(inputs, outputs, 1))


class Parser(nn.Module):
    """Photo [N,3,H,W] in -1..1 to class logits [N,classes,H/4,W/4]; H and W divide by 32.

    A feature pyramid from stride 32 down to 4, its top gated by the whole photo's mean, which
    tells a flat-lay from a street; the mean also votes for classes everywhere, so that one garment
    is not called several.
    """

    def __init__(self, classes: int, width: int = 96):
        super().__init__()
        self.features = nn.Sequential(*list(mobilenet_features())[:18])
        self.lateral = nn.ModuleDict(
            {str(i): nn.Conv2d(c, width, 1, bias=False) for i, c in TAPS.items()}
        )
        self.context = nn.Sequential(nn.Conv2d(320, width, 1), nn.Sigmoid())
        self.smooth = nn.ModuleDict({str(i): Separable(width, width) for i in TAPS})
        self.classify = nn.Conv2d(width, classes, 1)
        self.vote = nn.Conv2d(320, classes, 1)
        for weights in self.vote.parameters():
            nn.init.zeros_(weights)

    def forward(self, image: Tensor) -> Tensor:
        x, taps = image, {}
        for i, block in enumerate(self.features):
            x = block(x)
            if i in TAPS:
                taps[i] = x
        whole = x.mean((2, 3), keepdim=True)
        y = self.smooth["17"](self.lateral["17"](x) * self.context(whole))
        for i in (13, 6, 3):
            y = F.interpolate(y, scale_factor=2.0, mode="bilinear", align_corners=False)
            y = self.smooth[str(i)](y + self.lateral[str(i)](taps[i]))
        return self.classify(y) + self.vote(whole)


class Tagger(nn.Module):
    """Crop [N,3,S,S] in -1..1 to {"embedding": [N,256] unit, "fabric": pattern logits of a crop of
    fabric, head: logits [N,labels]}.

    Heads and embedding read the pooled top (1280) beside pooled strides 8 and 16 (32 + 96), which
    still see the fabric. `lessons` are outputs that only teach (what a product's text says): they
    are not exported.
    """

    POOLED = 1280 + 96 + 32

    def __init__(
        self,
        heads: Mapping[str, Sequence[str]],
        lessons: Mapping[str, int] | None = None,
        embedding: int = 256,
    ):
        super().__init__()
        self.features = mobilenet_features()
        self.dropout = nn.Dropout(0.2)
        self.heads = nn.ModuleDict({k: nn.Linear(self.POOLED, len(v)) for k, v in heads.items()})
        self.fabric = nn.Linear(self.POOLED, len(heads["pattern"]))
        lesson_heads = {k: nn.Linear(self.POOLED, size) for k, size in (lessons or {}).items()}
        self.lessons = nn.ModuleDict(lesson_heads)
        self.embed = nn.Linear(self.POOLED, embedding)

    def pool(self, image: Tensor) -> Tensor:
        """What heads and embedding read, [N,1408]."""
        x, pooled = image, []
        for i, block in enumerate(self.features):
            x = block(x)
            if i in (6, 13, 18):
                pooled.append(x.mean((2, 3)))
        return torch.cat(pooled, 1)

    def read(self, pooled: Tensor) -> dict[str, Tensor]:
        """All outputs from what `pool` gave."""
        dropped = self.dropout(pooled)
        named = {**dict(self.heads.items()), **dict(self.lessons.items()), "fabric": self.fabric}
        out: dict[str, Tensor] = {name: head(dropped) for name, head in named.items()}
        out["embedding"] = F.normalize(self.embed(pooled), dim=1)
        return out

    def forward(self, image: Tensor) -> dict[str, Tensor]:
        return self.read(self.pool(image))
