"""An internet of its own for one process: a network namespace in which public and private addresses
are this machine's, a name server that changes its mind, and servers that note who reached them.

Run as `unshare --map-root-user --mount --net python -m tests.security.world`: it fetches what
`CASES` says by every way that the product has, and prints a JSON object a line. Nothing of the
product is replaced: names are resolved by the C library, from its own /etc/resolv.conf.
"""

import ctypes
import fcntl
import io
import ipaddress
import json
import os
import socket
import socketserver
import struct
import sys
import tempfile
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

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


def build() -> None:
    """Addresses, name server and web servers of this namespace."""
    _addresses()
    with tempfile.NamedTemporaryFile("w", delete=False) as told:
        told.write("nameserver 127.0.0.1\noptions timeout:20 attempts:2\n")
    libc = ctypes.CDLL(None, use_errno=True)
    resolv = os.path.realpath("/etc/resolv.conf").encode()
    if libc.mount(told.name.encode(), resolv, None, 4096, None) != 0:
        raise OSError(ctypes.get_errno(), "cannot bind /etc/resolv.conf")
    servers = [
        socketserver.ThreadingUDPServer(("127.0.0.1", 53), NameServer),
        *(Threads(("0.0.0.0", port), WebServer) for port in (80, 22, 5432, 6379)),
        Threads(("0.0.0.0", 443), Dripping),
        Threads6(("::", 80), WebServer),
    ]
    for server in servers:
        threading.Thread(target=server.serve_forever, daemon=True).start()


def _addresses() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as control:
        fcntl.ioctl(control, 0x8914, struct.pack("16sH22x", b"lo", 0x1 | 0x40))
        for number, one in enumerate((PUBLIC, *PRIVATE)):
            packed = struct.pack(
                "16sHH4s16x", f"lo:{number}".encode(), socket.AF_INET, 0, socket.inet_aton(one)
            )
            fcntl.ioctl(control, 0x8916, packed)
    with socket.socket(socket.AF_INET6, socket.SOCK_DGRAM) as control:
        for one in (PUBLIC_6, *PRIVATE_6):
            packed = socket.inet_pton(socket.AF_INET6, one) + struct.pack("Ii", 128, 1)
            fcntl.ioctl(control, 0x8916, packed)


def by_fetch(url: str) -> bytes:
    from tenants.fetch import fetch

    return fetch(url, max_bytes=100_000).body


def by_fetch_to(url: str) -> bytes:
    from tenants.fetch_file import fetch_to

    file = io.BytesIO()
    fetch_to(url, to=file, max_bytes=100_000, seconds=TIMEOUT)
    return file.getvalue()


def by_post(url: str) -> bytes:
    from tenants.fetch import post

    return post(url, body=b"{}", headers={}, seconds=TIMEOUT, max_bytes=100_000).body


WAYS = {"fetch": by_fetch, "fetch_to": by_fetch_to, "post": by_post}


def tried(way: str, url: str) -> dict[str, Any]:
    from tenants.fetch import FetchError

    begin = time.monotonic()
    try:
        outcome, told = "bytes", WAYS[way](url).decode("latin-1")[:20]
    except FetchError as error:
        outcome, told = error.code, error.message
    except Exception as error:
        outcome, told = "crash", repr(error)
    return {
        "url": url, "way": way, "outcome": outcome, "told": told,
        "seconds": time.monotonic() - begin,
    }  # fmt: skip


def peak() -> int:
    """The most memory that this process took, in MiB."""
    status = Path("/proc/self/status").read_text()
    return int(status.split("VmHWM:")[1].split()[0]) // 1024


def say(result: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(result) + "\n")
    sys.stdout.flush()


def main() -> None:
    import django
    from django.conf import settings

    settings.configure(
        FETCH_TIMEOUT_SECONDS=TIMEOUT, FETCH_ALLOWED_PRIVATE=[], PUBLIC_URL="http://lookus.test"
    )
    django.setup()
    build()
    tried("fetch", "http://public.test/")
    told = json.load(sys.stdin)
    for way, url in told["one_by_one"]:
        WebServer.reached.clear()
        NameServer.asked.clear()
        result = tried(way, url)
        say(result | {"reached": WebServer.reached, "asked": NameServer.asked})
    before = peak()
    with ThreadPoolExecutor(32) as pool:
        for result in pool.map(lambda one: tried(*one), told["together"]):
            say(result)
    say({"grown": peak() - before})
    # Threads that still resolve or serve need not be waited for.
    os._exit(0)


if __name__ == "__main__":
    main()
