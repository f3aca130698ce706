"""LookUs' own commands as processes on the test's database, and what they answer."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

from lookus.processes import wait_until
from tests.stack import KEPT_VARIABLES, free_port

SECONDS = 120


@dataclass
class Commands:
    """`lookus web`, `lookus worker` … on one home; all of them end with the block."""

    home: Path
    environment: dict[str, str]
    running: list["subprocess.Popen[bytes]"] = field(default_factory=list)

    def start(self, *words: str, log: str = "", **variables: str) -> "subprocess.Popen[bytes]":
        with self.log(log or words[0]).open("ab") as file:
            process = subprocess.Popen(
                [sys.executable, "-m", "lookus.cli", *words],
                env={**self.environment, **variables},
                stdin=subprocess.DEVNULL,
                stdout=file,
                stderr=file,
                start_new_session=True,
            )
        self.running.append(process)
        return process

    def web(self, *, on: int = 0, **variables: str) -> "Web":
        """On a port of its own, or `on` this one; it answers."""
        return self._answering([self._web(on or free_port(), variables)])[0]

    def webs(self, count: int, **variables: str) -> list["Web"]:
        return self._answering([self._web(free_port(), variables) for _ in range(count)])

    def _web(self, port: int, variables: dict[str, str]) -> "Web":
        process = self.start("web", "--port", str(port), log=f"web-{port}", **variables)
        return Web(port, process)

    def _answering(self, webs: list["Web"]) -> list["Web"]:
        settled = lambda: all(one.answers() or one.ended for one in webs)  # noqa: E731
        assert wait_until(settled, seconds=SECONDS)
        for web in webs:
            assert not web.ended, self.log(f"web-{web.port}").read_text()
        return webs

    def worker(self, **variables: str) -> "subprocess.Popen[bytes]":
        return self.start("worker", **variables)

    def log(self, name: str) -> Path:
        return self.home / f"{name}.log"


@dataclass
class Web:
    port: int
    process: "subprocess.Popen[bytes]"

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def ended(self) -> bool:
        return self.process.poll() is not None

    def answers(self) -> bool:
        try:
            return httpx.get(f"{self.url}/healthz", timeout=5).status_code == 200
        except httpx.TransportError:
            return False

    def post(self, path: str, token: str, **sent: Any) -> httpx.Response:
        headers = {"Authorization": f"Bearer {token}", **sent.pop("headers", {})}
        return httpx.post(f"{self.url}{path}", headers=headers, timeout=60, **sent)


@contextmanager
def commands(home: Path, bundle: Path, **variables: str) -> Iterator[Commands]:
    """`home` also holds the photos and the messages."""
    for folder in ("broker/messages", "broker/control", "media"):
        (home / folder).mkdir(parents=True, exist_ok=True)
    environment = {
        **{name: os.environ[name] for name in KEPT_VARIABLES if name in os.environ},
        "DATABASE_URL": os.environ["DATABASE_URL"],
        "OWNER_DATABASE_URL": os.environ["OWNER_DATABASE_URL"],
        "LOOKUS_HOME": str(home),
        "SECRET_KEY": "only for this test, and as long as a real one is",
        "VISION_BUNDLE": str(bundle),
        "BROKER_URL": "filesystem://",
        "OMP_NUM_THREADS": "1",
        **variables,
    }
    made = Commands(home, environment)
    try:
        yield made
    finally:
        for process in made.running:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
