"""From bytes to pixels, in this process: what the child does. Everybody else asks `decode`.

Nothing is decoded before the byte size, the format (by content) and the header's dimensions are
within the limits. No global of Pillow is changed and no plugin is registered, so that threads
may decode at the same time.
"""

import io
import resource
from collections.abc import Callable

import numpy as np
from PIL import Image as Pillow
from PIL import ImageCms
from PIL.AvifImagePlugin import AvifImageFile
from PIL.ImageFile import ImageFile
from PIL.JpegImagePlugin import JpegImageFile
from PIL.PngImagePlugin import PngImageFile
from PIL.WebPImagePlugin import WebPImageFile
from pillow_heif import HeifImageFile

from vision import sniff
from vision.decode.limits import Decoded, Limits, check_bytes
from vision.errors import ImageRejected
from vision.types import Image

_OPENERS: dict[str, Callable[[io.BytesIO], ImageFile]] = {
    "JPEG": JpegImageFile,
    "PNG": PngImageFile,
    "WebP": WebPImageFile,
    "HEIC": HeifImageFile,
    "AVIF": AvifImageFile,
}
_ICC_SPACES = {"RGB": "RGB", "GRAY": "L", "CMYK": "CMYK"}
_MAX_ICC_BYTES = 4 * 2**20
_EXIF_ORIENTATION = 0x0112
_TURNS = {
    2: Pillow.Transpose.FLIP_LEFT_RIGHT,
    3: Pillow.Transpose.ROTATE_180,
    4: Pillow.Transpose.FLIP_TOP_BOTTOM,
    5: Pillow.Transpose.TRANSPOSE,
    6: Pillow.Transpose.ROTATE_270,
    7: Pillow.Transpose.TRANSVERSE,
    8: Pillow.Transpose.ROTATE_90,
}
_SWAPS_SIDES = tuple(_TURNS[value] for value in (5, 6, 7, 8))
_WHITE = (255, 255, 255)
_MOST_A_PIXEL = 24
"""Bytes that opening a photo takes at most, for each of its pixels: a WebP's, as measured."""


def opened(data: bytes, limits: Limits, max_side: int | None, alpha: bool) -> Decoded:
    """As `vision.decode.decode`. Raises ImageRejected, MemoryError."""
    kind = _checked_format(data, limits)
    declared = sniff.declared_size(kind, data)
    _check_size(declared, limits)
    try:
        photo = _OPENERS[kind](io.BytesIO(data))
        full = photo.size
    except Exception as error:  # decoders of hostile bytes raise nearly anything
        raise _failed(kind, error, declared) from error
    _check_size(full, limits)
    try:
        pixels, orientation = _pixels(photo, kind, max_side, alpha)
    except Exception as error:
        raise _failed(kind, error, full) from error
    turned = _TURNS.get(orientation) in _SWAPS_SIDES
    width, height = full[::-1] if turned else full
    return Decoded(pixels, width, height, kind, orientation)


def _checked_format(data: bytes, limits: Limits) -> str:
    check_bytes(data, limits)
    kind = sniff.sniff(data)
    accepted = "JPEG, PNG, WebP, HEIC or AVIF"
    if kind is None:
        words = sniff.describe(data)
        raise ImageRejected("not_an_image", f"The file is {words}, not an image ({accepted}).")
    if kind not in _OPENERS:
        raise ImageRejected("unsupported_format", f"{kind} is not supported; send {accepted}.")
    if sniff.cut_short(kind, data):
        raise _damaged(kind)
    return kind


def _check_size(size: tuple[int, int] | None, limits: Limits) -> None:
    if size is None:
        return
    width, height = size
    if width * height > limits.max_pixels:
        raise ImageRejected(
            "too_many_pixels",
            f"The image has {width}×{height} pixels ({width * height / 1e6:.1f} million);"
            f" at most {limits.max_pixels / 1e6:g} million.",
        )
    if min(width, height) < limits.min_side:
        raise ImageRejected(
            "too_small",
            f"The image has {width}×{height} pixels; at least {limits.min_side} on each side.",
        )


def _damaged(kind: str) -> ImageRejected:
    return ImageRejected("truncated", f"The {kind} file is cut short or damaged; send it again.")


def _failed(kind: str, error: Exception, size: tuple[int, int] | None) -> Exception:
    """What a decoder's error means.

    Not all say that memory was refused to them: of a photo so large that its pixels take all that
    is allowed, it is what went wrong.
    """
    if isinstance(error, ImageRejected):
        return error
    allowed = resource.getrlimit(resource.RLIMIT_AS)[0]
    width, height = size or (0, 0)
    large = width * height * _MOST_A_PIXEL > allowed != resource.RLIM_INFINITY
    return MemoryError() if large or isinstance(error, MemoryError) else _damaged(kind)


