"""Prices: whole numbers of a currency's smallest unit (won, cents), and how people read them."""

from decimal import Decimal
from functools import lru_cache

from babel.numbers import format_currency, get_currency_precision, list_currencies


def is_currency(code: str) -> bool:
    """Whether `code` is an ISO 4217 code, as KRW."""
    return code in list_currencies()


def precision(currency: str) -> int:
    """Digits behind the point: 0 for KRW, 2 for EUR."""
    return get_currency_precision(currency)


@lru_cache(maxsize=4096)
def display(amount: int | None, currency: str, lang: str) -> str:
    """An amount of the smallest unit as a person of the language reads it: ₩39,000. "" for None."""
    if amount is None:
        return ""
    return format_currency(Decimal(amount).scaleb(-precision(currency)), currency, locale=lang)
