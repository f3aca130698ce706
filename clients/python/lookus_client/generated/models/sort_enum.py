from typing import Literal

SortEnum = Literal["newest", "price_asc", "price_desc", "relevance"]

SORT_ENUM_VALUES: set[SortEnum] = {
    "newest",
    "price_asc",
    "price_desc",
    "relevance",
}


def check_sort_enum(value: str) -> SortEnum:
    if value in SORT_ENUM_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {SORT_ENUM_VALUES!r}")
