"""A real disk that is soon full."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

# A container's own small disk of memory may stand in where nothing may be mounted.
SHARED = Path("/dev/shm")
SHARED_MOST = 256 * 2**20


@dataclass(frozen=True)
class SmallDisk:
    folder: Path

    @property
    def free(self) -> int:
        """Bytes."""
        return shutil.disk_usage(self.folder).free

    @property
    def _ballast(self) -> Path:
        return self.folder / "ballast"

    def fill(self) -> None:
        """Leave not one block."""
        with self._ballast.open("ab", buffering=0) as file:
            piece = bytes(2**16)
            while piece:
                try:
                    while file.write(piece) == len(piece):
                        pass
                except OSError:
                    piece = piece[: len(piece) // 2]

    def give_back(self) -> None:
        self._ballast.unlink(missing_ok=True)


@contextmanager
def small_disk(megabytes: int) -> Iterator[SmallDisk]:
    """A tmpfs of this size that everybody may enter; the test is skipped where none can be had."""
    folder = Path(tempfile.mkdtemp(prefix="lookus-disk-", dir="/tmp"))
    tmpfs = ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m,mode=755", "tmpfs", str(folder)]
    mounted = os.geteuid() == 0 and _runs(tmpfs)
    try:
        if mounted:
            yield SmallDisk(folder)
        elif SHARED.is_dir() and 0 < shutil.disk_usage(SHARED).total <= SHARED_MOST:
            with tempfile.TemporaryDirectory(dir=SHARED) as own:
                os.chmod(own, 0o755)
                yield SmallDisk(Path(own))
        else:
            pytest.skip("no small disk: mounting a tmpfs needs root and CAP_SYS_ADMIN")
    finally:
        if mounted:
            subprocess.run(["umount", "--lazy", str(folder)], check=True)
        folder.rmdir()


def _runs(command: list[str]) -> bool:
    return subprocess.run(command, check=False, capture_output=True).returncode == 0
