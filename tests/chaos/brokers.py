"""The three ways that messages go, each of which a test may take away with all that it holds."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from tests.support.daemons import rabbitmq_server, redis_server

KINDS = ("files", "redis", "rabbitmq")


class Broker(Protocol):
    @property
    def url(self) -> str: ...

    def start(self) -> None: ...

    def stop(self) -> None: ...

    def wipe(self) -> None: ...


@dataclass(frozen=True)
class Files:
    """The folder of `home` that messages are files in; stopped, it is not there."""

    home: Path
    url: str = "filesystem://"

    def start(self) -> None:
        for folder in ("messages", "control"):
            (self.home / "broker" / folder).mkdir(parents=True, exist_ok=True)

    def stop(self) -> None:
        shutil.rmtree(self.home / "broker")

    def wipe(self) -> None:
        """Nothing is left to delete."""


@contextmanager
def broker(kind: str, home: Path) -> Iterator[Broker]:
    if kind == "files":
        files = Files(home)
        files.start()
        yield files
        return
    with {"redis": redis_server, "rabbitmq": rabbitmq_server}[kind]() as server:
        yield server
