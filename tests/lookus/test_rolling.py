"""Web and worker are restarted under load: no request fails, no photo is lost or seen twice."""

import socket
import threading
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import pytest
from django.db.models import Count

from billing.models import Kind, LedgerEntry
from catalog.models import Garment, Photo
from lookus.processes import wait_until
from tenants.models import Shop
from tenants.scope import shop_scope
from tests.factories import make_key, make_product, make_shop
from tests.support.commands import Commands, Web, commands
from tests.support.daemons import free_port, nginx
from tests.support.photos import painted_png

SECONDS = 150
NGINX = Path(__file__).parents[2] / "docker" / "nginx.conf"
SKU = "rolled"
PRODUCTS = 60
"""More than the load fills: a product has room for 20 photos."""

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def run(transactional_db: None, tmp_path: Path, tiny_bundle: Path) -> Iterator[Commands]:
    more = {
        "API_RATE_SECRET": "100000/min",
        "DEFAULT_PLAN": "unlimited",
        "PHOTO_CHUNK": "4",
        # Only the second SIGTERM ends the first step, and nothing under way is cut.
        "WEB_DRAIN_SECONDS": "600",
        "WEB_GRACE_SECONDS": "300",
    }
    with commands(tmp_path, tiny_bundle, ALLOWED_HOSTS="127.0.0.1", **more) as made:
        yield made


def proxy(port: int, *webs: int) -> str:
    """The production's configuration with other addresses."""
    told = NGINX.read_text(encoding="utf-8")
    servers = " ".join(f"server 127.0.0.1:{web};" for web in webs)
    lines = [one for one in told.splitlines() if "resolver" not in one and "set $web" not in one]
    told = "\n".join(lines).replace("http://$web", "http://web")
    return f"upstream web {{ {servers} }}\n" + told.replace("listen 8080", f"listen {port}")


@dataclass
class Load:
    """Several who search and upload, each as soon as the last reply is there."""

    url: str
    token: str
    replies: Counter[str] = field(default_factory=Counter)
    uploaded: int = 0
    ended: threading.Event = field(default_factory=threading.Event)
    threads: list[threading.Thread] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def __enter__(self) -> "Load":
        for number in range(3):
            self.threads.append(threading.Thread(target=self._go, args=(number,), daemon=True))
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.ended.set()
        for thread in self.threads:
            thread.join(SECONDS)

    def _go(self, number: int) -> None:
        shade = number
        with httpx.Client(
            base_url=self.url, timeout=60, headers={"Authorization": f"Bearer {self.token}"}
        ) as client:
            while not self.ended.is_set():
                shade += 3
                photo = {"image": ("a.png", painted_png("upper", shade=-shade % 97), "image/png")}
                upload = number == 0 and shade % 2
                product = f"{SKU}{shade // 3 % PRODUCTS}"
                path = f"/api/v1/products/{product}/photos" if upload else "/api/v1/search"
                try:
                    told = str(client.post(path, files=photo).status_code)
                except httpx.TransportError as error:
                    told = f"{path}: {error!r}"
                with self.lock:
                    self.replies[told] += 1
                    self.uploaded += bool(upload and told.startswith("2"))
                # One core for all of them, and for the servers that start meanwhile.
                time.sleep(0.05)

    def more(self, count: int) -> None:
        """Wait until so many more are answered."""
        wanted = self.replies.total() + count
        assert wait_until(lambda: self.replies.total() >= wanted, seconds=SECONDS), self.replies

    @property
    def failed(self) -> dict[str, int]:
        return {told: count for told, count in self.replies.items() if not told.startswith("2")}


