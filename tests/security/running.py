"""Web processes as they run in production, on the test's own database: several, behind a proxy that
speaks https, and as talkative as they can be."""

import http.client
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psutil

from lookus.processes import wait_until
from tests.stack import KEPT_VARIABLES, free_port

PROCESSES = 2
HOST = "lookus.example"
START_SECONDS, STOP_SECONDS = 120, 40
HEADERS = {"Host": HOST, "X-Forwarded-Proto": "https", "X-Forwarded-For": "203.0.113.9"}


@dataclass
class Answer:
    status: int
    headers: dict[str, str]
    cookies: list[str]
    body: bytes


@dataclass
class Running:
    """`lookus web`, and `lookus worker` once it is asked for."""

    home: Path
    variables: dict[str, str]
    port: int = field(default_factory=free_port)
    children: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def start(self, *words: str) -> subprocess.Popen[bytes]:
        kept = {name: os.environ[name] for name in KEPT_VARIABLES if name in os.environ}
        for folder in ("broker/messages", "broker/control", "logs", "media"):
            (self.home / folder).mkdir(parents=True, exist_ok=True)
        with (self.home / "logs" / f"{words[0]}.log").open("ab") as log:
            child = subprocess.Popen(
                [sys.executable, "-m", "lookus.cli", *words],
                env={**kept, "LOOKUS_HOME": str(self.home), **self.variables},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )
        self.children.append(child)
        return child

    def connect(self) -> http.client.HTTPConnection:
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)

    def ask(
        self,
        method: str,
        path: str,
        *,
        body: str = "",
        on: http.client.HTTPConnection | None = None,
        **headers: str,
    ) -> Answer:
        connection = on or self.connect()
        try:
            connection.request(method, path, body or None, HEADERS | headers)
            answer = connection.getresponse()
            told = answer.getheaders()
            cookies = [value for name, value in told if name == "Set-Cookie"]
            return Answer(answer.status, dict(told), cookies, answer.read())
        finally:
            if on is None:
                connection.close()

    def is_up(self) -> bool:
        try:
            return self.ask("GET", "/healthz").status == 200
        except OSError:
            return False

    def servers(self) -> dict[int, set[int]]:
        """Of each web process the ports of those that are connected to it."""
        found = {}
        for one in psutil.Process(self.children[0].pid).children(recursive=True):
            held = one.net_connections(kind="tcp")
            if any(each.laddr and each.laddr.port == self.port for each in held):
                found[one.pid] = {each.raddr.port for each in held if each.raddr}
        return found

    def written(self) -> str:
        """All that any of them wrote: their output, and files in their home."""
        files = [path for path in self.home.rglob("*") if path.is_file()]
        logs = [path for path in files if path.suffix == ".log"]
        return "\n".join(path.read_text(errors="replace") for path in logs)


@contextmanager
def running(home: Path, databases: Any, **variables: str) -> Iterator[Running]:
    one = Running(
        home,
        {
            "DATABASE_URL": databases.app_url,
            "OWNER_DATABASE_URL": databases.owner_url,
            "PUBLIC_URL": f"https://{HOST}",
            "ALLOWED_HOSTS": HOST,
            "BEHIND_PROXY": "true",
            "WEB_PROCESSES": str(PROCESSES),
            "WEB_THREADS": "4",
            "LOG_LEVEL": "DEBUG",
            # A connection that a test holds is not closed for being idle.
            "GUNICORN_CMD_ARGS": "--keep-alive 300",
            **variables,
        },
    )
    try:
        web = one.start("web", "--port", str(one.port))
        ended = lambda: web.poll() is not None  # noqa: E731
        assert wait_until(lambda: ended() or one.is_up(), seconds=START_SECONDS, pause=0.1)
        assert not ended(), one.written()
        yield one
    finally:
        for child in one.children:
            child.terminate()
        for child in one.children:
            try:
                child.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                child.kill()
                child.wait()
