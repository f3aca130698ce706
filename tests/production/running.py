"""The whole production set on loopback: what docker/'s compose files say, as processes.

Only addresses and paths differ from those files. `host` of a service is an address of loopback of
its own, so that copies of one service listen on the same port, as containers do.
"""

import json
import os
import random
import signal
import subprocess
import sys
from functools import partial
from pathlib import Path
from typing import Any

from lookus.embedded import EmbeddedPostgres
from lookus.processes import dies_with_parent, wait_until
from tests.docker.files import ROOT
from tests.production.files import command_of, environment_of, health_of
from tests.support.daemons import (
    Daemon,
    free_port,
)

STOP_SECONDS = 60
WELL_SECONDS = 180
KEPT = ("PATH", "LANG", "OMP_NUM_THREADS")
# What compose's files leave at its default, and an operator may say in a file of their own.
OVERRIDDEN = ("API_RATE_PUBLISHABLE", "API_RATE_SECRET", "API_RATE_ADDRESS", "API_RATE_SHOP")
Copy = subprocess.Popen[bytes]


class Production:
    """Made by `production`. `chosen` are what an operator sets for compose, or in an override."""

    def __init__(self, folder: Path, chosen: dict[str, str], *, tables_of: str = "") -> None:
        self.folder = folder
        self.tables_of = tables_of
        self.chosen = chosen
        self.net = f"127.{random.randint(64, 250)}.{random.randint(1, 250)}"
        self.homes: dict[Copy, Path] = {}
        self.copies: dict[str, list[Copy]] = {}
        self.names: dict[str, list[str]] = {"web": []}
        """What the containers' name server knows."""
        self.addresses: dict[str, str] = {}
        """`name:port` of the files and where it is here."""
        self.broker: Daemon
        self.cache: Daemon
        self.pooler: Daemon
        self.proxy: Daemon
        self.storage: Daemon
        self.database: EmbeddedPostgres
        self.superuser_url = ""

    @property
    def url(self) -> str:
        return self.proxy.url

    def secret(self, name: str) -> str:
        return (self.folder / "secrets" / name).read_text()

    def environment(self, service: str, home: Path) -> dict[str, str]:
        found = environment_of(service, **self.chosen)
        for name, value in found.items():
            if value.startswith("/run/secrets/"):
                found[name] = str(self.folder / "secrets" / Path(value).name)
            else:
                found[name] = self.here(value)
        own = {name: self.chosen[name] for name in OVERRIDDEN if name in self.chosen}
        kept = {name: os.environ[name] for name in KEPT if name in os.environ}
        return {**kept, **found, **own, "LOOKUS_HOME": str(home)}

    def here(self, text: str) -> str:
        """With the addresses of this machine instead of the containers' names."""
        for name, address in self.addresses.items():
            text = text.replace(name, address)
        return text

    def command(self, words: list[str]) -> list[str]:
        programs = {"lookus": [sys.executable, "-m", "lookus.cli"], "python": [sys.executable]}
        first, *rest = words
        rest = [word.replace("/app/", f"{ROOT}/") for word in rest]
        return [*programs.get(first, [first]), *rest]

    def run(self, service: str, *words: str) -> str:
        """`docker compose run SERVICE [words]`: its output."""
        home = self.folder / f"{service}-once"
        home.mkdir(exist_ok=True)
        given = [*command_of(service)[:1], *words] if words else command_of(service)
        done = subprocess.run(
            self.command(given), env=self.environment(service, home), cwd=ROOT,
            capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL,
        )  # fmt: skip
        assert done.returncode == 0, f"{service}: {done.stdout[-2000:]}{done.stderr[-4000:]}"
        return done.stdout

    def start(self, service: str) -> Copy:
        """One more copy of a service of ours."""
        number = len(self.copies.setdefault(service, [])) + 1
        home = self.folder / f"{service}-{number}"
        (home / "media").mkdir(parents=True)
        environment = self.environment(service, home)
        command = self.command(command_of(service))
        if service == "web":
            host = f"{self.net}.{number}"
            command = [host if word == "0.0.0.0" else word for word in command]
            self.names["web"].append(host)
        if "METRICS_PORT" in environment:
            environment["METRICS_PORT"] = str(free_port())
        with (home / "log").open("wb") as log:
            copy = subprocess.Popen(
                command, env=environment, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=log,
                stderr=log, start_new_session=True,
                preexec_fn=dies_with_parent(signal.SIGTERM),  # noqa: PLW1509 - before any
            )  # fmt: skip
        self.copies[service].append(copy)
        self.homes[copy] = home
        return copy

    def is_well(self, service: str, copy: Copy) -> bool:
        """What the health check of the file or the image says of a copy."""
        home = self.homes[copy]
        assert copy.poll() is None, self.log(copy)
        words = [word.replace("/var/lib/lookus-home", str(home)) for word in health_of(service)]
        if service == "web":
            host = self.names["web"][self.copies["web"].index(copy)]
            words = [word.replace("127.0.0.1", host) for word in words]
        if service == "worker":
            port = dict(line.split("=", 1) for line in _environ(copy))["METRICS_PORT"]
            words = [word.replace(":9100", f":{port}") for word in words]
        done = subprocess.run(self.command(words), capture_output=True, check=False)
        return done.returncode == 0

    def wait_until_well(self) -> None:
        for service, copies in self.copies.items():
            for copy in copies:
                assert wait_until(partial(self.is_well, service, copy), seconds=WELL_SECONDS)

    def log(self, copy: Copy) -> str:
        return (self.homes[copy] / "log").read_text(errors="replace")

    def end(self) -> None:
        """TERM for all of them, as `docker compose down` does: once, for a second is haste."""
        everyone = [copy for copies in self.copies.values() for copy in copies]
        for copy in everyone:
            if copy.poll() is None:
                copy.terminate()
        for copy in everyone:
            try:
                copy.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                os.killpg(copy.pid, signal.SIGKILL)


def _environ(copy: Copy) -> list[str]:
    text = Path(f"/proc/{copy.pid}/environ").read_bytes().decode()
    return [line for line in text.split("\0") if "=" in line]


def said(output: str) -> dict[str, Any]:
    """The JSON of a command's last line."""
    found: dict[str, Any] = json.loads(output.strip().splitlines()[-1])
    return found
