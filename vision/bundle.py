"""A bundle: the folder with the trained networks and the one file that says how to feed them.

``config.json``::

    {"name": "full", "revision": "12 hex digits, see revision_of",
     "mean": 127.5, "scale": 127.5,          # the networks see (rgb - mean) / scale
     "parser": {"file": "parser.onnx", "height": 256, "width": 256,
                "pad": 114,                  # grey of the bars around a letterboxed photo
                "classes": ["background", "skin-hair", "upper", ...]},
     "tagger": {"file": "tagger.onnx", "size": 160, "embedding": "embedding",
                "ground": "keep",            # keep | mean | white, see vision.crops
                "margin": 0.05,              # of the box's longer side, added on every side
                "pad": 114,
                "mirror": true,              # optional: look at the mirrored crop too
                "cloth": {"output": "fabric", "share": 0.4},  # optional: the output that reads a
                                             # square of cloth, and its share of the pattern
                "second": {"file": "second.onnx", "size": 160, "share": 0.4,  # optional: another
                           "joint": "joint.npy"},  # tagger with some of the heads, its share of
                                             # them, and optionally the matrix [512, 256] that
                                             # makes one embedding of both's
                "heads": {"category": {"labels": ["t-shirt", ...],
                                       "temperature": 1.3, "threshold": 0.6,
                                       "bias": [0.0, ...]}, ...}},  # optional, see ``Head``
     "colors": {"file": "color_families.json"}}  # optional: what the bundle calls colours

Other keys (scores, data, dates) may stand beside them and are not read here.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, NoReturn, cast

from vision.errors import BundleError, TaxonomyError
from vision.taxonomy import taxonomy

BUNDLES = Path(__file__).with_name("bundles")
CONFIG = "config.json"
GARMENT_FREE = ("background", "skin-hair")
REQUIRED_HEADS = ("category", "pattern", "style")
Ground = Literal["keep", "mean", "white"]
GROUNDS: tuple[Ground, ...] = ("keep", "mean", "white")
_REVISION_DIGITS = 12
_REVISION_KEYS = ("mean", "scale", "parser", "tagger")


@dataclass(frozen=True, slots=True)
class Head:
    """One question that the tagger answers."""

    name: str
    labels: tuple[str, ...]
    temperature: float
    """Divides the logits, so that probabilities are true."""
    threshold: float
    """Below this probability the head is unsure."""
    bias: tuple[float, ...] = ()
    """Added to the logits of the labels, so that common values do not swallow rare ones; empty
    adds nothing."""


@dataclass(frozen=True, slots=True)
class ParserConfig:
    file: Path
    height: int
    width: int
    pad: int
    classes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Cloth:
    """How the pattern is read from a square of the garment's own cloth."""

    output: str
    """The network's output with the labels of the head ``pattern``."""
    share: float
    """Of the pattern's logits, 0..1; the whole garment gives the rest."""


@dataclass(frozen=True, slots=True)
class Second:
    """A second opinion: another tagger's network, with its own size of crop."""

    file: Path
    size: int
    share: float
    """Of the logits of the heads that both have, 0..1."""
    joint: Path | None = None
    """A matrix [512, 256] that makes one embedding of the second's beside the first's."""


@dataclass(frozen=True, slots=True)
class TaggerConfig:
    file: Path
    size: int
    embedding: str
    ground: Ground
    margin: float
    pad: int
    heads: Mapping[str, Head]
    mirror: bool = False
    cloth: Cloth | None = None
    second: Second | None = None


@dataclass(frozen=True, slots=True)
class Bundle:
    path: Path
    name: str
    revision: str
    mean: float
    scale: float
    parser: ParserConfig
    tagger: TaggerConfig
    colors: Path | None = None
    """The table of colour families; None: the one that comes with LookUs."""


def find_bundle(name_or_path: str | Path) -> Path:
    """The folder of a bundle that comes with LookUs (``full``), or the folder itself."""
    shipped = BUNDLES / str(name_or_path)
    path = shipped if (shipped / CONFIG).is_file() else Path(name_or_path)
    if not (path / CONFIG).is_file():
        here = ", ".join(sorted(found.parent.name for found in BUNDLES.glob(f"*/{CONFIG}")))
        raise BundleError(path / CONFIG, f"is missing; bundles that came along: {here or 'none'}")
    return path


def load_bundle(path: Path) -> Bundle:
    """Read and check a bundle's folder.

    Raises ``BundleError`` naming the file and the key where anything is missing, of a wrong type
    or not in the taxonomy, or where the files are not those that the revision was made from.
    """
    file = path / CONFIG
    try:
        raw = json.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise BundleError(file, "is missing") from None
    except ValueError as error:
        raise BundleError(file, f"is no JSON: {error}") from None
    reader = _Reader(file, raw)
    parser, tagger = reader.part("parser"), reader.part("tagger")
    bundle = Bundle(
        path=path,
        name=reader.text("name"),
        revision=reader.text("revision"),
        mean=reader.number("mean", low=0, high=255),
        scale=reader.number("scale", low=1, high=255),
        parser=_parser(parser, path),
        tagger=_tagger(tagger, path),
        colors=reader.part("colors").file("file", path) if "colors" in reader.raw else None,
    )
    computed = revision_of(path, raw)
    if computed != bundle.revision:
        raise BundleError(
            file,
            f"revision is {bundle.revision!r}, but its files give {computed!r}:"
            " the bundle was changed after it was written",
        )
    return bundle


