"""A count says how many products choosing the value gives."""

import random
from typing import Any

import pytest

from catalog.models import Garment, Product, ProductFacet
from catalog.shop_taxonomy import shop_taxonomy
from recommender.candidates import Candidate
from recommender.facets import MOST_VALUES, Facet, facet_counts, known_kinds, usual_kinds
from recommender.filters import COLUMNS, Filters, eligible_products
from tenants.models import Shop
from tenants.scope import shop_scope
from tests.factories import REVISION, make_garment, make_photo, make_product, make_shop

pytestmark = pytest.mark.django_db

WORDS = {
    "category": ["shoes", "sneakers", "boots", "dress", "shirt", "blouse"],
    "pattern": ["solid", "check", "floral"],
    "style": ["casual", "romantic", ""],
    "color": ["red", "navy", "white"],
    "gender": ["women", "men", ""],
}
STORED = {"brand": ["Mori", "Haru", "Bom"], "sleeve": ["long", "short"], "attr:fit": ["a", "b"]}
KINDS = (*WORDS, "group", "price", "in_stock", *STORED)


def stock(shop: Shop, number: int = 0, *, facets: Any = (), **fields: Any) -> Product:
    own = {"price", "in_stock"}
    made = make_product(shop, **{name: fields[name] for name in own & fields.keys()})
    photo = make_photo(made, stored=False, state="done", revision=REVISION)
    make_garment(photo, **{name: value for name, value in fields.items() if name not in own})
    with shop_scope(shop):
        ProductFacet.objects.bulk_create(
            ProductFacet(product=made, kind=kind, value=value) for kind, value in facets
        )
    return made


def random_shop(count: int, seed: int) -> Shop:
    """Products of any kind, some with two photos; beside a shop of the same."""
    dice = random.Random(seed)
    shop, other = make_shop(currency="KRW"), make_shop()
    for number in range(count + 5):
        columns = {COLUMNS[kind]: dice.choice(words) for kind, words in WORDS.items()}
        facets = [(kind, dice.choice(words)) for kind, words in STORED.items()]
        made = stock(
            shop if number < count else other,
            facets=facets[: dice.randint(0, 3)],
            price=dice.choice([None, *range(1000, 9000, 500)]),
            in_stock=dice.random() < 0.7,
            **columns,
        )
        if dice.random() < 0.3:
            make_garment(make_photo(made, stored=False, revision=REVISION), **columns)
            make_garment(make_photo(made, stored=False, revision="old"), color_family="gold")
    return shop


def counts(facet: Facet) -> dict[str, int]:
    return {one.value: one.count for one in facet.values}


def ask(shop: Shop, *kinds: str, filters: Filters | None = None, **rest: Any) -> list[Facet]:
    with shop_scope(shop):
        return facet_counts(
            kinds=kinds,
            filters=filters or Filters(),
            revision=REVISION,
            **({"among": None, "lang": "en"} | rest),
        )


def chosen(filters: Filters, kind: str, value: Any) -> Filters:
    """The filters with this value in the place of the kind's own."""
    rest = filters.without(kind)
    if kind == "price":
        return rest.merged(Filters(price_min=value.low, price_max=value.high))
    if kind == "in_stock":
        return rest.merged(Filters(in_stock=value.value == "true"))
    return rest.merged(Filters(values={kind: (value.value,)}))


@pytest.mark.parametrize(
    "filters",
    [
        Filters(),
        Filters(values={"category": ("shoes",)}),
        Filters(values={"color": ("red", "navy"), "brand": ("Mori",)}),
        Filters(values={"group": ("footwear",), "sleeve": ("long",)}, in_stock=True),
        Filters(values={"attr:fit": ("a",), "gender": ("women",)}, price_max=6000),
        Filters(values={"color": ("gold",)}, price_min=8000),
    ],
)
def test_every_count_is_what_choosing_the_value_gives(filters: Filters) -> None:
    shop = random_shop(60, seed=4)
    found = ask(shop, *KINDS, filters=filters)
    assert [one.kind for one in found] == list(KINDS)
    with shop_scope(shop):
        for facet in found:
            rest = filters.without(facet.kind)
            for value in facet.values:
                passing = eligible_products(chosen(filters, facet.kind, value), REVISION)
                assert value.count == passing.count(), (facet.kind, value)
            # Nothing is left out: each product that passes stands under some value.
            if facet.kind in ("category", "pattern", "color"):
                listed = Filters(values={facet.kind: tuple(counts(facet))})
                all_of_them = eligible_products(rest, REVISION).count()
                assert eligible_products(rest.merged(listed), REVISION).count() == all_of_them
    assert any(value.count for facet in found for value in facet.values)


