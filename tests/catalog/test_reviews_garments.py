"""Which garment of a photo is the product: one tap, and a rule for a brand."""

from typing import Any

import pytest

from catalog.agreement import overlap
from catalog.models import BrandRule, Garment, Photo, PhotoChoice, Product
from catalog.services.brand_rules import UnknownBrand, rule_make, rule_preview, rule_undo
from catalog.services.garments import garments_settle
from catalog.services.photo_choices import garment_point, garment_unpoint
from catalog.services.settling import products_settle
from catalog.services.tags import garment_choose, tag_set
from tenants.models import Outbox, Shop
from tenants.scope import shop_scope
from tests.catalog.reviewing import said
from tests.factories import make_garment, make_photo, make_product, make_shop

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("sent")]

UPPER = {"region": "upper", "box": [20, 10, 80, 60], "area": 0.4, "category": "t-shirt"}
LOWER = {"region": "lower", "box": [25, 60, 75, 120], "area": 0.3, "category": "trousers"}


@pytest.fixture
def shop() -> Shop:
    return make_shop()


def worn(shop: Shop, *, revision: str = "full-1", **fields: Any) -> Product:
    """A product whose photo shows a shirt, the larger one, and trousers."""
    product = make_product(shop, **({"title": "Piece"} | fields))
    photo = make_photo(product, state="done", revision=revision)
    garments(photo, revision)
    with shop_scope(shop):
        garments_settle(product=product)
    return product


def garments(photo: Photo, revision: str, *, moved: int = 0) -> None:
    for one in (UPPER, LOWER):
        box = [edge + moved for edge in one["box"]]
        tags = {"category": said(str(one["category"]), 0.9)}
        make_garment(photo, revision=revision, tags=tags, **(one | {"box": box}))


def sold(product: Product, revision: str = "full-1") -> str:
    with shop_scope(product.shop_id):
        rows = Garment.objects.filter(product=product, is_product=True, revision=revision)
        return str(rows.get().region)


def test_boxes_overlap_by_their_common_share() -> None:
    assert overlap((0, 0, 10, 10), (0, 0, 10, 10)) == 1
    assert overlap((0, 0, 10, 10), (5, 0, 15, 10)) == pytest.approx(1 / 3)
    assert overlap((0, 0, 10, 10), (20, 20, 30, 30)) == overlap((), (0, 0, 1, 1)) == 0


def test_one_tap_says_what_is_sold_and_survives_a_new_bundle(shop: Shop) -> None:
    product = worn(shop)
    assert sold(product) == "upper"
    with shop_scope(shop):
        garment_point(garment=Garment.objects.get(region="lower"), by=None)
        assert sold(product) == "lower"
        photo = Photo.objects.get()
        garments(photo, "full-2", moved=6)
        garments_settle(product=product)
        assert (sold(product), sold(product, "full-2")) == ("lower", "lower")
        assert Product.objects.get().tags.get(kind="category", source="model").value == "trousers"
        # Another photo in its place is another matter.
        Photo.objects.update(digest="f" * 64)
        garments_settle(product=product)
        assert sold(product) == "upper"
        Photo.objects.update(digest=photo.digest)
        assert garment_unpoint(photo=photo)
        assert sold(product) == "upper" and not garment_unpoint(photo=photo)
        assert not PhotoChoice.objects.exists()


def test_where_the_place_is_empty_the_same_part_of_the_body_is_taken(shop: Shop) -> None:
    product = worn(shop)
    with shop_scope(shop):
        garment_point(garment=Garment.objects.get(region="lower"), by=None)
        PhotoChoice.objects.update(box=[500, 500, 510, 510])
        garments_settle(product=product)
        assert sold(product) == "lower"


def settle(shop: Shop) -> int:
    return products_settle(shop_id=shop.pk)


def test_a_rule_holds_for_a_brand_for_what_comes_later_and_is_taken_back(shop: Shop) -> None:
    first, second = worn(shop, brand="Namu"), worn(shop, brand="Namu")
    other = worn(shop, brand="Sol")
    named = worn(shop, brand="Namu", title="Wide trousers")
    with shop_scope(shop):
        preview = rule_preview(brand="Namu", region="lower")
        assert (preview.products, preview.changed) == (3, 2)
        assert [one[0] for one in preview.examples] == [first.pk, second.pk]
        assert sold(first) == "upper", "a preview changes nothing"
        rule = rule_make(brand="Namu", region="lower", by=None)
        assert rule.products == 2
    assert Outbox.objects.filter(topic="settle").count() == 3
    assert settle(shop) == 3
    assert [sold(one) for one in (first, second, other, named)] == [
        *("lower", "lower", "upper", "lower")
    ]
    assert not Outbox.objects.filter(topic="settle").exists()
    assert sold(worn(shop, brand="Namu")) == "lower", "imports that come later follow it"
    with shop_scope(shop):
        assert rule_undo(rule_id=rule.pk) is not None
        assert rule_undo(rule_id=rule.pk) is None
    settle(shop)
    assert sold(first) == "upper"


def test_a_person_on_the_product_or_photo_stands_above_the_rule(shop: Shop) -> None:
    chosen, pointed, categorised = (worn(shop, brand="Namu") for _ in range(3))
    with shop_scope(shop):
        upper = Garment.objects.filter(region="upper")
        garment_choose(garment=upper.get(product=chosen), by=None)
        garment_point(garment=upper.get(product=pointed), by=None)
        tag_set(product=categorised, kind="category", value="t-shirt", by=None)
        assert rule_preview(brand="Namu", region="lower").changed == 0
        rule_make(brand="Namu", region="lower", by=None)
    settle(shop)
    assert {sold(one) for one in (chosen, pointed, categorised)} == {"upper"}


def test_a_rule_can_be_narrowed_to_a_category(shop: Shop) -> None:
    named, plain = worn(shop, brand="Namu", title="Cardigan"), worn(shop, brand="Namu")
    with shop_scope(shop):
        rule_make(brand="Namu", region="lower", category="cardigan", by=None)
    settle(shop)
    assert (sold(named), sold(plain)) == ("lower", "upper")


def test_a_new_rule_takes_the_place_of_the_one_before(shop: Shop) -> None:
    product = worn(shop, brand="Namu")
    with shop_scope(shop):
        rule_make(brand="Namu", region="lower", by=None)
        rule_make(brand="Namu", region="upper", by=None)
        assert BrandRule.objects.get(undone_at=None).region == "upper"
    settle(shop)
    assert sold(product) == "upper"


def test_unknown_brands_and_garments_are_refused(shop: Shop) -> None:
    worn(shop, brand="Namu")
    with shop_scope(shop):
        with pytest.raises(UnknownBrand):
            rule_preview(brand="Nobody", region="lower")
        for wrong in ({"region": "wings"}, {"region": "lower", "category": "spaceship"}):
            with pytest.raises(ValueError, match="no "):
                rule_preview(brand="Namu", **wrong)


def test_settling_leaves_quietly_what_is_gone(shop: Shop) -> None:
    product = worn(shop, brand="Namu")
    with shop_scope(shop):
        rule_make(brand="Namu", region="lower", by=None)
        Product.objects.filter(pk=product.pk).delete()
    assert settle(shop) == 1
    assert settle(shop) == 0
    assert products_settle(shop_id=0) == 0
