import pytest

from catalog.words import category_of, exact_value, one_value


@pytest.mark.parametrize(
    ("title", "category"),
    [
        ("린넨 오버핏셔츠", "shirt"),
        ("여성 니트 반팔 티셔츠", "t-shirt"),
        ("셔츠 원피스", "dress"),
        ("데님 팬츠", "jeans"),
        ("트렌치코트", "coat"),
        ("파티 드레스", "dress"),
        ("Denim shirt dress", "dress"),
        ("Cardigan with belt", "cardigan"),
        ("Leather ankle boots for women", "boots"),
        ("Two dresses", "dress"),
        ("Running shoes", "sneakers"),
        ("Autumn gift card", None),
        ("", None),
    ],
)
def test_titles_name_a_category(title: str, category: str | None) -> None:
    assert category_of(title) == category


def test_the_first_text_that_says_something_counts() -> None:
    assert category_of("TS-1042", "Women > Tops > Shirts") == "shirt"


def test_values_of_columns() -> None:
    assert one_value("color", "Navy blue") == "navy"
    assert one_value("color", "네이비") == "navy"
    assert one_value("pattern", "스트라이프") == "stripe-fine"
    assert exact_value("pattern", "a striped one") is None
    assert one_value("material", "100% cotton") == "cotton"
    assert one_value("color", "see photo") is None
