from typing import Literal

FiltersGenderEnum = Literal["kids", "men", "unisex", "women"]

FILTERS_GENDER_ENUM_VALUES: set[FiltersGenderEnum] = {
    "kids",
    "men",
    "unisex",
    "women",
}


def check_filters_gender_enum(value: str) -> FiltersGenderEnum:
    if value in FILTERS_GENDER_ENUM_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {FILTERS_GENDER_ENUM_VALUES!r}")
