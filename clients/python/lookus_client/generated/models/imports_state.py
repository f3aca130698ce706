from typing import Literal

ImportsState = Literal["asking", "done", "failed", "pending", "undoing", "undone", "working"]

IMPORTS_STATE_VALUES: set[ImportsState] = {
    "asking",
    "done",
    "failed",
    "pending",
    "undoing",
    "undone",
    "working",
}


def check_imports_state(value: str) -> ImportsState:
    if value in IMPORTS_STATE_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {IMPORTS_STATE_VALUES!r}")
