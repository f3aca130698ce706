from typing import Literal

WebhookDeliveriesLang = Literal["en", "ko"]

WEBHOOK_DELIVERIES_LANG_VALUES: set[WebhookDeliveriesLang] = {
    "en",
    "ko",
}


def check_webhook_deliveries_lang(value: str) -> WebhookDeliveriesLang:
    if value in WEBHOOK_DELIVERIES_LANG_VALUES:
        return value
    raise TypeError(
        f"Unexpected value {value!r}. Expected one of {WEBHOOK_DELIVERIES_LANG_VALUES!r}"
    )
