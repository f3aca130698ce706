"""The broker is gone in mid-import and comes back without a single message: the sweeper finishes
the import and everything that follows from it."""

import time
from pathlib import Path
from typing import Any

import pytest

from catalog.models import ImportRun, Product
from lookus.processes import wait_until
from tenants.models import Shop
from tenants.scope import shop_scope
from tests.catalog.runs import upload
from tests.chaos.aftermath import everything_once, messages_are_late, wait_until_tagged
from tests.chaos.brokers import KINDS, broker
from tests.chaos.crew import Crew
from tests.chaos.gate import PATIENCE, Place, gate
from tests.chaos.waiting import catalogue
from tests.database import Databases
from tests.factories import make_shop
from tests.support.shop_server import Site

PHOTOS = 10
# Of an import's chunk.
ROWS = 5000


@pytest.mark.parametrize(
    ("kind", "rows", "seconds"),
    [
        pytest.param("files", PHOTOS, 0, id="files"),
        *(
            pytest.param(kind, ROWS + 500, 30, marks=pytest.mark.chaos, id=f"{kind} long")
            for kind in KINDS
        ),
    ],
)
def test_a_broker_that_is_gone_in_mid_import_and_comes_back_empty_loses_nothing(
    kind: str,
    rows: int,
    seconds: float,
    hands: Crew,
    site: Site,
    media: Path,
    databases: Databases,
    settings: Any,
) -> None:
    settings.DEFAULT_PLAN = "unlimited"
    shop = make_shop()
    run = upload(shop, catalogue(site, rows, PHOTOS))
    # The last of its chunks is about to be written.
    place = Place("catalog_importrun", "UPDATE", "NEW.rows = {rows} AND OLD.rows < {rows}")
    with broker(kind, hands.home) as messages:
        told = {"BROKER_URL": messages.url, "DEFAULT_PLAN": "unlimited"}
        with gate(databases.owner_url, place, rows=rows) as closed:
            clock, worker = hands.clock(**told), hands.worker(**told)
            messages_are_late(shop)
            closed.wait_for_somebody()
            messages.stop()
            messages.wipe()
        assert wait_until(lambda: imported(shop) == "done", seconds=PATIENCE)
        time.sleep(seconds)
        messages.start()
        messages_are_late(shop)
        wait_until_tagged(shop, PHOTOS)
        assert clock.is_alive(), clock.text()
        assert worker.is_alive(), worker.text()
    everything_once(shop, PHOTOS, media)
    with shop_scope(shop):
        after = ImportRun.objects.get(pk=run.pk)
        assert (after.rows, after.created, after.bad) == (rows, rows, 0)
        assert Product.objects.count() == rows


def imported(shop: Shop) -> str:
    with shop_scope(shop):
        return ImportRun.objects.values_list("state", flat=True).get()
