"""The figures of `lookus bench map`."""

import time
from collections.abc import Callable
from typing import Any

from django.test import Client

from analytics.map.making import map_make
from lookus.map_bench.moving import WAYS, moved
from lookus.map_bench.world import mapped_shop, products_add
from tenants.models import Membership, Shop, User
from tenants.services import membership_set

NEW_SHARE = 100
"""A hundredth of the products comes new."""


def measured(
    products: int, *, seconds: float, chromium: str, say: Callable[[str], None]
) -> dict[str, float]:
    say(f"a shop of {products:,} products")
    shop = mapped_shop(products)
    say("its map is laid out")
    figures = _timed("make", lambda: map_make(shop=shop))
    say("a hundredth comes new")
    products_add(shop, products, max(1, products // NEW_SHARE))
    figures |= _timed("newcomers", lambda: map_make(shop=shop))
    say("all of it is laid out anew")
    figures |= _timed("anew", lambda: map_make(shop=shop, anew=True))
    held = map_make(shop=shop)
    assert held is not None
    figures |= {
        "trustworthiness": held.trust or 0.0,
        "overlap of ten nearest": held.overlap or 0.0,
        "moved when made anew": held.moved or 0.0,
    }
    say("it is moved in Chromium")
    for way in WAYS:
        figures |= moved(shop, _cookies(shop), way, seconds=seconds, chromium=chromium)
    return figures


def _timed(name: str, work: Callable[[], Any]) -> dict[str, float]:
    """By the clock, and of the processor, whoever else uses it; reading and writing the database
    is in the first."""
    clock, processor = time.perf_counter(), time.process_time()
    work()
    return {
        f"{name} s": time.perf_counter() - clock,
        f"{name} cpu s": time.process_time() - processor,
    }


def _cookies(shop: Shop) -> dict[str, str]:
    user, _made = User.objects.get_or_create(email="owner@example.com")
    membership_set(user=user, mall=shop.mall, role=Membership.Role.OWNER)
    client = Client()
    client.force_login(user)
    return {name: morsel.value for name, morsel in client.cookies.items()}
