"""The servers of an internet of a test's own (`tests/security/world.py`): names that change their
mind, web servers that misbehave, and all of them note on which address they were reached.
"""

import ipaddress
import socket
import socketserver
import struct
import time
from collections import Counter

PUBLIC = "93.184.215.14"
PUBLIC_6 = "2606:4700::1111"
PRIVATE = ("10.0.0.8", "169.254.169.254", "192.168.0.1", "172.16.0.1", "100.64.0.1")
PRIVATE_6 = ("fd00::8", "fec0::8", "2002:a00:8::1", "64:ff9b::a00:8")
TIMEOUT = 2

# What the name server says: the first answer, then the next, the last for ever.
NAMES: dict[str, list[list[str]]] = {
    "public": [[PUBLIC]],
    "public6": [[PUBLIC_6]],
    "both": [[PUBLIC, PUBLIC_6]],
    "private": [["10.0.0.8"]],
    "metadata": [["169.254.169.254"]],
    "loopback": [["127.0.0.1"]],
    "loopback6": [["::1"]],
    "zero": [["0.0.0.0"]],
    "carrier": [["100.64.0.1"]],
    "one-of-two": [[PUBLIC, "10.0.0.8"]],
    "one-of-two6": [[PUBLIC, "fd00::8"]],
    "mapped": [["::ffff:10.0.0.8"]],
    "compatible": [["::10.0.0.8"]],
    "sixtofour": [["2002:a00:8::1"]],
    "nat64": [["64:ff9b::a00:8"]],
    "local6": [["fd00::8"]],
    "site6": [["fec0::8"]],
    "rebinding": [[PUBLIC], ["127.0.0.1"]],
    "rebinding-at-the-redirect": [[PUBLIC], ["169.254.169.254"]],
    "127.0.0.1": [["127.0.0.1"]],
    "silent": [],
}


class NameServer(socketserver.BaseRequestHandler):
    asked: Counter[str] = Counter()

    def handle(self) -> None:
        packet, sock = self.request
        name, kind, question = self._question(packet)
        answers = NAMES.get(name.removesuffix(".test"))
        if answers == []:
            return
        if kind == 1:
            self.asked[name] += 1
        said = answers[min(self.asked[name] or 1, len(answers)) - 1] if answers else []
        wanted = [ipaddress.ip_address(one) for one in said]
        records = [one.packed for one in wanted if (one.version == 4) == (kind == 1)]
        head = packet[:2] + struct.pack(">HHHHH", 0x8180, 1, len(records), 0, 0)
        body = b"".join(
            b"\xc0\x0c" + struct.pack(">HHIH", kind, 1, 0, len(one)) + one for one in records
        )
        sock.sendto(head + question + body, self.client_address)

    @staticmethod
    def _question(packet: bytes) -> tuple[str, int, bytes]:
        at, labels = 12, []
        while packet[at]:
            labels.append(packet[at + 1 : at + 1 + packet[at]].decode())
            at += 1 + packet[at]
        return ".".join(labels).lower(), packet[at + 2], packet[12 : at + 5]


class WebServer(socketserver.BaseRequestHandler):
    """Notes the address on which it was reached, before anything is said."""

    reached: list[str] = []

    def handle(self) -> None:
        here = self.request.getsockname()[0]
        self.reached.append(here)
        try:
            head = b""
            while b"\r\n\r\n" not in head and (piece := self.request.recv(4096)):
                head += piece
            path = head.split(b" ")[1].decode() if b" " in head else "/"
            self._answer(path)
        except OSError:
            pass

    def _answer(self, path: str) -> None:
        send = self.request.sendall
        name, _, rest = path.lstrip("/").partition("/")
        if name == "to":
            send(f"HTTP/1.1 302 Found\r\nLocation: {rest}\r\nContent-Length: 0\r\n\r\n".encode())
        elif name == "endless":
            send(b"HTTP/1.1 200 OK\r\n\r\n")
            while True:
                send(b"x" * 65536)
        elif name == "chunks":
            send(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
            while True:
                send(b"10000\r\n" + b"x" * 65536 + b"\r\n")
        elif name == "chunk-names":
            send(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
            while True:
                send(b"0" * 65536)
        elif name == "packed":
            said = "HTTP/1.1 200 OK\r\nContent-Encoding: {}\r\nContent-Length: 9\r\n\r\n123456789"
            send(said.format(rest).encode())
        elif name == "long-header":
            send(b"HTTP/1.1 200 OK\r\nX-Long: ")
            while True:
                send(b"x" * 65536)
        elif name == "many-headers":
            send(b"HTTP/1.1 200 OK\r\n")
            while True:
                send(b"X-One: more\r\n" * 1000)
        elif name == "continue":
            while True:
                send(b"HTTP/1.1 100 Continue\r\n\r\n" * 100)
        elif name == "drip":
            send(b"HTTP/1.1 200 OK\r\n\r\n")
            while True:
                send(b".")
                time.sleep(0.05)
        elif name == "silent":
            time.sleep(60)
        else:
            send(b"HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\npixels")


class Dripping(socketserver.BaseRequestHandler):
    """On the port of https: the handshake comes a byte at a time."""

    def handle(self) -> None:
        WebServer.reached.append(self.request.getsockname()[0])
        try:
            self.request.recv(4096)
            self.request.sendall(b"\x16\x03\x03\x40\x00")
            while True:
                self.request.sendall(b"\x02")
                time.sleep(0.05)
        except OSError:
            pass


class Threads(socketserver.ThreadingTCPServer):
    allow_reuse_address = daemon_threads = True


class Threads6(Threads):
    address_family = socket.AF_INET6

    def server_bind(self) -> None:
        self.socket.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        super().server_bind()
