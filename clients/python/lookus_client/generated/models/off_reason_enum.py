from typing import Literal

OffReasonEnum = Literal["failing", "gone"]

OFF_REASON_ENUM_VALUES: set[OffReasonEnum] = {
    "failing",
    "gone",
}


def check_off_reason_enum(value: str) -> OffReasonEnum:
    if value in OFF_REASON_ENUM_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {OFF_REASON_ENUM_VALUES!r}")
