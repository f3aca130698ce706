"""A small made-up copy of the K-Fashion download: drawn outfits with labels under Korean keys."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from PIL import Image

from vision.render import GarmentSpec, Rendered, render_outfit

PARTS = ("아우터", "하의", "원피스", "상의")
WIDTH, HEIGHT = 300, 400
Words = dict[str, Any]
Outfit = tuple[str, list[tuple[str, GarmentSpec, Words]]]

SHIRT: Words = {
    "카테고리": "셔츠",
    "색상": "스카이블루",
    "소매기장": "긴팔",
    "기장": "노멀",
    "옷깃": "셔츠칼라",
    "핏": "루즈",
    "소재": ["면"],
    "프린트": ["스트라이프"],
    "디테일": ["단추"],
}
SKIRT: Words = {"카테고리": "스커트", "색상": "레드", "기장": "미니", "프린트": ["체크"]}
TEE: Words = {
    "카테고리": "티셔츠",
    "색상": "화이트",
    "서브색상": "블랙",
    "소매기장": "반팔",
    "넥라인": "라운드넥",
    "핏": "노말",
    "소재": ["저지"],
    "프린트": ["무지"],
}
JEANS: Words = {
    "카테고리": "청바지",
    "색상": "블루",
    "기장": "발목",
    "핏": "와이드",
    "소재": ["데님"],
    "프린트": ["무지"],
}
DRESS: Words = {
    "카테고리": "드레스",
    "색상": "핑크",
    "소매기장": "없음",
    "기장": "미디",
    "소재": ["우븐", "시폰"],
    "프린트": ["플로럴"],
}
COAT: Words = {
    "카테고리": "코트",
    "색상": "네이비",
    "소매기장": "긴팔",
    "기장": "롱",
    "소재": ["울/캐시미어"],
    "프린트": ["무지"],
    "디테일": ["더블브레스티드", "포켓"],
}
OUTFITS: list[Outfit] = [
    (
        "프레피",
        [
            ("상의", GarmentSpec("shirt", "stripe-vertical", "#8fb8e0", "#ffffff"), SHIRT),
            ("하의", GarmentSpec("skirt", "check", "#b02030", "#202020"), SKIRT),
        ],
    ),
    (
        "스트리트",
        [
            ("상의", GarmentSpec("t-shirt", "solid", "#d8d020", sleeve="short"), TEE),
            ("하의", GarmentSpec("jeans", "denim", "#3050a0"), JEANS),
        ],
    ),
    ("로맨틱", [("원피스", GarmentSpec("dress", "floral", "#d03060", "#ffffff"), DRESS)]),
    ("모던", [("아우터", GarmentSpec("coat", "solid", "#202850"), COAT)]),
]


@cache
def drawn(outfit: int) -> list[Rendered]:
    """The garments of an outfit, in one photo of 300×400 px."""
    specs = [spec for _, spec, _ in OUTFITS[outfit][1]]
    return render_outfit(specs, width=WIDTH, height=HEIGHT, seed=outfit)


def label_of(identifier: int, outfit: int, zoom: float = 1.0) -> dict[str, Any]:
    """The label of an outfit's photo, in pixels `zoom` times as many."""
    style, garments = OUTFITS[outfit]
    said: dict[str, Any] = {
        kind: {part: [{}] for part in PARTS} for kind in ("렉트좌표", "폴리곤좌표", "라벨링")
    }
    said["라벨링"]["스타일"] = [{"스타일": style, "서브스타일": "리조트"}]
    for (part, _, words), one in zip(garments, drawn(outfit), strict=True):
        x0, y0, x1, y1 = (edge * zoom for edge in one.box)
        box = {"X좌표": x0, "Y좌표": y0, "가로": x1 - x0, "세로": y1 - y0}
        said["렉트좌표"][part] = [box]
        said["폴리곤좌표"][part] = [polygon(one.mask, zoom)]
        said["라벨링"][part] = [dict(words)]
    return {
        "이미지 정보": {
            "이미지 식별자": identifier,
            "이미지 파일명": f"IMG_{identifier}.jpg",
            "이미지 높이": round(HEIGHT * zoom),
            "이미지 너비": round(WIDTH * zoom),
        },
        "데이터셋 정보": {"파일 생성일자": "2020-09-14 05:16:46", "데이터셋 상세설명": said},
    }


def polygon(mask: np.ndarray, zoom: float = 1.0) -> dict[str, float]:
    """The outline of a mask's largest piece: X좌표1, Y좌표1, X좌표2, ..."""
    shapes, _ = cv2.findContours(mask.astype(np.uint8), cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    outline = cv2.approxPolyDP(max(shapes, key=cv2.contourArea), 0.8, True)[:, 0]
    found = {}
    for n, (x, y) in enumerate(outline, 1):
        found |= {f"X좌표{n}": float(x * zoom), f"Y좌표{n}": float(y * zoom)}
    return found


def write_label(folder: Path, label: dict[str, Any], name: str | None = None) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name or label['이미지 정보']['이미지 식별자']}.json"
    path.write_text(json.dumps(label, ensure_ascii=False), encoding="utf-8")
    return path


def write_photo(path: Path, outfit: int, zoom: float = 1.0) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    photo = Image.fromarray(drawn(outfit)[0].image)
    photo.resize((round(WIDTH * zoom), round(HEIGHT * zoom))).save(path, quality=95)


def make_kfashion(folder: Path, photos: int = 8) -> Path:
    """A folder a style with its photos and labels, the outfits in turn, numbered from 100."""
    for i in range(photos):
        outfit = i % len(OUTFITS)
        here = folder / OUTFITS[outfit][0]
        write_label(here, label_of(100 + i, outfit))
        write_photo(here / f"{100 + i}.jpg", outfit)
    return folder
