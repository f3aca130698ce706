"""From one bundle to the next: both side by side, one switch, and never an empty minute."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import connections
from django.utils import timezone

from billing.models import LedgerEntry
from catalog import seeing, tasks
from catalog.models import Garment, Photo, SearchIndex, Tag
from catalog.selectors import has_search_index, live_revision
from catalog.services import reseeing, revisions
from catalog.services.revisions import revision_progress, searchable_keep
from catalog.services.search_index import name_of
from catalog.signals import revision_complete
from tenants import outbox
from tenants.models import Outbox, Shop
from tenants.scope import shop_scope
from tests.factories import make_photo, make_product, make_shop
from tests.support.photos import painted_png
from tests.support.tiny_bundle import build_tiny_bundle

pytestmark = [
    pytest.mark.django_db(transaction=True, databases=["default", "owner"]),
    pytest.mark.usefixtures("sent"),
]

Change = Callable[[], None]


@pytest.fixture(scope="session")
def other_bundle(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_tiny_bundle(tmp_path_factory.mktemp("other"), seed=1)


@pytest.fixture
def change(settings: Any, tiny_bundle: Path, other_bundle: Path) -> Change:
    """The operator configures the other bundle and keeps the former at hand; nobody is waited for,
    and nobody goes back."""
    settings.RETAG_WAIT_HOURS = settings.RETAG_UNDO_DAYS = 0

    def run() -> None:
        settings.VISION_BUNDLE = str(other_bundle)
        settings.VISION_BUNDLE_BEFORE = (str(tiny_bundle),)

    return run


@pytest.fixture
def shop() -> Shop:
    """Three tagged photos of three products."""
    shop = make_shop()
    for name in ("upper", "lower", "full-body"):
        tagged(shop, painted_png(name))
    return fresh(shop)


def tagged(shop: Shop, data: bytes) -> Photo:
    photo = make_photo(make_product(shop), data=data)
    with shop_scope(shop):
        outbox.announce(shop_id=shop.pk, topic=outbox.PHOTO, object_ids=[photo.pk])
    tasks.tag_photos(shop.pk)
    with shop_scope(shop):
        return Photo.objects.get(pk=photo.pk)


def fresh(shop: Shop) -> Shop:
    return Shop.objects.get(pk=shop.pk)


def counts(shop: Shop) -> dict[str, int]:
    with shop_scope(shop):
        rows = list(Garment.objects.filter(is_product=True).values_list("revision", flat=True))
    return {one: rows.count(one) for one in rows}


def state(shop: Shop) -> SearchIndex:
    return SearchIndex.objects.get(shop=shop)


def later(shop: Shop) -> None:
    SearchIndex.objects.filter(shop=shop).update(changed_at=timezone.now() - timedelta(hours=1))


def test_the_first_bundle_that_sees_a_shop_is_the_one_it_lives_on(shop: Shop) -> None:
    assert state(shop).live_revision == seeing.revision() == live_revision(shop)


def test_a_shop_of_before_lives_on_what_most_of_its_garments_were_seen_by(
    shop: Shop, change: Change
) -> None:
    former = seeing.revision()
    SearchIndex.objects.all().delete()
    change()
    searchable_keep(shop=fresh(shop))
    assert state(shop).live_revision == former
    assert live_revision(fresh(shop)) == former


def test_the_whole_way(shop: Shop, change: Change) -> None:
    former = seeing.revision()
    with shop_scope(shop):
        tags_before = list(Tag.objects.order_by("pk").values_list("value", flat=True))
    change()
    coming = seeing.revision()
    assert coming != former
    # Before the clock has noticed, and while the photos are seen, the former vectors are searched.
    assert live_revision(fresh(shop)) == former
    searchable_keep(shop=fresh(shop))
    assert state(shop).next_revision == coming
    assert Outbox.objects.filter(topic=outbox.RESEE).count() == 3
    searchable_keep(shop=fresh(shop))
    assert live_revision(fresh(shop)) == former
    with shop_scope(shop):
        progress = revision_progress(fresh(shop))
    assert progress is not None and (progress.photos, progress.seen) == (3, 0)

    tasks.resee_photos(shop.pk)
    assert counts(shop) == {former: 3, coming: 3}
    assert live_revision(fresh(shop)) == former
    with shop_scope(shop):
        assert list(Tag.objects.order_by("pk").values_list("value", flat=True)) == tags_before
        assert set(Photo.objects.values_list("state", flat=True)) == {"done"}
        assert LedgerEntry.objects.count() == 3

    searchable_keep(shop=fresh(shop))
    assert live_revision(fresh(shop)) == coming
    assert state(shop).next_revision == ""
    assert counts(shop) == {former: 3, coming: 3}
    searchable_keep(shop=fresh(shop))
    assert counts(shop) == {former: 3, coming: 3}, "searches that had begun are given time"

    later(shop)
    searchable_keep(shop=fresh(shop))
    assert counts(shop) == {coming: 3}
    with shop_scope(shop):
        assert revision_progress(fresh(shop)) is None
        assert set(Tag.objects.values_list("revision", flat=True)) == {coming}


def test_a_photo_that_comes_meanwhile_is_seen_by_both(shop: Shop, change: Change) -> None:
    former = seeing.revision()
    change()
    tagged(fresh(shop), painted_png("upper", "lower"))
    assert counts(shop) == {former: 4, seeing.revision(): 1}


def test_a_photo_that_a_worker_of_before_saw_is_found_before_the_switch(
    shop: Shop, change: Change, settings: Any, tiny_bundle: Path, other_bundle: Path
) -> None:
    former = seeing.revision()
    change()
    searchable_keep(shop=fresh(shop))
    tasks.resee_photos(shop.pk)
    settings.VISION_BUNDLE = str(tiny_bundle)
    tagged(fresh(shop), painted_png("upper", "lower"))
    settings.VISION_BUNDLE = str(other_bundle)
    searchable_keep(shop=fresh(shop))
    assert live_revision(fresh(shop)) == former
    tasks.resee_photos(shop.pk)
    searchable_keep(shop=fresh(shop))
    assert live_revision(fresh(shop)) == seeing.revision()
    assert counts(shop)[seeing.revision()] == 4


def test_a_photo_that_cannot_be_seen_is_given_up_and_holds_nobody(
    shop: Shop, change: Change
) -> None:
    with shop_scope(shop):
        default_storage.delete(str(Photo.objects.order_by("pk")[0].file.name))
    change()
    searchable_keep(shop=fresh(shop))
    tasks.resee_photos(shop.pk)
    searchable_keep(shop=fresh(shop))
    assert live_revision(fresh(shop)) == seeing.revision()
    assert counts(shop)[seeing.revision()] == 2


def test_a_photo_that_workers_die_of_is_tried_alone_and_then_left(
    shop: Shop, change: Change, settings: Any
) -> None:
    change()
    searchable_keep(shop=fresh(shop))
    with shop_scope(shop):
        culprit = Photo.objects.order_by("pk")[1]
        Photo.objects.filter(pk=culprit.pk).update(attempts=settings.PHOTO_ATTEMPTS - 1)
    claim = reseeing._claim(fresh(shop))
    assert claim is not None and [one.pk for one in claim.photos] == [culprit.pk]
    # That worker died too: its lease runs out.
    Outbox.objects.update(leased_until=timezone.now() - timedelta(seconds=1))
    tasks.resee_photos(shop.pk)
    tasks.resee_photos(shop.pk)
    searchable_keep(shop=fresh(shop))
    assert live_revision(fresh(shop)) == seeing.revision()
    assert counts(shop)[seeing.revision()] == 2


def test_who_goes_back_to_the_former_bundle_leaves_no_rest(
    shop: Shop, change: Change, settings: Any, tiny_bundle: Path
) -> None:
    former = seeing.revision()
    change()
    searchable_keep(shop=fresh(shop))
    settings.VISION_BUNDLE = str(tiny_bundle)
    searchable_keep(shop=fresh(shop))
    assert state(shop).next_revision == ""
    tasks.resee_photos(shop.pk)
    assert not Outbox.objects.filter(topic=outbox.RESEE).exists()
    assert counts(shop) == {former: 3}


def test_without_the_former_bundle_the_new_one_is_searched_as_far_as_it_has_come(
    shop: Shop, change: Change, settings: Any
) -> None:
    change()
    settings.VISION_BUNDLE_BEFORE = ()
    assert live_revision(fresh(shop)) == seeing.revision()
    searchable_keep(shop=fresh(shop))
    tasks.resee_photos(shop.pk)
    searchable_keep(shop=fresh(shop))
    assert state(shop).live_revision == seeing.revision()


def test_who_judges_the_new_revision_can_hold_a_shop_on_the_former(
    shop: Shop, change: Change
) -> None:
    asked = []

    def refuse(shop: Shop, live: str, coming: str, **_: Any) -> bool:
        asked.append((shop.pk, live, coming))
        return False

    former = seeing.revision()
    change()
    searchable_keep(shop=fresh(shop))
    tasks.resee_photos(shop.pk)
    revision_complete.connect(refuse)
    try:
        searchable_keep(shop=fresh(shop))
    finally:
        revision_complete.disconnect(refuse)
    assert asked == [(shop.pk, former, seeing.revision())]
    assert live_revision(fresh(shop)) == former
    searchable_keep(shop=fresh(shop))
    assert live_revision(fresh(shop)) == seeing.revision()


def test_a_large_shop_is_switched_to_an_index_that_stands(
    shop: Shop, change: Change, settings: Any
) -> None:
    settings.SEARCH_INDEX_ROWS = 3
    former = seeing.revision()
    searchable_keep(shop=fresh(shop))
    assert has_search_index(fresh(shop), former)
    change()
    searchable_keep(shop=fresh(shop))
    tasks.resee_photos(shop.pk)
    assert has_search_index(fresh(shop), former)
    searchable_keep(shop=fresh(shop))
    coming = seeing.revision()
    assert live_revision(fresh(shop)) == coming and has_search_index(fresh(shop), coming)
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT relname FROM pg_class WHERE relname LIKE 'garment_hnsw%'")
        assert cursor.fetchall() == [(name_of(shop.pk, coming),)]
        cursor.execute(f'DROP INDEX "{name_of(shop.pk, coming)}"')


def test_one_shop_that_fails_holds_no_other_up(
    shop: Shop, change: Change, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = make_shop()
    real = revisions.searchable_keep

    def keep(*, shop: Shop) -> None:
        if shop.pk == min(broken.pk, shop_id):
            raise RuntimeError("broken")
        real(shop=shop)

    shop_id = shop.pk
    broken_first = min(broken.pk, shop_id)
    monkeypatch.setattr(revisions, "searchable_keep", keep)
    tasks.keep_searchable()
    assert set(SearchIndex.objects.values_list("shop_id", flat=True)) >= {
        max(broken.pk, shop_id)
    } - {broken_first}


def test_the_command_shows_the_way_and_takes_a_step_on_it(
    shop: Shop, change: Change, capsys: pytest.CaptureFixture[str]
) -> None:
    former = seeing.revision()
    call_command("revision_switch")
    assert f"{shop.slug}: searched by {former}, exact\n" in capsys.readouterr().out
    change()
    call_command("revision_switch", "--now", "--shop", shop.slug)
    told = capsys.readouterr().out
    assert f"{seeing.revision()} has seen 0 of 3 photos" in told
    tasks.resee_photos(shop.pk)
    call_command("revision_switch", "--now")
    assert f"searched by {seeing.revision()}" in capsys.readouterr().out
    empty = make_shop()
    call_command("revision_switch", "--shop", empty.slug)
    assert "nothing is tagged yet" in capsys.readouterr().out
    with pytest.raises(CommandError):
        call_command("revision_switch", "--shop", "nobody")
