"""Our end of a process that opens photos.

It shares one piece of memory with us: a photo's bytes go in, its pixels come out. What is said
beside it are lines of JSON, for a process that a photo has taken over must not be believed.
"""

import contextlib
import fcntl
import json
import mmap
import os
import signal
import socket
import subprocess
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np

from vision.decode.limits import Cost, Decoded, Limits
from vision.errors import DecoderStopped, ImageRejected
from vision.types import Image

AREA = 8 * 2**20
"""Bytes shared at first: room for 1280×1280 pixels and for most files."""
WALL_FACTOR = 4
"""A photo may wait for the processor: as long as this many times what it may take of it."""
PATIENCE_SECONDS = 30.0
"""Beyond that, before the process is held for lost; and for its start."""
LINE = 8192
KEPT_VARIABLES = ("PATH", "LANG", "LC_ALL", "TMPDIR", "LD_LIBRARY_PATH")
VARIABLES = {
    # Threads and arenas each reserve tens of megabytes of addresses, which are what is limited.
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "MALLOC_ARENA_MAX": "2",
    # Kept from one photo to the next: to get its memory anew took as long as to open it.
    "MALLOC_MMAP_THRESHOLD_": str(16 * 2**20),
    "MALLOC_TRIM_THRESHOLD_": str(32 * 2**20),
}
# Where a system cannot give memory back, a process is ended that a large photo has made large.
_REMOVE: int | None = getattr(mmap, "MADV_REMOVE", None)
_ALARMS = (-signal.SIGPROF, -signal.SIGALRM)


class DecoderMissing(RuntimeError):
    """The process that opens photos does not start: no photo's fault."""


class Child:
    """One such process. One thread at a time may use it; raises DecoderMissing."""

    def __init__(self) -> None:
        self._file = _shared_file()
        os.ftruncate(self._file, AREA)
        self._area = mmap.mmap(self._file, AREA)
        self._line, theirs = socket.socketpair()
        words = (str(theirs.fileno()), str(self._file))
        with theirs:
            try:
                self._process = subprocess.Popen(
                    [sys.executable, "-P", "-m", "vision.decode.serve", *words],
                    env=_environment(),
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.DEVNULL,
                    pass_fds=(theirs.fileno(), self._file),
                )
            except OSError as error:
                self.let_go()
                raise DecoderMissing(str(error)) from error
        if self._heard(PATIENCE_SECONDS) != {"ready": True}:
            raise DecoderMissing(f"it ended with {self.end()}")

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def fit(self) -> bool:
        """Whether it may open another photo."""
        return self._process.poll() is None and (_REMOVE is not None or len(self._area) == AREA)

    def decode(
        self, data: bytes, limits: Limits, cost: Cost, max_side: int | None, alpha: bool
    ) -> Decoded:
        """Raises ImageRejected, and DecoderStopped where the process is no longer to be used."""
        asked = {
            "bytes": len(data),
            "max_side": max_side,
            "alpha": alpha,
            "limits": asdict(limits),
            "seconds": cost.seconds,
            "wall": cost.seconds * WALL_FACTOR,
            "memory": cost.memory,
        }
        try:
            self._fit_area(len(data))
            self._area[: len(data)] = data
            self._line.sendall(json.dumps(asked).encode() + b"\n")
            told = self._heard(cost.seconds * WALL_FACTOR + PATIENCE_SECONDS)
        except OSError as error:
            raise self._stopped(cost) from error
        match told:
            case {"rejected": [str(code), str(message)]}:
                raise ImageRejected(code, message)
            case {"too_much": True}:
                self.end()
                raise _too_much_memory(cost)
            case {
                "shape": [int(), int(), int()] as shape,
                "width": int(width),
                "height": int(height),
                "format": str(kind),
                "orientation": int(orientation),
            }:
                with contextlib.suppress(ValueError):
                    return Decoded(self._pixels(shape), width, height, kind, orientation)
        raise self._stopped(cost)

    def end(self) -> int:
        """Its exit status, negative for a signal."""
        self.let_go()
        if self._process.poll() is None:
            self._process.kill()
        return self._process.wait()

    def let_go(self) -> None:
        """Close what we hold of it: it ends by itself when nobody holds its line."""
        self._line.close()
        # A thread may be reading in it, where another forks.
        with contextlib.suppress(BufferError):
            self._area.close()
        with contextlib.suppress(OSError):
            os.close(self._file)

    def _heard(self, seconds: float) -> Any:
        """One line of its; None where it is gone, silent or says something else."""
        self._line.settimeout(seconds)
        try:
            return json.loads(self._line.recv(LINE))
        except (OSError, ValueError):
            return None

    def _pixels(self, shape: list[int]) -> Image:
        self._fit_area(os.fstat(self._file).st_size)
        flat = np.frombuffer(self._area, np.uint8, shape[0] * shape[1] * shape[2])
        pixels = flat.reshape(shape).copy()
        if len(self._area) > AREA and _REMOVE is not None:
            # What a large photo needed goes back to the system.
            self._area.madvise(_REMOVE, AREA, len(self._area) - AREA)
        return pixels

    def _fit_area(self, size: int) -> None:
        if size <= len(self._area):
            return
        if os.fstat(self._file).st_size < size:
            os.ftruncate(self._file, size)
        self._area.close()
        self._area = mmap.mmap(self._file, size)

    def _stopped(self, cost: Cost) -> DecoderStopped:
        # It has told its end already, or says nothing: a signal of ours must not be taken for it.
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(1)
        silent = self._process.poll() is None
        if self.end() in _ALARMS or silent:
            return DecoderStopped(
                "too_costly",
                f"Opening the photo takes longer than {cost.seconds:g} seconds; save it anew.",
            )
        return DecoderStopped(
            "decoder_died", "The program that opens photos ended at this one; save it anew."
        )


def _too_much_memory(cost: Cost) -> DecoderStopped:
    return DecoderStopped(
        "too_costly",
        f"Opening the photo takes more than {cost.memory / 2**20:,.0f} MB of memory; save it anew.",
    )


def _environment() -> dict[str, str]:
    """None of ours: what stands there (passwords, keys) is not for whoever wrote the photo."""
    kept = {name: os.environ[name] for name in KEPT_VARIABLES if name in os.environ}
    paths = [str(Path(__file__).parents[2]), *filter(None, sys.path)]
    return {**kept, **VARIABLES, "PYTHONPATH": os.pathsep.join(paths)}


def _shared_file() -> int:
    """A file in memory that nobody can make shorter under us; on disk where there are none."""
    if not hasattr(os, "memfd_create"):
        with tempfile.TemporaryFile() as file:
            return os.dup(file.fileno())
    made = os.memfd_create("photo", os.MFD_CLOEXEC | os.MFD_ALLOW_SEALING)
    fcntl.fcntl(made, fcntl.F_ADD_SEALS, fcntl.F_SEAL_SHRINK)
    return made
