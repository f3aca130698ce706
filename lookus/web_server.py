"""How `lookus web` ends without a failed request: gunicorn's configuration, and its worker.

SIGTERM, in three steps; a second one goes on to the next:

1. For WEB_DRAIN_SECONDS all is answered as ever, and `/readyz` says `stopping`: whoever shares the
   requests out learns it and sends no more here.
2. What has connected by then is taken, and then the port is closed, so that a proxy's next attempt
   is refused and goes elsewhere. (gunicorn by itself stops taking first and closes last: whoever
   connects in between waits, and is dropped.)
3. What is under way is finished, within WEB_GRACE_SECONDS.
"""

import errno
import select
import signal
import socket
from contextlib import suppress
from typing import Any

from gunicorn.workers.gthread import ThreadWorker

from lookus import env
from lookus.watching import stopping

DRAIN_SECONDS = env.integer("WEB_DRAIN_SECONDS", 0)


def when_ready(server: Any) -> None:
    """gunicorn's hook, in its master, when its own handlers are set."""

    def end(*_signal: Any) -> None:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGTERM, server.signal)
        server.signal(signal.SIGTERM, None)

    def drain(*_signal: Any) -> None:
        stopping.begin()
        if DRAIN_SECONDS <= 0:
            end()
            return
        signal.signal(signal.SIGTERM, end)
        signal.signal(signal.SIGALRM, end)
        signal.setitimer(signal.ITIMER_REAL, DRAIN_SECONDS)

    signal.signal(signal.SIGTERM, drain)


class Worker(ThreadWorker):
    """gunicorn's threads, and a door that is closed behind the last who came."""

    def set_accept_enabled(self, enabled: bool) -> None:
        if not enabled and not self.alive and stopping.is_stopping():
            for listener in self.sockets:
                self._take_the_rest(listener)
        super().set_accept_enabled(enabled)

    def accept(self, listener: Any) -> None:
        try:
            super().accept(listener)
        except OSError as error:
            # Another process of this server, which ends too, was quicker to close the door.
            if error.errno != errno.EINVAL or not stopping.is_stopping():
                raise

    def _take_the_rest(self, listener: Any) -> None:
        with suppress(OSError):
            while _asked(listener):
                super().accept(listener)
            listener.shutdown(socket.SHUT_RDWR)


def _asked(listener: Any) -> bool:
    """Whether somebody has connected; not whether the door is closed already, which reads alike."""
    asked = select.poll()
    asked.register(listener.fileno(), select.POLLIN)
    return [event for _, event in asked.poll(0)] == [select.POLLIN]
