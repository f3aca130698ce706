"""A wire between a client and a real server, that can be cut, and that can fall silent."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

Connect = Callable[[], socket.socket]


class Relay:
    """Listens on `port`; each connection is led to what `upstream` connects to."""

    def __init__(self, upstream: Connect) -> None:
        self.upstream = upstream
        self.passes = threading.Event()
        self.passes.set()
        self._held: list[socket.socket] = []
        self._listener = self._listen(0)
        self.port: int = self._listener.getsockname()[1]

    def _listen(self, port: int) -> socket.socket:
        listener = socket.create_server(("127.0.0.1", port))
        threading.Thread(target=self._accept, args=(listener,), daemon=True).start()
        return listener

    def _accept(self, listener: socket.socket) -> None:
        while True:
            try:
                client, _ = listener.accept()
            except OSError:
                return
            threading.Thread(target=self._lead, args=(client,), daemon=True).start()

    def _lead(self, client: socket.socket) -> None:
        self.passes.wait()
        try:
            server = self.upstream()
        except OSError:
            client.close()
            return
        self._held += [client, server]
        for pair in ((client, server), (server, client)):
            threading.Thread(target=self._pump, args=pair, daemon=True).start()

    def _pump(self, source: socket.socket, target: socket.socket) -> None:
        with suppress(OSError):
            while data := source.recv(65536):
                self.passes.wait()
                target.sendall(data)
        for one in (source, target):
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)

    def cut(self) -> None:
        """Nobody listens any more, and who was connected is not."""
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for one in self._held:
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
        self._held.clear()

    def mend(self) -> None:
        self._listener = self._listen(self.port)

    def silence(self) -> None:
        """Connections are taken and nothing comes back, as from a machine that hangs."""
        self.passes.clear()

    def speak(self) -> None:
        self.passes.set()


@contextmanager
def relay(upstream: Connect) -> Iterator[Relay]:
    made = Relay(upstream)
    try:
        yield made
    finally:
        made.speak()
        with suppress(OSError):
            made.cut()


def tcp(port: int) -> Connect:
    return lambda: socket.create_connection(("127.0.0.1", port), 10)


def unix(path: str) -> Connect:
    def connect() -> socket.socket:
        made = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        made.connect(path)
        return made

    return connect
