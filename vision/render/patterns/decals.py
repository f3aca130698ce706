"""Chest graphics: drawn once a design as straight RGBA, uint8 [S, S, 4]."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from vision.render.palette import rgb

SIDE = 448
_BIG = SIDE * 2
WORDS = (
    "SLOW SUNDAY",
    "NORTH PIER",
    "GOOD WEATHER CLUB",
    "SEOUL 1987",
    "PALETTE NO.5",
    "HAN RIVER RUNNERS",
    "STILL LIFE",
    "OFFICE HOURS",
    "NIGHT MARKET",
    "MILD WINTER",
    "LAST LAP",
    "PAPER MOON",
    "SUMMIT",
    "HARBOR",
    "LINDEN",
)

Color = tuple[int, int, int, int]


def _ink(hex_color: str) -> Color:
    r, g, b = (int(c) for c in np.rint(rgb(hex_color) * 255))
    return r, g, b, 255


def _font(size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    return ImageFont.load_default(size)


def _text(
    draw: ImageDraw.ImageDraw, y: int, words: str, *, color: Color, width: int, tall: int = 400
) -> int:
    """Words centred, as wide as `width` allows; returns the y below them."""
    size = 20
    for size in range(tall, 20, -8):
        box = draw.textbbox((0, 0), words, font=_font(size), stroke_width=size // 26)
        if box[2] - box[0] <= width:
            break
    box = draw.textbbox((0, 0), words, font=_font(size), stroke_width=size // 26)
    x = (_BIG - (box[2] - box[0])) / 2 - box[0]
    draw.text((x, y - box[1]), words, fill=color, font=_font(size), stroke_width=size // 26)
    return int(y + box[3] - box[1])


def _slogan(
    draw: ImageDraw.ImageDraw, rng: np.random.Generator, a: Color, b: Color, words: str
) -> None:
    y = 120
    for index, word in enumerate(words.split(" ")):
        y = _text(draw, y, word, color=(a, b)[index % 2], width=720, tall=260) + 34
    draw.rectangle((90, y + 10, _BIG - 90, y + 22), fill=a)


def _sunset(
    draw: ImageDraw.ImageDraw, rng: np.random.Generator, a: Color, b: Color, words: str
) -> None:
    draw.ellipse((170, 90, 726, 646), fill=b)
    for k in range(7):
        y = 330 + k * 46
        draw.rectangle((150, y, 750, y + 10 + k * 4), fill=(0, 0, 0, 0))
    _text(draw, 690, words, color=a, width=640, tall=90)


def _peaks(
    draw: ImageDraw.ImageDraw, rng: np.random.Generator, a: Color, b: Color, words: str
) -> None:
    draw.ellipse((150, 80, 750, 680), outline=a, width=16)
    draw.ellipse((470, 190, 590, 310), fill=b)
    for x, top, color in ((300, 300, a), (560, 380, b), (440, 460, a)):
        draw.polygon([(x - 190, 590), (x, top), (x + 190, 590)], fill=color)
    draw.rectangle((220, 590, 680, 604), fill=a)
    _text(draw, 720, words, color=a, width=620, tall=80)


def _bauhaus(
    draw: ImageDraw.ImageDraw, rng: np.random.Generator, a: Color, b: Color, words: str
) -> None:
    for i in range(3):
        for j in range(3):
            x, y = 140 + i * 210, 110 + j * 210
            color = (a, b)[int(rng.integers(2))]
            kind = int(rng.integers(4))
            if kind == 0:
                draw.ellipse((x, y, x + 190, y + 190), fill=color)
            elif kind == 1:
                draw.pieslice((x, y, x + 380, y + 380), 180, 270, fill=color)
            elif kind == 2:
                draw.rectangle((x, y, x + 190, y + 190), fill=color)
            else:
                draw.polygon([(x, y + 190), (x + 95, y), (x + 190, y + 190)], fill=color)


def _cutouts(
    draw: ImageDraw.ImageDraw, rng: np.random.Generator, a: Color, b: Color, words: str
) -> None:
    for k in range(5):
        x, y = 190 + (k % 3) * 210, 200 + (k // 3) * 300 + (k % 2) * 40
        turn = rng.uniform(0, 360)
        for lobe in range(6):
            angle = np.deg2rad(turn + lobe * 60)
            cx, cy = x + 70 * np.cos(angle), y + 70 * np.sin(angle)
            r = rng.uniform(28, 56)
            draw.ellipse((cx - r, cy - r, cx + r, cy + r), fill=(a, b)[k % 2])
        draw.ellipse((x - 60, y - 60, x + 60, y + 60), fill=(a, b)[k % 2])


def _college(
    draw: ImageDraw.ImageDraw, rng: np.random.Generator, a: Color, b: Color, words: str
) -> None:
    y = _text(draw, 130, words.split(" ", maxsplit=1)[0], color=a, width=740, tall=210) + 40
    draw.rectangle((110, y, _BIG - 110, y + 12), fill=b)
    y = _text(draw, y + 50, str(int(rng.integers(72, 99))), color=b, width=520, tall=330) + 40
    _text(draw, y, "ATHLETICS", color=a, width=420, tall=80)


def _smile(
    draw: ImageDraw.ImageDraw, rng: np.random.Generator, a: Color, b: Color, words: str
) -> None:
    draw.ellipse((180, 110, 716, 646), fill=b)
    for x in (360, 520):
        draw.ellipse((x - 22, 270, x + 22, 360), fill=a)
    draw.arc((290, 240, 606, 560), 20, 160, fill=a, width=22)
    _text(draw, 690, words, color=a, width=640, tall=90)


def _cat(
    draw: ImageDraw.ImageDraw, rng: np.random.Generator, a: Color, b: Color, words: str
) -> None:
    draw.polygon([(250, 330), (270, 110), (430, 260)], fill=a)
    draw.polygon([(646, 330), (626, 110), (466, 260)], fill=a)
    draw.ellipse((220, 200, 676, 640), fill=a)
    for x in (360, 536):
        draw.ellipse((x - 34, 370, x + 34, 440), fill=b)
    draw.polygon([(424, 480), (472, 480), (448, 512)], fill=b)
    _text(draw, 690, words, color=a, width=560, tall=80)


def _waves(
    draw: ImageDraw.ImageDraw, rng: np.random.Generator, a: Color, b: Color, words: str
) -> None:
    draw.rectangle((190, 90, 706, 690), fill=b)
    for k in range(6):
        y = 380 + k * 52
        points = [(x, y + 24 * np.sin(x / 62 + k)) for x in range(190, 708, 6)]
        draw.line(points, fill=a, width=14)
    draw.ellipse((400, 170, 530, 300), fill=a)
    _text(draw, 730, words, color=a, width=516, tall=70)


Drawer = Callable[[ImageDraw.ImageDraw, np.random.Generator, Color, Color, str], None]

MOTIFS: dict[str, Drawer] = {
    "slogan": _slogan,
    "sunset": _sunset,
    "peaks": _peaks,
    "bauhaus": _bauhaus,
    "cutouts": _cutouts,
    "college": _college,
    "smile": _smile,
    "cat": _cat,
    "waves": _waves,
}


@lru_cache(maxsize=16)
def decal(seed: int, first: str, second: str, motif: str | None = None) -> np.ndarray:
    """A chest graphic in two inks; the same seed gives the same drawing.

    `motif` is "kind:WORDS", a key of MOTIFS and what it says; None leaves both to the seed.
    Raises ValueError for an unknown kind.
    """
    rng = np.random.default_rng([seed, 31])
    kind, _, words = (motif or "").partition(":")
    kind = kind or list(MOTIFS)[int(rng.integers(len(MOTIFS)))]
    words = words or WORDS[int(rng.integers(len(WORDS)))]
    if kind not in MOTIFS:
        raise ValueError(f"unknown motif {kind!r}; one of: {', '.join(MOTIFS)}")
    image = Image.new("RGBA", (_BIG, _BIG), (*_ink(first)[:3], 0))
    MOTIFS[kind](ImageDraw.Draw(image), rng, _ink(first), _ink(second), words)
    return np.asarray(image.resize((SIDE, SIDE), Image.Resampling.BOX))
