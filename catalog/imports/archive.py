"""A ZIP from a stranger: what is in it, and bytes only within bounds."""

import stat
import unicodedata
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import IO

from catalog.imports.errors import FileRefused, Problem
from vision.decode import DEFAULT_LIMITS

MAX_ENTRIES = 200_000
MAX_CSV_BYTES = 256 * 2**20
# Photos are compressed already: what unpacks to far more than it takes was made to do harm.
MAX_RATIO = 100
RATIO_FROM_BYTES = 2**20
MAX_TOTAL_RATIO = 20
TOTAL_FROM_BYTES = 200 * 2**20
PHOTO_SUFFIXES = (".jpg", ".jpeg", ".png", ".webp", ".heic", ".heif", ".avif")
ARCHIVES = (".zip", ".rar", ".7z", ".tar", ".gz", ".tgz", ".bz2", ".xz", ".egg", ".alz")
CSV_NAME = "products.csv"
_UTF8_FLAG, _ENCRYPTED_FLAG = 0x800, 0x1


class EntryRefused(Exception):
    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code, self.message = code, message


@dataclass(frozen=True)
class Entry:
    place: int
    """In the archive's own list, from 1."""
    name: str
    info: zipfile.ZipInfo

    @property
    def path(self) -> PurePosixPath:
        return PurePosixPath(self.name)


class Archive:
    """Raises FileRefused for a file that is no ZIP, or one with too many entries."""

    def __init__(self, file: IO[bytes]) -> None:
        try:
            self._zip = zipfile.ZipFile(file)
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
            raise FileRefused(
                "not_a_zip", "The file is no ZIP, or was cut off: pack it again and upload it."
            ) from None
        found = self._zip.infolist()
        if len(found) > MAX_ENTRIES:
            raise FileRefused(
                "too_many_files", f"The ZIP holds {len(found):,} files, at most {MAX_ENTRIES:,}."
            )
        packed = sum(info.compress_size for info in found)
        self._budget = max(TOTAL_FROM_BYTES, packed * MAX_TOTAL_RATIO)
        self.photos: dict[str, Entry] = {}
        self.csv: Entry | None = None
        self.problems: list[tuple[int, Problem]] = []
        for place, info in enumerate(found, 1):
            self._sort(Entry(place, _name_of(info), info))

    def read(self, entry: Entry, limit: int = DEFAULT_LIMITS.max_bytes) -> bytes:
        """The entry's bytes. Raises EntryRefused, and FileRefused once all of it is too much."""
        if entry.info.file_size > limit:
            size = entry.info.file_size / 2**20
            raise EntryRefused("too_large", f"The file has {size:.1f} MB, at most {limit >> 20}.")
        try:
            with self._zip.open(entry.info) as packed:
                data = packed.read(limit + 1)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError) as error:
            raise EntryRefused("damaged", "The file in the ZIP is damaged.") from error
        except (NotImplementedError, RuntimeError) as error:
            raise EntryRefused(
                "unreadable", "The file is packed in a way we cannot read."
            ) from error
        self._budget -= len(data)
        if self._budget < 0:
            raise FileRefused(
                "bomb", "The ZIP unpacks to far more than photos do: pack the photos anew."
            )
        return data

    def read_csv(self) -> bytes | None:
        """The bytes of products.csv, if there is one. Raises FileRefused."""
        if self.csv is None:
            return None
        try:
            return self.read(self.csv, MAX_CSV_BYTES)
        except EntryRefused as refused:
            raise FileRefused(refused.code, f"{CSV_NAME}: {refused.message}") from refused

    def find(self, name: str, folder: PurePosixPath) -> str | None:
        """The photo that a CSV in `folder` calls `name`, whatever case it is written in."""
        asked = unicodedata.normalize("NFC", name.replace("\\", "/")).lstrip("./")
        for candidate in (str(folder / asked), asked):
            if candidate in self.photos:
                return candidate
            found = self._folded.get(candidate.casefold())
            if found:
                return found
        return None

    @property
    def _folded(self) -> dict[str, str]:
        if not hasattr(self, "_by_folded"):
            self._by_folded = {name.casefold(): name for name in self.photos}
        return self._by_folded

    def _sort(self, entry: Entry) -> None:
        info, path = entry.info, entry.path
        if info.is_dir() or _is_litter(path):
            return
        fault = _fault(entry)
        if fault is not None:
            code, message = fault
            self.problems.append((entry.place, Problem("file", code, message, entry.name[:200])))
        elif path.name.casefold() == CSV_NAME:
            if self.csv is None or len(path.parts) < len(self.csv.path.parts):
                self.csv = entry
        elif path.suffix.lower() in PHOTO_SUFFIXES:
            if entry.name in self.photos:
                problem = Problem(
                    "file", "duplicate_name", "Two files have this name: the first counts.",
                    entry.name[:200],
                )  # fmt: skip
                self.problems.append((entry.place, problem))
            else:
                self.photos[entry.name] = entry
        else:
            message = "Neither a photo (JPEG, PNG, WebP, HEIC, AVIF) nor products.csv."
            self.problems.append(
                (entry.place, Problem("file", "not_an_image", message, entry.name[:200]))
            )


def _fault(entry: Entry) -> tuple[str, str] | None:
    """Why an entry is not even looked into."""
    info, path = entry.info, entry.path
    if ".." in path.parts or path.is_absolute() or ":" in path.parts[0] or "\0" in entry.name:
        return "unsafe_name", "The name leads out of the ZIP: pack the files without their path."
    if stat.S_ISLNK(info.external_attr >> 16):
        return "symlink", "A link, and no file: pack what it leads to."
    if info.flag_bits & _ENCRYPTED_FLAG:
        return "encrypted", "Locked with a password: pack it without one."
    if path.suffix.lower() in ARCHIVES:
        return "nested_archive", "An archive inside the ZIP: unpack it first."
    packed = max(1, info.compress_size)
    if info.file_size > RATIO_FROM_BYTES and info.file_size / packed > MAX_RATIO:
        return "bomb", f"Unpacks to {info.file_size // packed} times its size, as no photo does."
    return None


def _name_of(info: zipfile.ZipInfo) -> str:
    """The name as its writer meant it: without the UTF-8 flag it is UTF-8 or CP949 all the same.

    `zipfile` reads such names as CP437, which keeps every byte.
    """
    name = info.orig_filename if "\0" in info.orig_filename else info.filename
    if not info.flag_bits & _UTF8_FLAG and not name.isascii():
        raw = name.encode("cp437", errors="replace")
        for encoding in ("utf-8", "cp949"):
            try:
                name = raw.decode(encoding)
                break
            except UnicodeDecodeError:
                continue
    return unicodedata.normalize("NFC", name.replace("\\", "/"))


def _is_litter(path: PurePosixPath) -> bool:
    """Files that operating systems leave beside the photos."""
    return (
        "__MACOSX" in path.parts
        or path.name.startswith(".")
        or path.name.lower() in ("thumbs.db", "desktop.ini")
    )
