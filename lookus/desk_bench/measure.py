"""Ask every page of a small and of a large shop again and again: statements, and time."""

import argparse
import logging
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import psycopg
from django.db import connection
from django.test import Client

from lookus.desk_bench.pages import addresses
from lookus.desk_bench.world import made_shop
from tenants.models import Membership, Shop, User
from tenants.services import membership_set

SMALL, LARGE, ROUNDS = 100, 100_000, 20
MOST_QUERIES, MOST_RATIO = 15, 4.0


@dataclass
class Page:
    """Of one address: statements, and milliseconds of each answer, by products of the shop."""

    address: str
    queries: dict[int, int] = field(default_factory=dict)
    times: dict[int, list[float]] = field(default_factory=dict)

    def p95(self, products: int) -> float:
        return statistics.quantiles(self.times[products], n=20)[-1]

    @property
    def whole(self) -> bool:
        return len(self.times) == 2


def measure(args: Sequence[str], *, superuser: str, say: Callable[[str], None]) -> dict[str, float]:
    """`[--small 100] [--large 100000] [--rounds 20]`."""
    options = parse(args)
    # What takes no GET is asked once, and refuses: nobody needs to read of it.
    logging.getLogger("django.request").setLevel(logging.CRITICAL)
    shops: dict[int, tuple[Shop, Client]] = {}
    for products in (options.small, options.large):
        say(f"a shop of {products:,} products")
        shop = made_shop(products)
        shops[products] = shop, _owner(shop)
    with psycopg.connect(superuser, autocommit=True) as admin:
        # What autovacuum would have done by the next day.
        admin.execute("VACUUM (ANALYZE)")
    pages: dict[str, Page] = {}
    asked = {products: addresses(shop) for products, (shop, _client) in shops.items()}
    for round_ in range(options.rounds + 1):
        say(f"round {round_} of {options.rounds}")
        for products, (shop, client) in shops.items():
            asked[products] = [
                address
                for address in asked[products]
                if _ask(pages, shop, client, products, address, warm=round_ == 0)
            ]
    return _figures([page for page in pages.values() if page.whole], options, say)


def parse(args: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="lookus bench desk")
    parser.add_argument("--small", type=int, default=SMALL, help="products of the one shop")
    parser.add_argument("--large", type=int, default=LARGE, help="products of the other")
    parser.add_argument("--rounds", type=int, default=ROUNDS, help="times that a page is asked")
    return parser.parse_args(list(args))


def _owner(shop: Shop) -> Client:
    user = User.objects.create_user(f"{shop.slug}@example.com", "no password is typed here")
    membership_set(user=user, mall=shop.mall, role=Membership.Role.OWNER)
    client = Client()
    client.force_login(user)
    return client


def _ask(
    pages: dict[str, Page],
    shop: Shop,
    client: Client,
    products: int,
    address: str,
    *,
    warm: bool,
) -> bool:
    """Whether it is a page; what the warm round took does not count."""
    statements = 0

    def count(execute: Any, *args: Any) -> Any:
        nonlocal statements
        statements += 1
        return execute(*args)

    started = time.perf_counter()
    with connection.execute_wrapper(count):
        response = client.get(f"/admin/{shop.slug}/{address}")
    took = 1000 * (time.perf_counter() - started)
    if response.status_code != 200 or response.streaming:
        return False
    # Rows have other ids in each shop.
    name = "".join("#" if part.isdecimal() else part for part in _parts(address))
    page = pages.setdefault(name, Page(name))
    page.queries[products] = max(page.queries.get(products, 0), statements)
    if not warm:
        page.times.setdefault(products, []).append(took)
    return True


def _parts(address: str) -> list[str]:
    path, mark, query = address.partition("?")
    found = [part for name in path.split("/") for part in (name, "/")][:-1]
    return [*found, mark, query]


def _figures(
    pages: list[Page], options: argparse.Namespace, say: Callable[[str], None]
) -> dict[str, float]:
    small, large = options.small, options.large
    ratios = {page.address: page.p95(large) / page.p95(small) for page in pages}
    figures: dict[str, float] = {
        "pages": len(pages),
        "most_queries": max(page.queries[large] for page in pages),
        "worst_ratio": max(ratios.values()),
        "over_queries": sum(page.queries[large] > MOST_QUERIES for page in pages),
        "over_ratio": sum(ratio > MOST_RATIO for ratio in ratios.values()),
        "p95_small_ms": max(page.p95(small) for page in pages),
        "p95_large_ms": max(page.p95(large) for page in pages),
        "p95_all_small_ms": _of_all(pages, small),
        "p95_all_large_ms": _of_all(pages, large),
    }
    say(f"{'page':<52} queries   p95 {small:,}   p95 {large:,}  ratio")
    for page in sorted(pages, key=lambda one: -ratios[one.address]):
        shown = page.address or "(today)"
        figures |= {
            f"{shown} queries": page.queries[large],
            f"{shown} ratio": ratios[page.address],
        }
        say(
            f"{shown:<52} {page.queries[large]:7d} {page.p95(small):9.1f} "
            f"{page.p95(large):9.1f} {ratios[page.address]:6.2f}"
        )
    return figures


def _of_all(pages: list[Page], products: int) -> float:
    every = [one for page in pages for one in page.times[products]]
    return statistics.quantiles(every, n=20)[-1]
