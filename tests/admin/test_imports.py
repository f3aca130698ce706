"""Uploads in the admin: the page, the run with its progress, the report, failed photos."""

import csv
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from catalog.models import ImportProblem, ImportRun, Photo, Product
from catalog.services.imports import imports_run
from tenants.models import Outbox
from tenants.scope import shop_scope
from tests.admin.desk import Desk
from tests.factories import make_photo, make_product, make_shop

# The upload stores the file outside any scope, so transactions are real.
pytestmark = pytest.mark.django_db(transaction=True)
RUNS = "catalog/importrun/"
ROWS = "sku,title,price\nA-1,Linen shirt,39000\nA-2,Coat,cheap\nA-3,=1+1,\n"


@pytest.fixture
def shop():
    return make_shop(slug="maru")


@pytest.fixture
def desk(shop):
    return Desk(shop)


def upload(desk, text=ROWS, name="autumn.csv"):
    file = SimpleUploadedFile(name, text.encode(), content_type="text/csv")
    return desk.post(RUNS + "add/", file=file)


def test_an_upload_waits_for_the_worker_and_leads_to_its_page(shop, desk):
    response = upload(desk)
    with shop_scope(shop):
        run = ImportRun.objects.get()
    assert response["Location"] == f"/admin/maru/{RUNS}{run.pk}/change/"
    assert (run.filename, run.kind, run.by_id) == ("autumn.csv", "csv", desk.user.pk)
    assert Outbox.objects.filter(shop=shop, topic="import", object_id=run.pk).exists()
    page = desk.page(f"{RUNS}{run.pk}/change/")
    assert "Waiting" in page and f"{RUNS}{run.pk}/progress/" in page
    told = desk.get(f"{RUNS}{run.pk}/progress/").json()
    assert told["ended"] is False


def test_the_report_names_row_field_and_value(shop, desk):
    upload(desk)
    imports_run(shop_id=shop.pk)
    with shop_scope(shop):
        run = ImportRun.objects.get()
        assert Product.objects.count() == 1
    page = desk.page(f"{RUNS}{run.pk}/change/")
    assert "Finished" in page
    assert "cheap" in page
    assert "A-2" in page
    told = desk.get(f"{RUNS}{run.pk}/progress/").json()
    assert told["ended"] is True and told["texts"]["created"] == "1"
    assert told["texts"]["bad"] == "2"


def test_the_report_as_csv_runs_no_formula_and_holds_every_row(shop, desk, monkeypatch):
    from catalog.admin import import_report

    monkeypatch.setattr(import_report, "PROBLEMS_AT_ONCE", 2)
    with shop_scope(shop):
        run = ImportRun.objects.create(kind="zip", filename="x.zip", state="done")
        for row in range(5):
            ImportProblem.objects.create(
                run=run, row=row // 2, field="price", code="c", message="m", value="=HYPERLINK(1)"
            )
    response = desk.get(f"{RUNS}{run.pk}/problems.csv")
    text = b"".join(response).decode()
    assert response["Content-Disposition"].startswith("attachment")
    rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))
    assert [row["row"] for row in rows] == ["0", "0", "1", "1", "2"]
    assert {row["value"] for row in rows} == {"'=HYPERLINK(1)"}


def test_the_example_can_be_uploaded_as_it_is(shop, desk):
    example = desk.get(RUNS + "example.csv").content.decode()
    upload(desk, example)
    imports_run(shop_id=shop.pk)
    with shop_scope(shop):
        run = ImportRun.objects.get()
        assert (run.created, run.bad, run.detail) == (1, 0, "")


@pytest.mark.parametrize("fields", [{}, {"file": SimpleUploadedFile("empty.csv", b"")}])
def test_no_file_and_an_empty_one_are_said(shop, desk, fields):
    response = desk.post(RUNS + "add/", **fields)
    assert response.status_code == 200
    assert 'class="errorlist"' in response.content.decode()
    with shop_scope(shop):
        assert not ImportRun.objects.exists()


def test_failed_photos_are_shown_with_the_reason_and_tried_again(shop, desk):
    product = make_product(shop, title="Coat")
    fields = {"state": "failed", "reason": "url_failed", "detail": "It answered 404."}
    photo = make_photo(product, stored=False, attempts=3, **fields)
    page = desk.page("catalog/photo/?state=failed")
    assert "The address did not answer with a photo." in page and "It answered 404." in page
    desk.post("catalog/photo/retry/")
    with shop_scope(shop):
        again = Photo.objects.get(pk=photo.pk)
    assert (again.state, again.attempts, again.reason) == ("pending", 0, "")
    assert Outbox.objects.filter(shop=shop, topic="photo", object_id=photo.pk).exists()


def test_chosen_photos_are_tried_again(shop, desk):
    photos = [make_photo(make_product(shop), stored=False, state="failed") for _ in range(2)]
    desk.post("catalog/photo/", action="try_again", _selected_action=[str(photos[0].pk)])
    with shop_scope(shop):
        states = dict(Photo.objects.values_list("pk", "state"))
    assert states == {photos[0].pk: "pending", photos[1].pk: "failed"}
