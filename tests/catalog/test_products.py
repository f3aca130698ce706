"""Products, their photos, tags and garments in step."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from catalog import tasks
from catalog.models import Garment, Photo, Product, Tag
from catalog.seeing import revision
from catalog.selectors import live_revision, photo_progress, tags_of
from catalog.services.photos import (
    PhotoSource,
    photo_add,
    photo_remove,
    photo_store,
)
from catalog.services.products import Outcome, ProductRow, product_saved, products_put
from catalog.services.tags import garment_choose, tag_clear, tag_set
from tenants.models import Outbox, Shop
from tenants.scope import shop_scope
from tests.factories import make_garment, make_photo, make_product, make_shop, make_user
from tests.support.photos import painted_png

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("sent")]


def put(shop: Shop, *rows: ProductRow) -> list[Outcome]:
    with shop_scope(shop):
        return products_put(rows=rows, currency="KRW")


def row(sku: str = "A", photos: Any = None, tags: Any = None, **fields: Any) -> ProductRow:
    return ProductRow(sku, {"title": "Shirt", "price": 1000} | fields, tags or {}, photos)


def tagged_product(shop: Shop, *photos: bytes, title: str = "Something") -> Product:
    stored = [PhotoSource(stored=photo_store(shop_id=shop.pk, data=data)) for data in photos]
    put(shop, row("A", stored, title=title))
    tasks.tag_photos(shop.pk)
    with shop_scope(shop):
        assert photo_progress().done == len(photos)
        return Product.objects.get(sku="A")


def test_new_changed_and_the_same() -> None:
    shop = make_shop()
    assert put(shop, row("A"), row("B")) == ["created", "created"]
    assert put(shop, row("A"), row("B", price=900)) == ["unchanged", "updated"]
    assert put(shop, row("A", tags={"color": "navy"})) == ["updated"]
    assert put(shop, row("A", tags={"color": "navy"})) == ["unchanged"]
    with shop_scope(shop):
        assert Tag.objects.get().source == "feed"
    assert put(shop, row("A")) == ["updated"]
    with shop_scope(shop):
        assert not Tag.objects.exists()


def test_a_second_put_of_many_is_a_few_reads() -> None:
    shop = make_shop()
    rows = [row(f"S{n}", [PhotoSource(url=f"https://e.com/{n}.jpg")]) for n in range(300)]
    put(shop, *rows)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert set(put(shop, *rows)) == {"unchanged"}
    statements = [one["sql"] for one in queries if one["sql"].startswith(("SELECT", "UPDATE"))]
    assert len(statements) <= 5
    assert not any("UPDATE" in one for one in statements)


def test_photos_follow_the_row() -> None:
    shop = make_shop()
    first, second, third = (PhotoSource(url=f"https://e.com/{n}.jpg") for n in range(3))
    put(shop, row(photos=[first, second]))
    with shop_scope(shop):
        kept = Photo.objects.get(position=0)
    Outbox.objects.all().delete()
    assert put(shop, row(photos=[first, third])) == ["updated"]
    assert put(shop, row()) == ["unchanged"]
    with shop_scope(shop):
        assert [photo.source_url[-5:] for photo in Photo.objects.all()] == ["0.jpg", "2.jpg"]
        assert Photo.objects.get(position=0).pk == kept.pk
        assert Outbox.objects.get(topic="photo").object_id == Photo.objects.get(position=1).pk
    assert put(shop, row(photos=[first])) == ["updated"]
    with shop_scope(shop):
        assert Photo.objects.get().pk == kept.pk


def test_the_same_photo_again_is_nothing_to_do() -> None:
    shop = make_shop()
    data = painted_png("upper")
    product = tagged_product(shop, data)
    again = photo_store(shop_id=shop.pk, data=data)
    assert put(shop, row("A", [PhotoSource(stored=again)], title="Something")) == ["unchanged"]
    with shop_scope(shop):
        assert product.photos.get().state == "done"


def test_the_title_says_which_garment_the_product_is() -> None:
    shop = make_shop()
    product = tagged_product(shop, painted_png("upper", "lower"), title="와이드 슬랙스")
    with shop_scope(shop):
        assert Garment.objects.get(is_product=True).region == "lower"
        product.title = "린넨 셔츠"
        product.save()
        product_saved(product=product)
        assert Garment.objects.get(is_product=True).region == "upper"


@pytest.mark.parametrize("unsure", [True, False])
def test_where_the_model_is_unsure_the_title_names_the_category(unsure: bool) -> None:
    shop = make_shop()
    product = make_product(shop, title="메리노 니트 폴로")
    said = {"value": "hat", "probability": 0.2, "top": [["hat", 0.2]], "unsure": unsure}
    garment = make_garment(make_photo(product, state="done"), tags={"category": said})
    with shop_scope(shop):
        product_saved(product=product)
        garment.refresh_from_db()
        assert garment.category == ("polo" if unsure else "hat")
        assert tags_of(product.pk)["category"].value == "hat"


def test_photos_of_a_product_agree_whichever_is_seen_last() -> None:
    shop = make_shop()
    tagged_product(
        shop, painted_png("upper", "lower"), painted_png("lower"), painted_png("lower", shade=9)
    )
    with shop_scope(shop):
        products = Garment.objects.filter(is_product=True)
        assert set(products.values_list("region", flat=True)) == {"lower"}
        assert products.count() == 3


def test_a_person_stands_above_the_feed_and_the_feed_above_the_model() -> None:
    shop = make_shop()
    editor = make_user("editor", mall=shop.mall)
    product = tagged_product(shop, painted_png("upper"))
    with shop_scope(shop):
        model = tags_of(product.pk)["pattern"]
        assert model.source == "model"
        others = [one for one in ("check", "dot", "floral") if one != model.value]
    put(shop, row("A", tags={"pattern": others[0]}, title="Something"))
    with shop_scope(shop):
        assert Garment.objects.get().pattern == others[0]
        tag = tag_set(product=product, kind="pattern", value=others[1], by=editor)
        assert (tag.by, tag.source) == (editor, "person")
        assert Garment.objects.get().pattern == others[1]
        assert tags_of(product.pk)["pattern"].value == others[1]
        assert Garment.objects.get().tags["pattern"]["value"] == model.value
        assert tag_clear(product=product, kind="pattern") is True
        assert tag_clear(product=product, kind="pattern") is False
        assert Garment.objects.get().pattern == others[0]


def test_a_persons_tag_outlives_a_new_look_at_the_photos() -> None:
    shop = make_shop()
    product = tagged_product(shop, painted_png("upper"))
    with shop_scope(shop):
        tag_set(product=product, kind="category", value="hat", by=None)
        from catalog.services.photos import photos_retag

        photos_retag(photo_ids=product.photos.values_list("pk", flat=True))
    tasks.tag_photos(shop.pk)
    with shop_scope(shop):
        assert Garment.objects.get().category == "hat"
        assert tags_of(product.pk)["category"].source == "person"


def test_unknown_kinds_and_values_are_refused() -> None:
    shop = make_shop()
    product = make_product(shop)
    with shop_scope(shop):
        with pytest.raises(ValueError, match="no pattern 'plaid'"):
            tag_set(product=product, kind="pattern", value="plaid", by=None)
        with pytest.raises(ValueError, match="no kind 'smell'"):
            tag_set(product=product, kind="smell", value="x", by=None)


def test_a_person_chooses_the_garment() -> None:
    shop = make_shop()
    product = tagged_product(shop, painted_png("upper", "lower"), title="셔츠")
    with shop_scope(shop):
        other = Garment.objects.get(region="lower")
        garment_choose(garment=other, by=None)
        assert Garment.objects.get(is_product=True).pk == other.pk
        assert tags_of(product.pk)["category"].value == other.category


def test_price_stock_and_gender_reach_the_search_table() -> None:
    shop = make_shop()
    tagged_product(shop, painted_png("upper"))
    put(shop, row("A", title="Something", price=2000, sale_price=1500, in_stock=False))
    with shop_scope(shop):
        found = Garment.objects.get()
        assert (found.selling_price, found.in_stock) == (1500, False)
    put(shop, row("A", title="Something", price=2000, sale_price=None, gender="men"))
    with shop_scope(shop):
        found = Garment.objects.get()
        assert (found.selling_price, found.gender) == (2000, "men")


def test_a_product_edited_by_hand_is_followed() -> None:
    shop = make_shop()
    product = make_product(shop, price=1000)
    garment = make_garment(make_photo(product, state="done"))
    with shop_scope(shop):
        product.price, product.in_stock = 700, False
        product.save()
        product_saved(product=product)
        garment.refresh_from_db()
        assert (garment.selling_price, garment.in_stock) == (700, False)


def test_photos_added_and_removed() -> None:
    shop = make_shop()
    product = tagged_product(shop, painted_png("upper"), title="Something")
    stored = photo_store(shop_id=shop.pk, data=painted_png("lower"))
    with shop_scope(shop):
        added = photo_add(product=product, source=PhotoSource(stored=stored))
        assert added.position == 1
    tasks.tag_photos(shop.pk)
    with shop_scope(shop):
        assert Garment.objects.filter(product=product).count() == 2
        photo_remove(photo=Photo.objects.get(position=0))
        assert Garment.objects.get().region == "lower"
        assert tags_of(product.pk)["category"].value == Garment.objects.get().category


def test_the_live_revision_is_the_configured_bundles() -> None:
    assert live_revision(make_shop()) == revision()


def test_a_stranger_sees_and_changes_none_of_it() -> None:
    shop, stranger = make_shop(), make_shop()
    product = tagged_product(shop, painted_png("upper"))
    assert put(stranger, row("A", price=5)) == ["created"]
    with shop_scope(stranger):
        assert tags_of(product.pk) == {}
        assert not Garment.objects.exists()
    with shop_scope(shop):
        assert Product.objects.get().price == 1000
