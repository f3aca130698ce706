"""The folder of a backup: what is in it, and whether it is all still there.

    manifest.json   what it is of, what made it, and the SHA-256 of `files.sha256`: written last
    files.sha256    each other file with its SHA-256, as `sha256sum --check` reads it
    tables/…        one shop: a table each, as COPY writes it, packed
    database.dump   all: what pg_dump wrote
    media/…         the storage's files under their own names

It is made under another name and gets its own when it is whole.
"""

import hashlib
import json
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import IO, Any

FORMAT = 1
MANIFEST, SUMS = "manifest.json", "files.sha256"
SHOP, ALL = "shop", "installation"
COPY_BYTES = 2**20
_SUM = re.compile(r"([0-9a-f]{64})  ([^\n]+)")


class BackupRefused(ValueError):
    """The backup cannot be made or restored; the message says why and what to do."""


@dataclass
class Manifest:
    """`tables` are the rows of each table; `facts` what only one kind of backup tells."""

    kind: str
    made_at: str
    version: str
    migrations: list[str]
    secret: str
    """A mark of SECRET_KEY, by which another one is known."""
    tables: dict[str, int] = field(default_factory=dict)
    files: int = 0
    bytes: int = 0
    gone: int = 0
    """Files that were deleted while the backup was made."""
    facts: dict[str, Any] = field(default_factory=dict)
    sums: str = ""
    format: int = FORMAT


class Writing:
    """A backup under construction."""

    def __init__(self, folder: Path, manifest: Manifest) -> None:
        self.folder, self.manifest = folder, manifest
        self._sums: list[tuple[str, str]] = []

    @contextmanager
    def file(self, name: str) -> Iterator[IO[bytes]]:
        """A new file of this name; its sum is noted when the block ends well."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("xb") as out:
            yield out
        self.note(name)

    def note(self, name: str) -> None:
        path = self.folder / name
        self._sums.append((sum_of(path), name))
        self.manifest.bytes += path.stat().st_size

    def finish(self) -> None:
        lines = "".join(f"{found}  {name}\n" for found, name in sorted(self._sums, key=_by_name))
        (self.folder / SUMS).write_text(lines, encoding="utf-8")
        self.manifest.sums = sum_of(self.folder / SUMS)
        told = json.dumps(asdict(self.manifest), ensure_ascii=False, indent=1)
        (self.folder / MANIFEST).write_text(told + "\n", encoding="utf-8")


def _by_name(one: tuple[str, str]) -> str:
    return one[1]


@contextmanager
def writing(out: Path, manifest: Manifest) -> Iterator[Writing]:
    """A backup in the folder `out`, which must not be there yet. Raises BackupRefused."""
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise BackupRefused(f"{out} is there already: name a folder that is not, or an empty one")
    unfinished = out.with_name(out.name + ".unfinished")
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir(parents=True, mode=0o700)
    try:
        work = Writing(unfinished, manifest)
        yield work
        work.finish()
        if out.exists():
            out.rmdir()
        unfinished.rename(out)
    except BaseException:
        shutil.rmtree(unfinished, ignore_errors=True)
        raise


def read(folder: Path) -> Manifest:
    """What a backup says of itself. Raises BackupRefused."""
    path = folder / MANIFEST
    if not path.is_file():
        raise BackupRefused(
            f"{folder} is no whole backup: it has no {MANIFEST}, which is written last"
        )
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
        made_with = told.get("format")
    except (ValueError, AttributeError) as error:
        raise BackupRefused(f"{path} cannot be read: {error}") from error
    if made_with != FORMAT:
        raise BackupRefused(
            f"{path} is of format {made_with!r}, and this LookUs reads {FORMAT}: "
            "restore with the version that made it"
        )
    try:
        return Manifest(**told)
    except TypeError as error:
        raise BackupRefused(f"{path} is damaged: {error}") from error


def check(folder: Path, manifest: Manifest) -> list[str]:
    """The names of the backup's files, each compared with its sum. Raises BackupRefused."""
    sums = folder / SUMS
    if not sums.is_file() or sum_of(sums) != manifest.sums:
        raise BackupRefused(f"{sums} is missing or was changed: the backup is damaged")
    names = []
    for line in sums.read_text(encoding="utf-8").splitlines():
        found = _SUM.fullmatch(line)
        if found is None or ".." in Path(found[2]).parts or Path(found[2]).is_absolute():
            raise BackupRefused(f"{sums} has a line that is none: {line[:100]!r}")
        path = folder / found[2]
        if not path.is_file():
            raise BackupRefused(f"{path} is missing: the backup is not whole")
        if sum_of(path) != found[1]:
            raise BackupRefused(f"{path} is not as it was written: the backup is damaged")
        names.append(found[2])
    return names


def sum_of(path: Path) -> str:
    """SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def copy(source: Any, out: IO[bytes], progress: Callable[[], None] = lambda: None) -> None:
    while piece := source.read(COPY_BYTES):
        out.write(piece)
        progress()
