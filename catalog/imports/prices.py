"""Prices as people write them, to whole numbers of the currency's smallest unit."""

import re
from dataclasses import dataclass
from functools import lru_cache

from catalog.imports.errors import Problem
from catalog.money import is_currency, precision

MAX_AMOUNT = 10**15
SYMBOLS = {
    "원": "KRW", "₩": "KRW", "￦": "KRW", "$": "USD", "US$": "USD", "€": "EUR", "£": "GBP",
    "￥": "JPY", "¥": "JPY", "円": "JPY", "엔": "JPY", "달러": "USD", "유로": "EUR",
}  # fmt: skip

_PRICE = re.compile(r"^(?P<before>\D*?)(?P<sign>[-−]?)(?P<number>\d[\d.,'\s]*)(?P<after>\D*)$")
_THOUSANDS = re.compile(r"^\d{1,3}(?:[.,' ]\d{3})+$")


class PriceError(ValueError):
    """Not a price; `code` and the message name what is wrong."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


@dataclass(frozen=True)
class Price:
    amount: int
    currency: str
    named: bool
    """Whether the cell itself named the currency."""


@lru_cache(maxsize=10_000)
def read_price(text: str, currency: str) -> Price:
    """ "39,000원" with KRW is 39000, "39.90" with EUR is 3990.

    `currency` counts where the cell names none. Raises PriceError.
    """
    found = _PRICE.match(" ".join(text.split()))
    if found is None:
        raise PriceError(
            "price_not_a_number", f"“{_short(text)}” is no price: write 39000 or 39.90"
        )
    named = _currency_in(found["before"], found["after"], text)
    if found["sign"] or "-" in found["before"] or "(" in found["before"]:
        raise PriceError("price_negative", f"“{_short(text)}” is less than nothing")
    amount = _smallest_units(found["number"].strip(" .,"), precision(named or currency), text)
    if amount > MAX_AMOUNT:
        raise PriceError("price_too_large", f"“{_short(text)}” is more than a price can be")
    return Price(amount, named or currency, named is not None)


def is_more(one: str, other: str, currency: str) -> bool:
    """Whether one cell's price is above another's; false where either is none."""
    try:
        first, second = (read_price(text, currency) for text in (one, other))
    except PriceError:
        return False
    return first.amount > second.amount


def read_currency(text: str) -> str:
    """A cell of the currency column. Raises PriceError."""
    code = SYMBOLS.get(text.strip(), text.strip().upper())
    if not is_currency(code):
        raise PriceError(
            "unknown_currency", f"“{_short(text)}” is no currency: write its code, as KRW or USD"
        )
    return code


def price_problem(field: str, text: str, error: PriceError) -> Problem:
    return Problem(field, error.code, str(error), text)


def _currency_in(before: str, after: str, text: str) -> str | None:
    words = [word.strip(" ()-−+") for word in (before, after)]
    for word in filter(None, words):
        code = SYMBOLS.get(word) or (word.upper() if is_currency(word.upper()) else None)
        if code is None:
            raise PriceError(
                "price_not_a_number", f"“{_short(text)}” is no price: write 39000 or 39.90"
            )
        return code
    return None


def _smallest_units(number: str, digits: int, text: str) -> int:
    whole, fraction = _split(number, digits, text)
    if len(fraction) > digits:
        if fraction.strip("0"):
            raise PriceError(
                "price_too_fine",
                f"“{_short(text)}” has more places behind the point than the currency's {digits}",
            )
        fraction = fraction[:digits]
    return int(whole) * 10**digits + int(fraction.ljust(digits, "0") or "0")


def _split(number: str, digits: int, text: str) -> tuple[str, str]:
    """Whole part and places behind the point: 1,234.5 · 1.234,5 · 1 234 · 1234."""
    if _THOUSANDS.match(number) and len(set(number) - set("0123456789")) == 1:
        return re.sub(r"\D", "", number), ""
    at = max(number.rfind("."), number.rfind(","))
    if at < 0:
        return re.sub(r"\D", "", number), ""
    whole, fraction = number[:at], number[at + 1 :]
    other = "," if number[at] == "." else "."
    plain = whole.isdigit() or (
        number[at] not in whole and _THOUSANDS.match(whole.replace(other, ","))
    )
    if not plain or not fraction.isdigit():
        raise PriceError(
            "price_not_a_number", f"“{_short(text)}” is no price: write 39000 or 39.90"
        )
    return re.sub(r"\D", "", whole), fraction


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= 40 else f"{text[:39]}…"
