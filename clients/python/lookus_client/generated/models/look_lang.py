from typing import Literal

LookLang = Literal["en", "ko"]

LOOK_LANG_VALUES: set[LookLang] = {
    "en",
    "ko",
}


def check_look_lang(value: str) -> LookLang:
    if value in LOOK_LANG_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {LOOK_LANG_VALUES!r}")
