"""Two shops asked at once by many, over few connections of Postgres."""

import http.client
import itertools
import threading
import time
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import psycopg

THREADS = 6
PATHS = (
    "/api/v1/products?limit=50",
    "/api/v1/products/{slug}-skirt",
    "/api/v1/products/{slug}-t-shirt/similar",
    "/api/v1/tags",
)


@dataclass
class Seen:
    """`foreign` are replies that had something of another shop, `failed` those that were none."""

    statuses: Counter[int] = field(default_factory=Counter)
    foreign: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    shared: int = 0
    """Transactions on a connection that had served the other shop just before."""

    @property
    def replies(self) -> int:
        return sum(self.statuses.values())


def hammer_api(url: str, keys: Mapping[str, str], count: int, *, search: bool = False) -> Seen:
    """`count` requests in all, the shops in turns, by six clients that keep their connection.

    Of a publishable key only searches are asked (`search`).
    """
    seen = Seen()
    numbers = iter(range(count))
    parts = urlsplit(url)
    lock = threading.Lock()

    def client() -> None:
        connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=120)
        for number in numbers:
            slug = list(keys)[number % len(keys)]
            path = PATHS[2] if search else PATHS[number // len(keys) % len(PATHS)]
            headers = {"Authorization": f"Bearer {keys[slug]}"}
            while True:
                connection.request("GET", path.format(slug=slug), headers=headers)
                answer = connection.getresponse()
                body = answer.read().decode()
                if answer.status != 429 or search:
                    break
                time.sleep(0.05)  # the other shop's turn
            with lock:
                seen.statuses[answer.status] += 1
                if answer.status != 200:
                    seen.failed.append(f"{path} {answer.status} {body[:300]}")
                elif f"{slug}-" not in body and "similar" not in path:
                    seen.failed.append(f"{path} has nothing: {body[:300]}")
                seen.foreign += [
                    f"{slug} {path}: {body[:300]}"
                    for other in keys
                    if other != slug and other in body
                ]
        connection.close()

    _together(client)
    return seen


def hammer_sql(address: str, shops: Mapping[str, int], count: int) -> Seen:
    """`count` transactions in all: in the shop's scope, and every fourth in none."""
    seen = Seen()
    numbers = itertools.count()
    lock = threading.Lock()
    last: dict[int, str] = {}

    def client() -> None:
        with psycopg.connect(address, prepare_threshold=None, autocommit=True) as connection:
            while (number := next(numbers)) < count:
                slug = list(shops)[number // 4 % len(shops)] if number % 4 else ""
                with connection.transaction():
                    if slug:
                        connection.execute(f"SET LOCAL lookus.shop_id = '{shops[slug]}'")
                    rows = connection.execute(
                        "SELECT pg_backend_pid(), array_agg(shop_id), array_agg(sku)"
                        " FROM catalog_product"
                    ).fetchone()
                assert rows is not None
                backend, found, skus = rows
                with lock:
                    seen.statuses[200] += 1
                    seen.shared += last.get(backend, slug) != slug
                    last[backend] = slug
                    if set(found or ()) != ({shops[slug]} if slug else set()):
                        seen.foreign.append(f"{slug or 'nobody'}: {skus}")

    _together(client)
    return seen


def _together(client: Callable[[], None]) -> None:
    """Every client in a thread of its own; what one of them raises is raised."""
    raised: list[BaseException] = []

    def guarded() -> None:
        try:
            client()
        except BaseException as error:
            raised.append(error)

    threads = [threading.Thread(target=guarded) for _ in range(THREADS)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    if raised:
        raise raised[0]
