"""Everything `lookus up` runs: the database below, above it web, worker and clock."""

import http.client
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from http import HTTPStatus
from pathlib import Path
from types import FrameType
from typing import BinaryIO

from lookus.cli import UserError, commands
from lookus.cli.database import served
from lookus.cli.environment import children_environment, counting_environment, is_given
from lookus.cli.service import Service, last_lines
from lookus.embedded import EmbeddedPostgres
from lookus.processes import HomeLock, dies_with_parent, end

READY_SECONDS = 120
WATCH_SECONDS = 0.3
# A person waits at the terminal.
WEB_GRACE_SECONDS = 5
JOB_STOP_STEPS = [(signal.SIGTERM, 3.0)]
# Kombu's filesystem transport and WhiteNoise expect theirs to be there.
FOLDERS = ("logs", "media", "static", "broker/messages", "broker/control")

Handler = Callable[[int, FrameType | None], object] | signal.Handlers


class Stack:
    """One home's processes. Use inside `with`: leaving the block ends every one of them."""

    def __init__(self, home: Path, host: str, port: int, say: Callable[[str], None]) -> None:
        self.home = home
        self.host = host
        self.port = port
        self.say = say
        self.environment: dict[str, str] = {}
        self.services: list[Service] = []
        self.database: EmbeddedPostgres | None = None
        self.job: subprocess.Popen[bytes] | None = None
        self._held = ExitStack()

    @property
    def address(self) -> str:
        host = "localhost" if self.host in ("127.0.0.1", "0.0.0.0", "::") else self.host  # noqa: S104
        return f"http://{host}:{self.port}"

    def __enter__(self) -> "Stack":
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def start(self) -> None:
        """Lock, database, migrations, processes, and the wait until the web answers.

        Raises:
            HomeBusy, EmbeddedError, UserError: with a sentence for the person who started it.
        """
        self._held.enter_context(HomeLock(self.home))
        require_free(self.host, self.port)
        self.say(f"Starting on {self.home} …")
        self.environment = children_environment(self.home)
        if not is_given("PUBLIC_URL"):
            self.environment["PUBLIC_URL"] = self.address
        if not is_given("ALLOWED_HOSTS"):
            named = {"localhost", "127.0.0.1", "[::1]", socket.gethostname().lower(), self.host}
            self.environment["ALLOWED_HOSTS"] = ",".join(sorted(named - {"0.0.0.0", "::"}))  # noqa: S104
        for folder in FOLDERS:
            (self.home / folder).mkdir(parents=True, exist_ok=True)
        database = self._held.enter_context(served(self.home))
        self.environment |= database.variables
        self.database = database.server
        self._migrate()
        self.services = self._services()
        for service in self.services:
            service.start()
        self._wait_until_ready()

    def run_django(
        self, *words: str, stdout: BinaryIO | None = None, stderr: BinaryIO | None = None
    ) -> int:
        """Run one of Django's commands while the services are watched; its exit status."""
        job = subprocess.Popen(
            [sys.executable, "-m", "django", *words],
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=stdout,
            stderr=stderr,
            start_new_session=True,
            preexec_fn=dies_with_parent(signal.SIGTERM),  # noqa: PLW1509 - no threads here
        )
        self.job = job
        self.watch(until=lambda: job.poll() is not None)
        return job.wait()

    def watch(self, until: Callable[[], bool] = lambda: False) -> None:
        """Keep the services alive until `until()` is true; for ever by default."""
        while not until():
            told = [service.check() for service in self.services]
            if self.database:
                told.append(self.database.check())
            for sentence in filter(None, told):
                self.say(sentence)
            time.sleep(WATCH_SECONDS)

    def stop(self) -> None:
        """End the services together, then the database, then free the home."""
        with unhurried():
            if self.job is not None:
                end(self.job, JOB_STOP_STEPS, group=True)
            for service in self.services:
                service.ask_to_stop()
            for service in self.services:
                service.stop()
            self._held.close()

    def _migrate(self) -> None:
        # On a server of the operator's own, the owner's address may be left out if the
        # migrations are run elsewhere.
        if not (self.environment.get("OWNER_DATABASE_URL") or is_given("OWNER_DATABASE_URL")):
            self.say("OWNER_DATABASE_URL is not set: migrations are left to you")
            return
        words = ("migrate", "--database", "owner", "--no-input", "--verbosity", "0")
        with (self.home / "logs" / "migrate.log").open("wb") as log:
            failed = self.run_django(*words, stdout=log, stderr=log) != 0
        if failed:
            raise UserError(f"the migrations failed:\n{last_lines(Path(log.name))}")

    def _services(self) -> list[Service]:
        started = {
            "web": commands.web(self.host, self.port, grace=WEB_GRACE_SECONDS),
            "worker": commands.worker(),
            "clock": commands.clock(),
        }
        return [
            Service(
                name,
                command,
                {**self.environment, **counting_environment(self.home, name)},
                self.home / "logs" / f"{name}.log",
            )
            for name, command in started.items()
        ]

    def _wait_until_ready(self) -> None:
        web = self.services[0]
        deadline = time.monotonic() + READY_SECONDS
        while not self._answers():
            died = web.process is not None and web.process.poll() is not None
            if died or time.monotonic() > deadline:
                raise UserError(f"the web server did not start:\n{last_lines(web.log)}")
            time.sleep(0.1)

    def _answers(self) -> bool:
        host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(self.host, self.host)  # noqa: S104
        # Not urllib: it would ask the proxy that the environment names.
        connection = http.client.HTTPConnection(host, self.port, timeout=5)
        try:
            connection.request("GET", "/healthz")
            # 400 is said where ALLOWED_HOSTS has only public names.
            return connection.getresponse().status in (HTTPStatus.OK, HTTPStatus.BAD_REQUEST)
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()


def require_free(host: str, port: int) -> None:
    """Raises: UserError if nothing may listen on this address and port."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except (OSError, OverflowError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise UserError(
            f"cannot listen on {host}, port {port} ({reason}): choose another with --port"
        ) from error


ENDING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


@contextmanager
def interruptible() -> Iterator[None]:
    """SIGTERM and SIGHUP end the block as Ctrl-C does, by KeyboardInterrupt.

    Only the first counts, or a second would cut short what the first began. A signal that we
    were started to ignore (nohup) stays ignored.
    """

    def interrupt(*_: object) -> None:
        for one in ENDING:
            signal.signal(one, signal.SIG_IGN)
        raise KeyboardInterrupt

    with handled({one: interrupt for one in ENDING if signal.getsignal(one) != signal.SIG_IGN}):
        yield


@contextmanager
def unhurried() -> Iterator[None]:
    """No signal interrupts the block: what it ends has its own time limits."""
    with handled(dict.fromkeys(ENDING, signal.SIG_IGN)):
        yield


@contextmanager
def handled(handlers: Mapping[signal.Signals, Handler]) -> Iterator[None]:
    former = {signum: signal.signal(signum, handler) for signum, handler in handlers.items()}
    try:
        yield
    finally:
        for signum, handler in former.items():
            signal.signal(signum, handler)
