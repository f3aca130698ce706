"""Between upload and run: the page that asks what the columns of a file mean."""

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from catalog.models import ColumnMapping, HeldFile, ImportRun, Product
from catalog.services.imports import imports_run
from tenants.scope import shop_scope
from tests.admin.desk import Desk
from tests.factories import make_shop

pytestmark = pytest.mark.django_db(transaction=True)
SAMPLES = Path(__file__).parent.parent / "catalog" / "samples"
OWN = (SAMPLES / "own_columns.csv").read_bytes()
ADD = "catalog/importrun/add/"
CHOSEN = {
    "column-0": "sku", "column-1": "title", "column-2": "price", "column-3": "image_url",
    "column-4": "attributes", "column-5": "",
}  # fmt: skip


@pytest.fixture
def shop():
    return make_shop(slug="maru", currency="EUR")


@pytest.fixture
def desk(shop):
    return Desk(shop)


def upload(desk, data=OWN, name="own.csv", **fields):
    return desk.post(ADD, file=SimpleUploadedFile(name, data), **fields)


def held_path(shop):
    with shop_scope(shop):
        return f"catalog/heldfile/{HeldFile.objects.get().pk}/"


def test_an_upload_with_strange_columns_is_asked_about_and_the_guess_is_shown(shop, desk):
    response = upload(desk)
    path = held_path(shop)
    assert response["Location"] == f"/admin/maru/{path}"
    page = desk.page(path)
    assert "Bezeichnung" in page and "Hemd aus Leinen" in page
    assert "A guess: please check" in page
    assert "€39.90" in page, "the first products, as they would be read"
    with shop_scope(shop):
        assert not ImportRun.objects.exists()


def test_what_is_chosen_is_imported_remembered_and_not_asked_again(shop, desk):
    upload(desk)
    response = desk.post(held_path(shop), do="import", **CHOSEN)
    with shop_scope(shop):
        run = ImportRun.objects.get()
        assert not HeldFile.objects.exists()
    assert response["Location"] == f"/admin/maru/catalog/importrun/{run.pk}/change/"
    assert run.mapping["번호"] == "sku" and run.mapping["intern"] == ""
    imports_run(shop_id=shop.pk)
    with shop_scope(shop):
        assert Product.objects.get(sku="K-2").title == "Mantel"
    assert "importrun" in upload(desk)["Location"]


def test_what_is_missing_is_said_and_nothing_starts(shop, desk):
    upload(desk)
    response = desk.post(held_path(shop), do="import", **CHOSEN | {"column-2": "attributes"})
    assert "Still needed: Price" in " ".join(response.content.decode().split())
    with shop_scope(shop):
        assert not ImportRun.objects.exists()


def test_looking_again_shows_the_products_as_now_chosen(shop, desk):
    upload(desk)
    page = desk.post(
        held_path(shop), do="look", **CHOSEN | {"column-1": "brand", "column-4": "title"}
    )
    text = page.content.decode()
    assert "<b>Kent</b>" in text and "<b>Hemd aus Leinen</b>" not in text


def test_a_file_may_be_left(shop, desk):
    upload(desk)
    desk.post(held_path(shop), do="drop")
    with shop_scope(shop):
        assert not HeldFile.objects.exists() and not ImportRun.objects.exists()


def test_known_columns_are_asked_about_when_wanted(shop, desk):
    response = upload(desk, b"sku,title,price\nA,Shirt,1\n", columns="on")
    assert "heldfile" in response["Location"]
    assert '<option value="sku" selected' in desk.page(held_path(shop))


def test_cafe24_is_asked_only_for_the_shops_address(shop, desk):
    data = (SAMPLES / "cafe24_cp949.csv").read_bytes()
    upload(desk, data, "products.csv")
    path = held_path(shop)
    assert "Address of the shop" in desk.page(path)
    wrong = desk.post(path, do="import", base="no address")
    assert "This is no web address" in wrong.content.decode()
    desk.post(path, do="import", base="namu.cafe24.com")
    imports_run(shop_id=shop.pk)
    with shop_scope(shop):
        assert ImportRun.objects.get().kind == "cafe24"
        photos = Product.objects.get(sku="P00000BA").photos.values_list("source_url", flat=True)
        assert photos[0] == "https://namu.cafe24.com/web/product/big/202610/shirt.jpg"


def test_remembered_columns_are_changed_and_forgotten(shop, desk):
    upload(desk)
    desk.post(held_path(shop), do="import", **CHOSEN)
    with shop_scope(shop):
        mapping = ColumnMapping.objects.get()
    path = f"catalog/columnmapping/{mapping.pk}/"
    assert "own.csv" in desk.page("catalog/columnmapping/")
    assert "Hemd aus Leinen" in desk.page(path + "change/")
    desk.post(path + "change/", do="keep", **CHOSEN | {"column-5": "brand"})
    with shop_scope(shop):
        assert ColumnMapping.objects.get().columns["intern"] == "brand"
    desk.post(path + "delete/", post="yes")
    with shop_scope(shop):
        assert not ColumnMapping.objects.exists()
    assert "heldfile" in upload(desk)["Location"]


def test_a_viewer_looks_and_chooses_nothing(shop, desk):
    upload(desk)
    path = held_path(shop)
    viewer = Desk(shop, "viewer")
    assert "disabled" in viewer.page(path)
    assert viewer.post(path, do="import", **CHOSEN).status_code == 403
    with shop_scope(shop):
        assert HeldFile.objects.exists()


def test_another_shops_file_is_not_there(shop, desk):
    upload(desk)
    path = held_path(shop)
    stranger = Desk(make_shop(slug="other"))
    assert stranger.get(path).status_code == 404
    assert stranger.post(path, do="drop").status_code == 404
    with shop_scope(shop):
        assert HeldFile.objects.exists()
