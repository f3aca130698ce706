"""Where files lie: each is there whole or not at all, and one error says that a storage is away.

Django's own storage writes under a file's final name. Whoever is killed there, or finds the disk
full, leaves half a file that looks like a whole one; and what a name says is kept by is then never
written again. So a file is written apart, brought to the disk, and only then gets its name.
"""

import os
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.storage import FileSystemStorage

PARTS = ".parts"
"""The folder, beside the shops', of what is being written."""
PART_SECONDS = 24 * 3600


class StorageAway(OSError):
    """The storage failed, and may do it another time: full, slow, gone, or not letting us in."""


class WholeFileStorage(FileSystemStorage):
    """Files on the disk."""

    def _open(self, name: str, mode: str = "rb") -> Any:
        try:
            return super()._open(name, mode)  # type: ignore[misc]  # untyped
        except FileNotFoundError as error:
            if not Path(self.location).is_dir():
                raise StorageAway(f"{self.location} is not there") from error
            raise

    def _save(self, name: str, content: Any) -> str:
        part = f"{PARTS}/{uuid.uuid4().hex}"
        try:
            with _disk_told():
                super()._save(part, content)  # type: ignore[misc]  # untyped
                _to_disk(self.path(part))
                return self._named(part, name)
        finally:
            with suppress(OSError):
                os.unlink(self.path(part))

    def _named(self, part: str, name: str) -> str:
        """Give the whole file its name, or where somebody has that meanwhile, another."""
        while True:
            path = Path(self.path(name))
            path.parent.mkdir(parents=True, exist_ok=True)
            try:
                # Not a rename, which would take the place of a file that is there.
                os.link(self.path(part), path)
            except FileExistsError:
                name = self.get_available_name(name)
                continue
            _to_disk(path.parent)
            return name


def parts_forget() -> int:
    """Delete what writers that were killed left behind: how many."""
    folder, before = Path(settings.MEDIA_ROOT) / PARTS, time.time() - PART_SECONDS
    gone = 0
    for path in folder.glob("*"):
        with suppress(FileNotFoundError):
            if path.stat().st_mtime < before:
                path.unlink()
                gone += 1
    return gone


@contextmanager
def _disk_told() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise StorageAway(error.errno, error.strerror or str(error)) from error


def _to_disk(path: str | Path) -> None:
    """A file's bytes, or a folder's names."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
