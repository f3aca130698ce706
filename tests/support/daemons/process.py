"""One server that a test runs."""

import glob
import os
import random
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import amqp
import psycopg
import pytest
import redis

from lookus import osuser
from lookus.processes import dies_with_parent, end

# RabbitMQ takes most of it, on a machine that tests four things at once.
START_SECONDS = 120
STOP_SECONDS = 30
# Below those that the kernel gives to outgoing connections: a server that was stopped finds its
# port free when it starts again.
PORTS = range(15_000, 32_000)
# Debian's folders of servers are in root's PATH only.
SYSTEM_PATH = f"{os.environ.get('PATH', os.defpath)}:/usr/local/sbin:/usr/sbin:/sbin"
RABBITMQ = "/usr/lib/rabbitmq/lib/rabbitmq_server-*/sbin/rabbitmq-server"


@dataclass(frozen=True)
class Daemon:
    """One server. `url` is for clients; `folder` holds its configuration, `data` and log."""

    name: str
    url: str
    port: int
    folder: Path
    command: list[str]
    answers: Callable[[], object]
    environment: Mapping[str, str] = field(default_factory=dict)
    user: osuser.OsUser | None = None
    _held: list[subprocess.Popen[bytes]] = field(default_factory=list)

    @property
    def data(self) -> Path:
        return self.folder / "data"

    @property
    def log(self) -> Path:
        return self.folder / "log"

    @property
    def process(self) -> subprocess.Popen[bytes]:
        return self._held[-1]

    def start(self) -> None:
        """Start it and wait until it answers; nothing happens if it runs."""
        self.launch()
        self.wait()

    def launch(self) -> None:
        """Start it without waiting: several come up side by side."""
        if self._held:
            return
        self.data.mkdir(exist_ok=True)
        if self.user:
            os.chown(self.data, self.user.uid, self.user.gid)
        with self.log.open("ab") as log:
            process = subprocess.Popen(
                self.command,
                env={"PATH": SYSTEM_PATH, "HOME": str(self.folder), **self.environment},
                cwd=self.folder,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                preexec_fn=dies_with_parent(signal.SIGTERM),  # noqa: PLW1509 - before any
                **osuser.switch(self.user),
            )
        self._held.append(process)

    def wait(self) -> None:
        """Until it answers; the test fails with its log where it does not."""
        deadline = time.monotonic() + START_SECONDS
        while not self.is_up():
            if self.process.poll() is not None or time.monotonic() > deadline:
                self.kill()
                pytest.fail(f"{self.name} did not start:\n{self.log.read_text()[-4000:]}")
            time.sleep(0.05)

    def is_up(self) -> bool:
        """Whether it answers its own client now."""
        try:
            self.answers()
        except (OSError, amqp.AMQPError, psycopg.Error, redis.RedisError):
            return False
        return True

    def stop(self, signum: signal.Signals = signal.SIGTERM) -> None:
        """Ask it to end, and wait; nothing happens if it does not run."""
        if self._held:
            end(self._held.pop(), [(signum, STOP_SECONDS)], group=False)

    def kill(self) -> None:
        """End it and its children with SIGKILL."""
        if self._held:
            process = self._held.pop()
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()

    @contextmanager
    def paused(self) -> Iterator[None]:
        """Inside, it and its children hang: connections stay open and nothing is answered."""
        group = self.process.pid
        os.killpg(group, signal.SIGSTOP)
        try:
            yield
        finally:
            os.killpg(group, signal.SIGCONT)

    def wipe(self) -> None:
        """Delete what it keeps. It must not run."""
        assert not self._held, f"stop {self.name} first"
        shutil.rmtree(self.data, ignore_errors=True)

    def reload(self) -> None:
        """Let it read its configuration again (nginx, PgBouncer)."""
        self.process.send_signal(signal.SIGHUP)


def need(*programs: str) -> None:
    """Skip the test where one is not installed; fail where `CI` promises it."""
    missing = [name for name in programs if not found(name)]
    if missing:
        absent = pytest.fail if os.environ.get("CI") else pytest.skip
        absent(f"not installed here: {', '.join(missing)}")


def free_port() -> int:
    """A port that nobody listens on and no outgoing connection will take."""
    for port in random.sample(PORTS, 200):
        with socket.socket() as probe, suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port
    raise OSError("no free port")


def run(daemon: Daemon, *, wait: bool = True) -> Iterator[Daemon]:
    try:
        daemon.launch()
        if wait:
            daemon.wait()
        yield daemon
    finally:
        daemon.stop()


@contextmanager
def own_folder() -> Iterator[Path]:
    """Not below pytest's own, which another user cannot enter."""
    folder = Path(tempfile.mkdtemp(prefix="lookus-test-", dir="/tmp"))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def found(program: str) -> str:
    """Its path; empty where it is not installed. Debian's own start of RabbitMQ wants its user."""
    if program == "rabbitmq-server":
        found = sorted(glob.glob(RABBITMQ))
        return found[-1] if found else ""
    return shutil.which(program, path=SYSTEM_PATH) or ""
