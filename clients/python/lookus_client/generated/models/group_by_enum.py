from typing import Literal

GroupByEnum = Literal["none", "variant"]

GROUP_BY_ENUM_VALUES: set[GroupByEnum] = {
    "none",
    "variant",
}


def check_group_by_enum(value: str) -> GroupByEnum:
    if value in GROUP_BY_ENUM_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {GROUP_BY_ENUM_VALUES!r}")
