"""Photos that mean harm, among good ones, at the addresses of a shop's import: a real worker gives
each up with its reason, tags all others, and lives."""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import psutil
import pytest
from django.utils import timezone

from billing.models import LedgerEntry
from catalog.models import Photo
from lookus.processes import wait_until
from tenants import outbox
from tenants.models import Outbox, Shop
from tenants.scope import shop_scope
from tests.chaos.aftermath import PATIENCE, photo_files
from tests.chaos.crew import Crew
from tests.factories import make_photo, make_product, make_shop
from tests.support.photos import painted_png
from tests.support.poison import AT_ONCE, COSTLY, ODD
from tests.support.shop_server import Site
from vision.decode import children

TRIES = 3
SOME = {"cut", "png bomb", "heic in a circle", *COSTLY, "cmyk", "many pieces"}
ALL = {*AT_ONCE, *COSTLY, *ODD} - {"nothing"}  # a server that says nothing has no photo


def announced(shop: Shop, urls: Mapping[str, str]) -> dict[str, int]:
    """Photos at these addresses, a good one after each, that wait for a worker: ids by name."""
    product = make_product(shop)
    photos = {
        name: make_photo(product, stored=False, source_url=url).pk for name, url in urls.items()
    }
    with shop_scope(shop):
        outbox.announce(shop_id=shop.pk, topic=outbox.PHOTO, object_ids=list(photos.values()))
    # The message of the test's own process went to nobody.
    Outbox.objects.filter(shop=shop).update(published_at=None)
    return photos


def stand_at(site: Site, names: set[str]) -> Iterator[tuple[str, str]]:
    for at, name in enumerate(sorted(names)):
        made: Any = AT_ONCE.get(name, (None,))[0] or COSTLY.get(name) or ODD[name]
        yield name, site.put(f"/poison-{at}.jpg", made())
        yield f"beside {name}", site.put(f"/good-{at}.png", painted_png("upper", shade=at))


def impatiently(shop: Shop) -> Callable[[], bool]:
    """Whether all is over; what waits for its next try waits no longer."""

    def over() -> bool:
        with shop_scope(shop):
            tried = list(Photo.objects.filter(state="pending").exclude(reason="").values_list("pk"))
            left = Photo.objects.filter(state__in=["pending", "working"]).exists()
        late = Outbox.objects.filter(shop=shop, object_id__in=[pk for (pk,) in tried])
        late.filter(published_at=None).update(leased_until=timezone.now())
        return not left

    return over


@pytest.mark.parametrize(
    "names", [SOME, pytest.param(ALL, marks=pytest.mark.chaos)], ids=["some", "all"]
)
def test_poison_costs_its_own_photo_alone(
    hands: Crew, site: Site, media: Path, names: set[str]
) -> None:
    shop = make_shop()
    photos = announced(shop, dict(stand_at(site, names)))
    hands.clock()
    worker = hands.worker(PHOTO_OPEN_SECONDS="1", PHOTO_OPEN_MEMORY_MB="300")
    assert wait_until(impatiently(shop), seconds=PATIENCE, pause=0.2), worker.text()[-5000:]

    with shop_scope(shop):
        found = Photo.objects.in_bulk()
        paid = set(LedgerEntry.objects.values_list("reference", flat=True))
    seen = {
        name: (found[pk].state, found[pk].reason, found[pk].attempts) for name, pk in photos.items()
    }
    assert seen == {name: expected(name) for name in photos}
    assert all(found[photos[name]].detail for name in names if name not in ODD)
    good = [found[pk] for name, pk in photos.items() if expected(name)[0] == "done"]
    assert paid == {f"{photo.pk}:{photo.digest[:40]}" for photo in good}
    assert photo_files(shop, media) == {str(photo.file) for photo in good}

    # The worker that saw it all still works, and no child of its is left behind.
    assert worker.is_alive()
    (late,) = announced(shop, {"late": site.put("/late.png", painted_png("upper"))}).values()
    assert wait_until(impatiently(shop), seconds=PATIENCE, pause=0.2)
    with shop_scope(shop):
        assert Photo.objects.get(pk=late).state == "done"
    assert len(psutil.Process(worker.process.pid).children()) <= children.MOST


def expected(name: str) -> tuple[str, str, int]:
    """State, reason and how often it was tried."""
    if name in AT_ONCE:
        return "failed", AT_ONCE[name][1], 1
    if name in COSTLY:
        return "failed", "too_costly", TRIES
    return "done", "", 1
