"""The storage's files: out of it into a backup, and back."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.core.files.base import File
from django.core.files.storage import default_storage

from lookus.backup.folder import COPY_BYTES, BackupRefused, Writing, copy, sum_of
from tenants.storage import PARTS

MEDIA = "media"
SHOPS = "shops"
# Made anew when somebody asks for it.
EXPORTS = "exports"


def files_out(work: Writing, folder: str) -> None:
    """Everything below a folder of the storage, but exports."""
    for name in names_below(folder):
        try:
            with default_storage.open(name) as source, work.file(f"{MEDIA}/{name}") as out:
                copy(source, out)
        except FileNotFoundError:
            work.manifest.gone += 1
        else:
            work.manifest.files += 1


def names_below(folder: str) -> Iterator[str]:
    try:
        folders, files = default_storage.listdir(folder)
    except FileNotFoundError:
        return
    for name in sorted(files):
        yield f"{folder}/{name}"
    for name in sorted(folders):
        below = f"{folder}/{name}"
        if name != PARTS and not (below.count("/") == 2 and name == EXPORTS):
            yield from names_below(below)


@contextmanager
def files_in(folder: Path, names: list[str]) -> Iterator[int]:
    """The backup's files in the storage for the block: those that were not there are deleted
    again where it fails. Raises BackupRefused before the first is written, where another file
    has the name of one."""
    media = [name.removeprefix(f"{MEDIA}/") for name in names if name.startswith(f"{MEDIA}/")]
    missing = [name for name in media if not _is_there(folder, name)]
    written: list[str] = []
    try:
        for name in missing:
            with (folder / MEDIA / name).open("rb") as source:
                stored = default_storage.save(name, File(source))
            written.append(stored)
            if stored != name:
                raise BackupRefused(f"{name} came into the storage meanwhile: stop LookUs first")
        yield len(written)
    except BaseException:
        for name in written:
            default_storage.delete(name)
        raise


def _is_there(folder: Path, name: str) -> bool:
    if not default_storage.exists(name):
        return False
    digest = hashlib.sha256()
    with default_storage.open(name) as found:
        while piece := found.read(COPY_BYTES):
            digest.update(piece)
    if digest.hexdigest() != sum_of(folder / MEDIA / name):
        raise BackupRefused(f"the storage has another file called {name}: nothing was restored")
    return True
