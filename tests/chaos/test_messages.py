"""Every message comes twice and out of order, to workers that have two hands each: what waits is
done once."""

import json
import random
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import redis

from catalog.models import ImportRun, Photo, Product
from tenants.scope import shop_scope
from tests.catalog.runs import upload
from tests.chaos.aftermath import everything_once, messages_are_late, wait_until_tagged
from tests.chaos.crew import Crew
from tests.chaos.waiting import catalogue
from tests.factories import make_shop
from tests.support.daemons import redis_server
from tests.support.shop_server import Site

PHOTOS = 10
QUEUE = "lookus"
# Messages that are shuffled together; they come often, for the clock rings each second.
HANDFUL_SECONDS = 0.5


@contextmanager
def bad_post(address: str) -> Iterator[list[str]]:
    """Between two databases of Redis: what is written to 1 arrives in 0, each message twice and in
    any order. Yields the names of the jobs that it brought."""
    root = address.rpartition("/")[0]
    written, read = (redis.Redis.from_url(f"{root}/{number}") for number in (1, 0))
    over = threading.Event()
    brought: list[str] = []

    def carry() -> None:
        while not over.wait(HANDFUL_SECONDS):
            handful: list[bytes] = []
            while (message := written.rpop(QUEUE)) is not None:
                handful += [message, message]
                brought.append(json.loads(message)["headers"]["task"])
            random.shuffle(handful)
            if handful:
                read.lpush(QUEUE, *handful)

    thread = threading.Thread(target=carry, daemon=True)
    thread.start()
    try:
        yield brought
    finally:
        over.set()
        thread.join()
        written.close()
        read.close()


@pytest.mark.chaos
def test_messages_that_come_twice_and_out_of_order_do_the_work_once(
    hands: Crew, site: Site, media: Path, settings: Any
) -> None:
    settings.DEFAULT_PLAN = "unlimited"
    shops = [make_shop() for _ in range(2)]
    runs = [upload(shop, catalogue(site, PHOTOS, PHOTOS)) for shop in shops]
    with redis_server() as broker, bad_post(broker.url) as brought:
        root = broker.url.rpartition("/")[0]
        told = {
            "BROKER_URL": broker.url,
            "CELERY_BROKER_WRITE_URL": f"{root}/1",
            "CELERY_BROKER_READ_URL": f"{root}/0",
            "DEFAULT_PLAN": "unlimited",
        }
        hands.clock(**told)
        hands.worker(children=2, **told)
        for shop in shops:
            messages_are_late(shop)
        for shop in shops:
            wait_until_tagged(shop, PHOTOS)
    assert brought.count("catalog.tasks.run_imports") >= len(shops)
    assert brought.count("catalog.tasks.tag_photos") >= len(shops)
    for shop, run in zip(shops, runs, strict=True):
        everything_once(shop, PHOTOS, media)
        with shop_scope(shop):
            after = ImportRun.objects.get(pk=run.pk)
            assert (after.state, after.created, after.bad) == ("done", PHOTOS, 0)
            assert Product.objects.count() == PHOTOS
            # Nobody took a photo that another hand had.
            assert set(Photo.objects.values_list("attempts", flat=True)) == {1}
