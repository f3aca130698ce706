"""A whole LookUs of its own, run by the command that users run."""

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import psutil
from PIL import Image

from lookus.cli.demo import FACTS
from lookus.processes import wait_until
from vision.render import random_spec, render

START_SECONDS = 180
STOP_SECONDS = 40
KEPT_VARIABLES = ("PATH", "HOME", "LANG", "TMPDIR")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def as_at_a_terminal() -> None:
    """Let Ctrl-C count: a shell's background job, as CI may be, starts with it ignored."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


class RunningLookUs:
    """`lookus up`, or other `words`, on `home`; what it prints is in `home/up.log`."""

    def __init__(self, home: Path, *words: str, **variables: str) -> None:
        self.home = home
        self.port = free_port()
        self.base_url = f"http://127.0.0.1:{self.port}"
        # Nothing of the suite's own database or of the developer's settings reaches it.
        kept = {
            name: os.environ[name]
            for name in ("PATH", "HOME", "LANG", "TMPDIR")
            if name in os.environ
        }
        self.environment = {**kept, "LOOKUS_HOME": str(home), **variables}
        home.mkdir(parents=True, exist_ok=True)
        self.log = home / "up.log"
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                self.command(*(words or ("up",)), "--port", str(self.port)),
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                preexec_fn=as_at_a_terminal,  # noqa: PLW1509 - no threads yet
            )

    def command(self, *words: str) -> list[str]:
        return [sys.executable, "-m", "lookus.cli", *words]

    def lookus(self, *words: str) -> str:
        """Run another command on the same home; its output."""
        done = subprocess.run(
            self.command(*words), env=self.environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def wait_until_ready(self) -> None:
        ended = lambda: self.process.poll() is not None  # noqa: E731
        ready = lambda: "Ctrl-C ends it" in self.log.read_text()  # noqa: E731
        assert wait_until(lambda: ended() or ready(), seconds=START_SECONDS, pause=0.2)
        assert not ended(), self.log.read_text()

    def get(self, path: str) -> tuple[int, bytes]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            connection.request("GET", path)
            answer = connection.getresponse()
            return answer.status, answer.read()
        finally:
            connection.close()

    def family(self) -> list[psutil.Process]:
        """Our process and all its descendants."""
        parent = psutil.Process(self.process.pid)
        return [parent, *parent.children(recursive=True)]

    def stop(self, signum: signal.Signals = signal.SIGTERM) -> int:
        if self.process.poll() is None:
            self.process.send_signal(signum)
        return self.process.wait(STOP_SECONDS)


class LiveStack(RunningLookUs):
    """`lookus demo` with few products: two shops of one mall, their photos tagged.

    `shop_slug`, `publishable_key` and `secret_key` are the first shop's; `shops` has both as
    `lookus/cli/demo.py` describes them, and `facts` the owner's login beside them.
    """

    def __init__(self, home: Path, products: int) -> None:
        super().__init__(home, "demo", "--products", str(products))

    @cached_property
    def facts(self) -> dict[str, Any]:
        lines = (self.home / FACTS).read_text(encoding="utf-8").strip().splitlines()
        found: dict[str, Any] = json.loads(lines[-1])
        return found

    @property
    def shops(self) -> list[dict[str, str]]:
        found: list[dict[str, str]] = self.facts["shops"]
        return found

    @property
    def shop_slug(self) -> str:
        return self.shops[0]["slug"]

    @property
    def publishable_key(self) -> str:
        return self.shops[0]["publishable_key"]

    @property
    def secret_key(self) -> str:
        return self.shops[0]["secret_key"]

    def photo(self, category: str, seed: int = 0) -> Path:
        """A JPEG of a garment of this category that is in neither catalogue, drawn once."""
        path = self.home / "queries" / f"{category}-{seed}.jpg"
        if not path.exists():
            path.parent.mkdir(exist_ok=True)
            drawn = render(random_spec(np.random.default_rng(seed), category=category))
            Image.fromarray(drawn.image).save(path, quality=92)
        return path
