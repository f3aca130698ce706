"""A run's page: what it would do, what it asks, how it is taken back, who may press what."""

import csv
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from catalog.models import ImportRun, Photo, Product
from catalog.services.imports import imports_run
from tenants.scope import shop_scope
from tests.admin.desk import Desk
from tests.catalog.runs import imported, skus, table
from tests.factories import make_photo, make_product, make_shop

pytestmark = pytest.mark.django_db(transaction=True)
RUNS = "catalog/importrun/"


@pytest.fixture
def shop():
    return make_shop(slug="maru")


@pytest.fixture
def desk(shop):
    return Desk(shop)


def upload(desk, shop, text, **fields):
    file = SimpleUploadedFile("autumn.csv", text.encode(), content_type="text/csv")
    desk.post(RUNS + "add/", file=file, **fields)
    imports_run(shop_id=shop.pk)
    return newest(shop)


def newest(shop):
    with shop_scope(shop):
        return ImportRun.objects.order_by("-pk").first()


def page_of(desk, run):
    return desk.page(f"{RUNS}{run.pk}/change/")


def test_a_first_look_shows_before_and_after_and_is_done_at_a_press(shop, desk):
    imported(shop, table(1, 2))
    dry = upload(desk, shop, table(1, price=7), dry="on", complete="on")
    page = page_of(desk, dry)
    assert "Nothing is changed yet" in page and "Do it" in page
    assert "₩1,001" in page and "₩7" in page and "S2" in page
    assert skus(shop) == ["S1", "S2"]
    response = desk.post(f"{RUNS}{dry.pk}/again/")
    real = newest(shop)
    assert response["Location"].endswith(f"{RUNS}{real.pk}/change/")
    assert (real.dry, real.complete, real.by_id) == (False, True, desk.user.pk)
    imports_run(shop_id=shop.pk)
    assert skus(shop) == ["S1"]
    assert "What is gone" in page_of(desk, real)


@pytest.mark.parametrize(("said", "kept"), [("yes", ["S1"]), ("no", ["S1", "S2", "S3"])])
def test_a_run_that_asks_is_answered_on_its_page(shop, desk, settings, said, kept):
    settings.IMPORT_ASK_LEAST = 2
    imported(shop, table(1, 2, 3))
    run = imported(shop, table(1), complete=True)
    page = page_of(desk, run)
    assert "no longer names 2 of 3 products" in page and "Keep them" in page
    assert skus(shop) == ["S1", "S2", "S3"]
    desk.post(f"{RUNS}{run.pk}/answer/", answer=said)
    imports_run(shop_id=shop.pk)
    assert skus(shop) == kept
    again = desk.post(f"{RUNS}{run.pk}/answer/", answer="yes", follow=True)
    assert "no longer possible" in again.content.decode()


def test_an_import_is_undone_from_its_page_and_says_so(shop, desk):
    imported(shop, table(1))
    run = imported(shop, table(1, 2, price=9))
    assert "Undo this import" in page_of(desk, run)
    with shop_scope(shop):
        product = Product.objects.get(sku="S2")
        product.title = "By hand"
        product.save()
    desk.post(f"{RUNS}{run.pk}/undo/")
    told = desk.get(f"{RUNS}{run.pk}/progress/").json()
    assert told["ended"] is False and "changes undone" in told["texts"]["progress"]
    imports_run(shop_id=shop.pk)
    page = page_of(desk, run)
    assert "This import was undone: 1 product" in page
    assert "Left as it is" in page and "Undo this import" not in page


