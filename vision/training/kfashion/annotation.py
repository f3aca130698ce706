"""One label file of K-Fashion: JSON with Korean keys, any of which may be missing."""

from __future__ import annotations

import json
import math
import re
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path
from typing import Any

from vision.training.crops import Box
from vision.training.kfashion.labels import Words, normal
from vision.training.kfashion.words import PARTS

Points = list[tuple[float, float]]
FEWEST_POINTS = 3
# the photos of a shop are LIME_193_00.jpg, LIME_193_01.jpg, ...: one outfit on one person
LOOK = re.compile(r"([A-Za-z]+_\d{3})_\d{2}\.\w+")
# some labels call the collar 칼라
RENAMED = {"칼라": "옷깃"}


@dataclass(frozen=True)
class Labelled:
    """One garment as labelled, in the pixels that the label was drawn on."""

    region: str
    polygons: list[Points]
    box: Box | None
    words: Words


@dataclass(frozen=True)
class Annotation:
    """What a label file says of its photo. `group` must not be torn between training and test;
    `size` is (width, height), None where the file does not say."""

    identifier: str
    group: str
    size: tuple[float, float] | None
    styles: list[str]
    garments: list[Labelled]


def read_annotation(path: Path) -> Annotation:
    """Raises ValueError saying what is wrong with the file, OSError where it cannot be read."""
    try:
        raw = json.loads(path.read_text(encoding="utf-8-sig"))
    except ValueError as problem:
        raise ValueError(f"is no JSON ({problem})") from None
    image, data = _object(raw, "이미지 정보"), _object(raw, "데이터셋 정보")
    said = _object(data, "데이터셋 상세설명")
    if not image or not said:
        raise ValueError("has no '이미지 정보' or no '데이터셋 정보' with '데이터셋 상세설명'")
    identifier = str(image.get("이미지 식별자") or path.stem)
    look = LOOK.fullmatch(str(image.get("이미지 파일명", "")))
    words = _object(said, "라벨링")
    styles = [word for one in _objects(words, "스타일") for word in _words(one.get("스타일"))]
    garments = [one for part in PARTS for one in _garments(said, words, part)]
    if not garments:
        raise ValueError("has no garment with a polygon or a box")
    return Annotation(
        identifier, look.group(1) if look else identifier, _size(image), styles, garments
    )


def _garments(said: dict[str, Any], words: dict[str, Any], part: str) -> list[Labelled]:
    """The garments of a part. Several polygons with one box and one label are one garment in
    pieces; otherwise polygons, boxes and labels belong together by their place in the list."""
    shapes = [_polygon(one) for one in _objects(_object(said, "폴리곤좌표"), part)]
    boxes = [_box(one) for one in _objects(_object(said, "렉트좌표"), part)]
    labels = [_garment_words(one) for one in _objects(words, part)]
    if sum(map(bool, boxes)) <= 1 and sum(map(bool, labels)) <= 1:
        pieces = [[shape for shape in shapes if shape]]
        boxes = [next(filter(None, boxes), None)]
        labels = [next(filter(None, labels), {})]
    else:
        pieces = [[shape] if shape else [] for shape in shapes]
    return [
        Labelled(PARTS[part], polygons or [], box, said_of or {})
        for polygons, box, said_of in zip_longest(pieces, boxes, labels)
        if polygons or box
    ]


def _object(value: Any, key: str) -> dict[str, Any]:
    """The object under a key; empty where there is none."""
    found = value.get(key) if isinstance(value, dict) else None
    return found if isinstance(found, dict) else {}


def _objects(value: dict[str, Any], key: str) -> list[dict[str, Any]]:
    """The objects of the list under a key, in their places."""
    found = value.get(key)
    found = found if isinstance(found, list) else [found]
    return [one if isinstance(one, dict) else {} for one in found]


def _number(value: Any) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        return None
    return float(value)


def _size(image: dict[str, Any]) -> tuple[float, float] | None:
    w, h = _number(image.get("이미지 너비")), _number(image.get("이미지 높이"))
    return (w, h) if w and h and w > 0 and h > 0 else None


def _polygon(raw: dict[str, Any]) -> Points:
    """The points X좌표1, Y좌표1, X좌표2, ... in the order of their numbers; empty if too few."""
    numbers = sorted(int(key[3:]) for key in raw if re.fullmatch(r"X좌표\d+", key))
    points = [(_number(raw[f"X좌표{n}"]), _number(raw.get(f"Y좌표{n}"))) for n in numbers]
    whole = [(x, y) for x, y in points if x is not None and y is not None]
    return whole if len(whole) >= FEWEST_POINTS else []


def _box(raw: dict[str, Any]) -> Box | None:
    x, y, w, h = (_number(raw.get(key)) for key in ("X좌표", "Y좌표", "가로", "세로"))
    if x is None or y is None or not w or not h or w <= 1 or h <= 1:
        return None
    return (x, y, x + w, y + h)


def _garment_words(raw: dict[str, Any]) -> dict[str, list[str]]:
    found = {RENAMED.get(key, key): _words(value) for key, value in raw.items()}
    return {key: words for key, words in found.items() if words}


def _words(value: Any) -> list[str]:
    values = value if isinstance(value, list) else [value]
    return [word for one in values if isinstance(one, str) and (word := normal(one))]
