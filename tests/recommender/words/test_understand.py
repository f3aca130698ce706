"""Reading a shopper's words in a shop's scope."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from catalog.models import Product
from catalog.services.products import products_remove
from recommender.words import understand
from tenants.models import Shop
from tenants.scope import NoShopScope, shop_scope
from tests.factories import make_shop
from tests.recommender.words.shelf import read, shelve, write

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("sent")]


@pytest.fixture
def shop() -> Shop:
    made = make_shop(language="ko", currency="KRW")
    shelve(
        made,
        "A",
        "제주감귤 가디건",
        product={"brand": "Pier 27"},
        category="cardigan",
        sleeve="long",
        neckline="v",
        length="regular",
    )
    shelve(
        made,
        "B",
        "Sunday morning shirt",
        product={"brand": "모리"},
        category="shirt",
        sleeve="short",
        length="mini",
    )
    shelve(made, "C", "민소매 원피스", category="dress", sleeve="sleeveless", neckline="collar")
    write(made)
    return made


def values(understood: Any) -> dict[str, tuple[str, ...]]:
    return {kind: tuple(sorted(one)) for kind, one in understood.filters.values.items()}


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("gown", {"category": ("dress",)}),
        ("드레스", {"category": ("dress",)}),
        ("린넨셔츠", {"category": ("shirt",)}),
        ("shirt dress", {"category": ("dress",)}),
        ("dress shirt", {"category": ("shirt",)}),
        ("니트 원피스", {"category": ("dress",)}),
        ("셔츠나 블라우스", {"category": ("blouse", "shirt")}),
        ("black, white sneakers", {"category": ("sneakers",), "color": ("black", "white")}),
        ("카멜 코트", {"category": ("coat",), "color": ("beige", "brown")}),
        ("dress with a red belt", {"category": ("dress",)}),
        ("하얀 오프 숄더 블라우스", {"category": ("blouse",), "color": ("white",)}),
        ("아우터", {"category": ("blazer", "coat", "jacket", "vest")}),
        ("네이비색으로", {"color": ("navy",)}),
        ("but in red", {"color": ("red",)}),
        ("like this but with long sleeves", {"sleeve": ("long",)}),
        ("소매 없는 걸로", {"sleeve": ("sleeveless",)}),
        ("without sleeves", {"sleeve": ("sleeveless",)}),
        ("무늬 없는 거", {"pattern": ("solid",)}),
        ("no pattern please", {"pattern": ("solid",)}),
        ("반팔 말고 긴팔로", {"sleeve": ("long",)}),
        ("빨간 원피스 말고 파란 원피스", {"category": ("dress",), "color": ("blue",)}),
        ("not red but blue", {"color": ("blue",)}),
        ("pier 27 가디건", {"brand": ("Pier 27",), "category": ("cardigan",)}),
        ("모리의 셔츠", {"brand": ("모리",), "category": ("shirt",)}),
        ("여자 셔츠", {"category": ("shirt",), "gender": ("unisex", "women")}),
    ],
)
def test_what_a_text_asks_for(shop: Shop, text: str, wanted: dict[str, tuple[str, ...]]) -> None:
    assert values(read(shop, text)) == wanted


@pytest.mark.parametrize(
    ("text", "kind", "refused"),
    [
        ("not black", "color", {"black"}),
        ("anything but black or white", "color", {"black", "white"}),
        ("검정이랑 흰색 말고", "color", {"black", "white"}),
        ("체크 아닌 셔츠", "pattern", {"check"}),
        ("no stripes", "pattern", {"stripe-fine", "stripe-wide", "stripe-vertical"}),
        ("카라 없는 원피스", "neckline", {"collar"}),
    ],
)
def test_what_is_not_wanted_leaves_all_the_others(
    shop: Shop, text: str, kind: str, refused: set[str]
) -> None:
    asked = read(shop, text)
    left = set(asked.filters.values[kind])
    assert left
    assert not left & refused
    assert asked.changes[kind] == ()
    assert {one.negated for one in asked.chips if one.kind == kind} == {True}


@pytest.mark.parametrize(
    ("text", "least", "most"),
    [
        ("5만원 이하 원피스", None, 50000),
        ("dress under 50,000원", None, 50000),
        ("3만원대 셔츠", 30000, 39999),
        ("3~5만원 가방", 30000, 50000),
        ("2만5천원 이상", 25000, None),
        ("under 50", None, 50000),
        ("십만원대 코트", 100000, 199999),
        ("5만원 원피스", 40000, 60000),
    ],
)
def test_prices_are_bounds(shop: Shop, text: str, least: int | None, most: int | None) -> None:
    asked = read(shop, text).filters
    assert (asked.price_min, asked.price_max) == (least, most)


def test_a_price_in_another_currency_is_told_and_not_used(shop: Shop) -> None:
    asked = read(shop, "shirt under $40")
    assert asked.foreign == "under $40"
    assert (asked.filters.price_min, asked.filters.price_max) == (None, None)
    assert asked.unknown == ()


def test_chips_stand_in_the_shoppers_language(shop: Shop) -> None:
    text = "빨간 줄무늬 원피스 5만원 이하 검정 말고 재고 있는"
    assert [one.label for one in read(shop, text, lang="ko").chips] == [
        "빨강",
        "줄무늬",
        "원피스",
        "검정 제외",
        "재고 있음",
        "₩50,000 이하",
    ]
    assert [one.label for one in read(shop, text, lang="en").chips] == [
        "Red",
        "Stripes",
        "Dress",
        "Not black",
        "In stock",
        "Up to ₩50,000",
    ]


def test_a_chip_that_is_taken_off_leaves_its_words_as_words(shop: Shop) -> None:
    whole = read(shop, "red dress under 50,000")
    assert [one.id for one in whole.chips] == ["color:red", "category:dress", "price"]
    asked = read(shop, "red dress under 50,000", off=["color:red", "price"])
    assert values(asked) == {"category": ("dress",)}
    assert asked.filters.price_max is None
    assert "red" in asked.terms
    assert "#color:red" not in asked.terms
    assert [one.id for one in asked.chips] == ["category:dress"]


@pytest.mark.parametrize(
    ("text", "mended"),
    [
        ("브라우스", {"브라우스": "블라우스"}),
        ("체크브라우스", {"체크브라우스": "체크 블라우스"}),
        ("원피쓰", {"원피쓰": "원피스"}),
        ("dnjsvltm", {"dnjsvltm": "원피스"}),
        ("ㅇㄱㄷㄴㄴ", {}),
        ("stripd blouze", {"stripd": "stripe", "blouze": "blouse"}),
        ("cardgian", {"cardgian": "cardigan"}),
        ("제주감굴 가디건", {"제주감굴": "제주감귤"}),
        ("mornign shirt", {"mornign": "morning"}),
        ("zzyzx", {}),
    ],
)
def test_misspelt_words_are_mended(shop: Shop, text: str, mended: dict[str, str]) -> None:
    assert read(shop, text).mended == mended


def test_words_of_the_shop_are_not_mended_and_unknown_ones_are_told(shop: Shop) -> None:
    asked = read(shop, "sunday 제주감귤 zzyzx")
    assert asked.terms == ("sunday", "제주감귤")
    assert asked.unknown == ("zzyzx",)


def test_a_new_product_teaches_its_words(shop: Shop) -> None:
    assert read(shop, "gauzee").mended == {}
    product = shelve(shop, "D", "Gauze blanket")
    write(shop)
    assert read(shop, "gauzee").mended == {"gauzee": "gauze"}
    with shop_scope(shop):
        products_remove(product_ids=[product.pk])
    assert read(shop, "gauzee").mended == {}


def test_what_only_ranks_changes_a_photo_but_filters_nothing(shop: Shop) -> None:
    asked = read(shop, "오버핏 가죽으로")
    assert values(asked) == {}
    assert asked.changes == {"fit": ("loose",), "material": ("leather",)}
    assert asked.terms == ("#fit:loose", "#material:leather")


def test_where_no_product_is_tagged_with_it_a_sleeve_only_ranks(shop: Shop) -> None:
    asked = read(shop, "칠부 소매 셔츠")
    assert values(asked) == {"category": ("shirt",)}
    assert "#sleeve:three-quarter" in asked.terms


def test_one_statement_reads_a_text_that_is_spelt_right(shop: Shop) -> None:
    with shop_scope(shop), CaptureQueriesContext(connection) as statements:
        understand("빨간 체크무늬 원피스 5만원 이하", lang="ko", currency="KRW")
    assert len(statements) == 1


@pytest.mark.parametrize(
    "text",
    ["", "   ", "!!!", "말고", "not", "or", "의", "-", "#", "a" * 200, "ㅋㅋㅋ", "👗", "%_\\'\""],
)
def test_texts_that_say_nothing_ask_for_nothing(shop: Shop, text: str) -> None:
    asked = read(shop, text)
    assert not asked.filters
    assert asked.chips == ()


@pytest.mark.django_db(transaction=True)
def test_another_shops_words_are_unknown_here(shop: Shop) -> None:
    stranger = make_shop(currency="KRW")
    assert read(stranger, "pier 27").filters.values == {}
    assert "제주감귤" in read(stranger, "제주감귤 코트").unknown
    assert read(stranger, "제주감굴").mended == {}


def test_it_needs_a_scope() -> None:
    with pytest.raises(NoShopScope):
        understand("red dress", lang="en", currency="KRW")


def test_a_brand_is_named_as_the_shop_writes_it(shop: Shop) -> None:
    with shop_scope(shop):
        assert Product.objects.get(sku="A").brand == "Pier 27"
    chip = read(shop, "PIER27 cardigan").chips[0]
    assert (chip.id, chip.label) == ("brand:Pier 27", "Pier 27")