def _pixels(photo: ImageFile, kind: str, max_side: int | None, alpha: bool) -> tuple[Image, int]:
    """Decode; also the orientation, which is applied."""
    if max_side and kind == "JPEG":
        photo.draft(None, _fitted(photo.size, max_side))
    photo.load()
    icc = photo.info.get("icc_profile")
    orientation = _orientation(photo)
    turn = _TURNS.get(orientation)
    if alpha and _has_alpha(photo):
        plain = photo.convert("RGBA")
    else:
        plain = _without_alpha(_adobe_polarity(photo, kind))
    if max_side and max(plain.size) > max_side:
        plain = plain.resize(_fitted(plain.size, max_side), Pillow.Resampling.BOX)
    if plain.mode == "RGBA":
        cover = plain.getchannel("A")
        plain = _to_srgb(plain.convert("RGB"), icc)
        plain.putalpha(cover)
    else:
        plain = _to_srgb(plain, icc)
    if turn is not None:
        plain = plain.transpose(turn)
    return np.asarray(plain), orientation


def _orientation(photo: ImageFile) -> int:
    """EXIF's orientation, 1 (upright) where there is none or it cannot be read.

    Of HEIC and AVIF the openers have put the container's rotation there: HEIC comes turned
    already and says 1, AVIF says what is left to do.
    """
    try:
        found = int(photo.getexif().get(_EXIF_ORIENTATION, 1))
    except Exception:  # a damaged block of metadata does not make the photo unreadable
        return 1
    return found if found in _TURNS else 1


def _fitted(size: tuple[int, int], side: int) -> tuple[int, int]:
    scale = min(1.0, side / max(size))
    return max(1, round(size[0] * scale)), max(1, round(size[1] * scale))


def _adobe_polarity(photo: Pillow.Image, kind: str) -> Pillow.Image:
    """Pillow takes every CMYK JPEG as inverted, which only those with Adobe's marker are."""
    if kind == "JPEG" and photo.mode == "CMYK" and "adobe" not in photo.info:
        return Pillow.fromarray(255 - np.asarray(photo), "CMYK")
    return photo


def _without_alpha(photo: Pillow.Image) -> Pillow.Image:
    """Mode RGB, L or CMYK, 8 bit, transparency on white."""
    if photo.mode.startswith("I;16") or photo.mode in ("I", "F"):
        return Pillow.fromarray(_eight_bits(np.asarray(photo)))
    if _has_alpha(photo):
        rgba = photo.convert("RGBA")
        ground = Pillow.new("RGB", rgba.size, _WHITE)
        ground.paste(rgba, mask=rgba.getchannel("A"))
        return ground
    return photo if photo.mode in ("RGB", "L", "CMYK") else photo.convert("RGB")


def _has_alpha(photo: Pillow.Image) -> bool:
    wide = photo.mode.startswith("I;16") or photo.mode in ("I", "F")
    alpha = photo.mode in ("RGBA", "LA", "PA", "La", "RGBa")
    return alpha or ("transparency" in photo.info and not wide)


def _eight_bits(values: np.ndarray) -> Image:
    """16-bit grey to 8-bit grey; Pillow's own conversion clips everything above 255."""
    wide = values if values.dtype.itemsize == 2 else np.clip(values, 0, 65535).astype(np.uint16)
    return (wide >> 8).astype(np.uint8)


def _to_srgb(photo: Pillow.Image, icc: bytes | None) -> Pillow.Image:
    """RGB by the embedded profile; a profile that is broken or of another space is ignored."""
    if icc and len(icc) <= _MAX_ICC_BYTES:
        try:
            profile = ImageCms.ImageCmsProfile(io.BytesIO(icc))
            known = "sRGB" in ImageCms.getProfileDescription(profile)
            space = _ICC_SPACES.get(profile.profile.xcolor_space.strip())
            if space == photo.mode and not known:
                srgb = ImageCms.createProfile("sRGB")
                turned = ImageCms.profileToProfile(photo, profile, srgb, outputMode="RGB")
                photo = turned or photo
        except (ImageCms.PyCMSError, OSError, ValueError):
            pass
    # converting to what it is already would copy every pixel
    return photo if photo.mode == "RGB" else photo.convert("RGB")
