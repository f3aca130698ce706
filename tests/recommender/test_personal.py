"""A visitor's clicks choose among what is alike; nothing of them stays."""

from collections.abc import Sequence
from typing import Any

import pytest
from django.apps import apps

from catalog.models import Garment, Product
from recommender.candidates import by_products
from recommender.personal import MOST_CLICKS, STRENGTH, personal
from recommender.query import from_catalogue
from recommender.rank import DEFAULT_WEIGHTS, Parts, Ranked, rank
from tenants.base import TenantModel
from tenants.models import Shop
from tenants.scope import shop_scope
from tests.factories import REVISION, make_garment, make_photo, make_product, make_shop, unit_vector

pytestmark = pytest.mark.django_db


def product(shop: Shop, sku: str, *, look: int, **fields: Any) -> Product:
    """With an embedding of its own for each `look`."""
    made = make_product(shop, sku=sku)
    photo = make_photo(made, stored=False, state="done", revision=REVISION)
    make_garment(photo, embedding=unit_vector(look), **fields)
    return made


@pytest.fixture
def shop() -> Shop:
    """Dresses in two looks and colours, and one pair of trousers that looks like the clicked."""
    made = make_shop(personalised=True)
    product(made, "plain", look=1, category="dress", color_family="navy")
    product(made, "rose", look=2, category="dress", color_family="red", pattern="floral")
    product(made, "clicked", look=2, category="dress", color_family="red", pattern="floral")
    product(made, "trousers", look=2, category="trousers", color_family="red", pattern="floral")
    return made


def listed(*skus: str, gap: float = 0.01) -> list[Ranked]:
    """In this order, `gap` apart."""
    keys = dict(Product.objects.values_list("sku", "pk"))
    found = by_products([keys[sku] for sku in skus], revision=REVISION)
    return [
        Ranked(one, Parts(0.5, 0.5, 0.5, 0.5), 0.8 - gap * place) for place, one in enumerate(found)
    ]


def names(ranked: Sequence[Ranked]) -> list[str]:
    known = dict(Product.objects.values_list("pk", "sku"))
    return [known[one.candidate.product_id] for one in ranked]


def test_what_is_like_a_click_comes_before_its_equals(shop: Shop) -> None:
    with shop_scope(shop):
        order = personal(listed("plain", "rose"), clicked=["clicked"])
        assert names(order) == ["rose", "plain"]
        assert order[0].boost == pytest.approx(STRENGTH, abs=0.001)
        assert order[0].score == 0.79


def test_clicks_never_lift_over_more_than_their_strength(shop: Shop) -> None:
    with shop_scope(shop):
        order = personal(listed("plain", "rose", gap=STRENGTH + 0.01), clicked=["clicked"])
        assert names(order) == ["plain", "rose"]


def test_clicks_do_not_bring_another_kind_of_garment(shop: Shop) -> None:
    """A dress is asked for: trousers in the clicked look stay behind the plainest dress."""
    with shop_scope(shop):
        asked = from_catalogue(Garment.objects.get(product__sku="plain"))
        found = listed("plain", "rose", "trousers")
        ranked = rank(asked, [one.candidate for one in found], DEFAULT_WEIGHTS)
        assert names(personal(ranked, clicked=["clicked"]))[-1] == "trousers"


def test_what_was_clicked_is_not_pushed_itself(shop: Shop) -> None:
    with shop_scope(shop):
        order = personal(listed("plain", "clicked", "rose"), clicked=["clicked"])
        assert names(order) == ["rose", "plain", "clicked"]
        assert order[2].boost == 0


def test_a_shop_that_did_not_switch_it_on_keeps_its_order(shop: Shop) -> None:
    Shop.objects.filter(pk=shop.pk).update(personalised=False)
    with shop_scope(shop):
        assert personal(listed("plain", "rose"), clicked=["clicked"]) == listed("plain", "rose")
    assert not Shop._meta.get_field("personalised").default


def test_no_clicks_and_unknown_ones_change_nothing_and_cost_little(
    shop: Shop, django_assert_num_queries: Any
) -> None:
    with shop_scope(shop):
        found = listed("plain", "rose")
        with django_assert_num_queries(0):
            assert personal(found, clicked=[]) == found
            assert personal([], clicked=["clicked"]) == []
        with django_assert_num_queries(1):
            assert personal(found, clicked=["nobody's"]) == found
        with django_assert_num_queries(2):
            personal(found, clicked=["clicked"])


def test_only_the_latest_clicks_count_and_the_last_one_most(shop: Shop) -> None:
    product(shop, "blue", look=3, category="dress", color_family="blue")
    for number in range(MOST_CLICKS):
        product(shop, f"b{number}", look=3, category="dress", color_family="blue")
    late = [f"b{number}" for number in range(MOST_CLICKS)]
    with shop_scope(shop):
        order = personal(listed("rose", "blue"), clicked=["clicked", *late])
        assert names(order) == ["blue", "rose"]
        assert {name: one.boost for name, one in zip(names(order), order, strict=True)}[
            "rose"
        ] == pytest.approx(0, abs=0.005)
        assert names(personal(listed("blue", "rose"), clicked=["b1", "clicked"])) == [
            "rose",
            "blue",
        ]


def test_another_shops_clicks_say_nothing_here(shop: Shop) -> None:
    other = make_shop(personalised=True)
    product(other, "theirs", look=2, category="dress", color_family="red")
    with shop_scope(shop):
        assert personal(listed("plain", "rose"), clicked=["theirs"]) == listed("plain", "rose")


def test_nothing_is_stored(shop: Shop) -> None:
    with shop_scope(shop):
        before = _rows()
        personal(listed("plain", "rose"), clicked=["clicked"])
        assert _rows() == before


def _rows() -> dict[str, int]:
    kept = [model for model in apps.get_models() if issubclass(model, TenantModel)]
    return {model.__name__: model.objects.count() for model in kept}
