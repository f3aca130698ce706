"""Dry runs, closed shops, photos that are asked again: what a run does beside bringing rows."""

from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from catalog.models import ImportChange, ImportProblem, Photo, Product
from catalog.services.imports import import_again
from tenants.models import Outbox, Shop
from tenants.scope import shop_scope
from tests.catalog.runs import HEADER, counts, finished, imported, skus, table, upload
from tests.factories import make_shop
from tests.support.photos import painted_png
from tests.support.zips import zipped

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("sent")]


def test_a_dry_run_tells_what_would_be_and_writes_nothing() -> None:
    shop = make_shop()
    imported(shop, table(1, 2, 3))
    Outbox.objects.all().delete()
    run = imported(
        shop, HEADER + "S1,Other,5,,\nS2,Shirt 2,1002,,\nS9,New,cheap,,\nS8,New,1,,\n", dry=True,
        complete=True,
    )  # fmt: skip
    assert (run.state, counts(run)) == ("done", (1, 1, 1, 1, 1))
    assert run.summary["fields"] == {"title": 1, "price": 1}
    with shop_scope(shop):
        changes = {one.sku: one for one in ImportChange.objects.filter(run=run)}
        assert {sku: one.action for sku, one in changes.items()} == {
            "S1": "updated",
            "S8": "created",
            "S3": "removed",
        }
        assert changes["S1"].before == {"title": "Shirt 1", "price": 1001}
        assert changes["S1"].after == {"title": "Other", "price": 5}
        assert ImportProblem.objects.get(run=run).code == "price_not_a_number"
        assert Product.objects.get(sku="S1").price == 1001
    assert skus(shop) == ["S1", "S2", "S3"]
    assert not Outbox.objects.exists()
    real = finished(import_again(run=run))
    assert (real.dry, real.complete, counts(real)) == (False, True, (1, 1, 1, 1, 1))


def test_a_dry_run_of_a_zip_stores_no_photo() -> None:
    shop = make_shop()
    data = zipped({"a.png": painted_png("upper", shade=77)})
    assert counts(imported(shop, data, "a.zip", dry=True)) == (1, 0, 0, 0, 0)
    folder = f"shops/{shop.pk}"
    assert default_storage.listdir(folder)[0] == ["imports"]
    imported(shop, data, "a.zip")
    assert counts(imported(shop, data, "a.zip", dry=True)) == (0, 0, 1, 0, 0)


def test_a_row_that_says_what_it_said_is_not_even_read() -> None:
    shop = make_shop()
    rows = table(*range(60), color="navy", image_url="https://e.com/a.jpg")
    imported(shop, rows)
    run = upload(shop, rows)
    with CaptureQueriesContext(connection) as queries:
        run = finished(run)
    read = [one["sql"] for one in queries if "catalog_photo" in one["sql"]]
    assert read == []
    with shop_scope(shop):
        product = Product.objects.get(sku="S1")
        product.price = 3
        product.save()
        from catalog.services.products import product_saved

        product_saved(product=product)
    assert run.unchanged == 60
    assert counts(imported(shop, rows))[:3] == (0, 1, 59)


def test_a_photo_that_failed_is_fetched_again_by_the_same_row() -> None:
    from catalog.services.photo_failures import photo_fail_for_good
    from catalog.services.photo_sight import Failure

    shop = make_shop()
    rows = table(1, image_url="https://e.com/a.jpg")
    imported(shop, rows)
    with shop_scope(shop):
        photo_fail_for_good(shop, Photo.objects.get(), Failure("url_failed", "404"))
    imported(shop, rows)
    with shop_scope(shop):
        assert Photo.objects.get().state == "pending"


def close(shop: Shop) -> None:
    now = timezone.now()
    Shop.objects.filter(pk=shop.pk).update(closed_at=now, erase_at=now)


def test_a_closed_shop_takes_nothing_in() -> None:
    shop = make_shop()
    waiting = upload(shop, table(1))
    close(shop)
    assert finished(waiting).state == "pending"
    assert skus(shop) == []
    with pytest.raises(ValueError, match="closed"):
        upload(shop, table(1))
    Shop.objects.filter(pk=shop.pk).update(closed_at=None, erase_at=None)
    assert finished(waiting).state == "done"


def test_a_shop_that_is_closed_in_the_middle_takes_no_further_row_in(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from catalog.services.imports import reading

    monkeypatch.setattr(reading, "CHUNK", 1)
    shop = make_shop()
    run = upload(shop, table(1, 2, 3))
    real = reading.rows_put

    def closes(*args: Any) -> Any:
        done = real(*args)
        close(shop)
        return done

    with monkeypatch.context() as patched:
        patched.setattr(reading, "rows_put", closes)
        assert finished(run).state == "working"
    assert skus(shop) == ["S1"]
    Shop.objects.filter(pk=shop.pk).update(closed_at=None, erase_at=None)
    assert finished(run).state == "done"
    assert skus(shop) == ["S1", "S2", "S3"]


def test_progress_knows_about_how_many_rows_there_are() -> None:
    assert imported(make_shop(), table(1, 2, 3)).total == 3
