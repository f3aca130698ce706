"""What is sent of a photo: small, upright, on white; and what is said where it is no photo."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from tests.frontend.conftest import draw_photo
from tests.frontend.stand_in import StandIn
from tests.frontend.test_lens import PANEL, cards

MEGABYTE = 1024 * 1024
# 60 MB are read and decoded: seconds on a busy machine.
WAIT_MS = 30_000
CORNERS = {"red": (200, 30, 30), "green": (30, 160, 30), "blue": (30, 30, 200), "white": (240,) * 3}
# How a picture must be stored for an EXIF orientation, so that it is upright when it is shown.
STORED: dict[int, Callable[[Image.Image], Image.Image]] = {
    1: lambda image: image,
    3: lambda image: image.transpose(Image.Transpose.ROTATE_180),
    6: lambda image: image.transpose(Image.Transpose.ROTATE_90),
    7: lambda image: image.transpose(Image.Transpose.TRANSVERSE),
}


@pytest.fixture
def sent(page: Page, shop: StandIn, tmp_path: Path) -> Callable[..., bytes]:
    """Hands a file to the lens; returns the bytes that the API got."""

    def hand_over(data: bytes, name: str = "photo.jpg") -> bytes:
        page.goto(shop.page(PANEL))
        give(page, tmp_path, data, name)
        expect(cards(page).first).to_be_visible(timeout=WAIT_MS)
        return shop.looks()[-1].image

    return hand_over


def give(page: Page, folder: Path, data: bytes, name: str) -> None:
    """A file from the disk, for Playwright hands over no large one from memory."""
    path = folder / name
    path.write_bytes(data)
    page.locator("lookus-lens input[type=file]").first.set_input_files(path)


def quarters(width: int, height: int) -> Image.Image:
    """Red, green, blue, white from the top left, line by line."""
    image = Image.new("RGB", (width, height))
    colors = list(CORNERS.values())
    for at, color in enumerate(colors):
        left, top = at % 2 * width // 2, at // 2 * height // 2
        image.paste(color, (left, top, left + width // 2, top + height // 2))
    return image


def levels(data: bytes) -> Any:
    """The pixels of a picture, [h, w, 3]."""
    return np.asarray(Image.open(io.BytesIO(data)).convert("RGB")).astype(int)


def corner_names(data: bytes) -> list[str]:
    """The names of the colours in the four quarters of a picture."""
    pixels = levels(data)
    height, width = pixels.shape[:2]
    names = []
    for x, y in ((0.2, 0.2), (0.8, 0.2), (0.2, 0.8), (0.8, 0.8)):
        pixel = pixels[int(y * height), int(x * width)]
        away = {name: np.abs(pixel - color).sum() for name, color in CORNERS.items()}
        names.append(min(away, key=lambda name: away[name]))
    return names


def saved(image: Image.Image, kind: str = "JPEG", **how: object) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, kind, **how)
    return buffer.getvalue()


@pytest.mark.parametrize("orientation", STORED)
def test_a_large_photo_is_sent_small_and_upright(
    sent: Callable[..., bytes], orientation: int
) -> None:
    exif = Image.Exif()
    exif[0x0112] = orientation
    stored = STORED[orientation](quarters(1600, 1200))
    data = sent(saved(stored, exif=exif))
    image = Image.open(io.BytesIO(data))
    assert (image.format, image.size) == ("JPEG", (1024, 768))
    assert not image.getexif()
    assert corner_names(data) == list(CORNERS)


def test_a_small_photo_is_not_blown_up(sent: Callable[..., bytes]) -> None:
    assert Image.open(io.BytesIO(sent(draw_photo(300, 400)))).size == (300, 400)


def test_what_is_transparent_becomes_white_not_black(sent: Callable[..., bytes]) -> None:
    clear = Image.new("RGBA", (400, 400), (0, 0, 0, 0))
    clear.paste((180, 20, 20, 255), (100, 100, 300, 300))
    pixels = levels(sent(saved(clear, "PNG"), "cut-out.png"))
    assert pixels[20, 20].min() > 250
    assert pixels[200, 200, 0] > 150


def test_of_an_animation_the_first_picture_is_sent(sent: Callable[..., bytes]) -> None:
    first, second = (Image.new("RGB", (200, 200), color) for color in ("#c81e1e", "#1e1ec8"))
    data = saved(first, "GIF", save_all=True, append_images=[second], duration=80, loop=0)
    red, _, blue = levels(sent(data, "spin.gif"))[100, 100]
    assert red > 150 > blue


def test_sixty_megabytes_are_made_small(sent: Callable[..., bytes]) -> None:
    heavy = saved(quarters(5000, 4000)) + bytes(60 * MEGABYTE)
    data = sent(heavy)
    assert len(data) < MEGABYTE
    assert Image.open(io.BytesIO(data)).size == (1024, 819)
    assert corner_names(data) == list(CORNERS)


@pytest.mark.parametrize("name", ["IMG_1.heic", "photo.jpg"])
def test_what_only_the_api_reads_goes_as_it_is(sent: Callable[..., bytes], name: str) -> None:
    """HEIC in Chromium, and a damaged JPEG: the API reads it or says why not."""
    data = (b"\0\0\0\x18ftypheic" if name.endswith("heic") else b"\xff\xd8\xff\xe0") + bytes(400)
    assert sent(data, name) == data


REFUSED = {
    "nothing": (b"", "photo.jpg", "This file is empty"),
    "a PDF": (b"%PDF-1.7\n" + bytes(2000), "scan.jpg", "This file is not a photo"),
    "a film": (b"\0\0\0\x14ftypqt  " + bytes(2000), "IMG_2.mov", "This file is not a photo"),
    "words": (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "a.png", "This file is not a photo"),
    "TIFF": (b"II*\0\x08\0\0\0" + bytes(2000), "scan.tif", "This kind of picture cannot be read"),
    "large HEIC": (
        b"\0\0\0\x18ftypheic" + bytes(11 * MEGABYTE),
        "IMG_3.heic",
        "This photo is too large",
    ),
    "a dot": (saved(Image.new("RGB", (20, 20)), "PNG"), "dot.png", "This photo is too small"),
    "a ribbon": (saved(Image.new("RGB", (4000, 40))), "line.jpg", "This photo is too small"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_plain_words_and_no_call_for_what_nobody_can_search_with(
    page: Page, shop: StandIn, tmp_path: Path, case: str
) -> None:
    data, name, words = REFUSED[case]
    page.goto(shop.page(PANEL))
    give(page, tmp_path, data, name)
    expect(page.locator("lookus-lens [part=error]")).to_contain_text(words)
    assert shop.calls == []


def test_a_browser_that_hides_its_pixels_sends_the_file_itself(
    page: Page, sent: Callable[..., bytes]
) -> None:
    """Some answer noise where a canvas is read, against trackers: noise finds nothing."""
    page.add_init_script(
        """const any = () => 255 * Math.random();
        const noise = (length) => Uint8ClampedArray.from({length}, any);
        CanvasRenderingContext2D.prototype.getImageData = (x, y, w, h) =>
          new ImageData(noise(4 * w * h), w, h)"""
    )
    photo = draw_photo(1500, 2000)
    assert sent(photo) == photo
    expect(page.locator("lookus-lens canvas")).to_be_visible()
