"""Children that cannot outlive their parent, and the lock that gives a home one master."""

import ctypes
import fcntl
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Self

# <sys/prctl.h>: the kernel sends a child this signal when its parent dies.
PR_SET_PDEATHSIG = 1
_libc: Any = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None


class HomeBusy(RuntimeError):
    """Another process is master of this home."""


class HomeLock:
    """The right to run processes on one LOOKUS_HOME; the kernel frees it if its holder dies."""

    def __init__(self, home: Path) -> None:
        self.path = home / "lookus.lock"
        self._file: IO[str] | None = None

    def acquire(self) -> None:
        """Take the lock and write our process id in it.

        Raises:
            HomeBusy: another process holds it; the message names that process.
        """
        self.path.parent.mkdir(parents=True, exist_ok=True)
        file = self.path.open("a+", encoding="ascii")
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            file.seek(0)
            holder = file.read().strip() or "unknown"
            file.close()
            raise HomeBusy(
                f"LookUs already runs on {self.path.parent} (process {holder}): "
                "stop it first, or choose another folder with LOOKUS_HOME"
            ) from error
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        self._file = file

    def release(self) -> None:
        if self._file is not None:
            self._file.close()
            self._file = None

    def __enter__(self) -> Self:
        self.acquire()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.release()


def dies_with_parent(signum: signal.Signals) -> Callable[[], None]:
    """A `preexec_fn` by which the child gets `signum` when the calling thread ends (Linux).

    Start such children from the main thread: the kernel watches the thread that forked.
    Elsewhere it does nothing, and `lookus up` finds what a crash left at its next start.
    """
    parent = os.getpid()

    def before_exec() -> None:
        if _libc is None:
            return
        _libc.prctl(PR_SET_PDEATHSIG, int(signum), 0, 0, 0)
        if os.getppid() != parent:
            os._exit(1)

    return before_exec


def end(
    process: subprocess.Popen[bytes],
    steps: list[tuple[signal.Signals, float]],
    *,
    group: bool,
) -> None:
    """Signal a process (or its whole group) in steps of (signal, seconds to wait), then reap it."""
    send = os.killpg if group else os.kill
    for signum, patience in steps:
        if process.poll() is not None:
            break
        try:
            send(process.pid, signum)
            process.wait(patience)
        except (ProcessLookupError, subprocess.TimeoutExpired):
            continue
    if process.poll() is None:
        process.kill()
        process.wait()


def command_of(pid: int) -> str:
    """The command line of a process; empty if there is none."""
    if sys.platform == "linux":
        try:
            return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode()
        except OSError:
            return ""
    asked = ["ps", "-o", "args=", "-p", str(pid)]
    return subprocess.run(asked, capture_output=True, text=True, check=False).stdout


def wait_until(condition: Callable[[], bool], *, seconds: float, pause: float = 0.05) -> bool:
    """Ask `condition` every `pause` seconds; False if it stayed false for `seconds`."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(pause)
    return True
