"""Prices in words."""

import pytest

from recommender.words.prices import price_words


@pytest.mark.parametrize(
    ("text", "least", "most"),
    [
        ("under 50,000원", None, 50000),
        ("5만원 이하", None, 50000),
        ("5만 이하", None, 50000),
        ("5만원 미만으로", None, 50000),
        ("5만원 안 넘는", None, 50000),
        ("5만원보다 싼", None, 50000),
        ("최대 5만원", None, 50000),
        ("오만원 이하", None, 50000),
        ("만원 이하", None, 10000),
        ("1.5만원 이하", None, 15000),
        ("2만 5천원 이하", None, 25000),
        ("under 50k", None, 50000),
        ("under 50", None, 50000),
        ("30,000원 이상", 30000, None),
        ("over 100,000", 100000, None),
        ("3만원대", 30000, 39999),
        ("10만원대", 100000, 199999),
        ("이만원대로", 20000, 29999),
        ("3~5만원", 30000, 50000),
        ("3-5만원대", 30000, 59999),
        ("3만원에서 5만원 사이", 30000, 50000),
        ("between 20000 and 40000 won", 20000, 40000),
        ("20000~40000", 20000, 40000),
        ("5만~3만원", 30000, 50000),
        ("around 50,000 won", 40000, 60000),
        ("5만원 정도", 40000, 60000),
    ],
)
def test_won(text: str, least: int | None, most: int | None) -> None:
    read, rest = price_words(f"dress {text}", "KRW")
    assert read is not None
    assert (read.least, read.most, read.foreign) == (least, most, False)
    assert rest.split() == ["dress"]


@pytest.mark.parametrize(
    ("text", "least", "most"),
    [
        ("$20-40", 2000, 4000),
        ("under $40", None, 4000),
        ("below 29.99", None, 2999),
        ("from $20 to $40", 2000, 4000),
        ("40 dollars or less", None, 4000),
        ("30달러 이하", None, 3000),
        ("$30대", 3000, 3999),
    ],
)
def test_dollars_are_counted_in_cents(text: str, least: int | None, most: int | None) -> None:
    read, _ = price_words(text, "USD")
    assert read is not None
    assert (read.least, read.most) == (least, most)


@pytest.mark.parametrize(
    "text",
    [
        *("501 jeans", "7부 소매", "3/4 sleeve", "100% cotton", "2 piece set", "size 28"),
        *("만화 티셔츠", "천 가방", "만년필", "v넥 1번", "1990s jacket", ""),
    ],
)
def test_other_numbers_are_no_prices(text: str) -> None:
    assert price_words(text, "KRW") == (None, text)


@pytest.mark.parametrize(("text", "currency"), [("under $40", "KRW"), ("5만원 이하", "USD")])
def test_another_currency_is_taken_out_and_told(text: str, currency: str) -> None:
    read, rest = price_words(f"shirt {text}", currency)
    assert read is not None
    assert (read.foreign, read.words) == (True, text)
    assert rest.strip() == "shirt"


@pytest.mark.parametrize(
    "text", ["9" * 200 + "원 이하", "under " + "1," * 90, "~" * 200, "만" * 200]
)
def test_senseless_numbers_end_quickly(text: str) -> None:
    price_words(text, "KRW")
