from typing import Literal

GenderEnum = Literal["kids", "men", "unisex", "women"]

GENDER_ENUM_VALUES: set[GenderEnum] = {
    "kids",
    "men",
    "unisex",
    "women",
}


def check_gender_enum(value: str) -> GenderEnum:
    if value in GENDER_ENUM_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {GENDER_ENUM_VALUES!r}")