def test_only_products_that_the_words_found_are_counted() -> None:
    shop = make_shop()
    one, two, _ = (stock(shop, color_family=color) for color in ("red", "red", "navy"))
    (facet,) = ask(shop, "color", among=[one.pk, two.pk])
    assert counts(facet) == {"red": 2}
    (facet,) = ask(shop, "color", among=[])
    assert counts(facet) == {}
    (facet,) = ask(shop, "price", among=[])
    assert (facet.values, facet.low, facet.high) == ((), None, None)


def test_a_parent_counts_its_kinds_and_a_group_its_categories() -> None:
    shop = make_shop()
    for category in ("shoes", "sneakers", "sneakers", "dress"):
        stock(shop, category=category)
    category, group = ask(shop, "category", "group")
    assert counts(category) == {"shoes": 3, "sneakers": 2, "dress": 1}
    assert counts(group) == {"footwear": 3, "full-body": 1}


def test_what_stands_in_one_place_of_the_results_counts_once() -> None:
    shop = make_shop()
    first = stock(shop, color_family="red", variant_group="a")
    stock(shop, color_family="navy", variant_group="a")
    stock(shop, color_family="red", variant_group="a")
    stock(shop, color_family="red", fold=first.pk)
    plain = stock(shop, color_family="red")
    stock(shop, color_family="red", fold=plain.pk)
    wanted = {(False, False): 5, (True, False): 4, (False, True): 3, (True, True): 3}
    for (by_variant, fold), red in wanted.items():
        (facet,) = ask(shop, "color", by_variant=by_variant, fold=fold)
        assert counts(facet) == {"red": red, "navy": 1}, (by_variant, fold)


def test_the_product_that_is_the_query_is_not_counted_nor_what_stands_with_it() -> None:
    shop = make_shop()
    own = stock(shop, color_family="red", variant_group="a")
    stock(shop, color_family="red", variant_group="a")
    stock(shop, color_family="red", fold=own.pk)
    stock(shop, color_family="red", variant_group="b")
    query = Candidate(own.pk, 1, 1, 0.0, "dress", "solid", "red", variant_group="a")
    wanted = {(False, False): 3, (True, False): 2, (False, True): 2, (True, True): 1}
    for (by_variant, fold), red in wanted.items():
        (facet,) = ask(shop, "color", own=query, by_variant=by_variant, fold=fold)
        assert counts(facet) == {"red": red}, (by_variant, fold)


def test_values_are_labelled_ordered_and_marked() -> None:
    shop = make_shop()
    for color in ("red", "navy", "navy", "white"):
        stock(shop, color_family=color, facets=[("brand", "Mori"), ("attr:fit", "wide")])
    filters = Filters(values={"color": ("red", "gold")}, in_stock=True)
    color, stocked, brand = ask(shop, "color", "in_stock", "brand", filters=filters, lang="ko")
    assert [(one.value, one.count, one.selected) for one in color.values] == [
        ("navy", 2, False),
        ("red", 1, True),
        ("white", 1, False),
        ("gold", 0, True),
    ]
    assert (color.label, color.values[1].label) == ("색상", "빨강")
    assert [(one.value, one.label, one.selected) for one in stocked.values] == [
        ("true", "재고 있음", True)
    ]
    assert (brand.label, brand.values[0].label, brand.values[0].count) == ("브랜드", "Mori", 1)
    color, fit = ask(shop, "color", "attr:fit")
    assert (color.label, color.values[0].label, fit.label) == ("Colour", "Navy", "fit")


def test_the_most_frequent_values_are_listed_and_the_chosen_ones_beside_them() -> None:
    shop = make_shop()
    for number in range(MOST_VALUES + 10):
        stock(shop, facets=[("brand", f"B{number:03}")])
    stock(shop, facets=[("brand", "B059")])
    (brand,) = ask(shop, "brand", filters=Filters(values={"brand": ("B058",)}))
    listed = [one.value for one in brand.values]
    assert listed[:2] == ["B059", "B000"]
    assert len(listed) == MOST_VALUES + 1
    assert [one.value for one in brand.values if one.selected] == ["B058"]
    assert brand.left_off == 9


