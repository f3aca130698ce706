from typing import Literal

TypesEnum = Literal["import.finished", "product.tagged", "quota.warning"]

TYPES_ENUM_VALUES: set[TypesEnum] = {
    "import.finished",
    "product.tagged",
    "quota.warning",
}


def check_types_enum(value: str) -> TypesEnum:
    if value in TYPES_ENUM_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {TYPES_ENUM_VALUES!r}")
