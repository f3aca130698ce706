"""Photos by name, wherever they lie: in a ZIP or in a folder of this machine."""

import unicodedata
from pathlib import PurePosixPath
from typing import Protocol

from catalog.imports.errors import Problem

CSV_NAME = "products.csv"
# The folder of an export that holds what is neither a product nor its photo.
EXPORTED = "lookus"
PHOTO_SUFFIXES = (".jpg", ".jpeg", ".png", ".webp", ".heic", ".heif", ".avif")


class PhotoNames:
    """`photos` holds each name's place, from 1; `problems` the files of no use, by place."""

    def __init__(self) -> None:
        self.photos: dict[str, int] = {}
        self.problems: list[tuple[int, Problem]] = []
        self.csv_folder = PurePosixPath(".")
        self._folded: dict[str, str] = {}

    def find(self, name: str) -> str | None:
        """The photo that products.csv calls `name`, whatever case it is written in."""
        if len(self._folded) != len(self.photos):
            self._folded = {one.casefold(): one for one in self.photos}
        asked = unicodedata.normalize("NFC", name.replace("\\", "/")).lstrip("./")
        for candidate in (str(self.csv_folder / asked), asked):
            if candidate in self.photos:
                return candidate
            if found := self._folded.get(candidate.casefold()):
                return found
        return None


class Photos(Protocol):
    """A place that photos are read from."""

    photos: dict[str, int]
    problems: list[tuple[int, Problem]]

    def find(self, name: str) -> str | None: ...

    def read(self, name: str) -> bytes:
        """The photo's bytes. Raises EntryRefused, and FileRefused once all of it is too much."""
        ...

    def read_csv(self) -> bytes | None:
        """The bytes of products.csv, if there is one. Raises FileRefused."""
        ...


def is_litter(path: PurePosixPath) -> bool:
    """Files that operating systems leave beside the photos, our own exports too; no name at all."""
    return (
        not path.parts
        or "__MACOSX" in path.parts
        or path.parts[0] == EXPORTED
        or path.name.startswith(".")
        or path.name.lower() in ("thumbs.db", "desktop.ini")
    )
