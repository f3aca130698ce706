"""What a complete file does not name is gone: from search at once, for good some weeks later."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from catalog import tasks
from catalog.models import Garment, ImportChange, ImportRun, Photo, Posting, Product, Tag
from catalog.services.imports import import_answer
from catalog.services.photos import photos_retag
from catalog.services.tags import tag_set
from tenants.models import Outbox
from tenants.scope import shop_scope
from tests.catalog.runs import answered, counts, finished, imported, skus, table, upload
from tests.factories import make_shop
from tests.support.photos import painted_png
from tests.support.zips import zipped

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("sent")]


def test_a_complete_file_takes_out_what_it_does_not_name() -> None:
    shop, other = make_shop(), make_shop()
    imported(shop, table(1, 2, 3))
    imported(other, table(1))
    run = imported(shop, table(1, 3), complete=True)
    assert (run.state, counts(run)) == ("done", (0, 0, 2, 0, 1))
    assert skus(shop) == ["S1", "S3"]
    assert skus(other) == ["S1"]
    with shop_scope(shop):
        assert Product.every.get(sku="S2").gone_at is not None
    tasks.write_postings(shop.pk)
    with shop_scope(shop):
        assert not Posting.objects.filter(product__sku="S2").exists()
    assert counts(imported(shop, table(1), complete=False))[4] == 0


def test_a_product_with_tagged_photos_leaves_search_and_comes_back_as_it_was() -> None:
    shop = make_shop()
    imported(shop, zipped({"a.png": painted_png("upper"), "b.png": painted_png("lower")}), "a.zip")
    tasks.tag_photos(shop.pk)
    with shop_scope(shop):
        product = Product.objects.get(sku="a")
        before = Garment.objects.get(product=product)
        assert before.is_product
        tag_set(product=product, kind="pattern", value="dot", by=None)
        model = set(Tag.objects.filter(product=product).values_list("kind", "value", "source"))
    imported(shop, zipped({"b.png": painted_png("lower")}), "a.zip", complete=True)
    with shop_scope(shop):
        assert not Garment.objects.get(product=product).is_product
    run = imported(shop, zipped({"a.png": painted_png("upper")}), "a.zip")
    assert counts(run) == (0, 1, 0, 0, 0)
    with shop_scope(shop):
        after = Garment.objects.get(product=product)
        assert (after.pk, after.is_product, after.pattern) == (before.pk, True, "dot")
        kept = set(Tag.objects.filter(product=product).values_list("kind", "value", "source"))
        assert kept == model
        assert Photo.objects.get(product=product).state == "done"
    assert not Outbox.objects.filter(topic="photo").exists()


def test_photos_that_wait_are_tagged_only_once_the_product_is_back() -> None:
    shop = make_shop()
    imported(shop, zipped({"a.png": painted_png("upper"), "b.png": painted_png("lower")}), "a.zip")
    imported(shop, zipped({"b.png": painted_png("lower")}), "a.zip", complete=True)
    tasks.tag_photos(shop.pk)
    with shop_scope(shop):
        gone = Product.every.get(sku="a")
        assert Photo.objects.get(product=gone).state == "pending"
    imported(shop, zipped({"a.png": painted_png("upper")}), "a.zip")
    tasks.tag_photos(shop.pk)
    with shop_scope(shop):
        assert Garment.objects.get(product=gone).is_product


def test_looking_at_the_photo_of_a_product_that_is_gone_does_not_bring_it_back() -> None:
    shop = make_shop()
    imported(shop, zipped({"a.png": painted_png("upper"), "b.png": painted_png("lower")}), "a.zip")
    tasks.tag_photos(shop.pk)
    imported(shop, zipped({"b.png": painted_png("lower")}), "a.zip", complete=True)
    with shop_scope(shop):
        gone = Product.every.get(sku="a")
        photos_retag(photo_ids=[gone.photos.get().pk])
    tasks.tag_photos(shop.pk)
    with shop_scope(shop):
        assert not Garment.objects.get(product=gone).is_product


def test_a_file_that_cannot_be_read_to_its_end_takes_nothing_out() -> None:
    shop = make_shop()
    imported(shop, table(1, 2))
    broken = table(1).encode() + b"S3,\xff\xff,1\n"
    assert imported(shop, broken, complete=True).state == "failed"
    nameless = table(1) + ",No number,5,,\n"
    run = imported(shop, nameless, complete=True)
    assert (run.state, run.gone, run.summary["not_gone"]) == ("done", 0, "nameless")
    assert skus(shop) == ["S1", "S2"]


def test_a_row_with_a_fault_names_its_product_all_the_same() -> None:
    shop = make_shop()
    imported(shop, table(1, 2))
    run = imported(shop, table(1) + "S2,Shirt,cheap,,\n", complete=True)
    assert counts(run) == (0, 0, 1, 1, 0)
    assert skus(shop) == ["S1", "S2"]


def test_losing_much_is_asked_and_nothing_goes_until_yes(settings: Any) -> None:
    settings.IMPORT_ASK_LEAST = 4
    shop = make_shop()
    imported(shop, table(1, 2, 3, 4))
    assert imported(shop, table(1, 2, 3), complete=True).state == "done"
    imported(shop, table(1, 2, 3, 4))
    run = imported(shop, table(1, 2), complete=True)
    assert (run.state, run.gone, run.summary["going"], run.summary["of"]) == ("asking", 0, 2, 4)
    assert len(skus(shop)) == 4
    tasks.run_imports(shop.pk)
    assert len(skus(shop)) == 4
    done = answered(run, yes=True)
    assert (done.state, done.gone) == ("done", 2)
    assert skus(shop) == ["S1", "S2"]
    with shop_scope(shop), pytest.raises(ValueError, match="asks nothing"):
        import_answer(run=done, yes=True)


def test_no_keeps_them_and_what_changed_since_stays_after_a_late_yes(settings: Any) -> None:
    settings.IMPORT_ASK_LEAST = 4
    shop = make_shop()
    imported(shop, table(1, 2, 3, 4))
    run = answered(imported(shop, table(1), complete=True), yes=False)
    assert (run.state, run.gone, run.summary["kept"]) == ("done", 0, 3)
    assert len(skus(shop)) == 4
    late = imported(shop, table(1), complete=True)
    with shop_scope(shop):
        assert ImportChange.objects.filter(run=late, result="waiting").count() == 3
    imported(shop, table(2, price=5))
    assert answered(late, yes=True).gone == 2
    assert skus(shop) == ["S1", "S2"]


def test_a_file_that_names_nothing_asks_however_small_the_shop_is() -> None:
    shop = make_shop()
    imported(shop, table(1))
    assert imported(shop, table(), complete=True).state == "asking"
    assert skus(shop) == ["S1"]


def test_it_goes_on_where_a_worker_died(monkeypatch: pytest.MonkeyPatch) -> None:
    from catalog.services.imports import leaving

    monkeypatch.setattr(leaving, "CHUNK", 1)
    shop = make_shop()
    imported(shop, table(1, 2, 3, 4))
    run = upload(shop, table(4), complete=True)
    real, calls = leaving.products_hide, []

    def dies(**fields: Any) -> None:
        calls.append(fields)
        if len(calls) == 2:
            raise KeyboardInterrupt
        real(**fields)

    with monkeypatch.context() as broken:
        broken.setattr(leaving, "products_hide", dies)
        with pytest.raises(KeyboardInterrupt):
            tasks.run_imports(shop.pk)
    assert len(skus(shop)) == 3
    Outbox.objects.filter(topic="import").update(leased_until=timezone.now())
    assert counts(finished(run))[4] == 3
    assert skus(shop) == ["S4"]


def test_what_is_gone_for_long_is_deleted_with_everything(settings: Any) -> None:
    shop = make_shop()
    imported(shop, table(1, 2, image_url="https://e.com/a.jpg"))
    run = imported(shop, table(1, image_url="https://e.com/a.jpg"), complete=True)
    tasks.remove_gone()
    with shop_scope(shop):
        assert Product.every.filter(sku="S2").exists()
        past = timezone.now() - timedelta(days=settings.IMPORT_UNDO_DAYS + 1)
        Product.every.filter(sku="S2").update(gone_at=past)
        ImportRun.objects.filter(pk=run.pk).update(created_at=past)
    tasks.remove_gone()
    with shop_scope(shop):
        assert not Product.every.filter(sku="S2").exists()
        assert Photo.objects.count() == 1
        assert not ImportChange.objects.filter(run=run).exists()
    assert skus(shop) == ["S1"]
