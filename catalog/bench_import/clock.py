"""What something took: by the clock on the wall, and of the processor."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass
class Took:
    """Seconds. `processor` is this process's and that of the server's process that served it:
    what other programs on the machine hardly touch."""

    wall: float = 0.0
    processor: float = 0.0

    def __add__(self, other: "Took") -> "Took":
        return Took(self.wall + other.wall, self.processor + other.processor)


@contextmanager
def took(connection: Any) -> Iterator[Took]:
    """Measures the block; `connection` is a psycopg one to a server on this machine."""
    pid = connection.info.backend_pid
    found = Took()
    wall, processor = time.perf_counter(), _processor(pid)
    yield found
    found.wall = time.perf_counter() - wall
    found.processor = _processor(pid) - processor


def _processor(pid: int) -> float:
    spent = time.process_time()
    told = Path(f"/proc/{pid}/schedstat")
    if told.exists():  # of Linux; elsewhere this process's alone
        spent += int(told.read_text().split()[0]) / 1e9
    return spent
