from typing import Literal

LengthEnum = Literal["cropped", "long", "maxi", "midi", "mini", "regular"]

LENGTH_ENUM_VALUES: set[LengthEnum] = {
    "cropped",
    "long",
    "maxi",
    "midi",
    "mini",
    "regular",
}


def check_length_enum(value: str) -> LengthEnum:
    if value in LENGTH_ENUM_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {LENGTH_ENUM_VALUES!r}")
