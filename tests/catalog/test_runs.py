"""Dry runs, closed shops, photos that are asked again: what a run does beside bringing rows."""

from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from catalog import tasks
from catalog.models import ImportChange, ImportProblem, Photo, Product
from catalog.services.imports import import_again
from tenants.models import Outbox, Shop
from tenants.scope import shop_scope
from tests.catalog.runs import HEADER, counts, finished, imported, line, skus, table, upload
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


def test_a_large_file_is_streamed_in_little_memory(tmp_path: Any) -> None:
    """A gigabyte of it takes minutes: what is asserted is that the peak does not grow with it."""
    import tracemalloc

    from catalog.imports.items import CsvSource

    filler = "x" * 4000
    peaks = []
    for rows in (1_000, 6_000):
        path = tmp_path / f"{rows}.csv"
        with path.open("w") as file:
            file.write("sku,title,price,note\n")
            file.writelines(f"S{n},Shirt,{n},{filler}\n" for n in range(rows))
        with path.open("rb") as file:
            tracemalloc.start()
            assert sum(item.draft is not None for item in CsvSource(file, currency="KRW").items())
            peaks.append(tracemalloc.get_traced_memory()[1])
            tracemalloc.stop()
    assert peaks[1] < 1.5 * peaks[0] + 2**22, peaks


def test_bad_bytes_and_rows_too_long_are_told_and_the_others_come_in() -> None:
    shop = make_shop()
    long_row = HEADER + f"S1,{'x' * 1_100_000},1,,\n" + "S2,Good,1,,\nS3,Good,1,,,too,many\n"
    run = imported(shop, long_row)
    assert counts(run)[:4] == (1, 0, 0, 2)
    with shop_scope(shop):
        assert set(run.problems.values_list("code", flat=True)) == {"row_too_long"}
    korean = imported(make_shop(), "상품코드,상품명,판매가\nA,린넨 셔츠,1000\n".encode("cp949"))
    assert counts(korean)[:4] == (1, 0, 0, 0)
    broken = imported(make_shop(), b"sku,title,price\nA,\xff\xfe\xfd,1\n")
    assert (broken.state, broken.created) == ("failed", 0) and "Line 2" in broken.detail


def test_a_job_that_goes_on_knows_what_stood_in_the_rows_before(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from catalog.services.imports import claims, reading

    monkeypatch.setattr(reading, "CHUNK", 1)
    monkeypatch.setattr(claims, "SLICE_SECONDS", 0)
    shop = make_shop()
    imported(shop, table(7))
    for _ in range(3):
        tasks.run_imports(shop.pk)
    rows = table(1) + "S2,Bad,cheap,,\n" + line(2) + line(1) + ",Nameless,1,,\n" + line(3)
    run = upload(shop, rows, complete=True)
    for _ in range(9):
        run = finished(run)
    assert (run.state, counts(run)) == ("done", (3, 0, 0, 3, 0))
    assert run.summary["not_gone"] == "nameless"
    assert skus(shop) == ["S1", "S2", "S3", "S7"]
