import pytest

from catalog.imports.prices import PriceError, read_currency, read_price


@pytest.mark.parametrize(
    ("text", "currency", "amount"),
    [
        ("39000", "KRW", 39000),
        ("39,000원", "KRW", 39000),
        ("₩39,000", "KRW", 39000),
        ("39.000", "KRW", 39000),
        ("39000.00", "KRW", 39000),
        ("1,239,000 KRW", "KRW", 1239000),
        ("39.90", "USD", 3990),
        ("39.9", "USD", 3990),
        ("39", "USD", 3900),
        ("1,234.50", "USD", 123450),
        ("1.234,50", "EUR", 123450),
        ("1 234,50", "EUR", 123450),
        ("€ 12,5", "EUR", 1250),
        ("0", "KRW", 0),
    ],
)
def test_prices_as_people_write_them(text: str, currency: str, amount: int) -> None:
    assert read_price(text, currency).amount == amount


def test_the_cell_may_name_its_currency() -> None:
    price = read_price("39.90 USD", "KRW")
    assert (price.amount, price.currency, price.named) == (3990, "USD", True)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("free", "price_not_a_number"),
        ("ask", "price_not_a_number"),
        ("12,34,56", "price_not_a_number"),
        ("1.2.3", "price_not_a_number"),
        ("12 pieces", "price_not_a_number"),
        ("-500", "price_negative"),
        ("₩-500", "price_negative"),
        ("39000.5", "price_too_fine"),
        ("9" * 30, "price_too_large"),
    ],
)
def test_what_is_no_price(text: str, code: str) -> None:
    with pytest.raises(PriceError) as error:
        read_price(text, "KRW")
    assert error.value.code == code
    assert text[:5] in str(error.value)


def test_currencies() -> None:
    assert read_currency("usd") == "USD"
    assert read_currency("원") == "KRW"
    with pytest.raises(PriceError, match="is no currency"):
        read_currency("gold")
