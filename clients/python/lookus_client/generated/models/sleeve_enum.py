from typing import Literal

SleeveEnum = Literal["long", "short", "sleeveless", "three-quarter"]

SLEEVE_ENUM_VALUES: set[SleeveEnum] = {
    "long",
    "short",
    "sleeveless",
    "three-quarter",
}


def check_sleeve_enum(value: str) -> SleeveEnum:
    if value in SLEEVE_ENUM_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {SLEEVE_ENUM_VALUES!r}")
