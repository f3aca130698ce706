"""Filters as values, and which garments and products pass them."""

from typing import Any

import pytest

from catalog.models import ProductFacet
from recommender.fields import FiltersField
from recommender.filter_check import filters_check, kinds_check
from recommender.filter_shape import MOST_KINDS, FilterRefused, filters_of
from recommender.filters import Filters, eligible_products, filtered, searchable
from tenants.models import Shop
from tenants.problems import Problem
from tenants.scope import NoShopScope, shop_scope
from tests.factories import (
    REVISION,
    make_garment,
    make_key,
    make_photo,
    make_product,
    make_shop,
)
from tests.recommender.stock import ask, skus

RED = Filters(values={"color": ("red",)})


def test_filters_go_through_json_and_order_makes_no_difference() -> None:
    one = Filters(
        values={"color": ("red", "blue"), "brand": ("Mori",), "style": ()},
        price_min=0,
        price_max=5000,
        in_stock=False,
    )
    other = Filters(
        values={"brand": ("Mori",), "color": ("blue", "red")},
        price_min=0,
        price_max=5000,
        in_stock=False,
    )
    said = {
        "brand": ["Mori"],
        "color": ["blue", "red"],
        "price": {"min": 0, "max": 5000},
        "in_stock": False,
    }
    assert one.as_json() == other.as_json() == said
    assert Filters.from_json(said) == other
    assert Filters.from_json(Filters().as_json()) == Filters()
    assert filters_of(said) == Filters.from_json(said)


def test_filters_that_ask_nothing_are_false() -> None:
    assert not Filters()
    assert not Filters(values={"color": ()})
    assert all((RED, Filters(price_min=0), Filters(in_stock=False)))


def test_the_later_word_counts_kind_by_kind() -> None:
    first = Filters(values={"color": ("red",), "category": ("dress",)}, price_max=5000)
    later = Filters(values={"color": ("blue",)}, price_min=100, in_stock=True)
    assert first.merged(later) == Filters(
        values={"color": ("blue",), "category": ("dress",)},
        price_min=100,
        price_max=5000,
        in_stock=True,
    )
    assert first.merged(Filters()) == first


def test_one_kind_is_taken_out() -> None:
    whole = Filters(values={"color": ("red",)}, price_min=1, price_max=2, in_stock=True)
    assert whole.without("color") == Filters(price_min=1, price_max=2, in_stock=True)
    assert whole.without("price") == Filters(values={"color": ("red",)}, in_stock=True)
    assert whole.without("in_stock").in_stock is None
    assert whole.without("brand") == whole


@pytest.mark.parametrize(
    ("data", "code", "field"),
    [
        ([], "not_an_object", ""),
        ({"colour": ["red"]}, "unknown_filter", ""),
        ({"attr:": ["x"]}, "unknown_filter", ""),
        ({"attr:" + "n" * 56: ["x"]}, "unknown_filter", ""),
        ({"attr:a\0b": ["x"]}, "unknown_filter", ""),
        ({7: ["x"]}, "unknown_filter", ""),
        ({"sleeve": ["none"]}, "unknown_value", "sleeve"),
        ({"gender": ["girls"]}, "unknown_value", "gender"),
        ({"group": ["tops"]}, "unknown_value", "group"),
        ({"brand": [""]}, "not_a_value", "brand"),
        ({"brand": [1]}, "not_a_value", "brand"),
        ({"brand": ["x" * 121]}, "not_a_value", "brand"),
        ({"brand": ["a\0"]}, "not_a_value", "brand"),
        ({"brand": ["\ud800"]}, "not_a_value", "brand"),
        ({"brand": {"a": 1}}, "not_a_list", "brand"),
        ({"brand": ["x"] * 51}, "not_a_list", "brand"),
        ({"in_stock": "yes"}, "not_a_yes", "in_stock"),
        ({"in_stock": 1}, "not_a_yes", "in_stock"),
        ({"price": {"min": True}}, "not_a_price", "price.min"),
        ({f"attr:{at}": ["x"] for at in range(MOST_KINDS + 1)}, "too_many", ""),
    ],
)
def test_the_form_is_checked_without_the_shop(data: Any, code: str, field: str) -> None:
    with pytest.raises(FilterRefused) as refused:
        filters_of(data)
    assert (refused.value.code, refused.value.field) == (code, field)
    with pytest.raises(Exception, match=r"\w"):
        FiltersField().to_internal_value(data)


