"""The one guarded way from a stranger's bytes to pixels.

Nothing is decoded before the byte size, the format (by content) and the header's dimensions are
within the limits. No global of Pillow is changed and no plugin is registered, so that threads
may decode at the same time.
"""

import io
from collections.abc import Callable
from dataclasses import dataclass

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
from vision.errors import ImageRejected
from vision.types import Box, Image

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


@dataclass(frozen=True, slots=True)
class Limits:
    """What is accepted."""

    max_bytes: int = 10 * 2**20
    max_pixels: int = 40_000_000
    min_side: int = 32


DEFAULT_LIMITS = Limits()


@dataclass(frozen=True, slots=True, eq=False)
class Decoded:
    """A photo's pixels, upright, with the size that it has in its file."""

    pixels: Image
    """[h, w, 3]; [h, w, 4] where alpha was asked for and is there."""
    width: int
    height: int
    """Of the upright photo at full size; the pixels are fewer where ``max_side`` asked for it."""
    format: str

    def to_full(self, box: Box) -> Box:
        """A box in these pixels as a box in the pixels of the file's photo."""
        return self._scaled(box, self.width / self.pixels.shape[1])

    def from_full(self, box: Box) -> Box:
        """A box in the pixels of the file's photo as a box in these pixels."""
        return self._scaled(box, self.pixels.shape[1] / self.width)

    def _scaled(self, box: Box, scale: float) -> Box:
        x0, y0, x1, y1 = (round(side * scale) for side in box)
        return x0, y0, x1, y1


def decode_image(
    data: bytes, *, limits: Limits = DEFAULT_LIMITS, max_side: int | None = None
) -> Image:
    """RGB pixels [h, w, 3] of a JPEG, PNG, WebP, HEIC or AVIF file.

    Orientation is applied, transparency stands on white, CMYK, 16-bit, grey and palette become
    RGB, a colour profile becomes sRGB, of an animation the first frame is taken. With
    ``max_side`` a longer photo is reduced to that many pixels on its longer side.
    Raises ``ImageRejected``.
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
    kind = _checked_format(data, limits)
    _check_size(sniff.declared_size(kind, data), limits)
    try:
        photo = _OPENERS[kind](io.BytesIO(data))
        full = photo.size
    except Exception as error:  # decoders of hostile bytes raise nearly anything
        raise _damaged(kind) from error
    _check_size(full, limits)
    try:
        pixels, turned = _pixels(photo, kind, max_side, alpha)
    except ImageRejected:
        raise
    except Exception as error:
        raise _damaged(kind) from error
    width, height = full[::-1] if turned else full
    return Decoded(pixels=pixels, width=width, height=height, format=kind)


def _checked_format(data: bytes, limits: Limits) -> str:
    if not data:
        raise ImageRejected("empty", "The file is empty.")
    if len(data) > limits.max_bytes:
        raise ImageRejected(
            "too_large",
            f"The file has {len(data) / 2**20:.1f} MB; at most {limits.max_bytes / 2**20:g} MB.",
        )
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


def _pixels(photo: ImageFile, kind: str, max_side: int | None, alpha: bool) -> tuple[Image, bool]:
    """Decode; also whether the orientation swapped width and height."""
    if max_side and kind == "JPEG":
        photo.draft(None, _fitted(photo.size, max_side))
    photo.load()
    icc = photo.info.get("icc_profile")
    turn = _TURNS.get(_orientation(photo))
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
    return np.asarray(plain), turn in _SWAPS_SIDES


def _orientation(photo: ImageFile) -> int:
    """EXIF's orientation, 1 (upright) where there is none or it cannot be read.

    Of HEIC and AVIF the openers have put the container's rotation there: HEIC comes turned
    already and says 1, AVIF says what is left to do.
    """
    try:
        return int(photo.getexif().get(_EXIF_ORIENTATION, 1))
    except Exception:  # a damaged block of metadata does not make the photo unreadable
        return 1


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
    wide = np.clip(values.astype(np.int64), 0, 65535)
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
