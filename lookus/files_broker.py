"""Messages as files: kombu's filesystem transport without its two ways to end a worker.

Kombu writes a message under its final name, where a reader may meet half of it, and lists a folder
that somebody may have deleted. Either error would end the worker that meets it.
"""

import logging
import time
from pathlib import Path
from queue import Empty
from typing import Any
from uuid import uuid4

from kombu.exceptions import ChannelError
from kombu.transport import filesystem
from kombu.utils.json import dumps

log = logging.getLogger(__name__)


class Channel(filesystem.Channel):
    def _put(  # type: ignore[override]  # the stubs of kombu's two parents disagree
        self, queue: str, payload: Any, **options: Any
    ) -> None:
        """A message gets its name when it is whole."""
        name = f"{time.monotonic_ns() // 1_000_000}_{uuid4()}.{queue}.msg"
        try:
            folder = _there(self.data_folder_out)
            part = folder / f"{name}.part"
            part.write_text(dumps(payload), encoding="utf-8")
            part.rename(folder / name)
        except OSError as error:
            raise ChannelError(f"the message {name} could not be written: {error}") from error

    def _get(self, queue: str, timeout: float | None = None) -> Any:
        _there(self.data_folder_in)
        try:
            return super()._get(queue)
        except ValueError:
            log.exception("half a message is left out: the sweeper rings again")
            raise Empty from None

    def _size(self, queue: str) -> int:
        _there(self.data_folder_in)
        return int(super()._size(queue))


class Transport(filesystem.Transport):
    Channel = Channel


def _there(folder: str) -> Path:
    path = Path(folder)
    path.mkdir(parents=True, exist_ok=True)
    return path
