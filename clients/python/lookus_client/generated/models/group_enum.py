from typing import Literal

GroupEnum = Literal[
    "accessory", "bag", "bottom", "footwear", "full-body", "headwear", "intimate", "outer", "top"
]

GROUP_ENUM_VALUES: set[GroupEnum] = {
    "accessory",
    "bag",
    "bottom",
    "footwear",
    "full-body",
    "headwear",
    "intimate",
    "outer",
    "top",
}


def check_group_enum(value: str) -> GroupEnum:
    if value in GROUP_ENUM_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {GROUP_ENUM_VALUES!r}")
