"""A ZIP that is written straight into the storage, piece by piece."""

import time
import zipfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import IO, Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone

COPY_BYTES = 256 * 1024
# Rows between two reports of how far it is.
REPORT_SECONDS = 2.0


class _OneWay:
    """Only writes, so that `zipfile` never goes back: a storage cannot."""

    def __init__(self, out: IO[bytes]) -> None:
        self._out = out
        self.count = 0

    def write(self, data: Any) -> int:
        self._out.write(bytes(data))
        self.count += len(data)
        return len(data)

    def flush(self) -> None:
        """Nothing is held here."""


class ShopArchive:
    """`report(part, rows)` is called every few seconds, and may raise to end the work."""

    def __init__(self, out: _OneWay, report: Callable[[str, int], None]) -> None:
        self._out, self._report = out, report
        # A file-like object that only writes is enough for writing: `zipfile` says so.
        self._zip = zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, allowZip64=True)  # type: ignore[call-overload]
        self._rows, self._reported = 0, time.monotonic()
        self.contents: dict[str, int] = {}

    @property
    def bytes(self) -> int:
        return self._out.count

    def text(self, name: str, pieces: Iterable[tuple[str, int]]) -> None:
        """A file of text, from pieces with the number of rows in each."""
        self.contents[name] = 0
        # Its size is not known before: room for more than 4 GB.
        with self._zip.open(_info(name), "w", force_zip64=True) as entry:
            for piece, rows in pieces:
                entry.write(piece.encode())
                self._count(name, rows)

    def file(self, name: str, stored: str, group: str) -> bool:
        """A file of the storage as it is; False if it is not there any more."""
        info = _info(name)
        info.compress_type = zipfile.ZIP_STORED
        try:
            with default_storage.open(stored) as source, self._zip.open(info, "w") as entry:
                while piece := source.read(COPY_BYTES):
                    entry.write(piece)
        except FileNotFoundError:
            return False
        self._count(group, 1)
        return True

    def close(self) -> None:
        self._zip.close()

    def abandon(self) -> None:
        """Nothing is written any more, also when it is forgotten."""
        self._zip.fp = None

    def _count(self, name: str, rows: int) -> None:
        self.contents[name] = self.contents.get(name, 0) + rows
        self._rows += rows
        now = time.monotonic()
        if now - self._reported > REPORT_SECONDS:
            self._reported = now
            self._report(name, self._rows)


@contextmanager
def archive_in_storage(
    name: str, report: Callable[[str, int], None]
) -> Iterator[tuple[ShopArchive, str]]:
    """An archive under construction and the name that the storage gave it."""
    # Saved empty first: the storage makes the folder and a name that is free.
    stored = default_storage.save(name, ContentFile(b""))
    try:
        with default_storage.open(stored, "wb") as out:
            archive = ShopArchive(_OneWay(out), report)
            try:
                yield archive, stored
                archive.close()
            except BaseException:
                archive.abandon()
                raise
    except BaseException:
        default_storage.delete(stored)
        raise


def _info(name: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, timezone.localtime().timetuple()[:6])
    info.compress_type = zipfile.ZIP_DEFLATED
    info.external_attr = 0o644 << 16
    return info
