"""An internet of its own for one process: a network namespace in which public and private addresses
are this machine's, a name server that changes its mind, and servers that note who reached them.

Run as `unshare --map-root-user --mount --net python -m tests.security.world`: it fetches what
`CASES` says by every way that the product has, and prints a JSON object a line. Nothing of the
product is replaced: names are resolved by the C library, from its own /etc/resolv.conf.
"""

import ctypes
import fcntl
import io
import json
import os
import socket
import socketserver
import struct
import sys
import tempfile
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from tests.security.world_servers import (
    PRIVATE,
    PRIVATE_6,
    PUBLIC,
    PUBLIC_6,
    TIMEOUT,
    Dripping,
    NameServer,
    Threads,
    Threads6,
    WebServer,
)

__all__ = ["PUBLIC", "PUBLIC_6", "TIMEOUT", "WAYS"]


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
