"""Products that look the same point to one original, and stop when they no longer do."""

from typing import Any

import numpy as np
import pytest

from catalog.models import Garment, Product
from catalog.services.folds import FOLD_COLOR, FOLD_DISTANCE, fold_settle
from catalog.services.photos import photo_remove
from catalog.services.products import ProductRow, product_saved, products_put
from tenants.models import Shop
from tenants.scope import shop_scope
from tests.factories import make_garment, make_photo, make_product, make_shop, unit_vector
from vision.types import WHOLE_PHOTO

pytestmark = pytest.mark.django_db

SAME, OTHER = FOLD_DISTANCE / 3, FOLD_DISTANCE * 2


@pytest.fixture
def shop() -> Shop:
    return make_shop()


def turned(vector: list[float], distance: float, *, towards: int = 999) -> list[float]:
    """A unit vector at this cosine distance of a unit vector."""
    here, aside = np.array(vector), np.array(unit_vector(towards))
    aside -= (aside @ here) * here
    aside /= np.linalg.norm(aside)
    cosine = 1 - distance
    return [float(one) for one in cosine * here + np.sqrt(1 - cosine**2) * aside]


def palette(*lab: float) -> list[dict[str, Any]]:
    return [{"lab": list(lab), "share": 1.0, "name": "x", "name_ko": "x", "family": "blue"}]


def listed(shop: Shop, embedding: list[float], product: Any = (), **garment: Any) -> Product:
    """A product with one garment, settled."""
    made = make_product(shop, **dict(product))
    photo = make_photo(made, stored=False, state="done", revision="r")
    make_garment(photo, embedding=embedding, **garment)
    settle(made)
    return made


def settle(product: Product) -> None:
    with shop_scope(product.shop_id):
        fold_settle(product_id=product.pk)


def folds(*products: Product) -> list[int | None]:
    """Of each product what its rows say; they must say one thing."""
    found = []
    for product in products:
        with shop_scope(product.shop_id):
            (fold,) = set(Garment.objects.filter(product=product).values_list("fold", flat=True))
        found.append(fold)
    return found


def move(product: Product, **fields: Any) -> None:
    with shop_scope(product.shop_id):
        Garment.objects.filter(product=product).update(**fields)
    settle(product)


def test_the_second_of_two_alike_points_to_the_first(shop: Shop) -> None:
    base = unit_vector(1)
    first = listed(shop, base)
    second = listed(shop, turned(base, SAME))
    third = listed(shop, turned(base, OTHER))
    assert folds(first, second, third) == [None, first.pk, None]
    # Again, from either side, it is the same.
    settle(first)
    settle(second)
    assert folds(first, second) == [None, first.pk]


@pytest.mark.parametrize(
    ("garment", "folded"),
    [
        ({}, True),
        ({"category": "coat"}, False),
        ({"revision": "another"}, False),
        ({"is_product": False}, False),
        ({"color_family": "black", "pattern": "check"}, True),
        ({"palette": palette(17 + FOLD_COLOR, 3, -17)}, True),
        ({"palette": palette(17, 40, -17)}, False),
        ({"palette": []}, False),
    ],
)
def test_only_the_same_kind_of_the_same_dye(shop: Shop, garment: Any, folded: bool) -> None:
    base = unit_vector(1)
    listed(shop, base, **garment)
    second = listed(shop, turned(base, SAME))
    assert (folds(second) != [None]) is folded


def test_the_least_id_is_the_original_whatever_the_order(shop: Shop) -> None:
    base = unit_vector(1)
    made = [listed(shop, unit_vector(at + 2)) for at in range(4)]
    with shop_scope(shop):
        for at, product in enumerate(made):
            rows = Garment.objects.filter(product=product)
            rows.update(embedding=turned(base, SAME * at / 4))
    for at in (2, 3, 1, 0):
        settle(made[at])
    assert folds(*made) == [None, made[0].pk, made[0].pk, made[0].pk]


def test_variants_are_not_look_alikes(shop: Shop) -> None:
    base = unit_vector(1)
    listed(shop, base, variant_group="dress-1")
    variant = listed(shop, base, variant_group="dress-1")
    assert folds(variant) == [None]
    assert folds(listed(shop, base, variant_group="dress-2")) != [None]


def test_another_shops_product_is_never_the_original(shop: Shop) -> None:
    base = unit_vector(1)
    theirs = listed(make_shop(), base)
    assert folds(listed(shop, base), theirs) == [None, None]


def test_all_photos_of_a_product_say_the_same(shop: Shop) -> None:
    base = unit_vector(1)
    first = listed(shop, base)
    second = make_product(shop)
    for vector in (turned(base, SAME), unit_vector(2)):
        make_garment(make_photo(second, stored=False, revision="r"), embedding=vector)
    settle(second)
    assert folds(second) == [first.pk]


