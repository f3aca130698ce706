"""The terms that a product is found by."""

import pytest

from catalog.hangul import jamo, typed_as_english, typed_as_korean
from catalog.lexicon import cut
from catalog.lexicon.spelling import plain, squeezed, stem
from catalog.models import Product, Tag
from catalog.morphemes import morphemes
from catalog.terms import LONGEST, product_terms


def terms(product: Product, *tags: Tag) -> dict[str, float]:
    return product_terms(product, tags, morphemes).frequency


def pieces(text: str, **known: frozenset[str]) -> list[str]:
    return [one.shown for one in cut(text, **known)]


def test_a_title_gives_its_words_and_what_they_mean_in_any_language() -> None:
    english, korean = terms(Product(title="Linen shirts")), terms(Product(title="린넨셔츠"))
    assert {"linen", "shirt"} <= set(english)
    assert {"린넨", "셔츠"} <= set(korean)
    meaning = {"#material:linen", "#category:shirt", "#group:top"}
    assert meaning <= set(english)
    assert meaning <= set(korean)


def test_translations_brand_and_attributes_are_found_too() -> None:
    found = terms(
        Product(
            title="Linen shirt",
            brand="Pier 27",
            attributes={"made in": "Portugal", "washed": True},
            translations={"ko": {"title": "린넨 셔츠", "description": "시원하게 입어요"}},
        )
    )
    assert {"셔츠", "시원", "pier", "27", "#brand:pier27", "portugal"} <= set(found)


def test_a_title_weighs_more_than_a_description() -> None:
    title, text = terms(Product(title="Velvet")), terms(Product(title="x", description="Velvet"))
    assert title["velvet"] > text["velvet"] > 0


def test_the_last_category_of_a_title_is_the_thing() -> None:
    found = terms(Product(title="Cardigan coat with belt"))
    assert found["#category:coat"] > found["#category:cardigan"]
    assert "#category:belt" not in found


def test_a_description_says_nothing_about_kind_and_colour() -> None:
    found = terms(Product(title="Jeans", description="Goes with any white shoe. Soft cotton."))
    assert "#category:shoes" not in found
    assert "#color:white" not in found
    assert "#material:cotton" in found


def test_a_kind_is_found_by_its_parent_and_group_too() -> None:
    found = terms(Product(title="No. 7"), Tag(kind="category", value="sneakers", source="person"))
    assert found["#category:sneakers"] > found["#category:shoes"] > 0
    assert found["#group:footwear"] > 0


def test_a_doubtful_tag_weighs_less_and_a_persons_word_stands_above_it() -> None:
    plain_one = Product(title="No. 7")
    sure = Tag(kind="pattern", value="check", source="model", probability=0.9)
    unsure = Tag(kind="pattern", value="check", source="model", probability=0.9, unsure=True)
    assert terms(plain_one, sure)["#pattern:check"] > terms(plain_one, unsure)["#pattern:check"]
    said = terms(plain_one, sure, Tag(kind="pattern", value="dot", source="person"))
    assert "#pattern:dot" in said
    assert "#pattern:check" not in said


def test_small_words_are_no_terms() -> None:
    found = terms(Product(title="The shirt for you", description="이 옷은 정말 좋은 상품이에요"))
    assert not {"the", "for", "you", "옷", "상품"} & set(found)


def test_a_term_never_outgrows_its_column() -> None:
    found = terms(Product(title="x" * 300, brand="b" * 120))
    assert max(map(len, found)) == LONGEST


def test_a_word_that_the_analyser_takes_apart_is_found_as_written() -> None:
    assert {"핸드", "메이드", "핸드메이드", "울", "코트"} <= set(morphemes("핸드메이드울코트"))
    assert morphemes("니트조끼") == ["니트", "조끼"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("빨간체크 원피스로", ["빨간", "체크", "원피스", "로"]),
        ("오프 숄더 니트", ["오프 숄더", "니트"]),
        ("V넥 니트 조끼", ["v넥", "니트 조끼"]),
        ("울코트", ["울", "코트"]),
        ("거울", ["거울"]),
        ("검정이랑 흰색", ["검정", "이랑", "흰색"]),
        ("women's T-shirts", ["womens", "t shirts"]),
        ("oversize티셔츠", ["oversize", "티셔츠"]),
        ("브라우스", ["브라우스"]),
        ("", []),
    ],
)
def test_a_text_is_cut_at_its_words(text: str, expected: list[str]) -> None:
    assert pieces(text) == expected


def test_a_shops_own_words_are_pieces_and_known() -> None:
    assert [one.known for one in cut("제주감귤 니트")] == [False, True]
    known = cut("제주감귤니트", terms=frozenset(("제주감귤",)))
    assert [(one.shown, one.known) for one in known] == [("제주감귤", True), ("니트", True)]


def test_spellings_of_one_word_are_one() -> None:
    assert plain("Café’s 50,000 ＡＢＣ") == "cafes 50000 abc"
    assert [stem(one) for one in ("dresses", "skirts", "dress", "shorts", "berries")] == [
        *("dress", "skirt", "dress", "shorts", "berry")
    ]
    assert squeezed("T-Shirts") == squeezed("t shirt") == "tshirt"
    assert squeezed("오프 숄더") == "오프숄더"


def test_letters_and_the_keyboard_left_in_the_other_language() -> None:
    assert jamo("원피스") == "ㅇㅜㅓㄴㅍㅣㅅㅡ"
    assert jamo("값") == "ㄱㅏㅂㅅ"
    assert typed_as_korean("dnjsvltm") == "원피스"
    assert typed_as_korean("cjdqkwl") == "청바지"
    assert typed_as_korean("Rhc") == "꽃"
    assert typed_as_korean("dress") is None
    assert typed_as_korean("") is None
    assert typed_as_english("ㅇㄱㄷㄴㄴ") == "dress"
    assert typed_as_english("빨간") == "qkfrks"
    assert typed_as_english("abc") is None