def test_who_may_only_look_sees_no_button_and_cannot_press_it(shop, desk):
    run = imported(shop, table(1))
    viewer = Desk(shop, "viewer")
    page = page_of(viewer, run)
    assert "Undo" not in page
    for name in ("again", "answer", "undo", "retry"):
        assert viewer.post(f"{RUNS}{run.pk}/{name}/").status_code == 403
        assert desk.get(f"{RUNS}{run.pk}/{name}/").status_code == 405
        assert Client().post(f"/admin/maru/{RUNS}{run.pk}/{name}/").status_code == 302
    stranger = Desk(make_shop())
    for name in ("again", "answer", "undo", "retry", "problems.csv", "progress"):
        path = f"{RUNS}{run.pk}/{name}" + ("" if "." in name else "/")
        act = stranger.get if name in ("problems.csv", "progress") else stranger.post
        assert act(path).status_code == 404
    assert newest(shop).pk == run.pk and newest(shop).state == "done"


def test_bad_rows_come_back_under_the_files_own_header_and_can_be_uploaded_again(shop, desk):
    text = (
        "상품코드;상품명;판매가;Note\n"
        "A;Shirt;1000;fine\n"
        'B;=HYPERLINK("x");cheap;-5 % off\n'
        "C;'=odd;;@home\n"
        'D;"two\nlines";abc;\n'
        "E;Coat;5;a;further\n"
    )
    run = upload(desk, shop, text)
    assert (run.created, run.bad) == (1, 4)
    report = b"".join(desk.get(f"{RUNS}{run.pk}/problems.csv")).decode()
    rows = list(csv.reader(io.StringIO(report.removeprefix("\ufeff"))))
    assert rows[0] == ["상품코드", "상품명", "판매가", "Note", "lookus_problem"]
    assert rows[1][:4] == ["B", '\'=HYPERLINK("x")', "cheap", "'-5 % off"]
    assert rows[2][1] == "''=odd" and rows[3][1] == "two\nlines" and rows[4][5] == "further"
    assert all(row[4] for row in rows[1:])
    mended = report.replace("cheap", "10").replace("abc", "20").replace(",further", "")
    again = upload(desk, shop, mended.replace("''=odd,,", "''=odd,30,"))
    assert (again.created, again.bad, again.detail) == (4, 0, "")
    with shop_scope(shop):
        titles = dict(Product.objects.values_list("sku", "title"))
        notes = {one.sku: one.attributes.get("Note") for one in Product.objects.all()}
    assert titles["B"] == '=HYPERLINK("x")' and titles["C"] == "'=odd"
    assert titles["D"] == "two\nlines"
    assert notes == {"A": "fine", "B": "-5 % off", "C": "@home", "D": None, "E": "a"}


def test_photos_are_tried_again_by_one_by_reason_and_by_run(shop, desk):
    product = make_product(shop)
    failed = {"stored": False, "state": "failed", "attempts": 3}
    one = make_photo(product, reason="url_failed", **failed)
    two = make_photo(product, reason="url_failed", **failed)
    other = make_photo(product, reason="not_an_image", **failed)
    run = imported(shop, table(1))
    with shop_scope(shop):
        Photo.objects.filter(pk=other.pk).update(import_run=run)
    make_product(shop)
    page = desk.page("catalog/photo/")
    assert "This is not an image." in page and "Try these again" in page
    assert "2 products have no photo" in page

    def waiting():
        with shop_scope(shop):
            return set(Photo.objects.filter(state="pending").values_list("pk", flat=True))

    desk.post("catalog/photo/retry/", photo=str(one.pk))
    assert waiting() == {one.pk}
    desk.post("catalog/photo/retry/", reason="url_failed")
    assert waiting() == {one.pk, two.pk}
    desk.post(f"{RUNS}{run.pk}/retry/")
    assert waiting() == {one.pk, two.pk, other.pk}
    assert Desk(shop, "viewer").post("catalog/photo/retry/").status_code == 403
    assert ">Try again<" not in Desk(shop, "viewer").page("catalog/photo/")


def test_progress_says_how_far_it_is(shop, desk):
    imported(shop, table(1))
    with shop_scope(shop):
        run = ImportRun.objects.get()
        ImportRun.objects.update(state="working", rows=50, total=200)
    told = desk.get(f"{RUNS}{run.pk}/progress/").json()
    assert told["shares"]["rows"] == 0.25
    assert told["texts"]["progress"].startswith("50 of about 200 rows read")
