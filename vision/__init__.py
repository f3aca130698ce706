"""Sees: a photo in, its garments with tags, colours and vectors out. No Django anywhere in it."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from vision.analyzer import Analyzer, get_analyzer
    from vision.bundle import Bundle, load_bundle
    from vision.decode import decode_image
    from vision.errors import BundleError, ImageRejected
    from vision.types import Analysis, Box, Color, Garment, Image, Prediction

__all__ = [
    "Analysis",
    "Analyzer",
    "Box",
    "Bundle",
    "BundleError",
    "Color",
    "Garment",
    "Image",
    "ImageRejected",
    "Prediction",
    "decode_image",
    "get_analyzer",
    "load_bundle",
]
_HOME = {
    "analyzer": ("Analyzer", "get_analyzer"),
    "bundle": ("Bundle", "load_bundle"),
    "decode": ("decode_image",),
    "errors": ("BundleError", "ImageRejected"),
    "types": ("Analysis", "Box", "Color", "Garment", "Image", "Prediction"),
}
_MODULES = {name: module for module, names in _HOME.items() for name in names}


def __getattr__(name: str) -> Any:
    """Load a name's module on first use: the taxonomy alone must not load ONNX Runtime."""
    if name not in _MODULES:
        raise AttributeError(f"module 'vision' has no attribute {name!r}")
    return getattr(import_module(f"vision.{_MODULES[name]}"), name)
