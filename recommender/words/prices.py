"""Prices in words: "under 50,000원", "3만원대", "$20-40" become bounds in the smallest unit.

A price of another currency than the shop's says nothing here: it is taken out and told.
"""

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from catalog.money import precision

ABOUT = Decimal("0.2")
"""A price without a bound ("5만원 원피스") is meant roughly: a fifth to either side."""
MOST_DIGITS = 12
THOUSANDS_BELOW = 1000
"""Where coins have no parts, a bare number below means thousands: "under 50" is 50,000 won."""

PLAIN = 5
"""Digits from which a bare number is taken for a price: 30000."""

_HAN = {"일": 1, "이": 2, "삼": 3, "사": 4, "오": 5, "육": 6, "칠": 7, "팔": 8, "구": 9}
_UNITS = {"천": 1_000, "만": 10_000, "십만": 100_000, "백만": 1_000_000}
_CURRENCIES = {
    "원": "KRW", "won": "KRW", "krw": "KRW", "₩": "KRW",
    "달러": "USD", "불": "USD", "dollar": "USD", "dollars": "USD", "usd": "USD", "$": "USD",
    "유로": "EUR", "euro": "EUR", "euros": "EUR", "eur": "EUR", "€": "EUR",
    "파운드": "GBP", "pound": "GBP", "pounds": "GBP", "gbp": "GBP", "£": "GBP",
    "엔": "JPY", "yen": "JPY", "jpy": "JPY", "¥": "JPY",
}  # fmt: skip

_NUMBER = r"\d[\d,]*(?:\.\d+)?"
_SIGN = r"[$€£¥₩]"
_KOREAN_NUMBER = r"(?:[일이삼사오육칠팔구]?십)?[일이삼사오육칠팔구]?"
_WORD = r"(?:원|달러|불|유로|파운드|엔|dollars?|usd|won|krw|euros?|eur|pounds?|gbp|yen|jpy)"
_WORD_END = r"(?![a-z])"


def _amount(name: str) -> str:
    """A number with what stands around it: 3만5천원, $40, 50k, 만원, 이만 오천원."""
    return (
        rf"(?P<{name}>{_SIGN}?\s*(?:{_NUMBER}\s*(?:만|천|백만|k{_WORD_END})?(?:\s*\d+\s*천)?"
        rf"|{_KOREAN_NUMBER}만(?:\s*[일이삼사오육칠팔구]?천)?|{_KOREAN_NUMBER}천(?=\s*원))"
        rf"\s*(?:{_WORD}{_WORD_END})?)"
    )


_TO = r"\s*(?:-|–|—|~|〜|to|and|에서|부터)\s*"
_LESS = (
    r"최대|under|below|less\s+than|up\s+to|cheaper\s+than|at\s+most|max(?:imum)?|"
    r"no\s+more\s+than|within|<=?"
)
_MORE = r"최소|over|above|more\s+than|at\s+least|from|min(?:imum)?|starting\s+at|>=?"
_NEAR = r"around|about|approximately|roughly|~"
_LESS_AFTER = (
    r"(?:보다\s*)?(?:이하|미만|아래|밑|안쪽|이내|까지|안\s*넘는|넘지\s*않는|내로|안으로|언더|"
    r"or\s+less|or\s+under|or\s+below|or\s+cheaper|max|싼|저렴한|선까지|안(?=에|으로|\s|$))"
)
_MORE_AFTER = (
    r"(?:보다\s*)?(?:이상|초과|부터|넘는|위(?=로|\s|$)|비싼|or\s+more|or\s+above|and\s+up|\+)"
)
_KO_TAIL = r"(?:으로|로|의|인|은|는|에서|에)?"

