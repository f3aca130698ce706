"""What a column may mean by what stands in it, where its name says nothing."""

import re
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from statistics import median

from catalog.imports.meanings import STOCK, gender_of
from catalog.imports.prices import PriceError, read_price
from catalog.money import precision
from catalog.words import one_value

# So many of a column's values must look like it; the rest may be mistakes.
MOST = 0.8
LONGEST_SKU, LONGEST_TITLE = 40, 150
# A count is small and has no places behind the point; a price of either is none.
LEAST_PRICE = {0: 100, 2: 100, 3: 1000}

_ADDRESS = re.compile(r"^(https?:)?//\S+$")
_PHOTO = re.compile(r"\.(jpe?g|png|webp|avif|heic|gif)(\?\S*)?$|/image|/img|/photo", re.IGNORECASE)
_STOCK_WORDS = {word for words in STOCK.values() for word in words} - {"0", "1", "o", "x"}
_LETTERS = re.compile(r"[^\W\d_]")

Values = Sequence[str]


def by_values(
    names: Sequence[str], rows: Sequence[Sequence[str]], *, taken: Mapping[str, str], currency: str
) -> dict[str, str]:
    """Columns whose name we do not know, and what they may be; each of ours once but photos.

    `taken` are the columns that are known by their name.
    """
    have = set(taken.values())
    unknown = {
        name: values
        for at, name in enumerate(names)
        if name and name not in taken and (values := _column(rows, at))
    }
    found: dict[str, str] = {}

    def take(ours: str, name: str | None) -> None:
        if name is not None and (ours == "image_url" or ours not in have):
            found[name] = ours
            have.add(ours)
            unknown.pop(name, None)

    for name in [one for one, values in unknown.items() if _most(values, _is_photo)]:
        take("image_url", name)
    take("url", _first(unknown, lambda values: _most(values, _is_address)))
    take("gender", _first(unknown, lambda values: _most(values, lambda one: bool(gender_of(one)))))
    take("in_stock", _first(unknown, lambda values: _most(values, _is_stock)))
    take("color", _first(unknown, lambda values: _most(values, _is_color)))
    if "price" not in have:
        take("price", _price(unknown, currency))
    if "sku" not in have:
        take("sku", _first(unknown, lambda values: _is_sku(values, len(rows))))
    if "title" not in have:
        take("title", _title(unknown))
    if "description" not in have:
        take("description", _first(unknown, lambda values: _length(values) > LONGEST_TITLE))
    return found


def _price(unknown: Mapping[str, Values], currency: str) -> str | None:
    """The highest of the columns that look like one."""
    amounts = {
        name: amount
        for name, values in unknown.items()
        if (amount := _amount(values, currency)) is not None
    }
    return max(amounts, key=lambda name: amounts[name]) if amounts else None


def _amount(values: Values, currency: str) -> float | None:
    """The middle price of a column; None where it holds none, or numbers and counts."""
    found = []
    for value in values:
        try:
            found.append(read_price(value, currency).amount)
        except PriceError:
            continue
    if len(found) < MOST * len(values):
        return None
    plain = all(value.isdecimal() for value in values)
    middle = median(found)
    low = middle < LEAST_PRICE.get(precision(currency), 100)
    # Numbers that are long, or all different and in a row, are somebody's own.
    numbers = plain and (len(min(values, key=len)) > 8 or _in_a_row(values))
    return None if low or numbers else middle


def _in_a_row(values: Values) -> bool:
    numbers = [int(value) for value in values if value.isascii()]
    steps = {after - before for before, after in pairwise(numbers)}
    return len(numbers) > 2 and steps == {1}


def _title(unknown: Mapping[str, Values]) -> str | None:
    """The column with the longest names: letters in them, mostly different, no addresses."""
    fitting = {
        name: _length(values)
        for name, values in unknown.items()
        if 2 < _length(values) <= LONGEST_TITLE
        and len(set(values)) > len(values) / 2
        and _most(values, lambda one: bool(_LETTERS.search(one)) and not _is_address(one))
    }
    return max(fitting, key=lambda name: fitting[name]) if fitting else None


def _is_sku(values: Values, rows: int) -> bool:
    """There in every row, each once, short and without spaces."""
    return (
        len(values) == rows
        and len(set(values)) == rows
        and all(len(value) <= LONGEST_SKU and not _is_address(value) for value in values)
        and _most(values, lambda one: " " not in one and any(char.isdigit() for char in one))
    )


def _is_photo(value: str) -> bool:
    return _is_address(value) and bool(_PHOTO.search(value))


def _is_address(value: str) -> bool:
    return bool(_ADDRESS.match(value.partition("|")[0].strip()))


def _is_stock(value: str) -> bool:
    return value.strip().lower() in _STOCK_WORDS


def _is_color(value: str) -> bool:
    return len(value) <= LONGEST_SKU and one_value("color", value) is not None


def _most(values: Values, test: Callable[[str], bool]) -> bool:
    return sum(1 for value in values if test(value)) >= MOST * len(values)


def _length(values: Values) -> float:
    return sum(len(value) for value in values) / len(values)


def _first(unknown: Mapping[str, Values], test: Callable[[Values], bool]) -> str | None:
    return next((name for name, values in unknown.items() if test(values)), None)


def _column(rows: Sequence[Sequence[str]], at: int) -> list[str]:
    return [row[at] for row in rows if at < len(row) and row[at]]
