"""The guarded decoder: what it turns into RGB, and what it refuses, and why."""

import io
import struct
import zlib
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from PIL import Image, ImageCms
from PIL.Image import Transpose

from vision.decode import Limits, decode, decode_image
from vision.errors import ImageRejected

HEIF_KEEPS = {"HEIF": {"quality": 95}, "AVIF": {"quality": 95}}


def corners(width: int = 96, height: int = 64) -> Image.Image:
    """Red, green, blue and white quarters: a turn shows."""
    pixels = np.empty((height, width, 3), np.uint8)
    top, left = height // 2, width // 2
    pixels[:top, :left] = (220, 20, 20)
    pixels[:top, left:] = (20, 200, 20)
    pixels[top:, :left] = (20, 20, 220)
    pixels[top:, left:] = (250, 250, 250)
    return Image.fromarray(pixels)


def encoded(photo: Image.Image, kind: str, **options: object) -> bytes:
    if kind == "HEIF":
        import pillow_heif

        heif = pillow_heif.from_pillow(photo)
        out = io.BytesIO()
        heif.save(out, quality=95, **options)
        return out.getvalue()
    out = io.BytesIO()
    photo.save(out, kind, **{**HEIF_KEEPS.get(kind, {}), **options})
    return out.getvalue()


def noise(width: int = 160, height: int = 120) -> Image.Image:
    values = np.random.default_rng(3).integers(0, 256, (height, width, 3), np.uint8)
    return Image.fromarray(values)


