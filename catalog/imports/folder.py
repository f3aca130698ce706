"""Photos in a folder of this machine, by the same rules as a ZIP's."""

import unicodedata
from pathlib import Path, PurePosixPath

from catalog.imports.errors import EntryRefused
from catalog.imports.photo_names import CSV_NAME, PHOTO_SUFFIXES, PhotoNames, is_litter
from vision.decode import DEFAULT_LIMITS


class Folder(PhotoNames):
    """Reads what lies below `root`; links are not followed out of it."""

    def __init__(self, root: Path) -> None:
        super().__init__()
        self.root = root
        self._paths: dict[str, Path] = {}
        for path in sorted(root.rglob("*")):
            name = PurePosixPath(unicodedata.normalize("NFC", path.relative_to(root).as_posix()))
            if is_litter(name) or name.suffix.lower() not in PHOTO_SUFFIXES or not path.is_file():
                continue
            self._paths[str(name)] = path
            self.photos[str(name)] = len(self.photos) + 1

    def read(self, name: str) -> bytes:
        path = self._paths[name]
        try:
            if not path.resolve().is_relative_to(self.root.resolve()):
                raise EntryRefused("symlink", "A link that leads out of the folder.")
            with path.open("rb") as file:
                return file.read(DEFAULT_LIMITS.max_bytes + 1)
        except OSError as error:
            raise EntryRefused("unreadable", f"Cannot be read: {error.strerror}.") from error

    def read_csv(self) -> bytes | None:
        path = self.root / CSV_NAME
        return path.read_bytes() if path.is_file() else None
