"""What a product can be filtered by follows its fields, its tags and its category."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from catalog.holding import tags_that_hold
from catalog.models import Product, ProductFacet, Tag
from catalog.services.facets import facets_of, facets_write
from catalog.services.products import ProductRow, product_saved, products_put
from catalog.services.tags import tag_clear, tag_set
from tenants.models import Shop
from tenants.scope import shop_scope
from tests.factories import make_garment, make_photo, make_product, make_shop

pytestmark = pytest.mark.django_db


def facets(product: Product) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    with shop_scope(product.shop_id):
        for kind, value in ProductFacet.objects.filter(product=product).values_list(
            "kind", "value"
        ):
            found.setdefault(kind, set()).add(value)
    return found


def said(product: Product, **tags: Any) -> None:
    """Words of the model."""
    with shop_scope(product.shop_id):
        for kind, value in tags.items():
            Tag.objects.create(product=product, kind=kind, value=value, source="model")


def written(product: Product) -> dict[str, set[str]]:
    with shop_scope(product.shop_id):
        facets_write(product_ids=[product.pk])
    return facets(product)


def seen(product: Product, **tags: str) -> None:
    """A garment of the product whose tags the model said; it has no other."""
    photo = make_photo(product, stored=False, state="done", revision="r")
    heads = {
        kind: {"value": value, "probability": 0.9, "unsure": False, "top": [[value, 0.9]]}
        for kind, value in tags.items()
    }
    make_garment(photo, tags=heads)


def put(shop: Shop, sku: str, **fields: Any) -> None:
    with shop_scope(shop):
        values = {"title": "Thing", "price": 1000} | fields
        products_put(rows=[ProductRow(sku, values)], currency="KRW")


def test_heads_brand_season_and_attributes_are_facets_and_columns_are_not() -> None:
    product = make_product(
        brand=" Mori ", attributes={"fabric": "linen", "sizes": ["S", "M"], "washable": True}
    )
    said(product, category="shirt", color="red", pattern="solid", gender="women", sleeve="long")
    assert written(product) == {
        "brand": {"Mori"},
        "sleeve": {"long"},
        "attr:fabric": {"linen"},
        "attr:sizes": {"S", "M"},
        "attr:washable": {"yes"},
    }


def test_a_head_that_says_nothing_about_the_category_is_left_out() -> None:
    product = make_product()
    said(product, category="boots", sleeve="long", material="leather", length="mini")
    assert written(product) == {"material": {"leather"}}
    with shop_scope(product.shop_id):
        Tag.objects.create(product=product, kind="category", value="dress", source="person")
    assert written(product) == {"material": {"leather"}, "sleeve": {"long"}, "length": {"mini"}}


def test_the_word_in_the_title_decides_which_heads_hold_where_the_model_is_unsure() -> None:
    product = make_product(title="Leather boots")
    said(product, category="shirt", sleeve="long")
    assert "sleeve" in written(product)
    with shop_scope(product.shop_id):
        Tag.objects.filter(kind="category").update(unsure=True)
        tags = list(Tag.objects.all())
        assert tags_that_hold(product, tags)["category"].value == "boots"
    assert written(product) == {}


@pytest.mark.parametrize(
    ("field", "feed", "person", "expected"),
    [
        ("", "", "", {"winter"}),
        ("", "summer", "", {"summer"}),
        ("봄/가을", "autumn", "", {"spring", "autumn"}),
        ("Spring, Summer", "", "", {"spring", "summer"}),
        ("24FW", "", "", {"24FW"}),
        ("봄/가을", "autumn", "summer", {"summer"}),
    ],
)
def test_seasons(field: str, feed: str, person: str, expected: set[str]) -> None:
    product = make_product(season=field)
    said(product, category="coat", season="winter")
    with shop_scope(product.shop_id):
        for source, value in (("feed", feed), ("person", person)):
            if value:
                Tag.objects.create(product=product, kind="season", value=value, source=source)
    assert written(product)["season"] == expected


@pytest.mark.parametrize(
    ("attributes", "expected"),
    [
        ({"care": "x" * 120}, {"attr:care": {"x" * 120}}),
        ({"care": "x" * 121}, {}),
        ({"": "y", " ": "z", "n" * 56: "long", "empty": "", "none": None, "map": {"a": 1}}, {}),
        ({"n" * 55: "y"}, {"attr:" + "n" * 55: {"y"}}),
        ({"weight": 2.5, "pieces": 3}, {"attr:weight": {"2.5"}, "attr:pieces": {"3"}}),
        ({"sizes": ["S", "S", None, ["M"]]}, {"attr:sizes": {"S"}}),
        ({"codes": [str(one) for one in range(30)]}, {"attr:codes": set(map(str, range(20)))}),
    ],
)
def test_attributes_that_a_person_would_pick_from(
    attributes: Any, expected: dict[str, set[str]]
) -> None:
    assert written(make_product(attributes=attributes)) == expected


def test_a_product_that_was_seen_has_its_facets_and_loses_what_no_longer_holds() -> None:
    product = make_product(brand="Mori")
    seen(product, category="shirt", pattern="solid", sleeve="long")
    with shop_scope(product.shop_id):
        product_saved(product=product)
    assert facets(product) == {"brand": {"Mori"}, "sleeve": {"long"}}
    with shop_scope(product.shop_id):
        tag_set(product=product, kind="sleeve", value="short", by=None)
    assert facets(product)["sleeve"] == {"short"}
    with shop_scope(product.shop_id):
        tag_clear(product=product, kind="sleeve")
        product.brand = ""
        product.save()
        product_saved(product=product)
    assert facets(product) == {"sleeve": {"long"}}


def test_an_import_moves_facets_of_products_that_are_tagged() -> None:
    shop = make_shop()
    put(shop, "A", brand="Mori")
    with shop_scope(shop):
        product = Product.objects.get()
    seen(product, category="shirt", pattern="solid", sleeve="long")
    put(shop, "A", brand="Haru", season="summer", attributes={"fit": "loose"})
    assert facets(product) == {
        "brand": {"Haru"},
        "season": {"summer"},
        "attr:fit": {"loose"},
        # Nobody has settled the product, and so the model has said nothing yet.
    }
    put(shop, "A", title="A shirt")
    assert facets(product)["sleeve"] == {"long"}


def test_many_products_are_a_handful_of_statements() -> None:
    shop = make_shop()
    products = [make_product(shop, brand=f"B{at}") for at in range(12)]
    with shop_scope(shop):
        with CaptureQueriesContext(
            connection,
        ) as first:
            assert facets_write(product_ids=[one.pk for one in products]) == 12
        assert len(first) <= 6
        with CaptureQueriesContext(connection) as second:
            assert facets_write(product_ids=[one.pk for one in products]) == 0
        assert len(second) == 3


def test_another_shops_products_are_not_touched() -> None:
    theirs, shop = make_product(brand="Theirs"), make_shop()
    written(theirs)
    with shop_scope(shop):
        assert facets_write(product_ids=[theirs.pk]) == 0
    assert facets(theirs) == {"brand": {"Theirs"}}


def test_facets_go_with_the_product() -> None:
    product = make_product(brand="Mori")
    assert written(product)
    with shop_scope(product.shop_id):
        product.delete()
        assert not ProductFacet.objects.exists()


def test_an_unsaved_product_without_anything_has_none() -> None:
    assert facets_of(Product(sku="A", title="Shirt"), {}) == set()
