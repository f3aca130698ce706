from typing import Literal

ClosureEnum = Literal["buttons", "pullover", "wrap", "zip"]

CLOSURE_ENUM_VALUES: set[ClosureEnum] = {
    "buttons",
    "pullover",
    "wrap",
    "zip",
}


def check_closure_enum(value: str) -> ClosureEnum:
    if value in CLOSURE_ENUM_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {CLOSURE_ENUM_VALUES!r}")
