"""A worker that stands still in mid-transaction, as one on a machine that vanished, holds its shop
up for some minutes only, and harms nothing should it wake up again."""

import signal
from pathlib import Path

import psycopg
import pytest
from django.db import connection

from lookus.processes import wait_until
from tests.chaos.aftermath import everything_once, states, time_passes, wait_until_tagged
from tests.chaos.crew import Crew
from tests.chaos.gate import PATIENCE, Place, gate
from tests.chaos.waiting import waiting_shop
from tests.database import Databases
from tests.support.shop_server import Site

PHOTOS = 6


@pytest.mark.django_db
def test_the_database_ends_a_transaction_that_is_silent_for_minutes() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SHOW idle_in_transaction_session_timeout")
        assert cursor.fetchone() == ("5min",)


@pytest.mark.chaos
def test_a_worker_that_froze_loses_its_transaction_and_doubles_nothing_when_it_wakes(
    hands: Crew, site: Site, media: Path, databases: Databases
) -> None:
    shop = waiting_shop(site, PHOTOS)
    hands.clock()
    with gate(databases.owner_url, Place("billing_ledgerentry", "INSERT")) as closed:
        # As the role's minutes, in the time of a test.
        frozen = hands.worker(PGOPTIONS="-c idle_in_transaction_session_timeout=3s")
        closed.wait_for_somebody()
        frozen.process.send_signal(signal.SIGSTOP)
    assert wait_until(lambda: silent(databases) == 0, seconds=PATIENCE)
    time_passes(shop)
    hands.worker()
    wait_until_tagged(shop, PHOTOS)
    frozen.process.send_signal(signal.SIGCONT)
    # It finds its transaction gone, and takes the clock's next message.
    before = frozen.text().count(" received")
    assert wait_until(lambda: frozen.text().count(" received") > before, seconds=PATIENCE)
    assert frozen.is_alive(), frozen.text()
    assert states(shop) == {"done": PHOTOS}
    everything_once(shop, PHOTOS, media)


def silent(databases: Databases) -> int:
    """Sessions that stand in the middle of a transaction."""
    with psycopg.connect(databases.owner_url) as owner:
        row = owner.execute(
            "SELECT count(*) FROM pg_locks JOIN pg_class ON pg_class.oid = relation "
            "WHERE relname = 'billing_ledgerentry'"
        ).fetchone()
    assert row is not None
    return int(row[0])
