"""The folder ``sketch`` of a bundle: the networks that read and colour drawings.

``config.json``::

    {"for": "6f1da4b2c60c",                # the revision of the bundle whose vectors are found
     "reader": "reader.onnx",              # drawing as seen -> vector, category
     "colorist": "colorist.onnx",          # layers, kind -> picture
     "edges": "edges.onnx",                # photo -> lines
     "categories": ["t-shirt", ...],       # of the reader's answer
     "temperature": 1.2,                   # of the categories
     "kinds": ["top", ...],                # that the colorist is told
     "picture_share": 0.3}                 # of the picture's vector in what is sought

A bundle without this folder cannot read drawings.
"""

import json
from dataclasses import dataclass
from pathlib import Path

from vision.bundle import Bundle
from vision.errors import BundleError

FOLDER, CONFIG = "sketch", "config.json"


@dataclass(frozen=True, slots=True)
class SketchConfig:
    """What the folder holds."""

    path: Path
    reader: Path
    colorist: Path
    edges: Path
    categories: tuple[str, ...]
    temperature: float
    kinds: tuple[str, ...]
    picture_share: float


def load_config(bundle: Bundle) -> SketchConfig | None:
    """The drawing networks of a bundle, None where it has none.

    Raises ``BundleError`` where a key or a file is missing, and where they were made for another
    revision of the bundle, whose vectors they would miss.
    """
    folder = bundle.path / FOLDER
    file = folder / CONFIG
    if not file.is_file():
        return None
    try:
        raw = json.loads(file.read_text(encoding="utf-8"))
        config = SketchConfig(
            path=folder,
            reader=folder / raw["reader"],
            colorist=folder / raw["colorist"],
            edges=folder / raw["edges"],
            categories=tuple(raw["categories"]),
            temperature=float(raw["temperature"]),
            kinds=tuple(raw["kinds"]),
            picture_share=float(raw["picture_share"]),
        )
        made_for = raw["for"]
    except KeyError as error:
        raise BundleError(file, f"{error.args[0]} is missing") from None
    except (TypeError, ValueError) as error:
        raise BundleError(file, f"cannot be read: {error}") from None
    for network in (config.reader, config.colorist, config.edges):
        if not network.is_file():
            raise BundleError(file, f"names {network.name}, which is not beside it")
    if made_for != bundle.revision:
        raise BundleError(
            file, f"is for the bundle of revision {made_for}, and this one is {bundle.revision}"
        )
    return config
