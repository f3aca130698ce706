"""The processes that a test breaks: real workers and a real clock on the test's database."""

import os
import signal
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from lookus.cli import commands
from lookus.processes import dies_with_parent

CHECKOUT = Path(__file__).resolve().parents[2]


@dataclass
class Member:
    """A worker or a clock, and what it printed."""

    process: subprocess.Popen[bytes]
    log: Path
    pooled: bool = False

    @property
    def working(self) -> psutil.Process:
        """The process that does the jobs: the one of its pool, or its own."""
        own = psutil.Process(self.process.pid)
        if not self.pooled:
            return own
        (child,) = own.children()
        return child

    def kill(self) -> None:
        """kill -9 of the process alone: what it started is left to itself."""
        self.process.kill()
        self.process.wait()

    def is_alive(self) -> bool:
        return self.process.poll() is None

    def text(self) -> str:
        return self.log.read_text(errors="replace")

    def end(self) -> None:
        """With everything that it started."""
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


@dataclass
class Crew:
    """Starts members on `home`; `variables` are set for all of them."""

    home: Path
    variables: Mapping[str, str]
    members: list[Member] = field(default_factory=list)

    def worker(self, *, children: int = 0, **variables: str) -> Member:
        """`lookus worker`; with `children` a pool of as many processes."""
        command = commands.worker()
        if children:
            at = command.index("--pool")
            command[at : at + 2] = ["--concurrency", str(children)]
        worker = self._start("worker", command, variables)
        worker.pooled = children > 0
        return worker

    def clock(self, **variables: str) -> Member:
        return self._start("clock", commands.clock(), variables)

    def web(self, port: int, **variables: str) -> Member:
        """`lookus web`, whose pool is one process."""
        web = self._start("web", commands.web("127.0.0.1", port), variables)
        web.pooled = True
        return web

    def end(self) -> None:
        for member in self.members:
            member.end()

    def _start(self, name: str, command: list[str], variables: Mapping[str, str]) -> Member:
        log = self.home / f"{name}-{len(self.members)}.log"
        with log.open("wb") as out:
            process = subprocess.Popen(
                command,
                env=self._environment(variables),
                cwd=CHECKOUT,
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=out,
                start_new_session=True,
                preexec_fn=dies_with_parent(signal.SIGKILL),  # noqa: PLW1509 - no threads yet
            )
        member = Member(process, log)
        self.members.append(member)
        return member

    def _environment(self, variables: Mapping[str, str]) -> dict[str, str]:
        return {**os.environ, "LOOKUS_HOME": str(self.home), **self.variables, **variables}


@contextmanager
def crew(home: Path, **variables: str) -> Iterator[Crew]:
    """Everybody is ended with the block. The clock looks for what was lost every second."""
    for folder in ("messages", "control"):
        (home / "broker" / folder).mkdir(parents=True, exist_ok=True)
    told = {
        "SECRET_KEY": "only for this test",
        "BROKER_URL": "filesystem://",
        "SWEEP_SECONDS": "1",
        "PHOTO_CHUNK": "4",
        "OMP_NUM_THREADS": "1",
        **variables,
    }
    gathered = Crew(home, told)
    try:
        yield gathered
    finally:
        gathered.end()


def seconds_worked(process: psutil.Process) -> float:
    """Of a processor, by the process itself: the machine's other work counts nothing."""
    spent = process.cpu_times()
    return float(spent.user + spent.system)


def gone(processes: list[psutil.Process]) -> bool:
    """Whether none of them runs any more."""
    return not [one for one in processes if one.is_running() and one.status() != "zombie"]


def family(process: psutil.Process) -> list[psutil.Process]:
    """It and all that it started."""
    return [process, *process.children(recursive=True)]
