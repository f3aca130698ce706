"""What can go wrong on the way from bytes to tags, in types that a caller can act on."""

from pathlib import Path


class ImageRejected(ValueError):
    """A photo that is not analysed.

    ``code`` is stable and one of ``empty``, ``too_large``, ``not_an_image``,
    ``unsupported_format``, ``too_many_pixels``, ``too_small``, ``truncated``; ``message`` says
    what was found and what the limit is.
    """

    def __init__(self, code: str, message: str) -> None:
        super().__init__(code, message)
        self.code = code
        self.message = message

    def __str__(self) -> str:
        return self.message


class DecoderStopped(ImageRejected):
    """A photo that was given up: the process that opened it took too much or ended.

    ``code`` is ``too_costly`` (time or memory, the message says which) or ``decoder_died``. On
    another day it may go better: somebody may try again, a few times.
    """


class BundleError(ValueError):
    """A bundle that cannot be served; the message names the file, the key and what is expected."""

    def __init__(self, path: Path, message: str) -> None:
        super().__init__(path, message)
        self.path = path
        self.message = message

    def __str__(self) -> str:
        return f"{self.path}: {self.message}"


class TaxonomyError(ValueError):
    """The taxonomy file contradicts itself, or an id was asked for that it does not hold."""