def revision_of(path: Path, config: Mapping[str, Any]) -> str:
    """First 12 hex digits of the SHA-256 over the networks and what in the config steers them."""
    digest = hashlib.sha256()
    parts = [config["parser"], config["tagger"]]
    parts += [config["tagger"][name] for name in ("second",) if name in config["tagger"]]
    parts += [config[name] for name in ("colors",) if name in config]
    files = [part[name] for part in parts for name in ("file", "joint") if name in part]
    for name in files:
        with (path / name).open("rb") as file:
            digest.update(hashlib.file_digest(file, "sha256").digest())
    steering = {key: config[key] for key in _REVISION_KEYS}
    digest.update(json.dumps(steering, sort_keys=True, ensure_ascii=True).encode())
    return digest.hexdigest()[:_REVISION_DIGITS]


def _parser(part: "_Reader", path: Path) -> ParserConfig:
    classes = part.texts("classes")
    known = taxonomy().regions
    if sorted(classes) != sorted(known):
        part.fail("classes", f"must be {', '.join(known)}, in the network's order")
    return ParserConfig(
        file=part.file("file", path),
        height=part.whole("height", low=32, high=2048),
        width=part.whole("width", low=32, high=2048),
        pad=part.whole("pad", low=0, high=255),
        classes=classes,
    )


def _tagger(part: "_Reader", path: Path) -> TaggerConfig:
    ground = part.text("ground")
    if ground not in GROUNDS:
        part.fail("ground", f"is {ground!r}; one of {', '.join(GROUNDS)}")
    heads = part.part("heads")
    missing = [name for name in REQUIRED_HEADS if name not in heads.raw]
    if missing:
        heads.fail(missing[0], "is missing")
    return TaggerConfig(
        file=part.file("file", path),
        size=part.whole("size", low=32, high=1024),
        embedding=part.text("embedding"),
        ground=cast(Ground, ground),
        margin=part.number("margin", low=0, high=1),
        pad=part.whole("pad", low=0, high=255),
        heads={name: _head(name, heads.part(name)) for name in heads.raw},
        mirror=part.flag("mirror"),
        cloth=_cloth(part.part("cloth")) if "cloth" in part.raw else None,
        second=_second(part.part("second"), path) if "second" in part.raw else None,
    )


def _second(part: "_Reader", path: Path) -> Second:
    return Second(
        file=part.file("file", path),
        size=part.whole("size", low=32, high=1024),
        share=part.number("share", low=0, high=1),
        joint=part.file("joint", path) if "joint" in part.raw else None,
    )


def _cloth(part: "_Reader") -> Cloth:
    return Cloth(output=part.text("output"), share=part.number("share", low=0, high=1))


def _head(name: str, part: "_Reader") -> Head:
    labels = part.texts("labels")
    try:
        known = taxonomy().ids(name)
    except TaxonomyError as error:
        part.fail("labels", str(error))
    strange = [label for label in labels if label not in known]
    if strange or len(set(labels)) < len(labels):
        part.fail("labels", f"holds {strange or 'a label twice'}; the taxonomy has {known}")
    return Head(
        name=name,
        labels=labels,
        temperature=part.number("temperature", low=1e-3, high=1e3),
        threshold=part.number("threshold", low=0, high=1),
        bias=part.numbers("bias", count=len(labels)),
    )


@dataclass(frozen=True, slots=True)
class _Reader:
    """One object of the config with the file it is in and the way to it, for messages."""

    path: Path
    raw: Any
    way: str = ""

    def __post_init__(self) -> None:
        if not isinstance(self.raw, dict):
            raise BundleError(self.path, f"{self.way or 'the whole'} must be an object")

    def fail(self, key: str, message: str) -> NoReturn:
        raise BundleError(self.path, f"{self.way}{key} {message}")

    def value(self, key: str) -> Any:
        if key not in self.raw:
            self.fail(key, "is missing")
        return self.raw[key]

    def part(self, key: str) -> "_Reader":
        return _Reader(self.path, self.value(key), f"{self.way}{key}.")

    def text(self, key: str) -> str:
        value = self.value(key)
        if not isinstance(value, str) or not value:
            self.fail(key, f"must be a text, not {value!r}")
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        value = self.value(key)
        if not isinstance(value, list) or not value or not all(isinstance(v, str) for v in value):
            self.fail(key, "must be a list of texts")
        return tuple(value)

    def number(self, key: str, *, low: float, high: float) -> float:
        value = self.value(key)
        if isinstance(value, bool) or not isinstance(value, int | float):
            self.fail(key, f"must be a number, not {value!r}")
        if not low <= value <= high:
            self.fail(key, f"is {value}; {low:g} to {high:g}")
        return float(value)

    def numbers(self, key: str, *, count: int) -> tuple[float, ...]:
        """Empty where the key is missing."""
        values = self.raw.get(key, [])
        numeric = isinstance(values, list) and all(
            isinstance(v, int | float) and not isinstance(v, bool) for v in values
        )
        if not numeric or len(values) not in (0, count):
            self.fail(key, f"must be a list of {count} numbers, not {values!r}")
        return tuple(map(float, values))

    def flag(self, key: str) -> bool:
        """False where the key is missing."""
        value = self.raw.get(key, False)
        if not isinstance(value, bool):
            self.fail(key, f"must be true or false, not {value!r}")
        return value

    def whole(self, key: str, *, low: int, high: int) -> int:
        value = self.number(key, low=low, high=high)
        if value != int(value):
            self.fail(key, f"must be a whole number, not {value}")
        return int(value)

    def file(self, key: str, folder: Path) -> Path:
        found = folder / self.text(key)
        if found.parent != folder or not found.is_file():
            self.fail(key, f"names {found.name}, which is not in the bundle's folder")
        return found
