"""The process that opens photos: ``python -m vision.decode.serve LINE AREA``, two descriptors.

It holds no secret, no connection and no right that it has not needed to start. It ends when
nobody holds the other end of its line.
"""

import contextlib
import ctypes
import json
import mmap
import os
import resource
import signal
import socket
import sys
from pathlib import Path
from typing import Any

from vision.decode.limits import Limits
from vision.decode.pixels import opened
from vision.errors import ImageRejected

MOST_OUT = 512 * 2**20
"""Bytes that the shared piece may grow to."""
MOST_FILES = 64
_PR_SET_NO_NEW_PRIVS = 38


class Area:
    """The piece of memory that the other end sees too."""

    def __init__(self, file: int) -> None:
        self._file = file
        self._map = mmap.mmap(file, 0)

    def read(self, size: int) -> bytes:
        self._fit(size)
        return self._map[:size]

    def write(self, pixels: memoryview) -> None:
        self._fit(pixels.nbytes)
        self._map[: pixels.nbytes] = pixels

    def _fit(self, size: int) -> None:
        if size <= len(self._map):
            return
        if os.fstat(self._file).st_size < size:
            os.ftruncate(self._file, size)
        self._map.close()
        self._map = mmap.mmap(self._file, size)


def answer(asked: dict[str, Any], area: Area) -> dict[str, Any]:
    """Open the photo that lies in the area, and leave its pixels there."""
    data = area.read(asked["bytes"])
    try:
        photo = opened(data, Limits(**asked["limits"]), asked["max_side"], asked["alpha"])
        area.write(photo.pixels.data.cast("B"))
    except ImageRejected as rejected:
        return {"rejected": [rejected.code, rejected.message]}
    except MemoryError:
        return {"too_much": True}
    return {
        "shape": photo.pixels.shape,
        "width": photo.width,
        "height": photo.height,
        "format": photo.format,
        "orientation": photo.orientation,
    }


def serve(line: socket.socket, area: Area) -> None:
    """Answer one photo after another."""
    own = _addresses()
    with line, line.makefile("rb") as lines:
        line.sendall(b'{"ready": true}')
        for asked in map(json.loads, lines):
            _hold_memory(own + asked["memory"])
            signal.setitimer(signal.ITIMER_PROF, asked["seconds"])
            signal.setitimer(signal.ITIMER_REAL, asked["wall"])
            told = answer(asked, area)
            signal.setitimer(signal.ITIMER_PROF, 0)
            signal.setitimer(signal.ITIMER_REAL, 0)
            line.sendall(json.dumps(told).encode())


def hold_back() -> None:
    """Give away what opening photos needs not. Where a system has no such limit, without it."""
    # Ctrl-C and a worker's warm end are for the other end: it finishes what it began.
    for ending in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(ending, signal.SIG_IGN)
    for alarm in (signal.SIGPROF, signal.SIGALRM):
        signal.signal(alarm, signal.SIG_DFL)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (MOST_OUT, MOST_OUT))
    resource.setrlimit(resource.RLIMIT_NOFILE, (MOST_FILES, MOST_FILES))
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
        # If the machine has no memory left, this process is the one to end.
        with contextlib.suppress(OSError):
            Path("/proc/self/oom_score_adj").write_text("1000")


def _hold_memory(size: int) -> None:
    most = resource.getrlimit(resource.RLIMIT_AS)[1]
    if most == resource.RLIM_INFINITY or size < most:
        with contextlib.suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_AS, (size, most))


def _addresses() -> int:
    """Bytes of addresses that are taken before the first photo."""
    with contextlib.suppress(OSError):
        pages = int(Path("/proc/self/statm").read_text().split()[0])
        return pages * resource.getpagesize()
    return 0


if __name__ == "__main__":
    hold_back()
    serve(socket.socket(fileno=int(sys.argv[1])), Area(int(sys.argv[2])))
