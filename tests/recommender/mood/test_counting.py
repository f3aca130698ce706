"""Counting a shop's styles: whose word counts, how an unsure one counts, and what is left out."""

import pytest

from catalog import seeing
from catalog.models import Product, Tag
from recommender.mood.counting import PICKS, Counted, counted, fingerprint
from recommender.mood.styles import OWN, styles
from tenants.models import Shop
from tenants.scope import shop_scope
from tests.factories import make_shop
from tests.recommender.mood.wardrobe import Source, hang
from vision.types import WHOLE_PHOTO

pytestmark = pytest.mark.django_db


@pytest.fixture
def shop() -> Shop:
    return make_shop()


def count(shop: Shop) -> Counted:
    with shop_scope(shop):
        return counted(head=OWN, styles=styles(OWN), revision=seeing.revision())


def test_an_unsure_product_counts_in_each_of_its_styles(shop: Shop) -> None:
    hang(shop, "casual", sure=0.6, rest="street")
    hang(shop, "street", sure=0.9)
    found = count(shop)
    assert found.counts == {"casual": 0.6, "street": pytest.approx(1.3)}
    assert found.products == 2


def test_a_persons_word_stands_above_the_feeds_and_that_above_the_models(shop: Shop) -> None:
    product = hang(shop, "casual")
    with shop_scope(shop):
        Tag.objects.create(product=product, kind="style", value="party", source=Source.FEED)
    assert count(shop).counts == {"party": 1.0}
    with shop_scope(shop):
        Tag.objects.create(product=product, kind="style", value="formal", source=Source.PERSON)
    assert count(shop).counts == {"formal": 1.0}


def test_what_is_no_style_of_the_head_is_left_out(shop: Shop) -> None:
    hang(shop, "shabby", source=Source.FEED)
    assert count(shop) == Counted({}, {}, 0)


@pytest.mark.parametrize(
    "garment", [{"revision": "older"}, {"is_product": False}, {"region": WHOLE_PHOTO}]
)
def test_what_searches_do_not_see_is_left_out(shop: Shop, garment: dict[str, object]) -> None:
    hang(shop, "casual", **garment)
    assert count(shop).products == 0


def test_bags_and_shoes_say_nothing_beside_clothes(shop: Shop) -> None:
    """Nearly all of them are called casual: they would make every shop so."""
    hang(shop, "casual", category="bag")
    hang(shop, "casual", category="sneakers")
    assert count(shop).counts == {"casual": 2.0}  # There is nothing else.
    hang(shop, "party", category="dress")
    found = count(shop)
    assert (found.counts, found.products) == ({"party": 1.0}, 1)


def test_the_surest_are_picked_one_of_a_group(shop: Shop) -> None:
    unsure = hang(shop, "casual", sure=0.5)
    sure = hang(shop, "casual", sure=0.9, variant_group="tee")
    hang(shop, "casual", sure=0.8, variant_group="tee")
    said = hang(shop, "casual", source=Source.PERSON)
    other = hang(shop, "street")
    assert count(shop).picks == {"casual": [said.pk, sure.pk, unsure.pk], "street": [other.pk]}


def test_no_more_are_picked_than_a_page_shows(shop: Shop) -> None:
    for _ in range(PICKS + 3):
        hang(shop, "casual")
    assert len(count(shop).picks["casual"]) == PICKS


def test_another_shops_products_do_not_count(shop: Shop) -> None:
    hang(make_shop(), "party")
    hang(shop, "casual")
    assert count(shop).counts == {"casual": 1.0}


def test_the_fingerprint_follows_the_tags(shop: Shop) -> None:
    seen = set()

    def look() -> None:
        with shop_scope(shop):
            seen.add(fingerprint(head=OWN, revision="now"))

    look()
    product = hang(shop, "casual")
    look()
    look()
    assert len(seen) == 2
    with shop_scope(shop):
        Tag.objects.create(product=product, kind="style", value="party", source=Source.PERSON)
    look()
    with shop_scope(shop):
        Product.objects.filter(pk=product.pk).delete()
    look()
    assert len(seen) == 3  # Without a product it is as in the beginning.
