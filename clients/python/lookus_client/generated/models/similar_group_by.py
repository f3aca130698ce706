from typing import Literal

SimilarGroupBy = Literal["none", "variant"]

SIMILAR_GROUP_BY_VALUES: set[SimilarGroupBy] = {
    "none",
    "variant",
}


def check_similar_group_by(value: str) -> SimilarGroupBy:
    if value in SIMILAR_GROUP_BY_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {SIMILAR_GROUP_BY_VALUES!r}")
