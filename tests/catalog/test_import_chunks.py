"""New products of an import stand in one row a chunk, and come to the worker from there."""

from datetime import timedelta
from typing import Any

import pytest
from django.db.models import F
from django.utils import timezone

from catalog import tasks
from catalog.admin.history import history_of
from catalog.models import ImportChange, ImportChunk, Photo, Posting, Product
from catalog.services import postings
from catalog.services.import_chunks import due_take
from catalog.services.imports import reading, undoing
from tenants import outbox
from tenants.models import Outbox, Shop
from tenants.scope import shop_scope
from tests.catalog.runs import imported, skus, table, undone
from tests.factories import make_shop

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("sent")]


def address(number: int) -> str:
    return f"https://e.com/{number}.jpg"


def photographed(*numbers: int) -> str:
    return table() + "".join(f"S{n},Shirt {n},{1000 + n},,{address(n)}\n" for n in numbers)


def taken(shop: Shop, topic: str = outbox.PHOTO, limit: int = 2, seconds: float = 60) -> list[int]:
    until = timezone.now() + timedelta(seconds=seconds)
    with shop_scope(shop):
        return due_take(topic=topic, limit=limit, until=until)


def test_a_chunk_is_one_row_and_waits_in_one_row_a_topic(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "CHUNK", 3)
    shop = make_shop()
    run = imported(shop, photographed(*range(5)))
    assert run.created == 5
    with shop_scope(shop):
        chunks = ImportChunk.objects.filter(run=run).order_by("pk")
        assert [len(one.product_ids) for one in chunks] == [3, 2]
        assert [one.skus for one in chunks] == [["S0", "S1", "S2"], ["S3", "S4"]]
        ids = dict(Product.objects.values_list("sku", "pk"))
        assert [ids[sku] for one in chunks for sku in one.skus] == [
            pk for one in chunks for pk in one.product_ids
        ]
        assert not ImportChange.objects.exists()
    waiting = Outbox.objects.filter(shop=shop).values_list("topic", flat=True)
    assert sorted(waiting) == ["photo", "photo", "words", "words"]


def test_photos_come_out_in_order_each_once_and_those_of_a_dead_worker_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(reading, "CHUNK", 3)
    shop = make_shop()
    imported(shop, photographed(*range(5)))
    with shop_scope(shop):
        photos = list(Photo.objects.order_by("pk").values_list("pk", flat=True))
    assert taken(shop, seconds=-1) == photos[:2]
    # Its lease is over: nobody finished them.
    assert taken(shop) == photos[:2]
    assert taken(shop) == []
    outbox.done(shop_id=shop.pk, topic=outbox.PHOTO, object_ids=photos[:2])
    assert taken(shop) == photos[2:4]
    outbox.done(shop_id=shop.pk, topic=outbox.PHOTO, object_ids=photos[2:4])
    assert not outbox.idle(shop_id=shop.pk, topic=outbox.PHOTO)
    assert taken(shop) == photos[4:]
    outbox.done(shop_id=shop.pk, topic=outbox.PHOTO, object_ids=photos[4:])
    assert taken(shop) == [] and outbox.idle(shop_id=shop.pk, topic=outbox.PHOTO)


def test_photos_that_were_seen_or_whose_product_is_gone_stay_away() -> None:
    shop = make_shop()
    imported(shop, photographed(*range(4)))
    with shop_scope(shop):
        photos = {one.product.sku: one.pk for one in Photo.objects.select_related("product")}
        Photo.objects.filter(pk=photos["S0"]).update(state=Photo.State.DONE)
        Photo.objects.filter(pk=photos["S1"]).delete()
    imported(shop, photographed(0, 1, 3), complete=True)
    with shop_scope(shop):
        again = Photo.objects.filter(product__sku="S1").values_list("pk", flat=True)
        expected = sorted([photos["S3"], *again])
    assert taken(shop, limit=9) == expected


def test_words_of_all_new_products_are_written_and_a_doubled_message_does_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(postings, "CHUNK", 2)
    shop = make_shop()
    imported(shop, table(*range(5)))
    assert [postings.postings_run(shop_id=shop.pk) for _ in range(4)] == [2, 2, 1, 0]
    with shop_scope(shop):
        assert Posting.objects.values("product_id").distinct().count() == 5
    assert not Outbox.objects.filter(topic="words").exists()


def test_words_that_change_while_they_are_written_are_written_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    shop = make_shop()
    imported(shop, table(1, 2))
    real = postings.product_terms

    def edits(product: Product, *args: Any) -> Any:
        if product.title == "Shirt 1":
            imported(shop, table(1, title="Coat"))
        return real(product, *args)

    monkeypatch.setattr(postings, "product_terms", edits)
    postings.postings_run(shop_id=shop.pk)
    assert Outbox.objects.filter(topic="words").count() == 1
    postings.postings_run(shop_id=shop.pk)
    with shop_scope(shop):
        terms = Posting.objects.filter(product__sku="S1").values_list("term", flat=True)
        assert "coat" in set(terms)


def test_an_undo_takes_chunk_after_chunk_back_and_leaves_what_was_edited(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(reading, "CHUNK", 4)
    monkeypatch.setattr(undoing, "CHUNK", 3)
    shop = make_shop()
    run = imported(shop, photographed(*range(10)))
    with shop_scope(shop):
        edited = Product.objects.get(sku="S5")
        edited.title = "By hand"
        edited.save()
    after = undone(run)
    assert (after.state, after.summary["undone"], after.summary["left"]) == ("undone", 9, 1)
    assert skus(shop) == ["S5"]
    with shop_scope(shop):
        (left,) = ImportChange.objects.filter(run=run, result="left")
        photo = Photo.objects.get(product=edited)
    assert left.sku == "S5"
    # It stays in the catalogue: its photo is still to be seen, and no other's.
    assert taken(shop, limit=9) == [photo.pk]


@pytest.mark.urls("lookus.urls_shop_admin")
def test_the_history_names_the_import_that_brought_a_product() -> None:
    shop = make_shop()
    imported(shop, table(1), name="first.csv")
    imported(shop, table(1, 2), name="second.csv")
    with shop_scope(shop):
        for sku, name in (("S1", "first.csv"), ("S2", "second.csv")):
            history = history_of(Product.objects.get(sku=sku))
            assert [one.who for one in history if one.url] == [name]


def test_what_is_kept_for_undoing_goes_after_some_weeks(settings: Any) -> None:
    shop = make_shop()
    run = imported(shop, table(1))
    with shop_scope(shop):
        days = timedelta(days=settings.IMPORT_UNDO_DAYS + 1)
        type(run).objects.update(created_at=F("created_at") - days)
    # Its words are still to be written.
    tasks.remove_gone()
    assert postings.postings_run(shop_id=shop.pk) == 1
    with shop_scope(shop):
        assert ImportChunk.objects.exists()
    tasks.remove_gone()
    with shop_scope(shop):
        assert not ImportChunk.objects.exists()
