"""A drawing as a shopper's page sends it."""

import hashlib
import json
from dataclasses import dataclass

HALF = 40
"""Digits of the digest that the picture alone gives: by these a search is counted, so that the
same picture under another category is no new one (`usage.DIGEST_LENGTH`)."""


@dataclass(frozen=True, slots=True)
class Sketch:
    """The bytes of a picture, the colours it was painted with (`#rrggbb`), and the category that
    the shopper says it shows, "" where she did not."""

    data: bytes
    colors: tuple[str, ...] = ()
    category: str = ""

    @property
    def digest(self) -> str:
        """64 digits, as SHA-256 has; never those of the same bytes as a photo."""
        said = json.dumps({"colors": self.colors, "category": self.category})
        picture = hashlib.sha256(self.data).hexdigest()[:HALF]
        return picture + hashlib.sha256(said.encode()).hexdigest()[: 64 - HALF]
