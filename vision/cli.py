"""`lookus tag`, `lookus embed` and `lookus parse`: the analyzer over files.

A file that cannot be read is reported on stderr, the others are done, and the exit status is 1.
"""

import argparse
import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
from PIL import Image as Pillow

from vision.analyzer import Analyzer, get_analyzer
from vision.decode import Decoded, decode
from vision.errors import BundleError, ImageRejected
from vision.types import Analysis, Box, Garment

MAX_SIDE = 1600
"""Photos are reduced to this longer side: a fabric's stripes survive, a 40 MP file stays fast."""
SOME_FAILED = 1
CANNOT_START = 2
NOTHING = "no garment found"
_PLAIN_HEADS = ("category", "pattern", "style")

Answer = TypeVar("Answer")


def add_commands(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `tag`, `embed` and `parse`; each sets `run`, which returns the exit status."""
    tag = subparsers.add_parser("tag", help="garments, tags and colours of photos")
    tag.add_argument("photos", type=Path, metavar="PHOTO|DIR")
    tag.add_argument("--json", action="store_true", help="one JSON object a line")
    _add_common(tag, _tag)
    embed = subparsers.add_parser("embed", help="the vectors of photos")
    embed.add_argument("photos", type=Path, metavar="DIR")
    embed.add_argument("--out", type=Path, required=True, metavar="X.npz")
    _add_common(embed, _embed)
    parse = subparsers.add_parser("parse", help="the regions of photos")
    parse.add_argument("photos", type=Path, metavar="DIR")
    parse.add_argument("--out", type=Path, required=True, metavar="DIR")
    _add_common(parse, _parse)


def described(name: str, analysis: Analysis, decoded: Decoded) -> dict[str, Any]:
    """What `lookus tag --json` prints for one photo; boxes in the pixels of its file."""
    garments = [_described(one, decoded.to_full(one.box)) for one in analysis.garments]
    return {
        "file": name,
        "width": decoded.width,
        "height": decoded.height,
        "found": analysis.found,
        "message": None if analysis.found else NOTHING,
        "garments": garments,
    }


def _described(garment: Garment, box: Box) -> dict[str, Any]:
    attributes = {
        head: said.value for head, said in garment.tags.items() if head not in _PLAIN_HEADS
    }
    colors = [
        {"name": color.name, "family": color.family, "hex": color.hex, "share": color.share}
        for color in garment.palette
    ]
    return {
        "box": list(box),
        "region": garment.region,
        "category": garment.category,
        "pattern": garment.pattern,
        "style": garment.style,
        "colors": colors,
        "attributes": attributes,
        "confidence": {head: said.probability for head, said in garment.tags.items()},
        "top": {head: [list(pair) for pair in said.top] for head, said in garment.tags.items()},
        "unsure": list(garment.unsure),
    }


def _add_common(
    parser: argparse.ArgumentParser, work: Callable[[argparse.Namespace, Analyzer], int]
) -> None:
    parser.add_argument("--bundle", default="full", help="a bundle's name or folder (full)")
    parser.add_argument("--threads", type=int, default=1, help="of one inference (1)")

    def run(options: argparse.Namespace) -> int:
        try:
            return work(options, get_analyzer(options.bundle, options.threads))
        except (BundleError, FileNotFoundError) as error:
            print(f"lookus: {error}", file=sys.stderr)
            return CANNOT_START

    parser.set_defaults(run=run)


def _tag(options: argparse.Namespace, analyzer: Analyzer) -> int:
    def work(name: str, photo: Decoded) -> dict[str, Any]:
        return described(name, analyzer.analyze(photo.pixels), photo)

    rejected = _Rejected()
    for _, answer in _each(options.photos, work, rejected):
        print(json.dumps(answer, ensure_ascii=False) if options.json else _in_words(answer))
    return rejected.status


def _embed(options: argparse.Namespace, analyzer: Analyzer) -> int:
    def work(_: str, photo: Decoded) -> tuple[Box, np.ndarray]:
        main = analyzer.analyze(photo.pixels).main
        return photo.to_full(main.box), main.embedding

    rejected = _Rejected()
    rows = list(_each(options.photos, work, rejected))
    options.out.parent.mkdir(parents=True, exist_ok=True)
    with options.out.open("wb") as file:
        np.savez(
            file,
            files=np.array([name for name, _ in rows], dtype=np.str_),
            boxes=np.array([box for _, (box, _) in rows], np.int32).reshape(-1, 4),
            embeddings=np.array([row for _, (_, row) in rows], np.float32).reshape(-1, 256),
        )
    print(f"{len(rows)} photos in {options.out}", file=sys.stderr)
    return rejected.status


def _parse(options: argparse.Namespace, analyzer: Analyzer) -> int:
    taken: set[Path] = set()

    def work(name: str, photo: Decoded) -> Path:
        mask = analyzer.parse(photo.pixels, size=(photo.width, photo.height))
        target = options.out / Path(name).with_suffix(".png")
        if target in taken:  # a.jpg beside a.png
            target = options.out / f"{name}.png"
        taken.add(target)
        target.parent.mkdir(parents=True, exist_ok=True)
        Pillow.fromarray(mask.astype(np.uint8) * 255).save(target)
        return target

    rejected = _Rejected()
    done = list(_each(options.photos, work, rejected))
    print(f"{len(done)} masks in {options.out}", file=sys.stderr)
    return rejected.status


class _Rejected:
    """The files that could not be read, said on stderr as they come."""

    def __init__(self) -> None:
        self.count = 0

    def report(self, name: str, message: str) -> None:
        self.count += 1
        print(f"{name}: {message}", file=sys.stderr)

    @property
    def status(self) -> int:
        return SOME_FAILED if self.count else 0


def _each(
    photos: Path, work: Callable[[str, Decoded], Answer], rejected: _Rejected
) -> Iterator[tuple[str, Answer]]:
    """Do the work on each readable photo, in the order of their names."""
    found = False
    for name, path in _files(photos):
        found = True
        try:
            yield name, work(name, decode(path.read_bytes(), max_side=MAX_SIDE))
        except ImageRejected as error:
            rejected.report(name, f"{error.message} ({error.code})")
        except OSError as error:
            rejected.report(name, f"cannot be read: {error.strerror}")
    if not found:
        rejected.report(str(photos), "there is no file in this folder")


def _files(photos: Path) -> Iterator[tuple[str, Path]]:
    """A file by the name that was given; a folder's files, hidden ones aside, by their way in it.

    Raises ``FileNotFoundError``.
    """
    if photos.is_dir():
        for path in sorted(photos.rglob("*")):
            way = path.relative_to(photos)
            if path.is_file() and not any(part.startswith(".") for part in way.parts):
                yield way.as_posix(), path
    elif photos.exists():
        yield str(photos), photos
    else:
        raise FileNotFoundError(f"{photos}: there is no such file or folder")


def _in_words(answer: dict[str, Any]) -> str:
    lines = [answer["file"] + ("" if answer["found"] else f"  ({NOTHING})")]
    for one in answer["garments"]:
        colors = ", ".join(f"{color['name']} {color['share']:.0%}" for color in one["colors"][:3])
        tags = ", ".join(
            f"{one[head]} {one['confidence'][head]:.0%}{'?' if head in one['unsure'] else ''}"
            for head in _PLAIN_HEADS
        )
        rest = ", ".join(f"{k} {v}" for k, v in one["attributes"].items() if k not in one["unsure"])
        lines.append(f"  {tags} · {colors}" + (f" · {rest}" if rest else ""))
    return "\n".join(lines)
