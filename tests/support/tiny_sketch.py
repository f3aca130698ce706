"""Networks that read drawings, small enough for tests: real ONNX files, seeded weights.

The reader is a random projection of the drawing's coarse pixels, the colorist copies the paint and
tints it by the kind that it is told, the edges are where a photo is dark.
"""

import json
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

from vision.bundle import load_bundle
from vision.sketch.drawing import SIDE
from vision.sketch.kinds import KINDS
from vision.taxonomy import taxonomy

_POOL = 16
_OPSET = 17


def add_tiny_sketch(bundle: Path, *, temperature: float = 0.05, share: float = 0.3) -> Path:
    """Write the folder ``sketch`` of a bundle; with a high ``temperature`` nothing is made out."""
    folder = bundle / "sketch"
    folder.mkdir()
    onnx.save(_reader(), folder / "reader.onnx")
    onnx.save(_colorist(), folder / "colorist.onnx")
    onnx.save(_edges(), folder / "edges.onnx")
    config = {
        "for": load_bundle(bundle).revision,
        "reader": "reader.onnx",
        "colorist": "colorist.onnx",
        "edges": "edges.onnx",
        "categories": list(taxonomy().ids("category")),
        "temperature": temperature,
        "kinds": list(KINDS),
        "picture_share": share,
    }
    (folder / "config.json").write_text(json.dumps(config), encoding="utf-8")
    return bundle


def _reader() -> onnx.ModelProto:
    generator = np.random.default_rng(3)
    features = 3 * (SIDE // _POOL) ** 2
    categories = len(taxonomy().ids("category"))
    held = {
        "to_vector": generator.normal(size=(features, 256)),
        "to_category": generator.normal(size=(features, categories)),
    }
    nodes = [
        helper.make_node(
            "AveragePool", ["image"], ["small"], kernel_shape=[_POOL] * 2, strides=[_POOL] * 2
        ),
        helper.make_node("Flatten", ["small"], ["flat"]),
        helper.make_node("MatMul", ["flat", "to_vector"], ["raw"]),
        helper.make_node("LpNormalization", ["raw"], ["embedding"], axis=1, p=2),
        helper.make_node("MatMul", ["flat", "to_category"], ["category"]),
    ]
    outputs: dict[str, list[str | int]] = {
        "embedding": ["n", 256],
        "category": ["n", categories],
    }
    return _model(nodes, {"image": ["n", 3, SIDE, SIDE]}, outputs, held)


def _colorist() -> onnx.ModelProto:
    mix = np.zeros((3, 5, 1, 1))
    for channel in range(3):
        mix[channel, 0], mix[channel, 1 + channel], mix[channel, 4] = -2, 1, -1
    held = {
        "mix": mix,
        "light": np.ones(3),
        "tint": np.random.default_rng(4).uniform(-0.4, 0, (len(KINDS), 3)),
    }
    nodes = [
        helper.make_node("Conv", ["layers", "mix", "light"], ["laid"]),
        helper.make_node("MatMul", ["kind", "tint"], ["told"]),
        helper.make_node("Unsqueeze", ["told", "places"], ["tinted"]),
        helper.make_node("Add", ["laid", "tinted"], ["both"]),
        helper.make_node("Clip", ["both", "low", "high"], ["picture"]),
    ]
    inputs: dict[str, list[str | int]] = {
        "layers": ["n", 5, SIDE, SIDE],
        "kind": ["n", len(KINDS)],
    }
    bounds = {"low": np.array(-1.0), "high": np.array(1.0)}
    whole = {"places": np.array([2, 3], np.int64)}
    return _model(nodes, inputs, {"picture": ["n", 3, SIDE, SIDE]}, held | bounds, whole)


def _edges() -> onnx.ModelProto:
    held = {"dark": np.full((1, 3, 1, 1), -1.0), "middle": np.zeros(1)}
    nodes = [
        helper.make_node(
            "AveragePool", ["image"], ["small"], kernel_shape=[2] * 2, strides=[2] * 2
        ),
        helper.make_node("Conv", ["small", "dark", "middle"], ["gray"]),
        helper.make_node("Sigmoid", ["gray"], ["strong"]),
        helper.make_node("Squeeze", ["strong", "channel"], ["lines"]),
    ]
    return _model(
        nodes,
        {"image": ["n", 3, 2 * SIDE, 2 * SIDE]},
        {"lines": ["n", SIDE, SIDE]},
        held,
        {"channel": np.array([1], np.int64)},
    )


def _model(
    nodes: list[onnx.NodeProto],
    inputs: dict[str, list[str | int]],
    outputs: dict[str, list[str | int]],
    held: dict[str, np.ndarray],
    whole: dict[str, np.ndarray] | None = None,
) -> onnx.ModelProto:
    arrays = [numpy_helper.from_array(v.astype(np.float32), k) for k, v in held.items()]
    arrays += [numpy_helper.from_array(v, k) for k, v in (whole or {}).items()]
    graph = helper.make_graph(
        nodes,
        "tiny-sketch",
        [helper.make_tensor_value_info(k, TensorProto.FLOAT, v) for k, v in inputs.items()],
        [helper.make_tensor_value_info(k, TensorProto.FLOAT, v) for k, v in outputs.items()],
        arrays,
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", _OPSET)])
    model.ir_version = 9
    onnx.checker.check_model(model)
    return model
