"""A run is taken back, as far as nobody changed since what it wrote."""

from typing import Any

import pytest
from django.utils import timezone

from catalog import tasks
from catalog.models import Garment, ImportChange, Photo, Product, Tag
from catalog.services.imports import import_undo, undoing
from catalog.services.products import product_saved
from catalog.services.tags import tag_set
from tenants.models import AuditEntry, Outbox
from tenants.scope import shop_scope
from tests.catalog.runs import HEADER, answered, finished, imported, skus, table, undone
from tests.factories import make_shop
from tests.support.photos import painted_png
from tests.support.zips import zipped

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("sent")]


def state_of(shop: Any) -> Any:
    """The catalogue as rows, without what only says when."""
    with shop_scope(shop):
        products = [
            (one.sku, one.title, one.price, one.attributes, one.brand, one.pk)
            for one in Product.objects.order_by("sku")
        ]
        tags = sorted(Tag.objects.values_list("product__sku", "kind", "value", "source"))
        photos = sorted(Photo.objects.values_list("product__sku", "position", "source_url"))
        return products, tags, photos


def test_new_products_go_changed_ones_get_their_values_back_and_gone_ones_return() -> None:
    shop = make_shop()
    imported(
        shop,
        table(1, 2, color="navy", image_url="https://e.com/1.jpg") + "S3,Coat,9,red,\n",
    )
    before = state_of(shop)
    changed = (
        HEADER
        + "S1,Other,5,red,https://e.com/2.jpg\n"
        + "S2,Shirt 2,1002,navy,https://e.com/1.jpg|https://e.com/3.jpg\nS4,New,1,,\n"
    )
    run = imported(shop, changed, complete=True)
    assert (run.created, run.updated, run.gone) == (1, 2, 1)
    assert state_of(shop) != before
    after = undone(run)
    assert (after.state, after.summary["undone"], after.summary["left"]) == ("undone", 4, 0)
    assert state_of(shop) == before
    with shop_scope(shop):
        assert AuditEntry.objects.filter(action="import undo").exists()
        with pytest.raises(ValueError, match="cannot be undone"):
            import_undo(run=after)
    assert imported(shop, changed).created == 0


def test_what_a_person_or_a_later_run_changed_is_left_and_told() -> None:
    shop = make_shop()
    imported(shop, table(1, 2, 3))
    run = imported(shop, HEADER + "".join(f"S{n},New {n},77,,\n" for n in range(1, 7)))
    with shop_scope(shop):
        product = Product.objects.get(sku="S1")
        product.price = 5
        product.save()
        product_saved(product=product)
        edited = Product.objects.get(sku="S4")
        edited.title = "By hand"
        edited.save()
        tag_set(product=Product.objects.get(sku="S5"), kind="pattern", value="dot", by=None)
    imported(shop, HEADER + "S2,New 2,88,,\n")
    after = undone(run)
    assert after.state == "undone"
    with shop_scope(shop):
        left = ImportChange.objects.filter(run=run, result="left").order_by("sku")
        assert [(one.sku, sorted(one.after)) for one in left] == [
            ("S1", ["price"]),
            ("S2", ["price"]),
            ("S4", []),
            ("S5", []),
        ]
        values = dict(Product.objects.values_list("sku", "price"))
        titles = dict(Product.objects.values_list("sku", "title"))
    assert values == {"S1": 5, "S2": 88, "S3": 1003, "S4": 77, "S5": 77}
    assert titles["S1"] == "Shirt 1" and titles["S4"] == "By hand"


def test_an_undo_that_dies_goes_on_and_one_that_lost_its_lease_writes_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(undoing, "CHUNK", 2)
    shop = make_shop()
    imported(shop, table(1, 2, 3, 4, 5))
    run = imported(shop, table(1, 2, 3, 4, 5, price=7))
    with shop_scope(shop):
        import_undo(run=run)
    real, calls = undoing._take_back, []

    def dies(*args: Any) -> None:
        calls.append(args)
        if len(calls) == 2:
            raise KeyboardInterrupt
        real(*args)

    with monkeypatch.context() as broken:
        broken.setattr(undoing, "_take_back", dies)
        with pytest.raises(KeyboardInterrupt):
            tasks.run_imports(shop.pk)
    with shop_scope(shop):
        assert Product.objects.filter(price=7).count() == 3
    tasks.run_imports(shop.pk)
    with shop_scope(shop):
        assert Product.objects.filter(price=7).count() == 3
    Outbox.objects.filter(topic="import").update(leased_until=timezone.now())
    assert finished(run).summary["undone"] == 5
    with shop_scope(shop):
        assert not Product.objects.filter(price=7).exists()


def test_photos_whose_garments_are_there_are_not_tagged_again() -> None:
    shop = make_shop()
    shirt = painted_png("upper")
    imported(shop, zipped({"a.png": shirt, "b.png": painted_png("lower")}), "a.zip")
    tasks.tag_photos(shop.pk)
    with shop_scope(shop):
        seen = Garment.objects.get(product__sku="a")
    run = imported(shop, HEADER + "a,A,,,https://e.com/new.jpg\n".replace("A,,", "A,1,"))
    assert run.updated == 1
    undone(run)
    with shop_scope(shop):
        photo = Photo.objects.get(product__sku="a")
        assert (photo.state, photo.source_url, photo.file.name[-4:]) == ("done", "", ".png")
        assert Garment.objects.get(product__sku="a").pk == seen.pk
    assert not Outbox.objects.filter(topic="photo").exists()


def test_a_failed_file_and_one_that_asks_can_be_undone_and_a_dry_run_cannot(
    settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from catalog.services.imports import reading

    monkeypatch.setattr(reading, "CHUNK", 1)
    settings.IMPORT_ASK_LEAST = 2
    shop = make_shop()
    dry = imported(shop, table(1), dry=True)
    with shop_scope(shop), pytest.raises(ValueError, match="cannot be undone"):
        import_undo(run=dry)
    imported(shop, table(1, 2, 3, 4))
    asking = imported(shop, table(1, 9), complete=True)
    assert asking.state == "asking"
    assert undone(asking).state == "undone"
    assert skus(shop) == ["S1", "S2", "S3", "S4"]
    with pytest.raises(ValueError, match="asks nothing"):
        answered(asking, yes=True)