def looks_like(pixels: np.ndarray, photo: Image.Image, within: int = 24) -> bool:
    wanted = np.asarray(photo.convert("RGB")).astype(int)
    if pixels.shape != wanted.shape:
        return False
    height, width = wanted.shape[:2]
    spots = [(height // 4, width // 4), (height // 4, -width // 4)]
    spots += [(-height // 4, width // 4), (-height // 4, -width // 4)]
    return all(np.abs(pixels[s].astype(int) - wanted[s]).max() <= within for s in spots)


def refusal(data: bytes, **options: Limits) -> ImageRejected:
    with pytest.raises(ImageRejected) as caught:
        decode_image(data, **options)
    return caught.value


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF", "HEIF"])
def test_each_accepted_format_becomes_rgb(kind: str) -> None:
    pixels = decode_image(encoded(corners(), kind))
    assert pixels.dtype == np.uint8
    assert looks_like(pixels, corners())


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF", "HEIF"])
def test_orientation_is_applied_exactly_once(kind: str, orientation: int) -> None:
    undo = {
        2: Transpose.FLIP_LEFT_RIGHT,
        3: Transpose.ROTATE_180,
        4: Transpose.FLIP_TOP_BOTTOM,
        5: Transpose.TRANSPOSE,
        6: Transpose.ROTATE_90,
        7: Transpose.TRANSVERSE,
        8: Transpose.ROTATE_270,
    }
    stored = corners().transpose(undo[orientation]) if orientation > 1 else corners()
    exif = Image.Exif()
    exif[0x0112] = orientation
    photo = decode(encoded(stored, kind, exif=exif.tobytes()))
    assert looks_like(photo.pixels, corners())
    assert (photo.width, photo.height) == (96, 64)


def test_unreadable_metadata_does_not_refuse_the_photo() -> None:
    data = encoded(corners(), "JPEG", exif=b"Exif\0\0MM\0*\xff\xff\xff\xff")
    assert looks_like(decode_image(data), corners())


@pytest.mark.parametrize("marked", [True, False])
def test_cmyk_keeps_its_colours_with_and_without_adobes_inversion(marked: bool) -> None:
    inked = corners().convert("CMYK")
    if marked:
        data = encoded(inked, "JPEG", quality=95)
    else:
        flipped = Image.fromarray(255 - np.asarray(inked), "CMYK")
        data = encoded(flipped, "JPEG", quality=95)
        at = data.index(b"\xff\xee")
        length = struct.unpack(">H", data[at + 2 : at + 4])[0]
        data = data[:at] + data[at + 2 + length :]
    assert looks_like(decode_image(data), corners())


def test_sixteen_bit_grey_is_scaled_and_not_clipped() -> None:
    ramp = np.linspace(0, 65535, 64, dtype=np.uint16)
    data = encoded(Image.fromarray(np.tile(ramp, (40, 1))), "PNG")
    pixels = decode_image(data)
    assert np.array_equal(pixels[0, :, 1], (ramp >> 8).astype(np.uint8))


def test_sixteen_bit_rgb_png() -> None:
    import cv2

    wide = (np.asarray(corners()).astype(np.uint16) * 257)[..., ::-1]
    ok, data = cv2.imencode(".png", wide)
    assert ok
    assert looks_like(decode_image(data.tobytes()), corners())


@pytest.mark.parametrize("mode", ["RGBA", "LA", "P", "PNG-tRNS"])
def test_transparency_stands_on_white(mode: str) -> None:
    if mode == "P":
        photo = Image.new("P", (40, 40), 1)
        photo.putpalette([0, 0, 0, 255, 0, 0])
        photo.paste(0, (0, 0, 20, 40))
        data = encoded(photo, "PNG", transparency=0)
    elif mode == "PNG-tRNS":
        photo = Image.new("RGB", (40, 40), (255, 0, 0))
        photo.paste((0, 0, 0), (0, 0, 20, 40))
        data = encoded(photo, "PNG", transparency=(0, 0, 0))
    else:
        solid = (255, 0, 0, 255) if mode == "RGBA" else (90, 255)
        photo = Image.new(mode, (40, 40), solid)
        photo.paste((0,) * len(solid), (0, 0, 20, 40))
        data = encoded(photo, "PNG")
    pixels = decode_image(data)
    assert tuple(pixels[20, 5]) == (255, 255, 255)
    assert tuple(pixels[20, 35]) == ((90, 90, 90) if mode == "LA" else (255, 0, 0))


@pytest.mark.parametrize("mode", ["L", "1", "P"])
def test_grey_bilevel_and_palette_photos_become_rgb(mode: str) -> None:
    pixels = decode_image(encoded(corners().convert(mode), "PNG"))
    assert looks_like(pixels, corners().convert(mode), within=2)


@pytest.mark.parametrize("kind", ["WEBP", "PNG", "AVIF"])
def test_of_an_animation_the_first_frame_is_taken(kind: str) -> None:
    later = [Image.new("RGB", (96, 64), (0, 0, 0)) for _ in range(3)]
    data = encoded(corners(), kind, save_all=True, append_images=later, duration=50)
    assert looks_like(decode_image(data), corners())


def test_a_colour_profile_is_turned_to_srgb() -> None:
    swapped = ImageCms.ImageCmsProfile(io.BytesIO(_profile_with_red_and_green_swapped()))
    data = encoded(Image.new("RGB", (40, 40), (200, 30, 30)), "PNG", icc_profile=swapped.tobytes())
    red, green, blue = (int(v) for v in decode_image(data)[20, 20])
    assert green > 150 and red < 80 and blue < 80


def test_a_broken_colour_profile_is_ignored() -> None:
    data = encoded(corners(), "JPEG", icc_profile=b"not a profile at all" * 20)
    assert looks_like(decode_image(data), corners())


def test_a_large_jpeg_is_reduced_to_the_side_asked_for_and_keeps_its_full_size() -> None:
    big = corners(2000, 1200)
    exif = Image.Exif()
    exif[0x0112] = 6
    photo = decode(encoded(big, "JPEG", exif=exif.tobytes()), max_side=500)
    assert photo.pixels.shape == (500, 300, 3)
    assert (photo.width, photo.height) == (1200, 2000)
    assert decode(encoded(corners(), "PNG"), max_side=500).pixels.shape == (64, 96, 3)


def test_empty_and_large_files_are_refused_with_their_limits() -> None:
    assert refusal(b"").code == "empty"
    too_large = refusal(b"\xff\xd8\xff" + bytes(3 * 2**20), limits=Limits(max_bytes=2**21))
    assert too_large.code == "too_large"
    assert "3.0 MB" in str(too_large) and "2 MB" in str(too_large)


@pytest.mark.parametrize("kind", ["GIF", "TIFF", "BMP", "ICO", "JPEG2000"])
def test_other_image_formats_are_named(kind: str) -> None:
    found = refusal(encoded(corners(), kind))
    assert found.code == "unsupported_format"
    assert "JPEG, PNG" in found.message


def test_svg_is_an_unsupported_format() -> None:
    svg = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><rect/></svg>'
    assert refusal(svg).code == "unsupported_format"


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"%PDF-1.7\n%...", "PDF"),
        ("상품명,가격\n치마,1000".encode(), "text file"),
        (b"<!DOCTYPE html><html><body>404</body></html>", "web page"),
        (b"\0\0\0\x18ftypmp42\0\0\0\0isommp42", "video"),
        (b"PK\3\4abc", "ZIP"),
        (b"\x07\x91\xfe\x00" * 40, "unknown kind"),
    ],
)
def test_what_is_no_image_is_described(data: bytes, words: str) -> None:
    found = refusal(data)
    assert found.code == "not_an_image"
    assert words in found.message


def test_the_name_of_a_file_does_not_matter_only_its_content() -> None:
    assert decode(encoded(corners(), "PNG")).format == "PNG"


def _png_header(width: int, height: int) -> bytes:
    head = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    crc = struct.pack(">I", zlib.crc32(head))
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + head + crc


def test_a_bomb_is_refused_by_its_header() -> None:
    found = refusal(_png_header(100_000, 100_000) + b"\0\0\0\0IDAT")
    assert found.code == "too_many_pixels"
    assert "100000×100000" in found.message and "40 million" in found.message


def test_a_webp_bomb_is_refused_before_its_canvas_is_made() -> None:
    size = (16383 - 1).to_bytes(3, "little")
    chunk = b"VP8X" + struct.pack("<I", 10) + bytes(4) + size + size
    data = b"RIFF" + struct.pack("<I", len(chunk) + 4) + b"WEBP" + chunk
    assert refusal(data).code == "too_many_pixels"


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF", "HEIF"])
def test_dimensions_out_of_bounds_are_refused(kind: str) -> None:
    data = encoded(corners(), kind)
    assert refusal(data, limits=Limits(max_pixels=6000)).code == "too_many_pixels"
    assert refusal(data, limits=Limits(min_side=80)).code == "too_small"


@pytest.mark.parametrize("kind", ["JPEG", "PROGRESSIVE", "PNG", "WEBP", "AVIF", "HEIF"])
def test_a_file_cut_anywhere_is_refused_and_never_half_grey(kind: str) -> None:
    if kind == "PROGRESSIVE":
        data = encoded(noise(), "JPEG", progressive=True)
    else:
        data = encoded(noise(), kind)
    whole = decode_image(data)
    for cut in [*range(12, 64), *range(64, len(data) - 1, max(1, len(data) // 60))]:
        try:
            half = decode_image(data[:cut])
        except ImageRejected as refused:
            assert refused.code in ("truncated", "not_an_image", "too_small")
        else:
            assert np.array_equal(half, whole), cut


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF", "HEIF"])
def test_scrambled_bytes_give_an_answer_and_no_other_error(kind: str) -> None:
    data = bytearray(encoded(noise(64, 48), kind))
    generator = np.random.default_rng(11)
    for _ in range(60):
        wrong = bytearray(data)
        for at in generator.integers(2, len(data), 12):
            wrong[at] = int(generator.integers(0, 256))
        try:
            assert decode_image(bytes(wrong)).ndim == 3
        except ImageRejected as refused:
            assert refused.message


def test_random_bytes_are_never_an_image() -> None:
    generator = np.random.default_rng(5)
    for size in (1, 2, 3, 8, 15, 100, 5000):
        with pytest.raises(ImageRejected):
            decode_image(generator.bytes(size))


def test_threads_may_decode_at_the_same_time() -> None:
    kinds = ["JPEG", "PNG", "WEBP", "AVIF", "HEIF"] * 4
    files = [encoded(corners(), kind) for kind in kinds]
    with ThreadPoolExecutor(4) as pool:
        for pixels in pool.map(decode_image, files):
            assert looks_like(pixels, corners())


def _profile_with_red_and_green_swapped() -> bytes:
    """sRGB with two primaries exchanged: a converted red must come out green."""
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    count = struct.unpack(">I", profile[128:132])[0]
    tags = [132 + 12 * index for index in range(count)]
    entries = {bytes(profile[at : at + 4]): at for at in tags}
    red, green = entries[b"rXYZ"], entries[b"gXYZ"]
    profile[red : red + 4], profile[green : green + 4] = b"gXYZ", b"rXYZ"
    described = entries[b"desc"]
    at, length = struct.unpack(">II", profile[described + 4 : described + 12])
    text = bytes(profile[at : at + length])
    for coding in ("ascii", "utf-16-be"):
        text = text.replace("sRGB".encode(coding), "test".encode(coding))
    profile[at : at + length] = text
    return bytes(profile)


@pytest.mark.parametrize("mode", ["RGBA", "LA", "P"])
def test_transparency_is_kept_where_it_is_asked_for(mode: str) -> None:
    photo = Image.new("RGBA", (400, 200), (255, 0, 0, 0))
    photo.paste((20, 20, 20, 255), (200, 0, 400, 200))
    data = encoded(photo if mode == "RGBA" else photo.convert(mode), "PNG")
    found = decode(data, max_side=100, alpha=True)
    assert found.pixels.shape == (50, 100, 4)
    assert (found.width, found.height) == (400, 200)
    assert found.pixels[25, 5, 3] == 0
    assert tuple(found.pixels[25, 95]) == (20, 20, 20, 255)
    # Nothing of the colour under what is clear comes through at the border.
    assert found.pixels[..., 0][found.pixels[..., 3] > 0].max() <= 21


def test_a_picture_without_transparency_stays_rgb() -> None:
    found = decode(encoded(corners(), "JPEG"), alpha=True)
    assert looks_like(found.pixels, corners())
