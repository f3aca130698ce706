"""A photo's file without what it tells about its owner: place, camera, names.

JPEG, PNG and WebP lose their metadata without being encoded again; the orientation stays.
HEIC and AVIF, which not every browser shows, become JPEG.
"""

import io
import struct
from collections.abc import Iterator

from PIL import Image

from vision.decode import decode

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


def clean(data: bytes, kind: str) -> tuple[bytes, str]:
    """The bytes to keep and their suffix, of a file that `vision.decode` accepted as `kind`."""
    if kind not in SUFFIXES:
        return _as_jpeg(data), SUFFIXES["JPEG"]
    strip = {"JPEG": _clean_jpeg, "PNG": _clean_png, "WebP": _clean_webp}[kind]
    try:
        return strip(data), SUFFIXES[kind]
    except (struct.error, IndexError):
        # A container that is odd but was decoded: draw it anew.
        return _as_jpeg(data), SUFFIXES["JPEG"]


def _as_jpeg(data: bytes) -> bytes:
    out = io.BytesIO()
    Image.fromarray(decode(data).pixels).save(out, "JPEG", quality=JPEG_QUALITY)
    return out.getvalue()


def _clean_jpeg(data: bytes) -> bytes:
    out, orientation = [b"\xff\xd8"], 1
    segments: list[bytes] = []
    at = 2
    while True:
        while data[at + 1] == 0xFF:
            at += 1
        marker = data[at + 1]
        if marker == _JPEG_SCAN:
            break
        end = at + 2 + int(struct.unpack_from(">H", data, at + 2)[0])
        body = data[at + 4 : end]
        if marker == 0xE1 and body.startswith(_EXIF):
            orientation = _orientation_of(data)
        elif marker != _JPEG_COMMENT and (not 0xE0 <= marker <= 0xEF or marker in _JPEG_KEPT_APPS):
            segments.append(data[at:end])
        at = end
    if orientation != 1:
        out.append(_exif_segment(orientation))
    return b"".join([*out, *segments, data[at:]])


def _orientation_of(data: bytes) -> int:
    with Image.open(io.BytesIO(data)) as photo:
        found = photo.getexif().get(_ORIENTATION, 1)
    return found if found in range(1, 9) else 1


def _exif_segment(orientation: int) -> bytes:
    """An EXIF block that holds nothing but the orientation (TIFF 6.0, one directory entry)."""
    tiff = b"MM\0*" + struct.pack(">IHHHIHHI", 8, 1, _ORIENTATION, 3, 1, orientation, 0, 0)
    body = _EXIF + tiff
    return b"\xff\xe1" + struct.pack(">H", len(body) + 2) + body


def _clean_png(data: bytes) -> bytes:
    kept = [data[:8]]
    orientation = _orientation_of(data) if b"eXIf" in data else 1
    if orientation != 1:
        return _as_jpeg(data)
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
    if _orientation_of(data) != 1:
        return _as_jpeg(data)
    body = b""
    for name, content in chunks:
        if name in _WEBP_DROPPED or not content:
            continue
        flags = content[0] & ~(_WEBP_EXIF_FLAG | _WEBP_XMP_FLAG)
        plain = bytes([flags]) + content[1:] if name == b"VP8X" else content
        body += name + struct.pack("<I", len(plain)) + plain + b"\0" * (len(plain) % 2)
    return b"RIFF" + struct.pack("<I", len(body) + 4) + b"WEBP" + body


def _riff_chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = 12
    while at + 8 <= len(data):
        length = int(struct.unpack_from("<I", data, at + 4)[0])
        yield data[at : at + 4], data[at + 8 : at + 8 + length]
        at += 8 + length + length % 2
