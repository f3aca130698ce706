"""A photo's file without what it tells about its owner: place, camera, names.

JPEG, PNG and WebP lose their metadata without being encoded again; the orientation stays.
HEIC and AVIF, which not every browser shows, become JPEG.
"""

import io
import struct
from collections.abc import Iterator

from PIL import Image

from vision.decode import Decoded, decode

JPEG_QUALITY = 92
SUFFIXES = {"JPEG": ".jpg", "PNG": ".png", "WebP": ".webp"}

_EXIF = b"Exif\0\0"
_ORIENTATION = 0x0112
# Application segments that hold pixels' meaning and not their story: JFIF, colour profile, Adobe.
_JPEG_KEPT_APPS = (0xE0, 0xE2, 0xEE)
_JPEG_COMMENT, _JPEG_SCAN = 0xFE, 0xDA
_PNG_DROPPED = (b"eXIf", b"tEXt", b"zTXt", b"iTXt", b"tIME")
_WEBP_DROPPED = (b"EXIF", b"XMP ")
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
    out = [b"\xff\xd8"]
    segments: list[bytes] = []
    at = 2
    while True:
        while data[at + 1] == 0xFF:
            at += 1
        marker = data[at + 1]
        if marker == _JPEG_SCAN:
            break
        end = at + 2 + int(struct.unpack_from(">H", data, at + 2)[0])
        if marker != _JPEG_COMMENT and (not 0xE0 <= marker <= 0xEF or marker in _JPEG_KEPT_APPS):
            segments.append(data[at:end])
        at = end
    if orientation != 1:
        out.append(_exif_segment(orientation))
    return b"".join([*out, *segments, data[at:]])


def _exif_segment(orientation: int) -> bytes:
    """An EXIF block that holds nothing but the orientation (TIFF 6.0, one directory entry)."""
    tiff = b"MM\0*" + struct.pack(">IHHHIHHI", 8, 1, _ORIENTATION, 3, 1, orientation, 0, 0)
    body = _EXIF + tiff
    return b"\xff\xe1" + struct.pack(">H", len(body) + 2) + body


def _clean_png(data: bytes) -> bytes:
    kept = [data[:8]]
    at = 8
    while at < len(data):
        length = int(struct.unpack_from(">I", data, at)[0])
        if data[at + 4 : at + 8] not in _PNG_DROPPED:
            kept.append(data[at : at + 12 + length])
        at += 12 + length
    return b"".join(kept)


def _clean_webp(data: bytes) -> bytes:
    chunks = list(_riff_chunks(data))
    if not any(name in _WEBP_DROPPED for name, _ in chunks):
        return data
    pieces: list[bytes] = []
    for name, content in chunks:
        if name in _WEBP_DROPPED or not content:
            continue
        flags = content[0] & ~(_WEBP_EXIF_FLAG | _WEBP_XMP_FLAG)
        plain = bytes([flags]) + content[1:] if name == b"VP8X" else content
        pieces += [name, struct.pack("<I", len(plain)), plain, b"\0" * (len(plain) % 2)]
    body = b"".join(pieces)
    return b"RIFF" + struct.pack("<I", len(body) + 4) + b"WEBP" + body


def _riff_chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = 12
    while at + 8 <= len(data):
        length = int(struct.unpack_from("<I", data, at + 4)[0])
        yield data[at : at + 4], data[at + 8 : at + 8 + length]
        at += 8 + length + length % 2
