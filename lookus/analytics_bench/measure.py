"""Pages of a shop alone in the database and again among all the others; sums, intake, ledger."""

import argparse
import json
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import psycopg
from django.db import connection
from django.test import Client
from django.utils import timezone

from analytics.insights.catalogue import REPORTS
from analytics.models import Event, EventType
from analytics.rollup import day_roll
from analytics.stale import stale_days
from billing.bench import ledger_fill
from billing.check import ledger_check
from billing.services import subscription_set
from lookus.analytics_bench import world
from tenants.models import Membership, Shop, User
from tenants.scope import shop_scope
from tenants.services import key_create, mall_create, membership_set
from tenants.uuid7 import uuid7

EVENTS, SHOPS, ROUNDS = 10_000_000, 1000, 20
SMALL = 10_000
"""Events of the shop whose pages are compared, alone and among the others."""
LARGE_SHARE = 0.1
"""Of all events, those of the largest shop: the figures tell of it too."""
BATCH, TOLD = 100, 10_000
Figures = dict[str, float | int]


def measure(args: Sequence[str], *, superuser: str, say: Callable[[str], None]) -> Figures:
    """`[--events 10000000] [--shops 1000] [--ledger 10000000] [--small 10000] [--told 10000]
    [--rounds 20]`."""
    options = _parse(args)
    now = timezone.now()
    world.months_make(now)
    mall = mall_create(name="Made", slug="made")
    subscription_set(mall=mall, plan="unlimited")
    client = _owner(mall)
    (shop,) = world.shops_make(1, mall=mall)
    _whole_shop(shop, options.small, now)
    _settled(superuser)
    say(f"pages at {options.small:,} events in one shop")
    small = _pages(client, shop, options.rounds)
    figures: Figures = {"events": options.events, "shops": options.shops}
    say(f"{options.events:,} events in {options.shops:,} shops")
    with _seconds(figures, "made_seconds"):
        large = _others(mall, shop, options, now)
    _settled(superuser)
    say("roll-up of a day of every shop")
    figures |= _rolled(now)
    say("pages again")
    figures |= _compared(small, _pages(client, shop, options.rounds), "")
    figures |= _compared(small, _pages(client, large, options.rounds), "largest_shop_")
    say("intake")
    figures |= _intake(shop, options.told)
    if options.ledger:
        say(f"a ledger of {options.ledger:,} rows")
        figures |= _ledger(options, superuser)
    return figures


def _parse(args: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="lookus bench analytics")
    parser.add_argument("--events", type=int, default=EVENTS, help="events of all shops together")
    parser.add_argument("--shops", type=int, default=SHOPS, help="at least two")
    parser.add_argument("--ledger", type=int, default=None, help="its rows; as many as events")
    parser.add_argument("--small", type=int, default=SMALL, help="events of the shop compared")
    parser.add_argument("--told", type=int, default=TOLD, help="events sent to the API")
    parser.add_argument("--rounds", type=int, default=ROUNDS, help="times that a page is asked")
    options = parser.parse_args(list(args))
    options.shops = max(2, options.shops)
    options.ledger = options.events if options.ledger is None else options.ledger
    return options


def _owner(mall: Any) -> Client:
    user = User.objects.create_user("owner@example.com", "no password is typed here")
    membership_set(user=user, mall=mall, role=Membership.Role.OWNER)
    client = Client()
    client.force_login(user)
    return client


def _whole_shop(shop: Shop, events: int, now: Any) -> None:
    """With products, events and the sums of all days, as the hourly job leaves them."""
    world.products_make(shop)
    world.events_make(shop, events, now=now)
    for day in world.days_of(now):
        day_roll(shop, day)


def _others(mall: Any, shop: Shop, options: argparse.Namespace, now: Any) -> Shop:
    """The largest shop, and many that are like the first."""
    large, *rest = world.shops_make(options.shops - 1, mall=mall)
    share = max(options.small, round(options.events * LARGE_SHARE))
    _whole_shop(large, share, now)
    each = max(0, options.events - share - options.small) // max(1, len(rest))
    rows = world.sums_of(shop)
    for one in rest:
        world.events_make(one, each, now=now)
        world.sums_make(one, rows)
    return large


