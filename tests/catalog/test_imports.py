"""A file from upload to products, through everything that may happen to the job."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone

from catalog import tasks
from catalog.models import Garment, ImportProblem, ImportRun, Photo, Product, Tag
from catalog.services.imports import claims, import_start, reading
from tenants.models import Outbox, Shop
from tenants.scope import shop_scope
from tests.factories import jpeg, make_shop
from tests.support.photos import painted_png
from tests.support.zips import zipped

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("sent")]


def upload(shop: Shop, data: bytes | str, name: str = "a.csv") -> ImportRun:
    raw = data.encode() if isinstance(data, str) else data
    return import_start(shop=shop, file=ContentFile(raw, name), filename=name)


def finished(run: ImportRun) -> ImportRun:
    tasks.run_imports(run.shop_id)
    with shop_scope(run.shop_id):
        return ImportRun.objects.get(pk=run.pk)


def counts(run: ImportRun) -> tuple[int, int, int, int]:
    return run.created, run.updated, run.unchanged, run.bad


def test_a_csv_comes_in_and_its_bad_rows_are_told() -> None:
    shop = make_shop()
    run = finished(
        upload(
            shop,
            "sku,title,price,color,image_url\n"
            'A,셔츠,"39,000원",navy,https://e.com/a.jpg\n'
            "B,Coat,abc,,\n"
            "C,Hat,5000,,http://169.254.169.254/x.jpg\n"
            "A,Again,1,,\n"
            "D,=cmd(),5000,,\n",
        )
    )
    assert (run.state, run.kind, run.rows, run.detail) == ("done", "csv", 5, "")
    assert counts(run) == (2, 0, 0, 3)
    assert run.finished_at is not None
    with shop_scope(shop):
        product = Product.objects.get(sku="A")
        assert (product.title, product.price, product.currency) == ("셔츠", 39000, "KRW")
        assert Tag.objects.get(product=product, source="feed", kind="color").value == "navy"
        photo = Photo.objects.get()
        assert (photo.source_url, photo.state) == ("https://e.com/a.jpg", "pending")
        assert (photo.import_run_id, photo.import_row) == (run.pk, 2)
        problems = [(one.row, one.sku, one.field, one.code) for one in run.problems.all()]
    assert problems == [
        (3, "B", "price", "price_not_a_number"),
        (4, "C", "image_url", "url_refused"),
        (5, "A", "sku", "duplicate_sku"),
    ]
    assert Outbox.objects.filter(topic="photo").count() == 1
    assert not Outbox.objects.filter(topic="import").exists()


def test_the_same_file_again_changes_nothing_and_another_only_what_differs() -> None:
    shop = make_shop()
    table = "sku,title,price,image_url\nA,Shirt,1000,https://e.com/a.jpg\nB,Coat,2000,\n"
    assert counts(finished(upload(shop, table))) == (2, 0, 0, 0)
    with shop_scope(shop):
        photo = Photo.objects.get()
    assert counts(finished(upload(shop, table))) == (0, 0, 2, 0)
    changed = table.replace("2000", "1500").replace("a.jpg", "b.jpg")
    assert counts(finished(upload(shop, changed))) == (0, 2, 0, 0)
    with shop_scope(shop):
        assert Photo.objects.get().pk == photo.pk
        assert Photo.objects.get().source_url == "https://e.com/b.jpg"
        assert Product.objects.get(sku="B").price == 1500


@pytest.mark.parametrize(
    ("data", "code", "words"),
    [
        (b"title,price\nShirt,1\n", "missing_column", "no column sku"),
        (b"hello\n", "no_header", "first line must name"),
        (b"sku,title,price\nA,\xff\xfe\xff,1\n", "wrong_encoding", "Line 2"),
        (b"\n \n", "empty", "empty"),
        (b"PK\x03\x04nothing", "not_a_zip", "no ZIP"),
    ],
)
def test_a_file_of_no_use_says_why(data: bytes, code: str, words: str) -> None:
    run = finished(upload(make_shop(), data))
    assert run.state == "failed"
    assert words in run.detail
    with shop_scope(run.shop_id):
        assert run.problems.get().code == code
    assert not Outbox.objects.filter(topic="import").exists()


def test_an_empty_upload_and_one_that_is_too_large_are_refused_at_once(settings: Any) -> None:
    shop = make_shop()
    with pytest.raises(ValueError, match="empty"):
        upload(shop, b"")
    settings.IMPORT_MAX_BYTES = 10
    with pytest.raises(ValueError, match="at most"):
        upload(shop, b"sku,title,price\n")


def test_a_zip_of_photos_becomes_tagged_products() -> None:
    shop = make_shop()
    run = finished(
        upload(
            shop,
            zipped(
                {
                    "Namu/shirt.png": painted_png("upper"),
                    "Namu/shirt_2.png": painted_png("upper", shade=3),
                    "broken.jpg": jpeg()[:400],
                    "note.jpg": b"not a photo at all",
                    "../x.png": painted_png("upper"),
                }
            ),
            "photos.zip",
        )
    )
    assert (run.state, run.kind) == ("done", "zip")
    assert counts(run) == (1, 0, 0, 3)
    with shop_scope(shop):
        codes = set(run.problems.values_list("code", flat=True))
        assert codes == {"truncated", "not_an_image", "unsafe_name"}
        product = Product.objects.get()
        assert (product.sku, product.brand, product.title) == ("shirt", "Namu", "Shirt")
        assert product.photos.count() == 2
    tasks.tag_photos(shop.pk)
    with shop_scope(shop):
        assert Garment.objects.filter(product=product, is_product=True).count() == 2


def test_a_zip_with_a_table_gives_prices() -> None:
    shop = make_shop()
    table = b"photo,title,price\na.png,Shirt,5000\nb.png,Coat,x\n"
    files = {"products.csv": table, "a.png": painted_png("upper"), "b.png": painted_png("lower")}
    run = finished(upload(shop, zipped(files), "a.zip"))
    assert counts(run) == (1, 0, 0, 1)
    with shop_scope(shop):
        assert Product.objects.get().price == 5000


def test_a_job_that_dies_is_taken_up_where_it_was_and_doubles_nothing(
    monkeypatch: pytest.MonkeyPatch, sent: list[tuple[str, int]]
) -> None:
    monkeypatch.setattr(reading, "CHUNK", 3)
    shop = make_shop()
    rows = "".join(f"S{n},Shirt {n},{n}\n" for n in range(10)) + "S1,Again,1\n"
    run = upload(shop, "sku,title,price\n" + rows)
    real = reading.rows_put
    calls = []

    def dies(*args: Any, **kwargs: Any) -> Any:
        calls.append(args)
        if len(calls) == 3:
            raise KeyboardInterrupt
        return real(*args, **kwargs)

    with monkeypatch.context() as broken:
        broken.setattr(reading, "rows_put", dies)
        with pytest.raises(KeyboardInterrupt):
            tasks.run_imports(shop.pk)
    with shop_scope(shop):
        assert Product.objects.count() == 6
        half = ImportRun.objects.get()
        assert (half.state, half.rows) == ("working", 6)
    tasks.run_imports(shop.pk)
    with shop_scope(shop):
        assert Product.objects.count() == 6
    past = timezone.now() - timedelta(seconds=1)
    Outbox.objects.filter(topic="import").update(leased_until=past)
    sent.clear()
    tasks.sweep()
    assert sent == [("catalog.tasks.run_imports", shop.pk)]
    done = finished(run)
    assert (done.state, done.rows) == ("done", 11)
    assert counts(done) == (10, 0, 0, 1)


def test_a_worker_that_lost_its_lease_writes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    shop = make_shop()
    run = upload(shop, "sku,title,price\nA,Shirt,1\n")
    real = reading.row_of

    def slow(*args: Any, **kwargs: Any) -> Any:
        with shop_scope(shop):
            ImportRun.objects.update(leased_until=timezone.now() + timedelta(seconds=99))
        return real(*args, **kwargs)

    monkeypatch.setattr(reading, "row_of", slow)
    after = finished(run)
    assert (after.state, after.rows) == ("working", 0)
    with shop_scope(shop):
        assert not Product.objects.exists()


def test_an_import_that_ends_every_worker_stops(settings: Any) -> None:
    shop = make_shop()
    run = upload(shop, "sku,title,price\nA,Shirt,1\n")
    for _ in range(settings.PHOTO_ATTEMPTS):
        assert claims.run_claim(shop=shop) is not None
        Outbox.objects.update(leased_until=timezone.now())
    after = finished(run)
    assert after.state == "failed"
    assert not Outbox.objects.filter(topic="import").exists()


def test_a_long_import_lets_other_shops_come_in_between(
    monkeypatch: pytest.MonkeyPatch, sent: list[tuple[str, int]]
) -> None:
    monkeypatch.setattr(claims, "SLICE_SECONDS", 0)
    monkeypatch.setattr(reading, "CHUNK", 1)
    shop, other = make_shop(), make_shop()
    upload(shop, "sku,title,price\nA,Shirt,1\nB,Shirt,1\nC,Shirt,1\n")
    upload(other, "sku,title,price\nA,Shirt,1\n")
    order = []
    while sent:
        name, shop_id = sent.pop(0)
        if name != "catalog.tasks.run_imports":
            continue
        order.append(shop_id)
        tasks.run_imports(shop_id)
    assert order[:3] == [shop.pk, other.pk, shop.pk]
    with shop_scope(shop):
        assert Product.objects.count() == 3
        assert ImportRun.objects.get().state == "done"


def test_a_row_that_the_database_refuses_does_not_keep_the_others_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from catalog.imports import rows

    lengths = [(name, most) for name, most in rows._LENGTHS if name != "brand"]
    monkeypatch.setattr(rows, "_LENGTHS", lengths)
    shop = make_shop()
    table = f"sku,title,price,brand\nA,Shirt,1,{'x' * 200}\nB,Coat,1,Namu\n"
    run = finished(upload(shop, table))
    assert counts(run) == (1, 0, 0, 1)
    with shop_scope(shop):
        problem = ImportProblem.objects.get()
        assert (problem.row, problem.sku, problem.code) == (2, "A", "refused")


def test_another_shop_sees_none_of_it_and_its_messages_do_nothing() -> None:
    shop, stranger = make_shop(), make_shop()
    run = upload(shop, "sku,title,price\nA,Shirt,1\n")
    tasks.run_imports(stranger.pk)
    with shop_scope(shop):
        assert ImportRun.objects.get(pk=run.pk).state == "pending"
    with shop_scope(stranger):
        assert not ImportRun.objects.exists()
    tasks.run_imports(10**9)
