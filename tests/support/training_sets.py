"""Small made-up photo sets in the layout of the real ones: drawn garments in zips with csv rows."""

from __future__ import annotations

import csv
import zipfile
from io import BytesIO
from pathlib import Path

import cv2
import numpy as np
from PIL import Image

SHAPES = {
    "T-shirt": [
        (30, 20),
        (70, 20),
        (95, 45),
        (82, 58),
        (72, 48),
        (72, 110),
        (28, 110),
        (28, 48),
        (18, 58),
        (5, 45),
    ],
    "Trousers": [(30, 10), (70, 10), (76, 120), (56, 120), (50, 40), (44, 120), (24, 120)],
    "Skirt": [(36, 20), (64, 20), (85, 105), (15, 105)],
}
COLORS = ((190, 30, 40), (30, 60, 170), (20, 120, 60), (60, 50, 50))
PHONE_LABEL = {"T-shirt": "T-Shirt", "Trousers": "Pants", "Skirt": "Skirt"}
MYNTRA_KIND = {"T-shirt": "Tshirts", "Trousers": "Trousers", "Skirt": "Skirts"}
STREET = ["null", "skin", "t-shirt", "pants", "hair"]


def drawn(
    kind: str, color: tuple[int, int, int], ground: int = 240
) -> tuple[np.ndarray, np.ndarray]:
    """A garment on a plain ground: photo uint8 [140,110,3] and its mask (0 or 255)."""
    photo = np.full((140, 110, 3), ground, np.uint8)
    mask = np.zeros((140, 110), np.uint8)
    points = np.array(SHAPES[kind], np.int32) + 4
    cv2.fillPoly(mask, [points], (255,))
    photo[mask > 0] = color
    return photo, mask


def make_sets(folder: Path, photos: int = 60, seed: int = 0) -> Path:
    """phone, hm, myntra, ccp and textures with a few photos each, under `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    rng = np.random.default_rng(seed)
    kinds = list(SHAPES)
    rows: dict[str, list[dict[str, str]]] = {"phone": [], "hm": [], "myntra": []}
    files: dict[str, dict[str, bytes]] = {"phone": {}, "hm": {}, "myntra": {}}
    for i in range(photos):
        kind, color = kinds[i % len(kinds)], COLORS[int(rng.integers(len(COLORS)))]
        name = f"{i:04d}.webp"
        for part, found in rows.items():
            files[part][name] = _webp(drawn(kind, color, int(rng.integers(225, 250)))[0])
            found.append(_row(part, name, kind, i))
    for part, found in rows.items():
        _write(folder, part, found, files[part])
    _street(folder, rng)
    texture = rng.integers(0, 255, (60, 60, 3)).astype(np.uint8)
    _write(folder, "textures", [{"file": "a.webp", "label": "banded"}], {"a.webp": _webp(texture)})
    return folder


def _row(part: str, name: str, kind: str, i: int) -> dict[str, str]:
    if part == "phone":
        return {"file": name, "sender_id": str(i // 2), "label": PHONE_LABEL[kind], "kids": "False"}
    if part == "hm":
        return {
            "file": name,
            "product_code": str(i // 6 * 3 + i % 3),
            "prod_name": "Drawn",
            "product_type_name": kind,
            "graphical_appearance_name": "Solid" if i % 2 else "Denim",
            "colour_group_name": "Dark Blue",
            "perceived_colour_master_name": "Blue",
            "garment_group_name": "Jersey Basic",
            "section_name": "Womens Everyday Collection",
            "index_group_name": "Ladieswear",
            "detail_desc": f"{('Short', 'Long')[i // 3 % 2]}-sleeved, fitted top in jersey.",
        }
    return {
        "file": name,
        "resolution": "168x224",
        "gender": "Men" if i % 2 else "Women",
        "subCategory": "Topwear",
        "articleType": MYNTRA_KIND[kind],
        "baseColour": "Navy Blue",
        "season": "Summer" if i % 2 else "Winter",
        "usage": "Casual" if i % 2 else "Sports",
        "productDisplayName": f"Drawn {i} Solid {kind}",
    }


def _street(folder: Path, rng: np.random.Generator) -> None:
    files, rows = {}, []
    for i in range(12):
        photo, mask = drawn("T-shirt", COLORS[i % len(COLORS)], int(rng.integers(90, 180)))
        legs = drawn("Trousers", (40, 40, 90))[1]
        values = np.where(mask > 0, 2, np.where(legs > 0, 3, 0)).astype(np.uint8)
        photo[(values == 3)] = (40, 40, 90)
        files |= {f"{i}.webp": _webp(photo), f"{i}.png": _png(values)}
        rows.append({"photo": f"{i}.webp", "mask": f"{i}.png"})
    _write(folder, "ccp", rows, files)
    _csv(folder / "ccp_classes.csv", [{"value": str(i), "name": n} for i, n in enumerate(STREET)])


def _write(folder: Path, name: str, rows: list[dict[str, str]], files: dict[str, bytes]) -> None:
    _csv(folder / f"{name}.csv", rows)
    with zipfile.ZipFile(folder / f"{name}.zip", "w") as pack:
        for file, content in files.items():
            pack.writestr(file, content)


def _csv(path: Path, rows: list[dict[str, str]]) -> None:
    with path.open("w", newline="", encoding="utf-8") as out:
        writer = csv.DictWriter(out, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


def _webp(photo: np.ndarray) -> bytes:
    return _encoded(photo, "WEBP")


def _png(values: np.ndarray) -> bytes:
    return _encoded(values, "PNG")


def _encoded(picture: np.ndarray, kind: str) -> bytes:
    out = BytesIO()
    Image.fromarray(picture).save(out, kind, quality=95)
    return out.getvalue()
