from typing import Literal

WebhookDeliveriesState = Literal["delivered", "failed", "waiting"]

WEBHOOK_DELIVERIES_STATE_VALUES: set[WebhookDeliveriesState] = {
    "delivered",
    "failed",
    "waiting",
}


def check_webhook_deliveries_state(value: str) -> WebhookDeliveriesState:
    if value in WEBHOOK_DELIVERIES_STATE_VALUES:
        return value
    raise TypeError(
        f"Unexpected value {value!r}. Expected one of {WEBHOOK_DELIVERIES_STATE_VALUES!r}"
    )
