"""Whether training can run here: torch is no part of the serving install."""

from __future__ import annotations

from importlib.util import find_spec

ADVICE = "Training needs PyTorch, which is not installed: pip install 'lookus[train]'"


def torch_is_missing() -> bool:
    return find_spec("torch") is None
