from typing import Literal

StyleEnum = Literal[
    "casual", "classic", "ethnic", "formal", "lounge", "party", "romantic", "sports", "street"
]

STYLE_ENUM_VALUES: set[StyleEnum] = {
    "casual",
    "classic",
    "ethnic",
    "formal",
    "lounge",
    "party",
    "romantic",
    "sports",
    "street",
}


def check_style_enum(value: str) -> StyleEnum:
    if value in STYLE_ENUM_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {STYLE_ENUM_VALUES!r}")
