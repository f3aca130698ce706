"""Named colours of cloth, with the colour family that each belongs to."""

from __future__ import annotations

from typing import NamedTuple

import cv2
import numpy as np

from vision.color_names import nearest


class Swatch(NamedTuple):
    """A dye: hex, family id of the taxonomy, and its name in English and Korean."""

    hex: str
    family: str
    en: str
    ko: str


SWATCHES: dict[str, Swatch] = {
    key: Swatch(*values)
    for key, values in {
        "black": ("#232325", "black", "Black", "블랙"),
        "ink": ("#2a2a2e", "black", "Ink", "잉크 블랙"),
        "white": ("#f4f3f0", "white", "White", "화이트"),
        "offwhite": ("#efebe2", "white", "Off-white", "오프화이트"),
        "charcoal": ("#4b4c50", "grey", "Charcoal", "차콜"),
        "grey": ("#8d8e91", "grey", "Grey", "그레이"),
        "lightgrey": ("#c3c3c4", "grey", "Light grey", "라이트 그레이"),
        "slate": ("#6a7076", "grey", "Slate", "슬레이트"),
        "ecru": ("#e3d8c2", "beige", "Ecru", "에크루"),
        "oat": ("#d6c7ac", "beige", "Oat", "오트"),
        "sand": ("#cbb48f", "beige", "Sand", "샌드"),
        "camel": ("#b98a58", "beige", "Camel", "카멜"),
        "tan": ("#98623a", "brown", "Tan", "탄"),
        "chestnut": ("#7a4b32", "brown", "Chestnut", "체스트넛"),
        "cocoa": ("#553a2e", "brown", "Cocoa", "코코아"),
        "red": ("#b9242b", "red", "Red", "레드"),
        "cherry": ("#c8102e", "red", "Cherry", "체리"),
        "burgundy": ("#6f1f2d", "red", "Burgundy", "버건디"),
        "pink": ("#e6a3b1", "pink", "Pink", "핑크"),
        "blush": ("#eccbc8", "pink", "Blush", "블러시"),
        "fuchsia": ("#cf3f84", "pink", "Fuchsia", "푸시아"),
        "orange": ("#e0752c", "orange", "Orange", "오렌지"),
        "apricot": ("#f09c66", "orange", "Apricot", "애프리콧"),
        "rust": ("#b5532b", "orange", "Rust", "러스트"),
        "yellow": ("#edc73f", "yellow", "Yellow", "옐로"),
        "butter": ("#f2df96", "yellow", "Butter", "버터"),
        "mustard": ("#cf9d2b", "yellow", "Mustard", "머스터드"),
        "green": ("#2f7b4c", "green", "Green", "그린"),
        "forest": ("#24493a", "green", "Forest", "포레스트"),
        "sage": ("#9db08f", "green", "Sage", "세이지"),
        "olive": ("#6a683d", "khaki", "Olive", "올리브"),
        "khaki": ("#8a8059", "khaki", "Khaki", "카키"),
        "mint": ("#a9dcc6", "mint", "Mint", "민트"),
        "seafoam": ("#8fcfbd", "mint", "Seafoam", "시폼"),
        "blue": ("#2c5fb3", "blue", "Blue", "블루"),
        "cobalt": ("#2148b8", "blue", "Cobalt", "코발트"),
        "denim": ("#4a6a93", "blue", "Mid blue", "중청"),
        "navy": ("#202b47", "navy", "Navy", "네이비"),
        "indigo": ("#2b3653", "navy", "Indigo", "인디고"),
        "sky": ("#a6c8e4", "sky", "Sky blue", "스카이블루"),
        "ice": ("#c3d9e8", "sky", "Ice blue", "아이스블루"),
        "bleach": ("#a9bdd3", "sky", "Light wash", "연청"),
        "purple": ("#6b4691", "purple", "Purple", "퍼플"),
        "lilac": ("#bda8d6", "purple", "Lilac", "라일락"),
        "plum": ("#553056", "purple", "Plum", "플럼"),
        "gold": ("#bf9a4b", "gold", "Gold", "골드"),
        "silver": ("#b4b7bc", "silver", "Silver", "실버"),
    }.items()
}


def rgb(hex_color: str) -> np.ndarray:
    """sRGB of "#rrggbb" as float32 [3] in 0..1. Raises ValueError for anything else."""
    text = hex_color.removeprefix("#")
    if len(text) != 6:
        raise ValueError(f"colour {hex_color!r} is not of the form #rrggbb")
    return np.frombuffer(bytes.fromhex(text), np.uint8).astype(np.float32) / 255


def to_hex(color: np.ndarray) -> str:
    """ "#rrggbb" of float [3] sRGB in 0..1, clipped."""
    return "#" + bytes(np.clip(np.rint(color * 255), 0, 255).astype(np.uint8)).hex()


def lab(hex_color: str) -> np.ndarray:
    """CIELAB (D65) of a hex colour, float32 [3]."""
    return cv2.cvtColor(rgb(hex_color).reshape(1, 1, 3), cv2.COLOR_RGB2LAB).reshape(3)


def mix(a: str, b: str, share: float) -> str:
    """The colour between two hex colours, `share` of the way from a to b."""
    return to_hex(rgb(a) * (1 - share) + rgb(b) * share)


def luma(hex_color: str) -> float:
    """Perceived lightness 0..1 (L* / 100)."""
    return float(lab(hex_color)[0]) / 100


METALLIC = {s.hex: s.family for s in SWATCHES.values() if s.family in ("gold", "silver")}


def family(hex_color: str) -> str:
    """Colour family id, as the shop's colour names have it; the metals by their own hex."""
    return METALLIC.get(hex_color) or nearest(lab(hex_color)).family
