"""A name server on loopback that knows the names it is told."""

import socket
import struct
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

TYPE_A = 1


@contextmanager
def name_server(names: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """Yields its `address:port`. Every address of a name is told, in turns; `names` may change.

    Questions for other types than A have no answer, other names do not exist.
    """
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as server:
        server.bind(("127.0.0.1", 0))
        thread = threading.Thread(target=_serve, args=(server, names), daemon=True)
        thread.start()
        host, port = server.getsockname()
        yield f"{host}:{port}"
        # An empty question ends it.
        server.sendto(b"", (host, port))
        thread.join(5)


def _serve(server: socket.socket, names: Mapping[str, Sequence[str]]) -> None:
    while True:
        question, caller = server.recvfrom(512)
        if not question:
            return
        server.sendto(_answer(question, names), caller)


def _answer(question: bytes, names: Mapping[str, Sequence[str]]) -> bytes:
    """RFC 1035: the header, the question again, an A record for each address."""
    labels, at = [], 12
    while length := question[at]:
        labels.append(question[at + 1 : at + 1 + length].decode())
        at += 1 + length
    (kind,) = struct.unpack(">H", question[at + 1 : at + 3])
    asked = question[12 : at + 5]
    found = names.get(".".join(labels).lower())
    addresses = list(found or ()) if kind == TYPE_A else []
    flags = 0x8180 if found is not None else 0x8183
    header = question[:2] + struct.pack(">HHHHH", flags, 1, len(addresses), 0, 0)
    # Each record points to the name in the question, and is good for one second.
    records = [
        struct.pack(">HHHIH", 0xC00C, TYPE_A, 1, 1, 4) + socket.inet_aton(one) for one in addresses
    ]
    return header + asked + b"".join(records)
