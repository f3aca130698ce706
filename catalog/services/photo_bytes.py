"""A photo's file without what it tells about its owner: place, camera, names.

JPEG, PNG and WebP keep what a picture is made of, without being encoded again, and lose the rest:
metadata, a second picture, a film or whatever else stands behind it. The orientation stays.
HEIC and AVIF, which not every browser shows, become JPEG.
"""

import io
import re
import struct
from collections.abc import Iterator

from PIL import Image

from vision.decode import Decoded, decode

JPEG_QUALITY = 92
SUFFIXES = {"JPEG": ".jpg", "PNG": ".png", "WebP": ".webp"}

_EXIF = b"Exif\0\0"
_ORIENTATION = 0x0112
# What a picture is made of (ITU-T T.81, table B.1): frames, tables, scans. Of the application's
# segments JFIF's, a colour profile's and Adobe's hold the pixels' meaning, others their story.
_JPEG_END, _JPEG_SCAN = 0xD9, 0xDA
_JPEG_KEPT = {*range(0xC0, 0xD0), _JPEG_SCAN, 0xDB, 0xDC, 0xDD}
_JPEG_KEPT_APPS = {0xE0: b"JFIF\0", 0xE2: b"ICC_PROFILE\0", 0xEE: b"Adobe"}
# In the bits of a scan only stuffed bytes and restarts follow 0xFF.
_JPEG_NEXT = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")
_PNG_KEPT = {
    *(b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"cHRM", b"gAMA", b"iCCP", b"sBIT", b"sRGB"),
    *(b"cICP", b"mDCV", b"cLLI", b"bKGD", b"hIST", b"pHYs", b"sPLT", b"acTL", b"fcTL", b"fdAT"),
}
_WEBP_KEPT = {b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF", b"ICCP"}
_WEBP_EXIF_FLAG, _WEBP_XMP_FLAG = 0x08, 0x04


def clean(data: bytes, seen: Decoded) -> tuple[bytes, str]:
    """The bytes to keep and their suffix, of a file as `vision.decode` saw it.

    Raises vision.ImageRejected where it must be drawn anew and cannot be.
    """
    turned = seen.orientation != 1
    if seen.format not in SUFFIXES or (turned and seen.format != "JPEG"):
        return _as_jpeg(data), SUFFIXES["JPEG"]
    try:
        match seen.format:
            case "JPEG":
                kept = _clean_jpeg(data, seen.orientation)
            case "PNG":
                kept = _clean_png(data)
            case _:
                kept = _clean_webp(data)
        return kept, SUFFIXES[seen.format]
    except (struct.error, IndexError):
        # A container that is odd but was decoded: draw it anew.
        return _as_jpeg(data), SUFFIXES["JPEG"]


def _as_jpeg(data: bytes) -> bytes:
    out = io.BytesIO()
    Image.fromarray(decode(data).pixels).save(out, "JPEG", quality=JPEG_QUALITY)
    return out.getvalue()


def _clean_jpeg(data: bytes, orientation: int) -> bytes:
    out = [b"\xff\xd8", _exif_segment(orientation) if orientation != 1 else b""]
    at = 2
    while True:
        while data[at] == data[at + 1] == 0xFF:
            at += 1
        marker = data[at + 1]
        if data[at] != 0xFF:
            raise IndexError(at)
        if marker == _JPEG_END:
            break
        end = at + 2 + int(struct.unpack_from(">H", data, at + 2)[0])
        if marker == _JPEG_SCAN:
            after = _JPEG_NEXT.search(data, end)
            end = after.start() if after else len(data)
        owner = _JPEG_KEPT_APPS.get(marker)
        if marker in _JPEG_KEPT or (owner and data.startswith(owner, at + 4)):
            out.append(data[at:end])
        at = end
    return b"".join([*out, b"\xff\xd9"])


def _exif_segment(orientation: int) -> bytes:
    """An EXIF block that holds nothing but the orientation (TIFF 6.0, one directory entry)."""
    tiff = b"MM\0*" + struct.pack(">IHHHIHHI", 8, 1, _ORIENTATION, 3, 1, orientation, 0, 0)
    body = _EXIF + tiff
    return b"\xff\xe1" + struct.pack(">H", len(body) + 2) + body


def _clean_png(data: bytes) -> bytes:
    kept, at, name = [data[:8]], 8, b""
    while name != b"IEND":
        length = int(struct.unpack_from(">I", data, at)[0])
        name = data[at + 4 : at + 8]
        if name in _PNG_KEPT:
            kept.append(data[at : at + 12 + length])
        at += 12 + length
    return b"".join(kept)


def _clean_webp(data: bytes) -> bytes:
    pieces: list[bytes] = []
    for name, content in _riff_chunks(data):
        if name not in _WEBP_KEPT or not content:
            continue
        flags = content[0] & ~(_WEBP_EXIF_FLAG | _WEBP_XMP_FLAG)
        plain = bytes([flags]) + content[1:] if name == b"VP8X" else content
        pieces += [name, struct.pack("<I", len(plain)), plain, b"\0" * (len(plain) % 2)]
    body = b"".join(pieces)
    return b"RIFF" + struct.pack("<I", len(body) + 4) + b"WEBP" + body


def _riff_chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    at, end = 12, min(len(data), 8 + int(struct.unpack_from("<I", data, 4)[0]))
    while at + 8 <= end:
        length = int(struct.unpack_from("<I", data, at + 4)[0])
        yield data[at : at + 4], data[at + 8 : at + 8 + length]
        at += 8 + length + length % 2
