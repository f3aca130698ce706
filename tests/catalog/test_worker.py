"""A real Celery worker and a real clock on real files: nothing is lost when one is killed."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.db import connections

from billing.models import LedgerEntry
from catalog.models import Garment, Photo
from lookus.processes import wait_until
from tenants import outbox
from tenants.models import Outbox, Shop
from tenants.scope import shop_scope
from tests.factories import make_photo, make_product, make_shop
from tests.support.photos import painted_png

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("sent")]

PHOTOS = 24
# The machine may be busy with other things.
PATIENCE = 150

Start = Callable[[str], subprocess.Popen[bytes]]


@pytest.fixture
def start(own_home: Path, tiny_bundle: Path, tmp_path: Path) -> Iterator[Start]:
    """Starts `celery worker` or `celery beat` on the test's database and media."""
    processes: list[subprocess.Popen[bytes]] = []
    for folder in ("messages", "control"):
        (tmp_path / "broker" / folder).mkdir(parents=True)
    environment = os.environ | {
        "LOOKUS_HOME": str(tmp_path),
        "MEDIA_ROOT": str(own_home / "media"),
        "VISION_BUNDLE": str(tiny_bundle),
        "SECRET_KEY": "only for this test",
        "BROKER_URL": "filesystem://",
        "SWEEP_SECONDS": "1",
        "PHOTO_LEASE_SECONDS": "3",
        "PHOTO_CHUNK": "4",
    }

    def run(role: str) -> subprocess.Popen[bytes]:
        words = ["-A", "lookus", role, *(["--pool", "solo"] if role == "worker" else [])]
        with (tmp_path / f"{role}.log").open("ab") as log:
            process = subprocess.Popen(
                [sys.executable, "-m", "celery", *words],
                env=environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        processes.append(process)
        return process

    yield run
    for process in processes:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def states(shop: Shop) -> list[str]:
    with shop_scope(shop):
        return list(Photo.objects.order_by("pk").values_list("state", flat=True))


def test_a_worker_that_is_killed_is_followed_by_one_that_finishes(start: Start) -> None:
    shop = make_shop()
    product = make_product(shop)
    photos = [make_photo(product, data=painted_png("upper", shade=at)).pk for at in range(PHOTOS)]
    with shop_scope(shop):
        outbox.announce(shop_id=shop.pk, topic=outbox.PHOTO, object_ids=photos)
    # The message went to nobody, as with a broker that is down.
    Outbox.objects.update(published_at=None)
    connections.close_all()
    start("beat")
    first = start("worker")
    assert wait_until(
        lambda: "done" in states(shop) and "working" in states(shop), seconds=PATIENCE
    ), states(shop)
    os.killpg(first.pid, signal.SIGKILL)
    first.wait()
    assert set(states(shop)) != {"done"}
    start("worker")
    assert wait_until(lambda: set(states(shop)) == {"done"}, seconds=PATIENCE), states(shop)
    with shop_scope(shop):
        assert Garment.objects.count() == PHOTOS
        assert LedgerEntry.objects.count() == PHOTOS
    assert not Outbox.objects.filter(topic="photo").exists()