_FORMS = (
    ("between", re.compile(
        rf"(?:between\s+|from\s+)?{_amount('low')}{_TO}{_amount('high')}"
        rf"\s*(?P<band>대)?\s*(?:까지|사이|이하)?{_KO_TAIL}", re.IGNORECASE)),
    ("band", re.compile(
        rf"{_amount('low')}\s*(?P<band>대)\s*{_KO_TAIL}(?![가-힣])", re.IGNORECASE)),
    ("less", re.compile(rf"(?:{_LESS})\s*{_amount('high')}", re.IGNORECASE)),
    ("less", re.compile(rf"{_amount('high')}\s*{_LESS_AFTER}{_KO_TAIL}", re.IGNORECASE)),
    ("more", re.compile(rf"{_amount('low')}\s*{_MORE_AFTER}{_KO_TAIL}", re.IGNORECASE)),
    ("more", re.compile(rf"(?:{_MORE})\s*{_amount('low')}", re.IGNORECASE)),
    ("near", re.compile(
        rf"(?:{_NEAR})\s*{_amount('low')}|{_amount('also')}\s*(?:정도|쯤|내외|안팎|가량){_KO_TAIL}",
        re.IGNORECASE)),
    ("near", re.compile(rf"{_amount('low')}(?:짜리)?{_KO_TAIL}(?![가-힣0-9])", re.IGNORECASE)),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class PriceWords:
    """Bounds in the currency's smallest unit, both included, and the words that said so."""

    words: str
    least: int | None = None
    most: int | None = None
    foreign: bool = False


def price_words(text: str, currency: str) -> tuple[PriceWords | None, str]:
    """The price in a text, and the text without it. Numbers that are no prices stay."""
    for form, pattern in _FORMS:
        for found in pattern.finditer(text):
            read = _read(form, found, currency)
            if read is not None:
                return read, f"{text[: found.start()]} {text[found.end() :]}"
    return None, text


def _read(form: str, found: re.Match[str], currency: str) -> PriceWords | None:
    said = {name: value for name, value in found.groupdict().items() if value}
    amounts = {name: said[name] for name in ("low", "high", "also") if name in said}
    if form not in ("less", "more") and not any(map(_is_money, amounts.values())):
        return None
    currencies = {one for one in map(_currency, amounts.values()) if one}
    words = found.group().strip()
    if currencies - {currency}:
        return PriceWords(words, foreign=True)
    unit = _shared_unit(amounts)
    read = {name: _value(one, currency, unit) for name, one in amounts.items()}
    numbers = {name: one for name, one in read.items() if one is not None}
    if len(numbers) != len(amounts):
        return None
    step = _band(said.get("high") or said.get("low") or "", unit, currency)
    return _bounds(form, numbers, step if "band" in said else None, words)


def _bounds(form: str, numbers: dict[str, int], band: int | None, words: str) -> PriceWords:
    low, high = numbers.get("low", numbers.get("also", 0)), numbers.get("high", 0)
    if form == "between":
        low, high = sorted((low, high))
        return PriceWords(words, low, high + band - 1 if band else high)
    if form == "band":
        return PriceWords(words, low, low + (band or 1) - 1)
    if form == "less":
        return PriceWords(words, None, high)
    if form == "more":
        return PriceWords(words, low, None)
    return PriceWords(words, round(low * (1 - ABOUT)), round(low * (1 + ABOUT)))


def _is_money(said: str) -> bool:
    """Whether it can only be a price: a currency, 만, or at least "k"."""
    said = said.strip().lower()
    return bool(_currency(said)) or said.endswith("k") or (said.isdigit() and len(said) >= PLAIN)


def _currency(said: str) -> str | None:
    for name, code in sorted(_CURRENCIES.items(), key=lambda one: -len(one[0])):
        if name in said.lower():
            return code
    return "KRW" if "만" in said or "천" in said else None


def _shared_unit(amounts: dict[str, str]) -> int:
    """In "3~5만원" the first number counts 만 too."""
    high = amounts.get("high", "")
    low = amounts.get("low", "")
    for name, unit in sorted(_UNITS.items(), key=lambda one: -len(one[0])):
        if name in high and not any(other in low for other in _UNITS):
            bare = re.sub(r"\D", "", low)
            return unit if bare and int(bare) < THOUSANDS_BELOW else 1
    return 10**3 if high.strip().lower().endswith("k") and "k" not in low.lower() else 1


def _value(said: str, currency: str, unit: int) -> int | None:
    """In the smallest unit; None where it is no number after all."""
    text = re.sub(rf"{_SIGN}|{_WORD}|[\s,]", "", said.lower())
    if len(re.sub(r"\D", "", text)) > MOST_DIGITS:
        return None
    try:
        value, counted = _counted(text)
    except (InvalidOperation, ValueError):
        return None
    if not counted:
        value *= unit
    digits = precision(currency)
    small = not counted and unit == 1 and not _currency(said)
    if digits == 0 and small and value < THOUSANDS_BELOW:
        value *= THOUSANDS_BELOW
    return int(value.scaleb(digits))


def _counted(text: str) -> tuple[Decimal, bool]:
    """A number and whether it named its own unit: 3만5천 → 35,000."""
    if text.endswith("k"):
        return Decimal(text[:-1]) * 1000, True
    for name in ("백만", "만", "천"):
        head, found, rest = text.partition(name)
        if found:
            value = _small(head) * _UNITS[name]
            return value + (_counted(rest)[0] if rest else 0), True
    return _small(text), False


def _small(text: str) -> Decimal:
    """Digits, or Korean number words below a hundred: "" in 만원 is one, 이십 is 20."""
    if not text:
        return Decimal(1)
    if text[0].isdigit():
        return Decimal(text)
    tens, found, ones = text.partition("십")
    if not found:
        return Decimal(_HAN[text])
    return Decimal((_HAN[tens] if tens else 1) * 10 + (_HAN[ones] if ones else 0))


def _band(said: str, unit: int, currency: str) -> int:
    """The width of "3만원대" (10,000), "10만원대" (100,000), "2만5천원대" (1,000), "$30대" (10)."""
    value = _value(said, currency, unit) or 1
    whole = 10 ** (len(str(value)) - 1)
    while value % whole:
        whole //= 10
    return whole
