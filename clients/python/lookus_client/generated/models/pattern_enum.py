from typing import Literal

PatternEnum = Literal[
    "animal",
    "check",
    "color-block",
    "denim",
    "dot",
    "embroidery",
    "floral",
    "graphic",
    "jacquard",
    "lace",
    "melange",
    "print",
    "solid",
    "stripe-fine",
    "stripe-vertical",
    "stripe-wide",
]

PATTERN_ENUM_VALUES: set[PatternEnum] = {
    "animal",
    "check",
    "color-block",
    "denim",
    "dot",
    "embroidery",
    "floral",
    "graphic",
    "jacquard",
    "lace",
    "melange",
    "print",
    "solid",
    "stripe-fine",
    "stripe-vertical",
    "stripe-wide",
}


def check_pattern_enum(value: str) -> PatternEnum:
    if value in PATTERN_ENUM_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {PATTERN_ENUM_VALUES!r}")