def test_prices_are_cut_where_a_fifth_of_the_products_is_full() -> None:
    shop = make_shop(currency="KRW")
    for price in (1000, 1000, 1000, 2000, 3000, 4000, 5000, 6000, 7000, 90000, None):
        stock(shop, price=price)
    (facet,) = ask(shop, "price", filters=Filters(price_min=2000, price_max=3000))
    assert (facet.low, facet.high) == (1000, 90000)
    assert [(one.low, one.high, one.count) for one in facet.values] == [
        (1000, 1000, 3),
        (2000, 2000, 1),
        (3000, 4000, 2),
        (5000, 6000, 2),
        (7000, 90000, 2),
    ]
    assert facet.values[2].label == "₩3,000 – ₩4,000"
    assert facet.values[0].label == "₩1,000"
    assert facet.values[0].value == "1000-1000"
    (facet,) = ask(shop, "price", filters=Filters(price_min=5000, price_max=6000))
    assert [one.selected for one in facet.values] == [False, False, False, True, False]


@pytest.mark.parametrize("prices", [[500], [500] * 9, [1, 2], list(range(1, 100))])
def test_ranges_of_prices_cover_all_and_overlap_nowhere(prices: list[int]) -> None:
    shop = make_shop()
    for price in prices:
        stock(shop, price=price)
    (facet,) = ask(shop, "price")
    assert len(facet.values) == min(5, len(set(prices)))
    assert sum(one.count for one in facet.values) == len(prices)
    ends = [end for one in facet.values for end in (one.low or 0, one.high or 0)]
    assert ends == sorted(ends)
    assert (ends[0], ends[-1]) == (min(prices), max(prices))


def test_one_statement_whatever_is_asked(django_assert_num_queries: Any) -> None:
    shop = random_shop(5, seed=1)
    kinds = [kind for kind in KINDS if kind != "price"]
    filters = Filters(values={"color": ("red",), "brand": ("Mori",)}, in_stock=True)
    with shop_scope(shop):
        shop_taxonomy()  # a process asks for the shop's own words every two seconds at most
        with django_assert_num_queries(1):
            facet_counts(kinds=kinds, filters=filters, revision=REVISION, among=[1], lang="en")
        with django_assert_num_queries(0):
            assert (
                facet_counts(kinds=(), filters=filters, revision=REVISION, among=None, lang="en")
                == []
            )


def test_another_shops_values_are_never_counted() -> None:
    shop, other = make_shop(), make_shop()
    stock(other, facets=[("brand", "Theirs"), ("attr:secret", "x")])
    stock(shop, facets=[("brand", "Ours")])
    (brand,) = ask(shop, "brand")
    assert counts(brand) == {"Ours": 1}
    with shop_scope(shop):
        assert "attr:secret" not in known_kinds()
        assert Garment.objects.count() == 1


def test_the_kinds_that_a_shop_has() -> None:
    shop = make_shop()
    always = {*WORDS, "group", "price", "in_stock"}
    with shop_scope(shop):
        assert set(known_kinds()) == always
    stock(shop, facets=[("attr:b", "1"), ("attr:a", "1"), ("sleeve", "long"), ("brand", "x")])
    with shop_scope(shop):
        kinds = known_kinds()
    assert set(kinds) == {*always, "sleeve", "brand", "attr:a", "attr:b"}
    assert kinds[-2:] == ("attr:a", "attr:b")
    assert len(kinds) == len(set(kinds))


def test_all_facets_are_those_that_a_shopper_would_choose_from(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    shop = make_shop()
    for number in range(MOST_VALUES + 1):
        own = [("attr:code", str(number)), ("brand", f"B{number}"), ("attr:same", "x")]
        stock(shop, facets=[*own, ("attr:size", str(number % 3)), ("attr:zip", str(number % 2))])
    with shop_scope(shop):
        assert set(known_kinds()) - set(usual_kinds()) == {"attr:code", "attr:same"}
        assert usual_kinds()[-3:] == ("brand", "attr:size", "attr:zip")
        monkeypatch.setattr("recommender.facets.MOST_ATTRIBUTES", 1)
        assert usual_kinds()[-2:] == ("brand", "attr:size")


def test_a_colour_has_its_plainest_shade_and_nothing_else_has_one() -> None:
    shop = make_shop()
    stock(shop, color_family="navy", pattern="check")
    stock(shop, color_family="multicolour", pattern="check")
    colors, patterns = ask(shop, "color", "pattern")
    assert {one.value: one.hex for one in colors.values} == {
        "navy": "#0b1f4b",
        "multicolour": None,
    }
    assert [one.hex for one in patterns.values] == [None]
