"""Amounts are whole numbers of the smallest unit, and read the same by everybody."""

import pytest

from billing.money import read, shown, typed


@pytest.mark.parametrize(
    ("amount", "currency", "words"),
    [
        (39000, "KRW", "₩39,000"),
        (0, "KRW", "₩0"),
        (-1500, "KRW", "−₩1,500"),
        (3900, "USD", "$39.00"),
        (5, "USD", "$0.05"),
        (-123456, "USD", "−$1,234.56"),
    ],
)
def test_an_amount_is_shown_with_its_sign(amount, currency, words):
    assert shown(amount, currency) == words


@pytest.mark.parametrize("amount", [0, 5, 50, 1999, 123456])
@pytest.mark.parametrize("currency", ["KRW", "USD"])
def test_what_is_shown_or_typed_is_read_back(amount, currency):
    assert read(shown(amount, currency), currency) == amount
    assert read(typed(amount, currency), currency) == amount


@pytest.mark.parametrize(
    ("text", "currency"),
    [
        *(("", "KRW"), ("-5", "KRW"), ("1.5", "KRW"), ("1.", "KRW"), ("₩", "KRW"), ("five", "KRW")),
        *(("1.999", "USD"), ("1.x", "USD"), (".5", "USD"), ("1e3", "USD"), ("٣", "USD")),
    ],
)
def test_what_is_no_amount_is_refused(text, currency):
    with pytest.raises(ValueError, match="no amount of"):
        read(text, currency)
