"""Trained weights to ONNX, checked against torch, and the bundle's config.json."""

from __future__ import annotations

import json
import warnings
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime as ort
import torch
from torch import Tensor, nn

from vision.bundle import revision_of
from vision.training.crops import MARGIN, PAD
from vision.training.networks import Parser, Tagger
from vision.training.regions import classes

# ONNX and torch may differ by this much of a logit (or of a unit vector's entry)
TOLERANCE = 1e-3
OPSET = 17
CLOTH_OUTPUT = "fabric"
SECOND_FILE, JOINT_FILE = "second.onnx", "joint.npy"
COLORS_FILE = "color_families.json"


class _Ordered(nn.Module):
    """A tagger whose dict becomes a tuple, in a fixed order, for the exporter."""

    def __init__(self, net: Tagger, names: list[str]):
        super().__init__()
        self.net, self.names = net, names

    def forward(self, image: Tensor) -> tuple[Tensor, ...]:
        out = self.net(image)
        return tuple(out[name] for name in self.names)


def export_onnx(
    net: nn.Module, outputs: list[str], size: tuple[int, int], path: Path, *, any_size: bool = False
) -> float:
    """Write `net` (one input `image` [N,3,H,W], the named outputs) with a free batch axis, and
    with `any_size` free height and width; check it on random photos, and return the largest
    difference.

    Raises ValueError when ONNX Runtime disagrees with torch by more than TOLERANCE.
    """
    net = net.eval().cpu()
    sample = torch.rand(2, 3, *size) * 2 - 1
    axes = {name: {0: "batch"} for name in ("image", *outputs)}
    if any_size:
        axes["image"] |= {2: "height", 3: "width"}
        axes["logits"] |= {2: "rows", 3: "columns"}
    with warnings.catch_warnings():  # the exporter that needs no onnxscript is the older one
        warnings.simplefilter("ignore")
        torch.onnx.export(
            net,
            (sample,),
            path,
            input_names=["image"],
            output_names=outputs,
            dynamic_axes=axes,
            opset_version=OPSET,
            dynamo=False,
        )
    off = difference(net, outputs, torch.rand(3, 3, *size) * 2 - 1, path)
    if off > TOLERANCE:
        raise ValueError(f"{path.name} differs from torch by {off:.2g}")
    return off


def difference(net: nn.Module, outputs: list[str], image: Tensor, path: Path) -> float:
    """The largest absolute difference between torch's and ONNX Runtime's answers."""
    with torch.no_grad():
        mine = net(image)
    mine = mine if isinstance(mine, tuple) else (mine,)
    session = ort.InferenceSession(str(path), providers=["CPUExecutionProvider"])
    theirs = session.run(outputs, {"image": image.numpy()})
    return max(float(np.abs(a.numpy() - b).max()) for a, b in zip(mine, theirs, strict=True))


def load_parser(weights: Path) -> Parser:
    """A parser from parser.pt, or from the averaged part of a checkpoint."""
    net = Parser(len(classes()))
    net.load_state_dict(_state(weights))
    return net.eval()


def load_tagger(weights: Path) -> tuple[Tagger, dict[str, list[str]]]:
    """A tagger and its heads' values, from tagger.pt (or checkpoint.pt) beside heads.json; what
    only taught is left out."""
    heads: dict[str, list[str]] = json.loads((weights.parent / "heads.json").read_text())
    net = Tagger(heads)
    state = _state(weights)
    net.load_state_dict({k: v for k, v in state.items() if not k.startswith("lessons.")})
    return net.eval(), heads


def _state(weights: Path) -> Mapping[str, Any]:
    state: Mapping[str, Any] = torch.load(weights, map_location="cpu", weights_only=False)
    inner: Mapping[str, Any] = state.get("average", state)
    return inner


def export_parser(weights: Path, bundle: Path, side: int) -> None:
    bundle.mkdir(parents=True, exist_ok=True)
    path = bundle / "parser.onnx"
    export_onnx(load_parser(weights), ["logits"], (side, side), path, any_size=True)


def export_tagger(weights: Path, bundle: Path, side: int) -> dict[str, list[str]]:
    """Write tagger.onnx; returns the heads' values."""
    bundle.mkdir(parents=True, exist_ok=True)
    net, heads = load_tagger(weights)
    names = ["embedding", CLOTH_OUTPUT, *heads]
    export_onnx(_Ordered(net, names), names, (side, side), bundle / "tagger.onnx")
    return heads


@dataclass(frozen=True)
class Looks:
    """How a bundle's networks are to be fed: sides in pixels, the ground around a garment, whether
    the mirrored crop is looked at too, the cloth's share of the pattern (0: not looked at) and the
    second tagger's share of the heads that it has (0: there is none)."""

    parser_side: int = 320
    tagger_side: int = 192
    ground: str = "keep"
    mirror: bool = True
    cloth_share: float = 0.5
    second_side: int = 160
    second_share: float = 0.0


def write_config(
    bundle: Path, *, name: str, looks: Looks, heads: Mapping[str, Mapping[str, Any]]
) -> dict[str, Any]:
    """Write config.json for the networks in `bundle`; `heads` maps each head to its labels,
    temperature and threshold. Returns the config."""
    tagger: dict[str, Any] = {
        "file": "tagger.onnx",
        "size": looks.tagger_side,
        "embedding": "embedding",
        "ground": looks.ground,
        "margin": MARGIN,
        "pad": PAD,
        "mirror": looks.mirror,
    }
    if looks.cloth_share:
        tagger["cloth"] = {"output": CLOTH_OUTPUT, "share": round(looks.cloth_share, 3)}
    if looks.second_share:
        second = {"file": SECOND_FILE, "size": looks.second_side}
        tagger["second"] = second | {"share": round(looks.second_share, 3)}
        if (bundle / JOINT_FILE).exists():
            tagger["second"]["joint"] = JOINT_FILE
    config: dict[str, Any] = {
        "name": name,
        "mean": 127.5,
        "scale": 127.5,
        "parser": {
            "file": "parser.onnx",
            "height": looks.parser_side,
            "width": looks.parser_side,
            "pad": PAD,
            "classes": list(classes()),
        },
        "tagger": tagger | {"heads": {k: dict(v) for k, v in heads.items()}},
    }
    if (bundle / COLORS_FILE).exists():
        config["colors"] = {"file": COLORS_FILE}
    config["revision"] = revision_of(bundle, config)
    (bundle / "config.json").write_text(json.dumps(config, indent=1) + "\n")
    return config
