from typing import Literal

SimilarSort = Literal["newest", "price_asc", "price_desc", "relevance"]

SIMILAR_SORT_VALUES: set[SimilarSort] = {
    "newest",
    "price_asc",
    "price_desc",
    "relevance",
}


def check_similar_sort(value: str) -> SimilarSort:
    if value in SIMILAR_SORT_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {SIMILAR_SORT_VALUES!r}")
