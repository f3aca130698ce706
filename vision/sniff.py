"""Which format bytes are in, by content, and what their header promises."""

import struct

SUPPORTED = ("JPEG", "PNG", "WebP", "HEIC", "AVIF")

_MAGIC = (
    (b"\xff\xd8\xff", "JPEG"),
    (b"\x89PNG\r\n\x1a\n", "PNG"),
    (b"GIF87a", "GIF"),
    (b"GIF89a", "GIF"),
    (b"II*\0", "TIFF"),
    (b"MM\0*", "TIFF"),
    (b"II+\0", "TIFF"),
    (b"MM\0+", "TIFF"),
    (b"BM", "BMP"),
    (b"8BPS", "Photoshop"),
    (b"\0\0\1\0", "ICO"),
    (b"\xff\x0a", "JPEG XL"),
    (b"\0\0\0\x0cJXL \r\n\x87\n", "JPEG XL"),
    (b"\0\0\0\x0cjP  \r\n\x87\n", "JPEG 2000"),
    (b"\xff\x4f\xff\x51", "JPEG 2000"),
)
_OTHER_FILES = (
    (b"%PDF", "a PDF document"),
    (b"PK\3\4", "a ZIP archive or office document"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"Rar!", "a RAR archive"),
    (b"\x1aE\xdf\xa3", "a video"),
)
_HEIC_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"hevm", b"hevs", b"mif1"}
_AVIF_BRANDS = {b"avif", b"avis"}


def sniff(data: bytes) -> str | None:
    """The image format's name, supported here or not; None when the bytes are no image."""
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "WebP"
    if data[4:8] == b"ftyp":
        return _iso_media(data)
    for magic, name in _MAGIC:
        if data.startswith(magic):
            return name
    if b"<svg" in data[:4096].lower():
        return "SVG"
    return None


def describe(data: bytes) -> str:
    """What bytes that are no image seem to be, for the message to the sender."""
    for magic, words in _OTHER_FILES:
        if data.startswith(magic):
            return words
    if data[4:8] == b"ftyp":
        return "a video"
    head = data[:512]
    if b"<html" in head.lower() or b"<!doctype html" in head.lower():
        return "a web page"
    try:
        text = head.decode("utf-8", errors="ignore")
    except UnicodeDecodeError:
        return "a file of an unknown kind"
    shown = sum(char.isprintable() or char.isspace() for char in text)
    is_text = len(text.encode()) > 0.95 * len(head) and shown > 0.95 * len(text)
    return "a text file" if is_text else "a file of an unknown kind"


def declared_size(kind: str, data: bytes) -> tuple[int, int] | None:
    """Width and height in a PNG's or WebP's header; None where the decoder must be asked.

    WebP's decoder allocates its canvas when it is made, so its header is read here first.
    """
    if kind == "PNG" and data[12:16] == b"IHDR" and len(data) >= 24:
        width, height = struct.unpack(">II", data[16:24])
        return width, height
    if kind == "WebP" and len(data) >= 30:
        return _webp_size(data)
    return None


def cut_short(kind: str, data: bytes) -> bool:
    """Whether a container says that more bytes follow than there are (WebP, HEIC, AVIF)."""
    if kind == "WebP":
        return len(data) < 8 + int(struct.unpack("<I", data[4:8])[0])
    if kind in ("HEIC", "AVIF"):
        return _boxes_end(data) > len(data)
    return False


def _iso_media(data: bytes) -> str | None:
    """Tell HEIC from AVIF by the brands of the ``ftyp`` box (ISO/IEC 14496-12, 23008-12)."""
    end = min(int(struct.unpack(">I", data[:4])[0]), len(data), 256)
    brands = [data[8:12], *(data[at : at + 4] for at in range(16, end - 3, 4))]
    if _AVIF_BRANDS.intersection(brands):
        return "AVIF"
    return "HEIC" if _HEIC_BRANDS.intersection(brands) else None


def _webp_size(data: bytes) -> tuple[int, int] | None:
    """Canvas size of the three kinds of WebP (RFC 9649, sections 2.5 to 2.7)."""
    chunk = data[12:16]
    if chunk == b"VP8X":
        return 1 + int.from_bytes(data[24:27], "little"), 1 + int.from_bytes(data[27:30], "little")
    if chunk == b"VP8L":
        bits = int.from_bytes(data[21:25], "little")
        return 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)
    if chunk == b"VP8 ":
        width, height = struct.unpack("<HH", data[26:30])
        return width & 0x3FFF, height & 0x3FFF
    return None


def _boxes_end(data: bytes) -> int:
    """Where the last top-level box ends, by its own word; 0-sized boxes reach to the end."""
    at = 0
    while at + 8 <= len(data):
        size = int(struct.unpack(">I", data[at : at + 4])[0])
        if size == 1 and at + 16 <= len(data):
            size = int(struct.unpack(">Q", data[at + 8 : at + 16])[0])
        if size == 0:
            return len(data)
        if size < 8:
            return len(data) + 1
        at += size
    return at if at >= len(data) else len(data) + 1
