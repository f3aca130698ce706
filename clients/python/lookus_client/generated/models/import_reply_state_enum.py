from typing import Literal

ImportReplyStateEnum = Literal[
    "asking", "done", "failed", "pending", "undoing", "undone", "working"
]

IMPORT_REPLY_STATE_ENUM_VALUES: set[ImportReplyStateEnum] = {
    "asking",
    "done",
    "failed",
    "pending",
    "undoing",
    "undone",
    "working",
}


def check_import_reply_state_enum(value: str) -> ImportReplyStateEnum:
    if value in IMPORT_REPLY_STATE_ENUM_VALUES:
        return value
    raise TypeError(
        f"Unexpected value {value!r}. Expected one of {IMPORT_REPLY_STATE_ENUM_VALUES!r}"
    )
