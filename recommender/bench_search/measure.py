"""All of `lookus bench search`, one part after the other, on one machine and in one run."""

import argparse
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
from django.conf import settings
from django.db import connections
from psycopg import sql

from catalog.services.search_index import search_index_keep
from recommender.bench_search.endpoint import Asking, endpoint_figures
from recommender.bench_search.load import load_figures
from recommender.bench_search.page import END, FILTERS, START, has_marks, write_page
from recommender.bench_search.sql import crowded, found
from recommender.bench_search.vectors import queries
from recommender.bench_search.world import HUNDREDTH, TENTH, MadeShop, World
from tenants.models import Shop

PARTS = ("endpoint", "small", "rivals", "load", "crowd", "large")
COLORS = dict(zip(FILTERS, ("", TENTH, HUNDREDTH), strict=True))
"""By the name of a filter, the colour that it asks for."""
ALONE = "lookus_alone"
SLOW_QUERIES = 5
Say = Callable[[str], None]


def parse(args: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="lookus bench search", description=__doc__)
    parser.add_argument("--parts", default=",".join(PARTS), help=f"of {', '.join(PARTS)}")
    parser.add_argument("--small", type=int, default=10_000, help="products of the small shop")
    parser.add_argument("--large", type=int, default=500_000, help="products of the promoted shop")
    parser.add_argument("--shops", type=int, default=1000, help="shops around the one of the crowd")
    parser.add_argument("--each", type=int, default=1000, help="products of each of them")
    parser.add_argument("--queries", type=int, default=100)
    parser.add_argument("--rounds", type=int, default=200, help="requests to the endpoint")
    parser.add_argument("--seconds", type=float, default=60.0, help="of the load")
    parser.add_argument("--page", type=Path, help="write tables and plot into this page")
    asked = parser.parse_args(args)
    asked.parts = asked.parts.split(",")
    if unknown := set(asked.parts) - set(PARTS):
        parser.error(f"no part {', '.join(sorted(unknown))}: there is {', '.join(PARTS)}")
    if asked.page and not has_marks(asked.page):
        parser.error(f"{asked.page} has no lines {START} and {END} to write between")
    return asked


def measure(asked: argparse.Namespace, *, app: str, superuser: str, say: Say) -> dict[str, float]:
    """On an empty migrated database that the addresses lead to. Figures by name."""
    world = World(superuser)
    figures: dict[str, float] = {}
    if "crowd" in asked.parts:
        say(f"{asked.shops} shops of {asked.each} products")
        figures |= _crowd(asked, world, app, superuser)
    if {"endpoint", "small", "rivals", "load"} & set(asked.parts):
        say(f"a shop of {asked.small} products")
        figures |= _small(asked, world, app, say)
    if "large" in asked.parts:
        say(f"a shop of {asked.large} products")
        figures |= _large(asked, world, say)
    if asked.page:
        write_page(figures, asked.page)
    return figures


def _small(asked: argparse.Namespace, world: World, app: str, say: Say) -> dict[str, float]:
    made = world.shop(asked.small, seed=1)
    world.vacuum()
    figures = {"small_products": float(asked.small)}
    if "endpoint" in asked.parts:
        say("the endpoint")
        figures |= endpoint_figures(made, app, rounds=asked.rounds)
    if "small" in asked.parts or "rivals" in asked.parts:
        say("candidates, exact")
        figures |= _found(asked, made, "small")
    if "rivals" in asked.parts:
        say("others on the same vectors")
        from recommender.bench_search.rivals import rival_figures  # noqa: PLC0415  an extra

        for name in FILTERS:
            for what in ("p50_ms", "recall"):
                figures[f"lookus_{name}_{what}"] = figures[f"small_{name}_{what}"]
        asks = queries(made.vectors, asked.queries, seed=2)
        figures |= rival_figures(made, asks, COLORS, slow=min(SLOW_QUERIES, asked.queries))
    if "load" in asked.parts:
        say(f"shoppers at once for {asked.seconds:.0f} s")
        figures |= load_figures(Asking(made), seconds=asked.seconds)
    return figures


def _large(asked: argparse.Namespace, world: World, say: Say) -> dict[str, float]:
    made = world.shop(asked.large, seed=3)
    world.vacuum()
    settings.SEARCH_INDEX_ROWS = min(settings.SEARCH_INDEX_ROWS, asked.large)
    say("building its index")
    search_index_keep(shop=made.shop, revisions=(made.revision,))
    # Read anew, as a request does: it knows of its index now.
    shop = Shop.objects.get(pk=made.shop.pk)
    made = MadeShop(shop, made.vectors, made.colors, made.first_id, made.revision)
    say("candidates, by the index")
    return {"large_products": float(asked.large)} | _found(asked, made, "large")


def _crowd(asked: argparse.Namespace, world: World, app: str, superuser: str) -> dict[str, float]:
    made = world.shop(asked.each, seed=4)
    world.vacuum()
    with _copied(superuser, ALONE):
        for number in range(asked.shops - 1):
            world.shop(asked.each, seed=100 + number)
        world.vacuum()
        asks = queries(made.vectors, asked.queries, seed=2)
        figures = crowded(_database(app, ALONE), app, made, asks)
    return {"one_products": float(asked.each), "others": float(asked.shops), **figures}


def _found(asked: argparse.Namespace, made: MadeShop, size: str) -> dict[str, float]:
    asks = queries(made.vectors, asked.queries, seed=2)
    figures: dict[str, float] = {}
    for name, color in COLORS.items():
        figures |= found(made, asks, color).figures(f"{size}_{name}")
    return figures


@contextmanager
def _copied(superuser: str, name: str) -> Iterator[None]:
    """The database as it is now, under another name."""
    connections.close_all()
    server = _database(superuser, "postgres")
    this = urlsplit(superuser).path.lstrip("/")
    copy, source = sql.Identifier(name), sql.Identifier(this)
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(copy, source))
    try:
        yield
    finally:
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(copy))


def _database(address: str, name: str) -> str:
    return urlunsplit(urlsplit(address)._replace(path=f"/{name}"))
