"""Trained drawing networks to ONNX, checked against torch, and the folder's config.json."""

from __future__ import annotations

import json
import shutil
import warnings
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import onnx
import onnxruntime as ort
import torch
from onnx import helper, numpy_helper
from torch import Tensor, nn

from vision.bundle import load_bundle
from vision.sketch.drawing import SIDE
from vision.sketch.kinds import KINDS
from vision.sketch.networks import CONFIG
from vision.training.export import OPSET
from vision.training.sketch.networks import SKETCH_CHANNELS, Colorist, Reader

TOLERANCE = 0.02
"""Of a unit vector's entry, a logit or a colour in -1..1, against float32: weights are halves."""
SMALLEST_HALVED = 256
"""Numbers from which a weight is worth halving."""


@dataclass(frozen=True)
class SketchPlan:
    """What a bundle's drawing folder is made of."""

    reader: Path
    colorist: Path
    edges: Path
    bundle: Path


def export_sketch(plan: SketchPlan, out: Path) -> None:
    """Write the networks and their config to the folder `out`; `settle` then makes it exact.

    Raises ValueError where ONNX Runtime disagrees with torch.
    """
    out.mkdir(parents=True, exist_ok=True)
    categories = json.loads((plan.reader.parent / "categories.json").read_text())
    reader = Reader(len(categories))
    reader.load_state_dict(torch.load(plan.reader, map_location="cpu"))
    image = torch.rand(2, 3, SIDE, SIDE) * 2 - 1
    write(reader, {"image": image}, ["embedding", "category"], out / "reader.onnx")
    colorist = Colorist(len(KINDS))
    colorist.load_state_dict(torch.load(plan.colorist, map_location="cpu"))
    inputs = {
        "layers": torch.rand(2, SKETCH_CHANNELS, SIDE, SIDE),
        "kind": torch.zeros(2, len(KINDS)),
    }
    write(colorist, inputs, ["picture"], out / "colorist.onnx")
    if plan.edges.resolve() != (out / "edges.onnx").resolve():
        shutil.copy(plan.edges, out / "edges.onnx")
    config = {
        "for": load_bundle(plan.bundle).revision,
        "reader": "reader.onnx",
        "colorist": "colorist.onnx",
        "edges": "edges.onnx",
        "categories": categories,
        "temperature": 1.0,
        "kinds": list(KINDS),
        "picture_share": 0.0,
    }
    (out / CONFIG).write_text(json.dumps(config, indent=1) + "\n")


def write(net: nn.Module, inputs: dict[str, Tensor], outputs: list[str], path: Path) -> None:
    """Write a network with a free batch axis, its weights as halves.

    Raises ValueError where ONNX Runtime's answers differ from torch's by more than TOLERANCE.
    """
    net = net.eval().cpu()
    with warnings.catch_warnings():  # the exporter that needs no onnxscript is the older one
        warnings.simplefilter("ignore")
        torch.onnx.export(
            net,
            tuple(inputs.values()),
            path,
            input_names=list(inputs),
            output_names=outputs,
            dynamic_axes={name: {0: "batch"} for name in (*inputs, *outputs)},
            opset_version=OPSET,
            dynamo=False,
        )
    model = onnx.load(path)
    halve(model)
    onnx.save(model, path)
    with torch.no_grad():
        mine = net(*inputs.values())
    mine = mine if isinstance(mine, tuple) else (mine,)
    session = ort.InferenceSession(str(path), providers=["CPUExecutionProvider"])
    theirs = session.run(outputs, {name: value.numpy() for name, value in inputs.items()})
    for name, a, b in zip(outputs, mine, theirs, strict=True):
        off = float(np.abs(a.numpy() - b).max() / max(1.0, float(np.abs(b).max())))
        if off > TOLERANCE:
            raise ValueError(f"{path.name}: {name} differs from torch by {off:.2g}")


def halve(model: onnx.ModelProto) -> None:
    """Keep large weights as float16, widened when the network is loaded: half the file, and the
    same speed, for ONNX Runtime folds what is constant."""
    graph = model.graph
    widened = []
    for weight in graph.initializer:
        values = numpy_helper.to_array(weight)
        if values.dtype != np.float32 or values.size < SMALLEST_HALVED:
            continue
        name = weight.name
        weight.CopyFrom(numpy_helper.from_array(values.astype(np.float16), f"{name}.half"))
        widened.append(
            helper.make_node("Cast", [f"{name}.half"], [name], to=onnx.TensorProto.FLOAT)
        )
    nodes = [*widened, *graph.node]
    del graph.node[:]
    graph.node.extend(nodes)
