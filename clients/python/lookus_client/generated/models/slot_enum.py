from typing import Literal

SlotEnum = Literal[
    "accessory", "bag", "bottom", "footwear", "full-body", "headwear", "outer", "top"
]

SLOT_ENUM_VALUES: set[SlotEnum] = {
    "accessory",
    "bag",
    "bottom",
    "footwear",
    "full-body",
    "headwear",
    "outer",
    "top",
}


def check_slot_enum(value: str) -> SlotEnum:
    if value in SLOT_ENUM_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {SLOT_ENUM_VALUES!r}")