@pytest.mark.parametrize("rounds", [1, pytest.param(5, marks=pytest.mark.chaos)])
def test_a_rolling_restart_fails_no_request_and_loses_no_photo(run: Commands, rounds: int) -> None:
    shop = make_shop()
    for number in range(PRODUCTS):
        make_product(shop, sku=f"{SKU}{number}")
    _, token = make_key("sk", shop=shop)
    worker = run.worker()
    webs = run.webs(2, WEB_PROCESSES="2")
    assert _photo(webs[0], token).status_code == 201
    assert wait_until(lambda: states(shop) == ["done"], seconds=SECONDS)
    port = free_port()
    with (
        nginx(proxy(port, *(one.port for one in webs)), port=port) as front,
        Load(front.url, token) as load,
    ):
        for number in range(rounds):
            for at, web in enumerate(webs[: 2 if rounds > 1 else 1]):
                load.more(10)
                ends_in_three_steps(web, token)
                load.more(10)
                webs[at] = run.web(on=web.port)
            load.more(10)
            assert wait_until(lambda: "working" in states(shop), seconds=SECONDS), number
            worker.terminate()
            assert worker.wait(SECONDS) == 0
            worker = run.worker()
            load.more(10)
    assert load.failed == {}
    photos = 1 + load.uploaded + rounds * (2 if rounds > 1 else 1)
    assert wait_until(lambda: states(shop) == ["done"] * photos, seconds=SECONDS), states(shop)
    with shop_scope(shop):
        # A second attempt would be a lease that ended: a worker that left its work behind.
        assert set(Photo.objects.values_list("attempts", flat=True)) == {1}
        twice = Garment.objects.values("photo").annotate(count=Count("pk")).filter(count__gt=1)
        assert not twice
        assert LedgerEntry.objects.filter(kind=Kind.PHOTO).count() == photos


def states(shop: Shop) -> list[str]:
    with shop_scope(shop):
        return list(Photo.objects.values_list("state", flat=True))


def ends_in_three_steps(web: Web, token: str) -> None:
    """It says that it stops and answers on; takes nobody any more; finishes what it has."""
    begun = _half_an_upload(web.port, token)
    assert _status(web, "/readyz")[0] == 200
    web.process.terminate()
    assert wait_until(lambda: _status(web, "/readyz") == (503, "stopping"), seconds=SECONDS)
    assert _status(web, "/healthz")[0] == 200
    assert _products(web, token) == 200

    web.process.terminate()
    assert wait_until(lambda: _is_refused(web.port), seconds=SECONDS)
    assert web.process.poll() is None
    assert b" 201 " in _the_other_half(begun)
    assert web.process.wait(SECONDS) == 0


def _status(web: Web, path: str) -> tuple[int, str]:
    reply = httpx.get(f"{web.url}{path}", timeout=60)
    return reply.status_code, reply.json()["status"]


def _photo(web: Web, token: str) -> httpx.Response:
    photo = {"image": ("a.png", painted_png("upper", shade=1), "image/png")}
    return web.post(f"/api/v1/products/{SKU}0/photos", token, files=photo)


def _products(web: Web, token: str) -> int:
    headers = {"Authorization": f"Bearer {token}"}
    return httpx.get(f"{web.url}/api/v1/products", headers=headers, timeout=60).status_code


BOUNDARY = b"a-line-between"


def _half_an_upload(port: int, token: str) -> socket.socket:
    connection = socket.create_connection(("127.0.0.1", port), timeout=60)
    head = (
        f"POST /api/v1/products/{SKU}59/photos HTTP/1.1\r\nHost: 127.0.0.1\r\n"
        f"Authorization: Bearer {token}\r\nConnection: close\r\n"
        f"Content-Type: multipart/form-data; boundary={BOUNDARY.decode()}\r\n"
        f"Content-Length: {len(_body())}\r\n\r\n"
    )
    connection.sendall(head.encode() + _body()[:200])
    return connection


def _the_other_half(connection: socket.socket) -> bytes:
    connection.sendall(_body()[200:])
    answer = b""
    while more := connection.recv(65536):
        answer += more
    return answer.partition(b"\r\n")[0]


def _body() -> bytes:
    head = b'Content-Disposition: form-data; name="image"; filename="a.png"\r\n'
    kind = b"Content-Type: image/png\r\n\r\n"
    return b"--%b\r\n%b%b%b\r\n--%b--\r\n" % (BOUNDARY, head, kind, painted_png("upper"), BOUNDARY)


def _is_refused(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), timeout=5).close()
    except ConnectionRefusedError:
        return True
    return False
