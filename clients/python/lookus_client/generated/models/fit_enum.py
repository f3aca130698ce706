from typing import Literal

FitEnum = Literal["flared", "loose", "regular", "skinny", "slim", "straight", "wide"]

FIT_ENUM_VALUES: set[FitEnum] = {
    "flared",
    "loose",
    "regular",
    "skinny",
    "slim",
    "straight",
    "wide",
}


def check_fit_enum(value: str) -> FitEnum:
    if value in FIT_ENUM_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {FIT_ENUM_VALUES!r}")
