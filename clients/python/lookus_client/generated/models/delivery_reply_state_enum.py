from typing import Literal

DeliveryReplyStateEnum = Literal["delivered", "failed", "waiting"]

DELIVERY_REPLY_STATE_ENUM_VALUES: set[DeliveryReplyStateEnum] = {
    "delivered",
    "failed",
    "waiting",
}


def check_delivery_reply_state_enum(value: str) -> DeliveryReplyStateEnum:
    if value in DELIVERY_REPLY_STATE_ENUM_VALUES:
        return value
    raise TypeError(
        f"Unexpected value {value!r}. Expected one of {DELIVERY_REPLY_STATE_ENUM_VALUES!r}"
    )
