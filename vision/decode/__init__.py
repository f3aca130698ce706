"""The one guarded way from a stranger's bytes to pixels.

Bytes are opened in a child process that holds nothing of ours and is bound to a time and to so
much memory: what hangs, eats memory or crashes there costs this photo and nothing else.
"""

from vision.decode.child import DecoderMissing
from vision.decode.children import POOL
from vision.decode.limits import DEFAULT_LIMITS, Cost, Decoded, Limits, check_bytes
from vision.types import Image

__all__ = [
    "DEFAULT_LIMITS",
    "Cost",
    "Decoded",
    "DecoderMissing",
    "Limits",
    "allow",
    "decode",
    "decode_image",
]


def decode_image(
    data: bytes, *, limits: Limits = DEFAULT_LIMITS, max_side: int | None = None
) -> Image:
    """RGB pixels [h, w, 3] of a JPEG, PNG, WebP, HEIC or AVIF file.

    Orientation is applied, transparency stands on white, CMYK, 16-bit, grey and palette become
    RGB, a colour profile becomes sRGB, of an animation the first frame is taken. With
    ``max_side`` a longer photo is reduced to that many pixels on its longer side.
    Raises ``ImageRejected``; ``DecoderStopped`` where opening it cost too much; ``DecoderMissing``
    where the machine lets no process start.
    """
    return decode(data, limits=limits, max_side=max_side).pixels


def decode(
    data: bytes,
    *,
    limits: Limits = DEFAULT_LIMITS,
    max_side: int | None = None,
    alpha: bool = False,
) -> Decoded:
    """As ``decode_image``, with the size at full resolution and the format.

    With ``alpha`` a picture that has transparency keeps it: its pixels are RGBA [h, w, 4].
    """
    check_bytes(data, limits)
    return POOL.decode(data, limits, max_side, alpha)


def allow(cost: Cost) -> None:
    """What opening a photo may take from now on, in this process."""
    POOL.cost = cost