def test_one_value_may_stand_without_a_list_and_none_asks_nothing() -> None:
    found = filters_of({"sleeve": "long", "brand": ["A", "A"], "style": None, "attr:fit": "wide"})
    assert found == Filters(
        values={"sleeve": ("long",), "brand": ("A",), "attr:fit": ("wide",)},
    )


def stock(shop: Shop, sku: str, *, facets: Any = (), product: Any = (), **garment: Any) -> None:
    made = make_product(shop, sku=sku, **dict(product))
    photo = make_photo(made, stored=False, state="done", revision=REVISION)
    make_garment(photo, **garment)
    with shop_scope(shop):
        for kind, value in facets:
            ProductFacet.objects.create(product=made, kind=kind, value=value)


@pytest.fixture
def shop() -> Shop:
    shop = make_shop(language="en")
    stock(
        shop,
        "blouse",
        facets=[("brand", "Mori"), ("sleeve", "long"), ("season", "spring")],
        product={"price": 3000},
        category="blouse",
        style="romantic",
        color_family="white",
    )
    stock(
        shop,
        "sneakers",
        facets=[("brand", "Haru"), ("attr:sole", "rubber"), ("season", "24FW")],
        product={"price": 9000, "in_stock": False},
        category="sneakers",
        style="sporty",
        color_family="red",
    )
    stock(
        shop,
        "dress",
        facets=[("brand", "Mori"), ("sleeve", "short"), ("attr:sole", "none")],
        product={"price": None},
        category="dress",
        style="romantic",
        color_family="red",
    )
    return shop


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({}, "blouse dress sneakers"),
        ({"style": ["romantic"]}, "blouse dress"),
        ({"group": ["top"]}, "blouse"),
        ({"group": ["top", "footwear"]}, "blouse sneakers"),
        ({"group": ["top"], "category": ["dress"]}, ""),
        ({"category": ["shirt"]}, "blouse"),
        ({"category": ["shoes", "dress"]}, "dress sneakers"),
        ({"brand": ["Mori"]}, "blouse dress"),
        ({"brand": ["Mori", "Haru"], "color": ["red"]}, "dress sneakers"),
        ({"sleeve": ["long", "short"]}, "blouse dress"),
        ({"sleeve": ["long"], "brand": ["Haru"]}, ""),
        ({"season": ["24FW", "spring"]}, "blouse sneakers"),
        ({"attr:sole": ["rubber"]}, "sneakers"),
        ({"attr:sole": ["rubber", "none"], "in_stock": True}, "dress"),
        ({"in_stock": False}, "sneakers"),
        ({"price": {"min": 0}}, "blouse sneakers"),
        ({"neckline": ["v"]}, ""),
    ],
)
def test_what_passes(shop: Shop, said: Any, expected: str) -> None:
    filters = filters_of(said)
    with shop_scope(shop):
        garments = filtered(searchable(REVISION), filters)
        skus = sorted(garments.values_list("product__sku", flat=True))
        ids = sorted(eligible_products(filters, REVISION))
        assert sorted(garments.values_list("product_id", flat=True)) == ids
    assert skus == expected.split()


@pytest.mark.django_db
def test_a_product_with_many_photos_passes_once_and_only_by_its_own_garment(shop: Shop) -> None:
    with shop_scope(shop):
        (dress,) = eligible_products(Filters(values={"category": ("dress",)}), REVISION)
        product = searchable(REVISION).get(product_id=dress).product
    for fields in ({}, {"is_product": False, "color_family": "green"}):
        make_garment(
            make_photo(product, stored=False, revision=REVISION),
            **({"category": "dress", "color_family": "red"} | fields),
        )
    with shop_scope(shop):
        assert list(eligible_products(RED.merged(Filters(in_stock=True)), REVISION)) == [dress]
        assert not eligible_products(Filters(values={"color": ("green",)}), REVISION)
        assert not eligible_products(Filters(), "another-revision")


