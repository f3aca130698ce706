"""What the decoder accepts and what it gives."""

from dataclasses import dataclass

from vision.errors import ImageRejected
from vision.types import Box, Image


@dataclass(frozen=True, slots=True)
class Limits:
    """What is accepted."""

    max_bytes: int = 10 * 2**20
    max_pixels: int = 40_000_000
    min_side: int = 32


DEFAULT_LIMITS = Limits()


@dataclass(frozen=True, slots=True)
class Cost:
    """What opening a photo may take. A good one of 40 megapixels takes half of it at most."""

    seconds: float = 15.0
    """Of the processor's time."""
    memory: int = 1280 * 2**20
    """Bytes beyond those of the decoder itself, where the system can hold a process to them."""


@dataclass(frozen=True, slots=True, eq=False)
class Decoded:
    """A photo's pixels, upright, with the size that it has in its file."""

    pixels: Image
    """[h, w, 3]; [h, w, 4] where alpha was asked for and is there."""
    width: int
    height: int
    """Of the upright photo at full size; the pixels are fewer where ``max_side`` asked for it."""
    format: str
    orientation: int = 1
    """EXIF's, as it stood in the file: 1 to 8. The pixels are upright already."""

    def to_full(self, box: Box) -> Box:
        """A box in these pixels as a box in the pixels of the file's photo."""
        return self._scaled(box, self.width / self.pixels.shape[1])

    def from_full(self, box: Box) -> Box:
        """A box in the pixels of the file's photo as a box in these pixels."""
        return self._scaled(box, self.pixels.shape[1] / self.width)

    def _scaled(self, box: Box, scale: float) -> Box:
        x0, y0, x1, y1 = (round(side * scale) for side in box)
        return x0, y0, x1, y1


def check_bytes(data: bytes, limits: Limits) -> None:
    """Raises ImageRejected where nothing came, or too much."""
    if not data:
        raise ImageRejected("empty", "The file is empty.")
    if len(data) > limits.max_bytes:
        raise ImageRejected(
            "too_large",
            f"The file has {len(data) / 2**20:.1f} MB; at most {limits.max_bytes / 2**20:g} MB.",
        )
