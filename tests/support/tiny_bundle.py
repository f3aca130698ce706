"""A bundle small enough for tests: real ONNX files, seeded weights, run by ONNX Runtime.

Its parser knows garments by their colour (``PAINT``), so a test draws what it wants found. Its
tagger is a random projection of the crop's coarse pixels: like pictures get like embeddings, and
its words mean nothing. Another seed gives another revision.
"""

import json
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

from vision.bundle import revision_of
from vision.taxonomy import taxonomy

PAINT = {
    "background": (255, 255, 255),
    "skin-hair": (230, 180, 150),
    "upper": (220, 20, 20),
    "outer": (230, 220, 20),
    "full-body": (20, 160, 40),
    "lower": (20, 40, 220),
    "footwear": (10, 10, 10),
    "headwear": (220, 20, 220),
    "bag": (110, 60, 10),
}
HEADS = (
    "category",
    "pattern",
    "style",
    "sleeve",
    "neckline",
    "length",
    "fit",
    "closure",
    "material",
    "season",
    "gender",
)
CLOTH = "cloth"
PARSER_SIDE = 128
TAGGER_SIZE = 64
_POOL = 8
_SHARPNESS = 12.0
_OPSET = 17


def build_tiny_bundle(folder: Path, *, seed: int = 0, threshold: float = 0.3) -> Path:
    """Write parser.onnx, tagger.onnx and config.json into ``folder`` and return it."""
    folder.mkdir(parents=True, exist_ok=True)
    onnx.save(_parser(), folder / "parser.onnx")
    onnx.save(_tagger(seed), folder / "tagger.onnx")
    heads = {
        name: {"labels": list(taxonomy().ids(name)), "temperature": 1.0, "threshold": threshold}
        for name in HEADS
    }
    config = {
        "name": "tiny",
        "mean": 127.5,
        "scale": 127.5,
        "parser": {
            "file": "parser.onnx",
            "height": PARSER_SIDE,
            "width": PARSER_SIDE,
            "pad": 114,
            "classes": list(PAINT),
        },
        "tagger": {
            "file": "tagger.onnx",
            "size": TAGGER_SIZE,
            "embedding": "embedding",
            "ground": "keep",
            "margin": 0.05,
            "pad": 114,
            "heads": heads,
        },
    }
    config["revision"] = revision_of(folder, config)
    (folder / "config.json").write_text(json.dumps(config, indent=1), encoding="utf-8")
    return folder


def _parser() -> onnx.ModelProto:
    """Class of the nearest paint: ``2 c·x - |c|²`` is largest for the nearest colour c."""
    paints = np.array(list(PAINT.values()), np.float32) / 127.5 - 1
    weight = (2 * _SHARPNESS * paints)[:, :, None, None]
    bias = -_SHARPNESS * (paints**2).sum(1)
    nodes = [
        helper.make_node("AveragePool", ["image"], ["small"], kernel_shape=[2, 2], strides=[2, 2]),
        helper.make_node("Conv", ["small", "weight", "bias"], ["logits"]),
    ]
    shape = ["n", 3, PARSER_SIDE, PARSER_SIDE]
    out = ["n", len(PAINT), PARSER_SIDE // 2, PARSER_SIDE // 2]
    return _model(nodes, shape, {"logits": out}, {"weight": weight, "bias": bias})


def _tagger(seed: int) -> onnx.ModelProto:
    generator = np.random.default_rng(seed)
    features = 3 * (TAGGER_SIZE // _POOL) ** 2
    arrays = {"to_embedding": generator.normal(size=(features, 256)) / features**0.5}
    nodes = [
        helper.make_node(
            "AveragePool", ["image"], ["small"], kernel_shape=[_POOL, _POOL], strides=[_POOL, _POOL]
        ),
        helper.make_node("Flatten", ["small"], ["flat"]),
        helper.make_node("MatMul", ["flat", "to_embedding"], ["raw"]),
        helper.make_node("LpNormalization", ["raw"], ["embedding"], axis=1, p=2),
    ]
    outputs: dict[str, list[str | int]] = {"embedding": ["n", 256]}
    for name in HEADS:
        labels = len(taxonomy().ids(name))
        arrays[f"to_{name}"] = generator.normal(size=(256, labels)) * 3
        nodes.append(helper.make_node("MatMul", ["embedding", f"to_{name}"], [name]))
        outputs[name] = ["n", labels]
    patterns = len(taxonomy().ids("pattern"))
    arrays["to_cloth"] = generator.normal(size=(256, patterns)) * 3
    nodes.append(helper.make_node("MatMul", ["embedding", "to_cloth"], [CLOTH]))
    outputs[CLOTH] = ["n", patterns]
    return _model(nodes, ["n", 3, TAGGER_SIZE, TAGGER_SIZE], outputs, arrays)


def _model(
    nodes: list[onnx.NodeProto],
    shape: list[str | int],
    outputs: dict[str, list[str | int]],
    arrays: dict[str, np.ndarray],
) -> onnx.ModelProto:
    def tensor(name: str, dims: list[str | int]) -> onnx.ValueInfoProto:
        return helper.make_tensor_value_info(name, TensorProto.FLOAT, dims)

    held = [numpy_helper.from_array(v.astype(np.float32), k) for k, v in arrays.items()]
    graph = helper.make_graph(
        nodes,
        "tiny",
        [tensor("image", shape)],
        [tensor(name, dims) for name, dims in outputs.items()],
        held,
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", _OPSET)])
    model.ir_version = 9
    onnx.checker.check_model(model)
    return model
