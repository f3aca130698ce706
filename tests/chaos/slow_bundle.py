"""The tiny bundle with a parser that thinks for seconds, so that it can be met while it does."""

import json
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

from tests.support.tiny_bundle import build_tiny_bundle
from vision.bundle import revision_of

SIDE, TURNS = 256, 12_000
# A single photo is seen at once: after the first chunk nobody has to wait for the point again.
BATCH = 4


def build_slow_bundle(folder: Path) -> Path:
    """Its parser multiplies matrices for about three seconds of a processor where it sees BATCH
    photos together."""
    build_tiny_bundle(folder)
    model = onnx.load(folder / "parser.onnx")
    graph = model.graph
    (last,) = [node for node in graph.node if "logits" in node.output]
    last.output[0] = "seen"
    constants = {
        "turns": np.array([TURNS], np.int64),
        "few": np.array([BATCH - 1], np.int64),
        "first": np.array([0], np.int64),
        "nothing": np.array(0, np.float32),
        "flat": np.array([], np.int64),
        "matrix": np.eye(SIDE, dtype=np.float32),
        "go_on": np.array(True),
    }
    graph.initializer.extend(numpy_helper.from_array(v, k) for k, v in constants.items())
    graph.node.extend(
        [
            helper.make_node("Shape", ["image"], ["shape"], start=0, end=1),
            helper.make_node("Greater", ["shape", "few"], ["many"]),
            helper.make_node("Cast", ["many"], ["times"], to=TensorProto.INT64),
            helper.make_node("Mul", ["times", "turns"], ["all_turns"]),
            helper.make_node("Reshape", ["all_turns", "flat"], ["count"]),
            helper.make_node("Loop", ["count", "go_on", "matrix"], ["product"], body=_body()),
            helper.make_node("ReduceSum", ["product"], ["sum"], keepdims=0),
            helper.make_node("Mul", ["sum", "nothing"], ["zero"]),
            helper.make_node("Add", ["seen", "zero"], ["logits"]),
        ]
    )
    onnx.checker.check_model(model)
    onnx.save(model, folder / "parser.onnx")
    config = json.loads((folder / "config.json").read_text())
    config["revision"] = revision_of(folder, config)
    (folder / "config.json").write_text(json.dumps(config))
    return folder


def _body() -> onnx.GraphProto:
    def value(name: str, kind: int, shape: list[int]) -> onnx.ValueInfoProto:
        return helper.make_tensor_value_info(name, kind, shape)

    square = [SIDE, SIDE]
    return helper.make_graph(
        [
            helper.make_node("MatMul", ["before", "matrix"], ["after"]),
            helper.make_node("Identity", ["still"], ["on"]),
        ],
        "turn",
        [
            value("turn", TensorProto.INT64, []),
            value("still", TensorProto.BOOL, []),
            value("before", TensorProto.FLOAT, square),
        ],
        [value("on", TensorProto.BOOL, []), value("after", TensorProto.FLOAT, square)],
    )
