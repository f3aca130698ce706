"""kill -9 at each point of tagging, of a pool's child and of the whole worker: every photo is
tagged once, paid for once, and no file is left over."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event

import pytest

from catalog.models import Photo
from lookus.processes import wait_until
from tenants.models import Shop
from tenants.scope import shop_scope
from tests.chaos.aftermath import (
    everything_once,
    photo_files,
    states,
    time_passes,
    wait_until_tagged,
)
from tests.chaos.crew import Crew, Member, family, gone, seconds_worked
from tests.chaos.gate import PATIENCE, Place, gate
from tests.chaos.slow_bundle import build_slow_bundle
from tests.chaos.waiting import waiting_shop
from tests.database import Databases
from tests.support.shop_server import Site

PHOTOS, CHUNK = 10, 4
UNTOUCHED = {"pending": PHOTOS}
CLAIMED = {"pending": PHOTOS - CHUNK, "working": CHUNK}
WRITTEN = {"pending": PHOTOS - CHUNK, "done": CHUNK}
# Well within the parser's three, and far above what comes before it.
INFERRING_SECONDS = 1.0

PLACES = {
    "before the claim": Place(
        "catalog_photo", "UPDATE", "OLD.state = 'pending' AND NEW.state = 'working'"
    ),
    "after the claim": Place(
        "catalog_photo", "UPDATE", "OLD.state = 'working' AND NEW.state = 'working'"
    ),
    "before the commit": Place("billing_ledgerentry", "INSERT"),
    # The worker is dead by then, and its transaction is not.
    "in the commit": Place("billing_ledgerentry", "INSERT", commit=True),
    # About to ring for the second chunk.
    "after the commit": Place(
        "tenants_outbox",
        "UPDATE",
        "NEW.topic = 'photo' AND NEW.object_id > {last_of_chunk} AND NEW.leased_until IS NULL "
        "AND OLD.published_at IS NULL AND NEW.published_at IS NOT NULL",
    ),
}
# How the photos stand while the victim stands there, and when it is dead.
POINTS = {
    "before the claim": (UNTOUCHED, UNTOUCHED),
    "after the claim": (CLAIMED, CLAIMED),
    "while fetching": (CLAIMED, CLAIMED),
    "while inferring": (CLAIMED, CLAIMED),
    "before the commit": (CLAIMED, CLAIMED),
    "in the commit": (CLAIMED, WRITTEN),
    "after the commit": (WRITTEN, WRITTEN),
}
QUICK = {("child", "before the commit")}


@contextmanager
def standing(
    point: str, *, victim: str, shop: Shop, hands: Crew, site: Site, address: str
) -> Iterator[Member]:
    """A worker that is at the point inside the block. It, or what is left of it, goes on after."""
    children = 1 if victim == "child" else 0
    if point == "while fetching":
        held = Event()
        for page in site.pages.values():
            page.held = held
        worker = hands.worker(children=children)
        assert wait_until(lambda: len(site.asked) >= CHUNK, seconds=PATIENCE)
        yield worker
        held.set()
    elif point == "while inferring":
        slow = build_slow_bundle(hands.home / "slow")
        worker = hands.worker(children=children, VISION_BUNDLE=str(slow))
        wait_until_it_infers(worker, shop, Path(hands.variables["MEDIA_ROOT"]))
        yield worker
    else:
        place = PLACES[point]
        with shop_scope(shop):
            last = Photo.objects.order_by("pk").values_list("pk", flat=True)[CHUNK - 1]
        place = Place(
            place.table, place.event, place.condition.format(last_of_chunk=last), place.commit
        )
        with gate(address, place) as closed:
            worker = hands.worker(children=children)
            closed.wait_for_somebody()
            yield worker


def wait_until_it_infers(worker: Member, shop: Shop, media: Path) -> None:
    """Its chunk's photos lie in the storage, and it has thought for a second since."""
    assert wait_until(lambda: len(photo_files(shop, media)) == CHUNK, seconds=PATIENCE, pause=0.02)
    thinks = worker.working
    began = seconds_worked(thinks)
    assert wait_until(
        lambda: seconds_worked(thinks) > began + INFERRING_SECONDS, seconds=PATIENCE, pause=0.02
    )


def cases() -> Iterator[object]:
    for victim in ("child", "worker"):
        for point in POINTS:
            marks = () if (victim, point) in QUICK else pytest.mark.chaos
            yield pytest.param(victim, point, marks=marks, id=f"{victim} {point}")


@pytest.mark.parametrize(("victim", "point"), list(cases()))
def test_a_kill_loses_nothing_and_doubles_nothing(
    victim: str, point: str, hands: Crew, site: Site, media: Path, databases: Databases
) -> None:
    shop = waiting_shop(site, PHOTOS)
    while_standing, when_dead = POINTS[point]
    hands.clock()
    at = standing(
        point, victim=victim, shop=shop, hands=hands, site=site, address=databases.owner_url
    )
    with at as worker:
        assert states(shop) == while_standing
        victims = family(worker.working)
        victims[0].kill()
        assert wait_until(lambda: gone(victims), seconds=PATIENCE)
    if victim == "worker":
        # Its transaction ends some time after it.
        assert wait_until(lambda: states(shop) == when_dead, seconds=PATIENCE)
        time_passes(shop)
        hands.worker()
    else:
        time_passes(shop)
    wait_until_tagged(shop, PHOTOS)
    everything_once(shop, PHOTOS, media)
