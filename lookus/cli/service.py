"""One child process of `lookus up`: started, watched, started again, ended with its offspring."""

import os
import signal
import subprocess
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from lookus.processes import dies_with_parent, end

# Long enough for a job or an answer under way.
STOP_STEPS = [(signal.SIGTERM, 8.0)]
FIRST_PAUSE_SECONDS, LONGEST_PAUSE_SECONDS = 1.0, 30.0
# A child that lived this long is not failing at its start.
HEALTHY_SECONDS = 60.0
LOG_KEPT_BYTES = 5_000_000


class Service:
    """A named child in a process group of its own, whose output goes to a log file."""

    def __init__(
        self, name: str, command: Sequence[str | Path], environment: Mapping[str, str], log: Path
    ) -> None:
        self.name = name
        self.command = command
        self.environment = environment
        self.log = log
        self.process: subprocess.Popen[bytes] | None = None
        self.pause = FIRST_PAUSE_SECONDS
        self._started = self._again_at = 0.0

    def start(self) -> None:
        self.log.parent.mkdir(parents=True, exist_ok=True)
        if self.log.exists() and self.log.stat().st_size > LOG_KEPT_BYTES:
            self.log.replace(self.log.with_suffix(".log.1"))
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                self.command,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                preexec_fn=dies_with_parent(signal.SIGTERM),  # noqa: PLW1509 - no threads here
            )
        self._started = time.monotonic()

    def check(self) -> str | None:
        """Look after the child once; a sentence if it was found dead.

        1. A dead child's orphans are killed and the pause before its next start is set.
        2. When the pause is over the child is started again.
        """
        if self.process is None:
            if time.monotonic() >= self._again_at:
                self.start()
            return None
        status = self.process.poll()
        if status is None:
            return None
        self._kill_group()
        if time.monotonic() - self._started > HEALTHY_SECONDS:
            self.pause = FIRST_PAUSE_SECONDS
        self._again_at = time.monotonic() + self.pause
        sentence = (
            f"{self.name} ended ({describe(status)}) and starts again in {self.pause:.0f} s; "
            f"its log: {self.log}"
        )
        self.pause = min(self.pause * 2, LONGEST_PAUSE_SECONDS)
        self.process = None
        return sentence

    def ask_to_stop(self) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()

    def stop(self) -> None:
        """End the child, wait for it, and kill whatever it left in its group."""
        if self.process is not None:
            end(self.process, STOP_STEPS, group=False)
            self._kill_group()
            self.process = None

    def _kill_group(self) -> None:
        assert self.process is not None
        # macOS answers EPERM for a group of which only a zombie is left.
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self.process.pid, signal.SIGKILL)


def describe(status: int) -> str:
    """An exit status in words; a negative one is a signal's number."""
    return f"signal {signal.Signals(-status).name}" if status < 0 else f"status {status}"


def last_lines(log: Path, count: int = 15) -> str:
    """The end of a log, for the message about a start that failed."""
    try:
        return "\n".join(log.read_text(errors="replace").splitlines()[-count:])
    except FileNotFoundError:
        return ""
