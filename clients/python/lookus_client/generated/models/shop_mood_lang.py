from typing import Literal

ShopMoodLang = Literal["en", "ko"]

SHOP_MOOD_LANG_VALUES: set[ShopMoodLang] = {
    "en",
    "ko",
}


def check_shop_mood_lang(value: str) -> ShopMoodLang:
    if value in SHOP_MOOD_LANG_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {SHOP_MOOD_LANG_VALUES!r}")
