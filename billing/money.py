"""Amounts of plans and invoices: whole numbers of the smallest unit, and how people read them."""

DIGITS = {"KRW": 0, "USD": 2}
"""Digits behind the point of each currency that plans are sold in."""
SIGNS = {"KRW": "₩", "USD": "$"}
MINUS = "−"


def shown(amount: int, currency: str) -> str:
    """₩39,000 of 39000 KRW and $39.00 of 3900 USD, the same in every language; KeyError for a
    currency that nothing is sold in."""
    digits = DIGITS[currency]
    whole, rest = divmod(abs(amount), 10**digits)
    behind = f".{rest:0{digits}d}" if digits else ""
    return f"{MINUS if amount < 0 else ''}{SIGNS[currency]}{whole:,}{behind}"


def read(text: str, currency: str) -> int:
    """The amount that a person wrote: "50,000" KRW is 50000, "$39.5" is 3950.

    Raises ValueError for what is no amount, is negative, or has more digits than the currency.
    """
    plain = text.strip().removeprefix(SIGNS[currency]).strip().replace(",", "")
    whole, point, behind = plain.partition(".")
    digits = DIGITS[currency]
    fits = len(behind) <= digits and (digits or not point)
    if not (whole.isascii() and whole.isdecimal() and fits):
        raise ValueError(f"no amount of {currency}: {text!r}")
    if behind and not (behind.isascii() and behind.isdecimal()):
        raise ValueError(f"no amount of {currency}: {text!r}")
    return int(whole) * 10**digits + int(behind.ljust(digits, "0") or 0)


def typed(amount: int, currency: str) -> str:
    """The amount as one types it into a field: 39000, 39.50."""
    digits = DIGITS[currency]
    whole, rest = divmod(amount, 10**digits)
    return f"{whole}.{rest:0{digits}d}" if digits else str(whole)
