"""A ZIP from a stranger: what is in it, and bytes only within bounds."""

import stat
import unicodedata
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import IO

from catalog.imports.errors import EntryRefused, FileRefused, Problem
from catalog.imports.photo_names import CSV_NAME, PHOTO_SUFFIXES, PhotoNames, is_litter
from tenants.storage import StorageAway
from vision.decode import DEFAULT_LIMITS

MAX_ENTRIES = 200_000
MAX_CSV_BYTES = 256 * 2**20
# Photos are compressed already: what unpacks to far more than it takes was made to do harm.
MAX_RATIO = 100
RATIO_FROM_BYTES = 2**20
MAX_TOTAL_RATIO = 20
TOTAL_FROM_BYTES = 200 * 2**20
ARCHIVES = (".zip", ".rar", ".7z", ".tar", ".gz", ".tgz", ".bz2", ".xz", ".egg", ".alz")
_UTF8_FLAG, _ENCRYPTED_FLAG = 0x800, 0x1


@dataclass(frozen=True)
class Entry:
    place: int
    """In the archive's own list, from 1."""
    name: str
    info: zipfile.ZipInfo

    @property
    def path(self) -> PurePosixPath:
        return PurePosixPath(self.name)


class Archive(PhotoNames):
    """Raises FileRefused for a file that is no ZIP, or one with too many entries."""

    def __init__(self, file: IO[bytes]) -> None:
        super().__init__()
        try:
            self._zip = zipfile.ZipFile(file)
        except StorageAway:
            raise
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
        self._entries: dict[str, Entry] = {}
        self._csv: Entry | None = None
        for place, info in enumerate(found, 1):
            self._sort(Entry(place, _name_of(info), info))

    def read(self, name: str) -> bytes:
        return self._read(self._entries[name], DEFAULT_LIMITS.max_bytes)

    def read_csv(self) -> bytes | None:
        if self._csv is None:
            return None
        try:
            return self._read(self._csv, MAX_CSV_BYTES)
        except EntryRefused as refused:
            raise FileRefused(refused.code, f"{CSV_NAME}: {refused.message}") from refused

    def _read(self, entry: Entry, limit: int) -> bytes:
        if entry.info.file_size > limit:
            size = entry.info.file_size / 2**20
            raise EntryRefused("too_large", f"The file has {size:.1f} MB, at most {limit >> 20}.")
        try:
            with self._zip.open(entry.info) as packed:
                data = packed.read(limit + 1)
        except StorageAway:
            raise
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

    def _sort(self, entry: Entry) -> None:
        info, path = entry.info, entry.path
        if info.is_dir() or is_litter(path):
            return
        fault = _fault(entry)
        if fault is not None:
            code, message = fault
            self.problems.append((entry.place, Problem("file", code, message, entry.name[:200])))
        elif path.name.casefold() == CSV_NAME:
            if self._csv is None or len(path.parts) < len(self._csv.path.parts):
                self._csv, self.csv_folder = entry, path.parent
        elif path.suffix.lower() in PHOTO_SUFFIXES:
            if entry.name in self._entries:
                problem = Problem(
                    "file", "duplicate_name", "Two files have this name: the first counts.",
                    entry.name[:200],
                )  # fmt: skip
                self.problems.append((entry.place, problem))
            else:
                self._entries[entry.name] = entry
                self.photos[entry.name] = entry.place
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
