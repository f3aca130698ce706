"""The way of a photo from waiting to tagged, and everything that can go wrong on it."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone

from billing.models import Kind, LedgerEntry
from billing.plans import FREE
from billing.services import used_in_month
from catalog import seeing, tasks
from catalog.models import Garment, ImportProblem, ImportRun, Photo, Product, Tag
from catalog.services import photo_claims, tagging
from catalog.services.photo_sight import Sight, photo_read, photos_see
from catalog.services.photos import photos_retag, photos_retry
from tenants import outbox
from tenants.models import Outbox, Shop
from tenants.scope import shop_scope
from tests.factories import make_photo, make_product, make_shop
from tests.support.photos import painted_png

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("sent")]


def waiting_photo(
    product: Product | None = None, *, data: bytes | None = None, **fields: Any
) -> Photo:
    photo = make_photo(product, data=data or painted_png("upper"), **fields)
    announce(photo)
    return photo


def announce(*photos: Photo) -> None:
    with shop_scope(photos[0].shop_id):
        outbox.announce(
            shop_id=photos[0].shop_id,
            topic=outbox.PHOTO,
            object_ids=[photo.pk for photo in photos],
        )


def again(photo: Photo) -> Photo:
    with shop_scope(photo.shop_id):
        return Photo.objects.get(pk=photo.pk)


def see(claim: photo_claims.Claim) -> list[tuple[Photo, Any]]:
    """The slow part of a claim, without its end."""
    from concurrent.futures import Future

    reads = []
    for photo in claim.photos:
        read: Future[bytes] = Future()
        read.set_result(photo_read(photo))
        reads.append(read)
    return list(photos_see(claim.shop.pk, claim.photos, reads))


def test_a_photo_becomes_garments_tags_and_one_ledger_row() -> None:
    shop = make_shop()
    product = make_product(shop, title="Something", price=5000, sale_price=4000)
    photo = waiting_photo(product, data=painted_png("upper", "lower"))
    assert tagging.photos_tag(shop_id=shop.pk) == 1
    photo = again(photo)
    assert (photo.state, photo.reason, photo.attempts) == ("done", "", 1)
    assert photo.leased_until is None
    assert photo.revision == seeing.revision()
    with shop_scope(shop):
        garments = list(Garment.objects.order_by("-area"))
        assert {one.region for one in garments} == {"upper", "lower"}
        assert [one.is_product for one in garments].count(True) == 1
        main = next(one for one in garments if one.is_product)
        assert (main.selling_price, main.in_stock) == (4000, True)
        assert main.revision == seeing.revision()
        assert len(list(main.embedding)) == 256
        assert main.palette[0]["hex"].startswith("#")
        tags = {tag.kind: tag for tag in Tag.objects.filter(source="model")}
        assert {"category", "pattern", "style", "color"} <= set(tags)
        assert tags["category"].value == main.category
        assert tags["category"].revision == seeing.revision()
        assert len(tags["category"].top) == 3
        assert LedgerEntry.objects.get().kind == Kind.PHOTO
    assert used_in_month(mall_id=shop.mall_id, kind=Kind.PHOTO) == 1
    assert not Outbox.objects.filter(topic="photo").exists()


def test_a_doubled_message_and_a_late_one_change_nothing() -> None:
    photo = waiting_photo()
    tasks.tag_photos(photo.shop_id)
    before = again(photo).tagged_at
    tasks.tag_photos(photo.shop_id)
    tasks.tag_photos(photo.shop_id)
    assert again(photo).tagged_at == before
    assert again(photo).attempts == 1


def test_messages_for_what_is_gone_leave_quietly() -> None:
    photo = waiting_photo()
    with shop_scope(photo.shop_id):
        Photo.objects.filter(pk=photo.pk).delete()
    tasks.tag_photos(photo.shop_id)
    assert not Outbox.objects.filter(topic="photo").exists()
    tasks.tag_photos(10**9)


def test_a_lost_message_is_found_by_the_sweeper(sent: list[tuple[str, int]]) -> None:
    photo = waiting_photo()
    sent.clear()
    tasks.sweep()
    assert sent == []
    Outbox.objects.update(published_at=timezone.now() - timedelta(hours=1))
    tasks.sweep()
    assert sent == [("catalog.tasks.tag_photos", photo.shop_id)]


def test_a_worker_that_died_is_followed_by_another_and_writes_nothing_if_it_comes_back(
    sent: list[tuple[str, int]],
) -> None:
    photo = waiting_photo()
    shop = Shop.objects.get(pk=photo.shop_id)
    dead = photo_claims.photos_claim(shop=shop)
    assert dead is not None
    assert photo_claims.photos_claim(shop=shop) is None
    expire(shop)
    sent.clear()
    tasks.sweep()
    assert len(sent) == 1
    tasks.tag_photos(shop.pk)
    finished = again(photo)
    assert (finished.state, finished.attempts) == ("done", 2)
    for late, sight in see(dead):
        assert isinstance(sight, Sight)
        assert not tagging.photos_finish(shop=shop, until=dead.until, seen=[(late, sight)])
    assert again(photo).tagged_at == finished.tagged_at
    assert used_in_month(mall_id=shop.mall_id, kind=Kind.PHOTO) == 1


def test_the_lease_is_moved_on_while_a_worker_is_at_it() -> None:
    photo = waiting_photo()
    shop = Shop.objects.get(pk=photo.shop_id)
    claim = photo_claims.photos_claim(shop=shop)
    assert claim is not None
    first = claim.until
    photo_claims.claim_renew(claim)
    assert claim.until > first
    assert again(photo).leased_until == claim.until
    assert Outbox.objects.get(topic="photo").leased_until == claim.until


def test_a_photo_that_ends_every_worker_stops_after_three_and_alone() -> None:
    shop = make_shop()
    product = make_product(shop)
    photos = [waiting_photo(product, data=painted_png("upper", shade=n)) for n in range(3)]
    assert photo_claims.photos_claim(shop=shop) is not None
    for attempts in (2, 3):
        expire(shop)
        claim = photo_claims.photos_claim(shop=shop)
        assert claim is not None
        assert [photo.pk for photo in claim.photos] == [photos[0].pk]
        assert again(photos[0]).attempts == attempts
    expire(shop)
    while tagging.photos_tag(shop_id=shop.pk) or Outbox.objects.filter(topic="photo").exists():
        pass
    poisoned = again(photos[0])
    assert (poisoned.state, poisoned.reason) == ("failed", "worker_lost")
    assert "3 times" in poisoned.detail
    assert [again(photo).state for photo in photos[1:]] == ["done", "done"]


def expire(shop: Shop) -> None:
    past = timezone.now() - timedelta(seconds=1)
    with shop_scope(shop):
        Photo.objects.filter(state="working").update(leased_until=past)
    Outbox.objects.filter(leased_until__isnull=False).update(leased_until=past)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"<html>404</html>", "not_an_image"),
        (painted_png("upper")[:200], "truncated"),
        (b"GIF89a" + b"\0" * 100, "unsupported_format"),
    ],
)
def test_what_is_no_photo_fails_at_once_with_the_reason(data: bytes, reason: str) -> None:
    photo = make_photo(stored=False)
    name = default_storage.save(f"shops/{photo.shop_id}/x.jpg", as_file(data))
    with shop_scope(photo.shop_id):
        Photo.objects.filter(pk=photo.pk).update(file=name, width=1, height=1)
    announce(photo)
    tasks.tag_photos(photo.shop_id)
    photo = again(photo)
    assert (photo.state, photo.reason, photo.attempts) == ("failed", reason, 1)
    assert photo.detail
    assert not Outbox.objects.filter(topic="photo").exists()
    assert used_in_month(mall_id=Shop.objects.get(pk=photo.shop_id).mall_id, kind="photo") == 0


def as_file(data: bytes) -> Any:
    from django.core.files.base import ContentFile

    return ContentFile(data)


def test_an_address_that_fails_is_tried_three_times_and_told_in_the_import_report() -> None:
    shop = make_shop()
    with shop_scope(shop):
        run = ImportRun.objects.create(kind="csv", filename="a.csv")
    url = "http://photos.invalid/a.jpg"
    photo = make_photo(
        make_product(shop, sku="A1"),
        stored=False,
        source_url=url,
        import_run=run,
        import_row=7,
    )
    announce(photo)
    for attempt in (1, 2, 3):
        tasks.tag_photos(shop.pk)
        tried = again(photo)
        assert (tried.attempts, tried.reason) == (attempt, "url_failed")
        if attempt < 3:
            assert tried.state == "pending"
            row = Outbox.objects.get(topic="photo")
            assert row.leased_until is not None
            assert row.leased_until > timezone.now() + timedelta(seconds=15)
            tasks.tag_photos(shop.pk)
            assert again(photo).attempts == attempt
            Outbox.objects.update(leased_until=timezone.now())
    assert tried.state == "failed"
    with shop_scope(shop):
        problem = ImportProblem.objects.get(run=run)
    assert (problem.row, problem.sku, problem.field) == (7, "A1", "photo")
    assert (problem.code, problem.value) == ("url_failed", url)


def test_a_failed_photo_is_tried_again_on_request() -> None:
    photo = waiting_photo()
    with shop_scope(photo.shop_id):
        Photo.objects.filter(pk=photo.pk).update(state="failed", attempts=3, reason="url_failed")
        assert photos_retry(photos=Photo.objects.filter(pk=photo.pk)) == 1
        assert photos_retry() == 0
    tasks.tag_photos(photo.shop_id)
    assert again(photo).state == "done"


def test_tagging_again_is_not_paid_twice() -> None:
    photo = waiting_photo()
    tasks.tag_photos(photo.shop_id)
    with shop_scope(photo.shop_id):
        photos_retag(photo_ids=[photo.pk])
    tasks.tag_photos(photo.shop_id)
    with shop_scope(photo.shop_id):
        assert Garment.objects.count() == 1
        assert LedgerEntry.objects.count() == 1


def test_over_quota_photos_wait_and_say_why(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(FREE.monthly, Kind.PHOTO, 2)
    shop = make_shop()
    product = make_product(shop)
    photos = [waiting_photo(product, data=painted_png("upper", shade=n)) for n in range(4)]
    while tagging.photos_tag(shop_id=shop.pk):
        pass
    assert [again(photo).state for photo in photos] == ["done", "done", "pending", "pending"]
    Outbox.objects.update(leased_until=None)
    tagging.photos_tag(shop_id=shop.pk)
    held = again(photos[3])
    assert held.reason == "over_quota"
    assert "allows 2 tagged photos a month" in held.detail
    assert held.attempts == 0
    monkeypatch.setitem(FREE.monthly, Kind.PHOTO, 10)
    Outbox.objects.update(leased_until=None)
    tagging.photos_tag(shop_id=shop.pk)
    assert [(again(one).state, again(one).reason) for one in photos[2:]] == [("done", "")] * 2


def test_a_big_shop_does_not_make_a_small_one_wait(
    settings: Any, sent: list[tuple[str, int]]
) -> None:
    """One message a shop; a chunk's end puts the next message behind the other shops'."""
    settings.PHOTO_CHUNK = 2
    big, small = make_shop(), make_shop()
    product = make_product(big)
    photos = [make_photo(product, data=painted_png("upper", shade=n)) for n in range(6)]
    announce(*photos)
    waiting_photo(make_product(small))
    order = []
    while sent:
        task, shop_id = sent.pop(0)
        if task != tasks.tag_photos.name:
            continue
        order.append(shop_id)
        tasks.tag_photos(shop_id)
    assert order == [big.pk, small.pk, big.pk, big.pk]
    assert {again(photo).state for photo in photos} == {"done"}


def test_a_broken_write_leaves_nothing_half_done(monkeypatch: pytest.MonkeyPatch) -> None:
    photo = waiting_photo()

    def refuse(**_: Any) -> None:
        raise ConnectionError("the database went away")

    with monkeypatch.context() as broken:
        broken.setattr(tagging, "usages_record", refuse)
        with pytest.raises(ConnectionError):
            tasks.tag_photos(photo.shop_id)
    with shop_scope(photo.shop_id):
        assert not Garment.objects.exists()
        assert not Tag.objects.exists()
    assert again(photo).state == "working"
    expire(Shop.objects.get(pk=photo.shop_id))
    tasks.tag_photos(photo.shop_id)
    assert again(photo).state == "done"


def test_one_photo_that_breaks_the_networks_does_not_fail_its_batch(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    shop = make_shop()
    product = make_product(shop)
    good = waiting_photo(product, data=painted_png("upper"))
    bad = waiting_photo(product, data=painted_png("lower"))
    analyzer = seeing.analyzer()
    real = analyzer._analyze

    def analyze(images: list[Any], boxes: Any) -> Any:
        if any(image[150, 80, 2] > 200 and image[150, 80, 0] < 50 for image in images):
            raise RuntimeError("an operator failed")
        return real(images, boxes)

    monkeypatch.setattr(analyzer, "_analyze", analyze)
    tasks.tag_photos(shop.pk)
    assert again(good).state == "done"
    assert (again(bad).state, again(bad).reason) == ("pending", "sight_failed")


def test_a_stranger_with_these_ids_changes_nothing() -> None:
    photo = waiting_photo()
    stranger = make_shop()
    with transaction.atomic():
        outbox.announce(shop_id=stranger.pk, topic=outbox.PHOTO, object_ids=[photo.pk])
    tasks.tag_photos(stranger.pk)
    untouched = again(photo)
    assert (untouched.state, untouched.attempts) == ("pending", 0)
    with shop_scope(stranger):
        assert not Garment.objects.exists()
    assert not Outbox.objects.filter(shop=stranger).exists()
