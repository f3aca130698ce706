"""Photos that mean harm, made here, and odd ones that are good: each a file's bytes.

`AT_ONCE` are refused by what they are, `COSTLY` only when they were tried: opening them never ends
or takes what a machine has. `ODD` must be read.
"""

import io
import struct
import zlib
from collections.abc import Callable, Mapping

import numpy as np
import pillow_heif
from PIL import Image

from tests.support.photos import painted, painted_png

SCANS = 3000
"""Each makes libjpeg walk all blocks again, for 59 bytes: a minute of a processor in all."""
BOMB_SIDE = 6000
CANVAS = (7300, 5400)
"""Just under 40 million pixels."""


def _saved(photo: Image.Image, kind: str, **options: object) -> bytes:
    out = io.BytesIO()
    photo.save(out, kind, **options)
    return out.getvalue()


def saved_png(pixels: np.ndarray) -> bytes:
    return _saved(Image.fromarray(pixels), "PNG", compress_level=1)


def _upper() -> Image.Image:
    return Image.fromarray(painted("upper"))


def _png_chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def scans_without_end() -> bytes:
    """A progressive JPEG whose last scan comes again and again: 300 kB, a minute to open."""
    plain = _saved(Image.new("L", (BOMB_SIDE, BOMB_SIDE), 200), "JPEG", progressive=True)
    last = plain[plain.rindex(b"\xff\xda") : -2]
    return plain[:-2] + last * SCANS + b"\xff\xd9"


def memory_eater() -> bytes:
    """A WebP of 38 bytes whose canvas, frame and copies take most of a gigabyte."""
    return _saved(Image.new("RGBA", CANVAS, (200, 30, 30, 90)), "WEBP", lossless=True, method=0)


def png_of_declared_size(width: int, height: int) -> bytes:
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + _png_chunk(b"IHDR", header) + _png_chunk(b"IDAT", b"x")


def _webp_bomb() -> bytes:
    side = (16383 - 1).to_bytes(3, "little")
    chunk = b"VP8X" + struct.pack("<I", 10) + bytes(4) + side + side
    return b"RIFF" + struct.pack("<I", len(chunk) + 4) + b"WEBP" + chunk


def _jpeg_of_declared_size() -> bytes:
    data = bytearray(_saved(_upper(), "JPEG"))
    at = data.index(b"\xff\xc0")
    data[at + 5 : at + 9] = struct.pack(">HH", 65_500, 65_500)
    return bytes(data)


def _png_words_bomb(name: bytes, head: bytes) -> bytes:
    """64 MB of one letter, in a compressed chunk of 64 kB before the pixels."""
    packed = zlib.compress(b"a" * 64 * 2**20)
    plain = painted_png("upper")
    return plain[:33] + _png_chunk(name, head + packed) + plain[33:]


def _heic() -> bytes:
    out = io.BytesIO()
    pillow_heif.from_pillow(_upper()).save(out, quality=90)
    return out.getvalue()


def _heic_with(wrong: Callable[[bytearray], None]) -> bytes:
    data = bytearray(_heic())
    wrong(data)
    return bytes(data)


def _no_locations(data: bytearray) -> None:
    """The box that says where each item lies says that there are four billion."""
    at = data.index(b"iloc")
    data[at + 10 : at + 12] = b"\xff\xff"


def _box_of_itself(data: bytearray) -> None:
    at = data.index(b"meta")
    data[at - 4 : at] = struct.pack(">I", 8)


def _wide_in_the_box(data: bytearray) -> None:
    at = data.index(b"ispe")
    data[at + 8 : at + 16] = struct.pack(">II", 2**31 - 1, 2**31 - 1)


def exif_loop() -> bytes:
    """A JPEG whose directories of metadata lead back to themselves."""
    entries = struct.pack(">HHHIIHHII", 2, 0x8769, 4, 1, 8, 0x8825, 4, 1, 8)
    tiff = b"MM\0*" + struct.pack(">I", 8) + entries + struct.pack(">I", 8)
    return _saved(_upper(), "JPEG", quality=95, exif=b"Exif\0\0" + tiff)


def _webp_of_many_pieces() -> bytes:
    """A good WebP with a note of one letter 400,000 times, and metadata that must be cut out."""
    exif = Image.Exif()
    exif[0x010F] = "PhoneMaker"
    data = _saved(_upper(), "WEBP", lossless=True, exif=exif)
    body = data[12:] + (b"NOTE" + struct.pack("<I", 1) + b"a\0") * 400_000
    return b"RIFF" + struct.pack("<I", len(body) + 4) + b"WEBP" + body


def _sixteen_bits() -> bytes:
    ramp = np.linspace(0, 65535, 220 * 160, dtype=np.uint16).reshape(220, 160)
    return _saved(Image.fromarray(ramp), "PNG")


def _animated(kind: str) -> bytes:
    later = [Image.new("RGB", _upper().size, shade) for shade in ("black", "red")]
    return _saved(_upper(), kind, save_all=True, append_images=later, duration=50)


_SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>'

AT_ONCE: Mapping[str, tuple[Callable[[], bytes], str]] = {
    "nothing": (lambda: b"", "empty"),
    "svg": (lambda: _SVG, "unsupported_format"),
    "gif": (lambda: _animated("GIF"), "unsupported_format"),
    "page": (lambda: b"<!doctype html><html>404</html>", "not_an_image"),
    "zeros": (lambda: bytes(4096), "not_an_image"),
    "cut": (lambda: _saved(_upper(), "JPEG")[:900], "truncated"),
    "png bomb": (lambda: png_of_declared_size(100_000, 100_000), "too_many_pixels"),
    "png of no size": (lambda: png_of_declared_size(0, 400), "too_small"),
    "webp bomb": (_webp_bomb, "too_many_pixels"),
    "jpeg of 4 gigapixels": (_jpeg_of_declared_size, "too_many_pixels"),
    "dot": (lambda: _saved(Image.new("RGB", (1, 1)), "PNG"), "too_small"),
    "words bomb": (lambda: _png_words_bomb(b"zTXt", b"k\0\0"), "truncated"),
    "profile bomb": (lambda: _png_words_bomb(b"iCCP", b"icc\0\0"), "truncated"),
    "heic without places": (lambda: _heic_with(_no_locations), "truncated"),
    "heic in a circle": (lambda: _heic_with(_box_of_itself), "truncated"),
    "heic as wide as it says": (lambda: _heic_with(_wide_in_the_box), "too_many_pixels"),
}
COSTLY: Mapping[str, Callable[[], bytes]] = {
    "scans without end": scans_without_end,
    "memory eater": memory_eater,
}
ODD: Mapping[str, Callable[[], bytes]] = {
    "cmyk": lambda: _saved(_upper().convert("CMYK"), "JPEG"),
    "16 bit": _sixteen_bits,
    "animated webp": lambda: _animated("WEBP"),
    "animated png": lambda: _animated("PNG"),
    "heic": _heic,
    "exif loop": exif_loop,
    "many pieces": _webp_of_many_pieces,
    "junk behind": lambda: _saved(_upper(), "JPEG") + b"\xff\xd8\xff" + bytes(5000),
}
