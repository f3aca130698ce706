from typing import Literal

ColorEnum = Literal[
    "beige",
    "black",
    "blue",
    "brown",
    "gold",
    "green",
    "grey",
    "khaki",
    "mint",
    "multicolour",
    "navy",
    "orange",
    "pink",
    "purple",
    "red",
    "silver",
    "sky",
    "white",
    "yellow",
]

COLOR_ENUM_VALUES: set[ColorEnum] = {
    "beige",
    "black",
    "blue",
    "brown",
    "gold",
    "green",
    "grey",
    "khaki",
    "mint",
    "multicolour",
    "navy",
    "orange",
    "pink",
    "purple",
    "red",
    "silver",
    "sky",
    "white",
    "yellow",
}


def check_color_enum(value: str) -> ColorEnum:
    if value in COLOR_ENUM_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {COLOR_ENUM_VALUES!r}")