def _settled(superuser: str) -> None:
    """What autovacuum would have done by the next day."""
    connection.close()
    with psycopg.connect(superuser, autocommit=True) as admin:
        admin.execute("VACUUM (ANALYZE)")


@contextmanager
def _seconds(figures: Figures, name: str) -> Iterator[None]:
    started = time.perf_counter()
    yield
    figures[name] = round(time.perf_counter() - started, 3)


def _pages(client: Client, shop: Shop, rounds: int) -> dict[str, list[float]]:
    """By page, milliseconds of each answer but the first."""
    found: dict[str, list[float]] = {one.slug or "overview": [] for one in REPORTS}
    for round_ in range(rounds + 1):
        for one in REPORTS:
            address = f"/admin/{shop.slug}/insights/{one.slug}/".replace("//", "/")
            started = time.perf_counter()
            response = client.get(address)
            took = 1000 * (time.perf_counter() - started)
            assert response.status_code == 200, f"{address}: {response.status_code}"
            if round_:
                found[one.slug or "overview"].append(took)
    return found


def _compared(small: dict[str, list[float]], found: dict[str, list[float]], prefix: str) -> Figures:
    """Median milliseconds of each page, and by how much it is slower than at SMALL events."""
    figures: Figures = {}
    ratios = []
    for name, took in found.items():
        before, after = statistics.median(small[name]), statistics.median(took)
        ratios.append(after / before)
        figures[f"{prefix}page_{name}_ms"] = round(after, 1)
        figures[f"{prefix}page_{name}_ratio"] = round(after / before, 2)
    figures[f"{prefix}pages_ratio_most"] = round(max(ratios), 2)
    return figures


def _rolled(now: Any) -> Figures:
    """Yesterday of every shop, one after another on one worker; and which days are stale."""
    figures: Figures = {}
    day = timezone.localdate(now) - timedelta(days=1)
    shops = list(Shop.objects.order_by("pk"))
    with _seconds(figures, "roll_day_of_all_shops_seconds"):
        for shop in shops:
            day_roll(shop, day)
    figures["roll_day_of_a_shop_ms"] = round(
        1000 * figures["roll_day_of_all_shops_seconds"] / len(shops), 2
    )
    with _seconds(figures, "stale_days_seconds"):
        stale_days()
    return figures


def _intake(shop: Shop, told: int) -> Figures:
    """Impressions by the API as a storefront sends them, on this one process."""
    _key, token = key_create(kind="sk", shop=shop)
    with shop_scope(shop):
        searches = Event.objects.filter(type=EventType.SEARCH).order_by("-at")
        newest = [str(one) for one in searches.values_list("search_id", flat=True)[:BATCH]]
    ids = (newest * BATCH)[:BATCH]
    client, headers = Client(), {"Authorization": f"Bearer {token}"}
    bodies = [_batch(ids, first) for first in range(0, told, BATCH)]
    figures: Figures = {}
    counted = 0
    with _seconds(figures, "intake_seconds"):
        for body in bodies:
            reply = client.post(
                "/api/v1/events", body, content_type="application/json", headers=headers
            )
            assert reply.status_code == 202, reply.content
            counted += reply.json()["counted"]
    figures["intake_events"] = counted
    figures["intake_events_per_second"] = round(counted / figures["intake_seconds"], 1)
    return figures


def _batch(searches: Sequence[str], first: int) -> str:
    """Of a product for each search: views, for what was seen is told already."""
    return json.dumps(
        {
            "events": [
                {
                    "type": "view",
                    "event_id": str(uuid7()),
                    "search_id": search_id,
                    "product_id": f"P-{(first + at) % world.PRODUCTS}",
                }
                for at, search_id in enumerate(searches)
            ]
        }
    )


def _ledger(options: argparse.Namespace, superuser: str) -> Figures:
    figures: Figures = {"ledger_rows": options.ledger}
    with _seconds(figures, "ledger_made_seconds"):
        ledger_fill(options.ledger, options.shops)
    _settled(superuser)
    with _seconds(figures, "ledger_check_seconds"):
        checked = ledger_check()
    figures["ledger_differences"] = len(checked.differences)
    return figures
