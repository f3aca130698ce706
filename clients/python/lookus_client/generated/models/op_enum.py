from typing import Literal

OpEnum = Literal["delete", "patch", "put"]

OP_ENUM_VALUES: set[OpEnum] = {
    "delete",
    "patch",
    "put",
}


def check_op_enum(value: str) -> OpEnum:
    if value in OP_ENUM_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {OP_ENUM_VALUES!r}")
