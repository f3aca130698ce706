"""Everything of a shop in one ZIP, and back again."""

import csv
import io
import json
import tracemalloc
import zipfile
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone

from catalog.models import ImportRun, Product, Tag
from catalog.services.imports import import_start, imports_run
from catalog.services.tags import tag_set
from lookus.leaving.exports import ExportUnderWay, export_start, exports_forget, exports_make
from lookus.leaving.tables import LEFT_OUT, exported_models, name_of
from tenants.models import Shop, ShopExport
from tenants.scope import shop_scope
from tests.admin.desk import Desk
from tests.factories import jpeg, make_photo, make_product, make_shop, make_user
from tests.tenants.rows import fill, tenant_models

pytestmark = pytest.mark.django_db(transaction=True)

HEAD = (
    *("sku", "title", "price", "sale_price", "brand", "description", "category", "gender"),
    *("season", "in_stock", "color", "pattern", "variant_group", "title_ko", "own note", "url"),
)
ROWS = (
    {
        "sku": "A-1",
        "title": "=SUM(A1)",
        "price": "39000",
        "sale_price": "29000",
        "brand": "@Namu",
        "description": 'Loose, "washed"',
        "category": "Women > Shirts",
        "gender": "women",
        "season": "summer",
        "in_stock": "yes",
        "color": "navy",
        "pattern": "stripe",
        "variant_group": "G",
        "title_ko": "린넨 셔츠",
        "own note": "+82 10",
        "url": "https://shop.example/p/1",
    },
    {
        "sku": "'B",
        "title": "'plain",
        "price": "1000",
        "description": "-20% today",
        "category": "Dresses",
        "in_stock": "no",
    },
    {
        "sku": "C",
        "title": "Café 가디건",
        "price": "59000",
        "brand": "Brand",
        "category": "Outer > Cardigans",
        "gender": "women",
        "season": "winter",
        "in_stock": "3",
        "color": "camel",
        "variant_group": "G",
        "own note": "=x|y",
    },
)


def table() -> bytes:
    out = io.StringIO()
    writer = csv.DictWriter(out, HEAD, restval="")
    writer.writeheader()
    writer.writerows(ROWS)
    return out.getvalue().encode()


# Columns that are a shop's own business, or a moment's.
PASSING = ("id", "shop_id", "created_at", "updated_at", "row_digest", "gone_at")


@pytest.fixture
def shop() -> Shop:
    return make_shop(language="en", currency="KRW")


def import_into(shop: Shop, data: bytes, name: str) -> ImportRun:
    run = import_start(shop=shop, file=io.BytesIO(data), filename=name)
    while imports_run(shop_id=shop.pk):
        pass
    with shop_scope(shop):
        run.refresh_from_db()
    return run


def export(shop: Shop, **fields: Any) -> tuple[ShopExport, bytes]:
    with shop_scope(shop):
        made = export_start(shop=shop, **fields)
    assert exports_make(shop_id=shop.pk)
    with shop_scope(shop):
        made.refresh_from_db()
    assert made.state == "done", made.detail
    with default_storage.open(made.file) as file:
        return made, file.read()


def products(shop: Shop) -> dict[str, dict[str, Any]]:
    """Every product by SKU: its columns, the feed's words and the number of photos."""
    found = {}
    with shop_scope(shop):
        for product in Product.objects.all():
            row = {
                field.attname: getattr(product, field.attname)
                for field in Product._meta.concrete_fields
                if field.attname not in PASSING
            }
            tags = product.tags.filter(source=Tag.Source.FEED)
            row["feed tags"] = dict(tags.values_list("kind", "value"))
            row["photos"] = product.photos.count()
            found[product.sku] = row
    return found


def lines(archive: zipfile.ZipFile, name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in archive.read(f"lookus/{name}.jsonl").splitlines()]


def test_the_importer_reads_an_export_back_to_the_same_products(shop: Shop) -> None:
    run = import_into(shop, table(), "products.csv")
    assert (run.created, run.bad) == (3, 0)
    with shop_scope(shop):
        a, c = Product.objects.get(sku="A-1"), Product.objects.get(sku="C")
    make_photo(a)
    make_photo(a)
    make_photo(c)
    make_look_photo(shop)
    _, data = export(shop)
    other = make_shop(currency="KRW")
    again = import_into(other, data, "namu.zip")
    assert (again.created, again.bad, again.state) == (3, 0, "done")
    assert products(other) == products(shop)
    with shop_scope(other):
        assert Product.objects.get(sku="A-1").title == "=SUM(A1)"
        assert Product.objects.get(sku="'B").title == "'plain"


def make_look_photo(shop: Shop) -> None:
    from recommender.models import Look

    name = default_storage.save(
        f"shops/{shop.pk}/looks/aa/{'a' * 64}.jpg", ContentFile(jpeg(seed=1))
    )
    with shop_scope(shop):
        Look.objects.create(slug="look", title="Look", photo=name, digest="a" * 64)


def test_without_photos_the_csv_names_their_addresses(shop: Shop) -> None:
    product = make_product(shop, sku="A", title="Shirt")
    make_photo(product, stored=False, source_url="https://shop.example/a.jpg")
    make_photo(product)
    _, data = export(shop, photos=False)
    archive = zipfile.ZipFile(io.BytesIO(data))
    text = archive.read("products.csv").decode("utf-8-sig")
    (row,) = csv.DictReader(io.StringIO(text))
    first, second = row["image_url"].split(" | ")
    assert first == "https://shop.example/a.jpg"
    assert second.startswith("http")
    assert not [name for name in archive.namelist() if name.startswith("photos/")]
    other = make_shop()
    run = import_into(other, archive.read("products.csv"), "products.csv")
    assert run.created == 1 or run.bad == 1  # The second address is this machine's own.