@pytest.mark.django_db
def test_another_shops_facets_let_nothing_pass(shop: Shop) -> None:
    other = make_shop()
    stock(other, "theirs", facets=[("brand", "Theirs")])
    with shop_scope(shop):
        assert not eligible_products(Filters(values={"brand": ("Theirs",)}), REVISION)
    with pytest.raises(NoShopScope):
        list(eligible_products(Filters(values={"brand": ("Theirs",)}), REVISION))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("said", "field", "told"),
    [
        ({"brand": ["Theirs"]}, "filters.brand", ["'Theirs'", "Mori, Haru"]),
        ({"brand": ["Mori", "HARU"]}, "filters.brand", ["'HARU'", "are Haru, Mori"]),
        ({"season": ["23SS"]}, "filters.season", ["'23SS'", "24FW, spring"]),
        ({"attr:sole": ["wood"]}, "filters.attr:sole", ["'wood'", "none, rubber"]),
        ({"attr:heel": ["high"]}, "filters", ["'attr:heel'", "sleeve", "brand", "attr:sole"]),
    ],
)
def test_what_the_shop_does_not_have_is_named_with_what_it_has(
    shop: Shop, said: Any, field: str, told: list[str]
) -> None:
    other = make_shop()
    stock(other, "theirs", facets=[("brand", "Theirs"), ("attr:heel", "high")])
    with shop_scope(shop), pytest.raises(Problem) as problem:
        filters_check(filters_of(said))
    (error,) = problem.value.errors
    assert (problem.value.code, error["field"]) == ("validation_error", field)
    for word in told:
        assert word in error["message"]
    assert "high" not in error["message"]


@pytest.mark.django_db
def test_what_everybody_has_costs_no_statement_and_the_shops_own_costs_one(
    shop: Shop, django_assert_num_queries: Any
) -> None:
    with shop_scope(shop):
        with django_assert_num_queries(0):
            filters_check(filters_of({"neckline": ["v"], "group": ["top"], "price": {"max": 1}}))
        with django_assert_num_queries(1):
            filters_check(
                filters_of(
                    {"brand": ["Mori", "Haru"], "season": ["winter"], "attr:sole": ["rubber"]}
                )
            )


@pytest.mark.django_db
def test_a_shop_without_any_says_so(shop: Shop) -> None:
    with shop_scope(make_shop()), pytest.raises(Problem) as problem:
        filters_check(filters_of({"brand": ["Mori"]}))
    assert problem.value.errors[0]["message"].endswith("there are –.")


@pytest.mark.django_db
def test_facets_that_there_are_not(shop: Shop) -> None:
    with shop_scope(shop):
        kinds_check(["color", "price", "in_stock", "brand", "neckline", "attr:sole"])
        for kind in ("colour", "attr:heel", "attr:", ""):
            with pytest.raises(Problem) as problem:
                kinds_check(["color", kind])
            (error,) = problem.value.errors
            assert (error["field"], error["code"]) == ("facets", "unknown_facet")
            assert "attr:sole" in error["message"] and "in_stock" in error["message"]


def refusal(reply: Any) -> tuple[int, str, str, str]:
    body = reply.json()
    (error,) = body["errors"]
    return reply.status_code, body["code"], error["field"], error["message"]


@pytest.mark.django_db
def test_the_api_takes_the_shops_own_words_and_refuses_others_naming_its_own(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    stock(make_shop(), "theirs", facets=[("brand", "Theirs")])
    monkeypatch.setattr("recommender.services.live_revision", lambda shop: REVISION)
    token = make_key("sk", shop=shop)[1]
    assert set(skus(ask(token, product_id="dress", filters={"brand": ["Mori"]}))) == {"blouse"}
    own = {"attr:sole": "rubber", "in_stock": False, "group": ["footwear"]}
    assert skus(ask(token, product_id="dress", filters=own)) == ["sneakers"]
    wrong = {"filters": {"brand": ["Theirs"]}, "product_id": "dress"}
    assert refusal(ask(token, **wrong)) == (
        400,
        "validation_error",
        "filters.brand",
        "There is no brand 'Theirs'; there are Mori, Haru.",
    )
    assert refusal(ask(token, **wrong, lang="ko"))[3] == (
        "brand에 'Theirs' 값은 없어요. 쓸 수 있는 값: Mori, Haru."
    )
    stock_word = refusal(ask(token, product_id="dress", filters={"in_stock": "yes"}, lang="ko"))
    assert stock_word[2:] == ("filters.in_stock", "true 또는 false로 적어 주세요.")
    for filters in ({"attr:heel": ["high"]}, {"colour": ["red"]}):
        status, _, field, message = refusal(ask(token, product_id="dress", filters=filters))
        assert (status, field) == (400, "filters")
        assert "neckline" in message or "sleeve" in message
