"""A proxy of TCP that troubles what goes through it, as networks and stores do."""

import re
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

PIECE = 64 * 1024
ANSWER = (
    b"HTTP/1.1 500 Internal Server Error\r\nContent-Type: application/xml\r\n"
    b"Content-Length: 70\r\nConnection: close\r\n\r\n"
    b"<Error><Code>InternalError</Code><Message>We failed.</Message></Error>"
)
FINE, FAILS, HANGS, CUTS = "fine", "fails", "hangs", "cuts"


@dataclass
class TroubledProxy:
    """`trouble`: FINE; FAILS answers 500; HANGS takes what is sent and says nothing; CUTS ends a
    photo's answer, and the connection, in its middle. `troubled` counts connections."""

    port: int
    target: int
    trouble: str = FINE
    troubled: int = 0
    _open: list[socket.socket] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def set(self, trouble: str) -> None:
        """From now on, for connections that are open too."""
        self.trouble, self.troubled = trouble, 0
        self.close_all()

    def close_all(self) -> None:
        for one in self._open:
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
        self._open.clear()

    def serve(self, client: socket.socket) -> None:
        trouble = self.trouble
        self._open.append(client)
        with client, suppress(OSError):
            if trouble in (FINE, CUTS):
                self._pass_on(client, cut=trouble == CUTS)
            elif trouble == FAILS:
                self.troubled += 1
                _request_of(client)
                client.sendall(ANSWER)
            else:
                self.troubled += 1
                while client.recv(PIECE):
                    pass

    def _pass_on(self, client: socket.socket, *, cut: bool) -> None:
        with socket.create_connection(("127.0.0.1", self.target), 10) as server:
            self._open.append(server)
            threading.Thread(target=_flow, args=(client, server), daemon=True).start()
            while piece := server.recv(PIECE):
                if cut and _is_photo(piece):
                    self.troubled += 1
                    client.sendall(piece[: len(piece) * 2 // 3])
                    return
                client.sendall(piece)


def _is_photo(piece: bytes) -> bool:
    """The beginning of an answer that carries one. moto sends head and body apart or together."""
    length = re.search(rb"(?i)content-length: (\d+)", piece)
    is_image = b"content-type: image/" in piece.lower()
    return is_image and length is not None and int(length[1]) > 0


def _request_of(client: socket.socket) -> None:
    """Read it whole, or the client sees a broken connection before it sees the answer."""
    client.settimeout(0.5)
    with suppress(TimeoutError):
        while client.recv(PIECE):
            pass


def _flow(source: socket.socket, target: socket.socket) -> None:
    with suppress(OSError):
        while piece := source.recv(PIECE):
            target.sendall(piece)
        target.shutdown(socket.SHUT_WR)


@contextmanager
def troubled_proxy(target: int) -> Iterator[TroubledProxy]:
    """On a free port of loopback, before the server that listens on `target`."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        proxy = TroubledProxy(listener.getsockname()[1], target)

        def accept() -> None:
            with suppress(OSError):
                while True:
                    client, _ = listener.accept()
                    threading.Thread(target=proxy.serve, args=(client,), daemon=True).start()

        threading.Thread(target=accept, daemon=True).start()
        try:
            yield proxy
        finally:
            proxy.close_all()