def test_cells_that_begin_a_formula_are_quoted(shop: Shop) -> None:
    import_into(shop, table(), "products.csv")
    _, data = export(shop)
    text = zipfile.ZipFile(io.BytesIO(data)).read("products.csv").decode("utf-8-sig")
    cells = [cell for row in csv.reader(io.StringIO(text)) for cell in row]
    assert "'=SUM(A1)" in cells
    assert "'@Namu" in cells
    assert "'-20% today" in cells
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]


def test_every_table_of_the_shop_is_in_it_or_left_out_by_name(shop: Shop) -> None:
    fill(shop, secret="mine")
    fill(make_shop(), secret="others")
    _, data = export(shop)
    archive = zipfile.ZipFile(io.BytesIO(data))
    assert archive.testzip() is None
    for model in tenant_models():
        label = model._meta.label_lower
        if label in LEFT_OUT:
            continue
        assert lines(archive, name_of(model)), label
    told = b"".join(archive.read(name) for name in archive.namelist())
    assert b"mine" in told
    assert b"others" not in told
    assert b"sealed" not in told
    assert {model._meta.label_lower for model in tenant_models()} >= LEFT_OUT
    assert len(exported_models()) == len(tenant_models()) - len(LEFT_OUT)


def test_tags_say_who_and_how_sure(shop: Shop) -> None:
    person = make_user("editor", mall=shop.mall)
    product = make_product(shop, sku="A")
    with shop_scope(shop):
        tag_set(product=product, kind="category", value="skirt", by=person)
        Tag.objects.create(
            product=product, kind="category", value="dress", source="model", probability=0.71
        )
    _, data = export(shop)
    rows = lines(zipfile.ZipFile(io.BytesIO(data)), "tags")
    told = {row["source"]: row for row in rows if row["kind"] == "category"}
    assert told["model"]["probability"] == 0.71
    assert told["person"]["by"] == person.email
    assert {row["sku"] for row in rows} == {"A"}


def test_two_products_of_one_photo_carry_it_once(shop: Shop) -> None:
    data = jpeg(seed=5)
    for sku in ("A", "B"):
        make_photo(make_product(shop, sku=sku), data=data)
    _, packed = export(shop)
    names = zipfile.ZipFile(io.BytesIO(packed)).namelist()
    assert len([name for name in names if name.startswith("photos/")]) == 1


def test_a_photo_that_is_gone_from_the_storage_stops_nothing(shop: Shop) -> None:
    photo = make_photo(make_product(shop))
    default_storage.delete(str(photo.file.name))
    made, _ = export(shop)
    assert made.state == "done"


def test_one_at_a_time_and_a_dead_workers_is_made_anew(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    from lookus.leaving import exports

    with shop_scope(shop):
        made = export_start(shop=shop)
    with shop_scope(shop), pytest.raises(ExportUnderWay):
        export_start(shop=shop)

    def dies(*args: Any, **named: Any) -> Any:
        raise KeyboardInterrupt

    monkeypatch.setattr(exports, "products_csv", dies)
    with pytest.raises(KeyboardInterrupt):
        exports_make(shop_id=shop.pk)
    monkeypatch.undo()
    assert not exports_make(shop_id=shop.pk)
    from tenants.models import Outbox

    past = timezone.now() - timedelta(seconds=1)
    Outbox.objects.update(leased_until=past)
    assert exports_make(shop_id=shop.pk)
    with shop_scope(shop):
        made.refresh_from_db()
    assert (made.state, made.attempts) == ("done", 2)
    folder = default_storage.listdir(f"shops/{shop.pk}/exports")[1]
    assert len(folder) == 1


def test_the_link_is_the_owners_for_a_week(shop: Shop) -> None:
    owner = Desk(shop)
    assert owner.post("export/", photos="yes").status_code == 302
    assert "being made" in owner.page("export/")
    assert owner.get("export/progress/").json()["ended"] is False
    exports_make(shop_id=shop.pk)
    with shop_scope(shop):
        made = ShopExport.objects.get()
    assert mail.outbox[-1].to == [owner.user.email]
    assert "Download" in owner.page("export/")
    link = f"closing/export/{made.pk}/"
    data = b"".join(owner.get(link).streaming_content)
    assert zipfile.ZipFile(io.BytesIO(data)).testzip() is None
    for role in ("editor", "viewer"):
        assert Desk(shop, role).get(link).status_code == 403
        assert Desk(shop, role).get("export/").status_code == 403
    stranger = Desk(make_shop())
    assert stranger.client.get(f"/admin/{shop.slug}/{link}").status_code == 404
    assert stranger.get(link).status_code == 404
    assert owner.client.get(f"/media/{made.file}").status_code == 404
    with shop_scope(shop):
        ShopExport.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert owner.get(link).status_code == 404
    assert exports_forget() == 1
    assert not default_storage.exists(made.file)


def test_memory_stays_flat(shop: Shop, tmp_path: Any) -> None:
    def peak(rows: int) -> int:
        with shop_scope(shop):
            have = Product.objects.count()
            Product.objects.bulk_create(
                Product(sku=f"S{n}", title="T" * 200, description="D" * 2000, currency="KRW")
                for n in range(have, rows)
            )
        with shop_scope(shop):
            export_start(shop=shop, photos=False)
        tracemalloc.start()
        try:
            exports_make(shop_id=shop.pk)
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()

    peak(600)  # What is loaded once.
    few, many = peak(1_000), peak(8_000)
    assert many / few < 1.3
