"""The files of a K-Fashion download: labels and photos, together or apart."""

from __future__ import annotations

import os
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

PHOTO_KINDS = (".jpg", ".jpeg", ".png")
# AI Hub ships photos as 원천데이터, labels as 라벨링데이터
PHOTO_FOLDER_WORDS = ("원천", "이미지", "사진", "image", "photo")


@dataclass(frozen=True)
class Files:
    """Label files, and photos by their name without its kind."""

    labels: list[Path]
    photos: dict[str, Path]


def find_files(folder: Path) -> Files:
    """All labels under `folder`, and the photos under it or, where it holds none, under a folder
    beside it that is named as one of photos.

    The labels come style after style in turn, in an order that a hash decides, so that the first
    thousand are a fair sample; those that have a photo of their own name first.
    """
    labels, photos = _walked(folder)
    if not photos and folder.is_dir():
        for beside in sorted(folder.resolve().parent.iterdir()):
            if beside.is_dir() and any(word in _name(beside) for word in PHOTO_FOLDER_WORDS):
                photos |= _walked(beside)[1]
    return Files(sorted(_in_turn(labels), key=lambda path: path.stem not in photos), photos)


def _walked(folder: Path) -> tuple[list[Path], dict[str, Path]]:
    labels: list[Path] = []
    photos: dict[str, Path] = {}
    for root, folders, names in os.walk(folder):
        folders.sort()
        for name in sorted(names):
            stem, kind = os.path.splitext(name)
            if name.startswith("."):
                continue
            if kind.lower() == ".json":
                labels.append(Path(root, name))
            elif kind.lower() in PHOTO_KINDS:
                photos.setdefault(stem, Path(root, name))
    return labels, photos


def _name(folder: Path) -> str:
    return unicodedata.normalize("NFC", folder.name).lower()


def _in_turn(labels: list[Path]) -> Iterator[Path]:
    by_style: defaultdict[str, list[Path]] = defaultdict(list)
    for path in labels:
        by_style[_name(path.parent)].append(path)
    ranked = [
        (place, style, path)
        for style, paths in by_style.items()
        for place, path in enumerate(sorted(paths, key=_hashed))
    ]
    return (path for _, _, path in sorted(ranked))


def _hashed(path: Path) -> bytes:
    return blake2b(path.stem.encode(), digest_size=8).digest()
