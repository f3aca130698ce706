from typing import Literal

NecklineEnum = Literal[
    "boat", "collar", "crew", "halter", "hood", "off-shoulder", "square", "turtleneck", "v"
]

NECKLINE_ENUM_VALUES: set[NecklineEnum] = {
    "boat",
    "collar",
    "crew",
    "halter",
    "hood",
    "off-shoulder",
    "square",
    "turtleneck",
    "v",
}


def check_neckline_enum(value: str) -> NecklineEnum:
    if value in NECKLINE_ENUM_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {NECKLINE_ENUM_VALUES!r}")
