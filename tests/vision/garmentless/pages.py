"""Pages of text: books, a receipt, an invoice, what a screen shows."""

from collections.abc import Callable

import cv2
import numpy as np
from PIL import Image, ImageDraw, ImageFont

PROSE = """
    the of and to in was that it his her with as had not at on for be by she which they from
    morning river window quiet letter never winter station behind garden evening remember
    small across nothing table always between thought almost paper answered
"""
WORDS = PROSE.split()
INK = (38, 36, 40)


def _words(rng: np.random.Generator, count: int) -> list[str]:
    return [WORDS[at] for at in rng.integers(0, len(WORDS), count)]


def _write(draw: ImageDraw.ImageDraw, spot: tuple[float, float], text: str, size: int) -> None:
    draw.text(spot, text, fill=INK, font=ImageFont.load_default(size))


def _paragraphs(page: Image.Image, box: tuple[int, int, int, int], size: int, seed: int) -> None:
    """Set words in lines from left to right until the box is full."""
    rng, draw = np.random.default_rng(seed), ImageDraw.Draw(page)
    font = ImageFont.load_default(size)
    x0, y, x1, y1 = box
    while y < y1:
        indent = 2 * size if rng.random() < 0.15 else 0
        x: float = x0 + indent
        for word in _words(rng, 40):
            wide = draw.textlength(word + " ", font=font)
            if x + wide > x1:
                break
            draw.text((x, y), word, fill=INK, font=font)
            x += wide
        y += round(size * 1.45)


def _lit(page: Image.Image, seed: int, corners: list[tuple[int, int]] | None = None) -> np.ndarray:
    """A sheet seen by a phone: on a table, in perspective where corners are given, with grain."""
    rng = np.random.default_rng(seed)
    sheet = np.asarray(page.convert("RGB")).astype(np.float32)
    height, width = sheet.shape[:2]
    if corners:
        table = np.full_like(sheet, (104, 78, 58))
        noise = rng.normal(size=(height, width)).astype(np.float32)
        planks = cv2.GaussianBlur(noise, (0, 0), 40, sigmaY=2)
        table *= (1 + 0.06 * planks / planks.std())[..., None]
        flat = np.array([(0, 0), (width, 0), (width, height), (0, height)], np.float32)
        way = cv2.getPerspectiveTransform(flat, np.array(corners, np.float32))
        cv2.warpPerspective(
            sheet, way, (width, height), dst=table, borderMode=cv2.BORDER_TRANSPARENT
        )
        sheet = table
    light = np.linspace(1.0, 0.82, width, dtype=np.float32)[None, :, None]
    seen = cv2.GaussianBlur(sheet * light, (0, 0), 0.7) + rng.normal(0, 2.5, sheet.shape)
    return np.clip(seen, 0, 255).astype(np.uint8)


def book() -> np.ndarray:
    page = Image.new("RGB", (600, 840), (240, 234, 218))
    _write(ImageDraw.Draw(page), (270, 40), "CHAPTER 7", 16)
    _paragraphs(page, (70, 90, 535, 780), 19, 1)
    _write(ImageDraw.Draw(page), (290, 800), "143", 16)
    return _lit(page, 1)


def open_book_on_a_table() -> np.ndarray:
    page = Image.new("RGB", (900, 640), (236, 231, 220))
    for left in (40, 490):
        _paragraphs(page, (left, 50, left + 370, 600), 17, left)
    ImageDraw.Draw(page).rectangle((442, 0, 458, 640), fill=(170, 164, 152))
    return _lit(page, 2, [(90, 60), (820, 80), (870, 590), (40, 570)])


def receipt() -> np.ndarray:
    page, rng = Image.new("RGB", (420, 900), (246, 246, 242)), np.random.default_rng(3)
    draw = ImageDraw.Draw(page)
    _write(draw, (120, 30), "CORNER STORE", 24)
    _write(draw, (130, 66), "12 High Street", 18)
    for row in range(22):
        y = 120 + 28 * row
        _write(draw, (40, y), " ".join(_words(rng, 2)).upper(), 18)
        _write(draw, (320, y), f"{rng.uniform(0.5, 30):.2f}", 18)
    draw.line((40, 745, 380, 745), fill=INK, width=2)
    _write(draw, (40, 760), "TOTAL", 28)
    _write(draw, (290, 760), "181.40", 28)
    x = 60
    while x < 360:
        wide = int(rng.integers(1, 5))
        draw.rectangle((x, 820, x + wide, 870), fill=INK)
        x += wide + int(rng.integers(2, 6))
    return _lit(page, 3, [(70, 20), (350, 40), (340, 880), (60, 870)])


def screenshot() -> np.ndarray:
    """Messages on a phone."""
    page, rng = Image.new("RGB", (540, 1100), (250, 250, 252)), np.random.default_rng(4)
    draw = ImageDraw.Draw(page)
    draw.rectangle((0, 0, 540, 90), fill=(244, 244, 247))
    _write(draw, (30, 14), "9:41", 20)
    _write(draw, (230, 48), "Minji", 26)
    y = 120
    while y < 980:
        mine, lines = rng.random() < 0.5, int(rng.integers(1, 4))
        left, tall = (150 if mine else 24), 24 + 30 * lines
        color = (188, 222, 255) if mine else (229, 229, 234)
        draw.rounded_rectangle((left, y, left + 366, y + tall), 20, fill=color)
        for line in range(lines):
            _write(draw, (left + 18, y + 12 + 30 * line), " ".join(_words(rng, 5)), 22)
        y += tall + 16
    draw.rounded_rectangle((24, 1030, 516, 1080), 24, outline=(190, 190, 196), width=2)
    return np.asarray(page)


def code_in_a_dark_editor() -> np.ndarray:
    page, rng = Image.new("RGB", (960, 600), (30, 30, 38)), np.random.default_rng(5)
    draw, font = ImageDraw.Draw(page), ImageFont.load_default(18)
    colors = [(200, 120, 220), (140, 200, 140), (220, 220, 220), (120, 180, 240)]
    for row in range(22):
        x = 60.0 + 36 * int(rng.integers(0, 4))
        draw.text((14, 20 + 26 * row), str(row + 1), fill=(90, 90, 100), font=font)
        for word in _words(rng, int(rng.integers(0, 9))):
            draw.text((x, 20 + 26 * row), word, fill=colors[rng.integers(0, 4)], font=font)
            x += draw.textlength(word + "  ", font=font)
    return np.asarray(page)


def invoice() -> np.ndarray:
    page, rng = Image.new("RGB", (700, 990), (255, 255, 255)), np.random.default_rng(6)
    draw = ImageDraw.Draw(page)
    draw.rectangle((50, 50, 150, 110), fill=(30, 90, 160))
    _write(draw, (470, 60), "INVOICE", 40)
    for row in range(14):
        y = 260 + 40 * row
        draw.rectangle((50, y, 650, y + 40), outline=(180, 180, 180))
        _write(draw, (60, y + 10), " ".join(_words(rng, 4)), 17)
        _write(draw, (560, y + 10), f"{rng.uniform(5, 900):.2f}", 17)
    _paragraphs(page, (50, 850, 640, 930), 14, 6)
    return np.asarray(page)


PAGES: dict[str, Callable[[], np.ndarray]] = {
    "book": book,
    "open-book": open_book_on_a_table,
    "receipt": receipt,
    "screenshot": screenshot,
    "dark-editor": code_in_a_dark_editor,
    "invoice": invoice,
}
