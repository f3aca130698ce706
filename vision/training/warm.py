"""Go on from a bundle: its ONNX networks back into torch, ready to be trained further.

The exporter folds every batch norm into the convolution before it. Each is put back so that the
network answers as before, with the statistics of sample photos, so that training can go on.
"""

from __future__ import annotations

from pathlib import Path

import onnx
import torch
from onnx import numpy_helper
from torch import Tensor, nn

Pair = tuple[nn.Conv2d, nn.BatchNorm2d | None]


def load_network(net: nn.Module, file: Path, sample: Tensor) -> list[str]:
    """Fill `net` from the ONNX file that was exported from its like. `sample` [N,3,H,W] are inputs
    whose statistics the batch norms get. Linear layers of other shapes or names stay as they are;
    their names are returned. Raises ValueError where the convolutions do not match."""
    graph = onnx.load(str(file)).graph
    arrays = {i.name: torch.from_numpy(numpy_helper.to_array(i).copy()) for i in graph.initializer}
    folded = [list(n.input)[1:] for n in graph.node if n.op_type == "Conv"]
    pairs = _convolutions(net, sample[:2])
    if len(folded) < len(pairs):
        raise ValueError(f"{file} has {len(folded)} convolutions, the network {len(pairs)}")
    norms: dict[nn.BatchNorm2d, Tensor] = {}
    for (conv, norm), names in zip(pairs, folded, strict=False):
        if arrays[names[0]].shape != conv.weight.shape:
            raise ValueError(f"{file}: {names[0]} is {list(arrays[names[0]].shape)}")
        conv.weight.data.copy_(arrays[names[0]])
        if norm is not None:
            norms[norm] = arrays[names[1]]
        elif conv.bias is not None:
            conv.bias.data.copy_(arrays[names[1]])
    _put_back(net, norms, sample)
    return _linear(net, arrays)


def _convolutions(net: nn.Module, sample: Tensor) -> list[Pair]:
    """The convolutions in the order they run, each with the batch norm that follows it."""
    pairs: list[Pair] = []

    def seen(module: nn.Module, _: object, __: object) -> None:
        if isinstance(module, nn.Conv2d):
            pairs.append((module, None))
        elif isinstance(module, nn.BatchNorm2d):
            pairs[-1] = (pairs[-1][0], module)

    kinds = (nn.Conv2d, nn.BatchNorm2d)
    hooks = [m.register_forward_hook(seen) for m in net.modules() if isinstance(m, kinds)]
    with torch.no_grad():
        net.eval()(sample)
    for hook in hooks:
        hook.remove()
    return pairs


def _put_back(net: nn.Module, norms: dict[nn.BatchNorm2d, Tensor], sample: Tensor) -> None:
    """Batch norms that shift by the folded bias only, then the same with true statistics."""
    for norm, bias in norms.items():
        norm.running_mean = torch.zeros_like(bias)
        norm.running_var = torch.full_like(bias, 1 - norm.eps)
        norm.weight.data.fill_(1.0)
        norm.bias.data.copy_(bias)
    statistics: dict[nn.BatchNorm2d, tuple[Tensor, Tensor]] = {}

    def measure(module: nn.Module, given: tuple[Tensor, ...]) -> None:
        assert isinstance(module, nn.BatchNorm2d)
        statistics[module] = (given[0].mean((0, 2, 3)), given[0].var((0, 2, 3)))

    hooks = [norm.register_forward_pre_hook(measure) for norm in norms]
    with torch.no_grad():
        net.eval()(sample)
    for hook in hooks:
        hook.remove()
    for norm, (mean, variance) in statistics.items():
        norm.running_mean, norm.running_var = mean, variance
        norm.weight.data.copy_((variance + norm.eps).sqrt())
        norm.bias.data.copy_(norms[norm] + mean)


def _linear(net: nn.Module, arrays: dict[str, Tensor]) -> list[str]:
    """Fill the linear layers by name; returns those that the file does not fit."""
    left = []
    for name, module in net.named_modules():
        if isinstance(module, nn.Linear):
            weight = next((a for k, a in arrays.items() if k.endswith(f"{name}.weight")), None)
            if weight is None or weight.shape != module.weight.shape:
                left.append(name)
                continue
            bias = next(a for k, a in arrays.items() if k.endswith(f"{name}.bias"))
            module.weight.data.copy_(weight)
            module.bias.data.copy_(bias)
    return left