def test_a_garment_that_was_made_out_stands_above_a_whole_photo(shop: Shop) -> None:
    base = unit_vector(1)
    first = listed(shop, base)
    second = make_product(shop)
    for vector, region in ((unit_vector(2), WHOLE_PHOTO), (turned(base, SAME), "upper")):
        photo = make_photo(second, stored=False, revision="r")
        make_garment(photo, embedding=vector, region=region)
    settle(second)
    assert folds(second) == [first.pk]


def test_a_look_alike_points_to_an_original_never_to_a_look_alike(shop: Shop) -> None:
    base = unit_vector(1)
    first = listed(shop, base)
    step = FOLD_DISTANCE * 0.7
    second = listed(shop, turned(base, step))
    # As near to the second as that is to the first, and too far from the first.
    third = listed(shop, turned(base, step * 3.4))
    assert folds(first, second, third) == [None, first.pk, None]


def test_another_photo_of_the_original_frees_who_no_longer_looks_like_it(shop: Shop) -> None:
    base = unit_vector(1)
    first, second, third = (listed(shop, turned(base, SAME * at)) for at in (0, 0.5, 1))
    assert folds(first, second, third) == [None, first.pk, first.pk]
    move(first, embedding=unit_vector(2))
    assert folds(first, second, third) == [None, None, second.pk]


def test_many_with_one_placeholder_get_another_original_in_a_few_statements(
    shop: Shop, django_assert_max_num_queries: Any
) -> None:
    placeholder = unit_vector(1)
    made = [listed(shop, placeholder) for _ in range(25)]
    odd = listed(shop, turned(placeholder, FOLD_DISTANCE * 0.9))
    assert folds(*made, odd) == [None] + [made[0].pk] * 25
    with django_assert_max_num_queries(30):
        move(made[0], embedding=turned(placeholder, 0.9))
    assert folds(*made, odd) == [None, None] + [made[1].pk] * 24


def test_an_original_that_becomes_a_look_alike_takes_its_own_along(shop: Shop) -> None:
    base, else_where = unit_vector(1), unit_vector(2)
    first, second = listed(shop, base), listed(shop, turned(base, SAME))
    third = listed(shop, else_where)
    fourth = listed(shop, turned(else_where, SAME))
    move(third, embedding=turned(base, SAME, towards=5))
    assert folds(first, second, third) == [None, first.pk, first.pk]
    assert folds(fourth) == [None]


def test_two_that_look_like_the_original_and_not_like_each_other_both_point_to_it(
    shop: Shop,
) -> None:
    base, near = unit_vector(1), FOLD_DISTANCE * 0.9
    first = listed(shop, base)
    second = listed(shop, turned(base, near, towards=7))
    third = listed(shop, turned(base, near, towards=8))
    assert folds(first, second, third) == [None, first.pk, first.pk]
    settle(second)
    assert folds(first, second, third) == [None, first.pk, first.pk]


def test_the_look_alikes_of_a_deleted_original_stay_together(shop: Shop) -> None:
    base = unit_vector(1)
    first, second, third = (listed(shop, turned(base, SAME * at)) for at in (0, 0.5, 1))
    with shop_scope(shop):
        gone = first.pk
        first.delete()
    assert folds(second, third) == [gone, gone]
    assert folds(listed(shop, turned(base, SAME, towards=7))) == [gone]


def test_a_product_that_is_settled_is_folded(shop: Shop) -> None:
    base = unit_vector(1)
    heads = {
        kind: {"value": value, "probability": 0.9, "unsure": False, "top": [[value, 0.9]]}
        for kind, value in {"category": "shirt", "pattern": "solid", "style": "casual"}.items()
    }
    made = []
    for vector in (base, turned(base, SAME)):
        product = make_product(shop, title="Thing")
        photo = make_photo(product, stored=False, state="done", revision="r")
        make_garment(photo, embedding=vector, tags=heads)
        with shop_scope(shop):
            product_saved(product=product)
        made.append(product)
    assert folds(*made) == [None, made[0].pk]
    with shop_scope(shop):
        for product in made:
            product.variant_group = "shirts"
            product.save()
            product_saved(product=product)
    assert folds(*made) == [None, None]


def test_an_import_that_groups_two_look_alikes_parts_them(shop: Shop) -> None:
    base = unit_vector(1)
    first, second = listed(shop, base), listed(shop, turned(base, SAME))
    assert folds(second) == [first.pk]
    rows = [ProductRow(one.sku, {"variant_group": "shirts"}) for one in (first, second)]
    with shop_scope(shop):
        products_put(rows=rows, currency="KRW")
    assert folds(first, second) == [None, None]


def test_a_product_whose_first_photo_goes_is_compared_by_the_next(shop: Shop) -> None:
    base = unit_vector(1)
    first, second = listed(shop, base), listed(shop, turned(base, SAME))
    make_garment(make_photo(second, stored=False, revision="r"), embedding=unit_vector(2))
    settle(second)
    assert folds(second) == [first.pk]
    with shop_scope(shop):
        photo_remove(photo=second.photos.get(position=0))
    assert folds(second) == [None]
