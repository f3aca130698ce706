from typing import Literal

LooksLang = Literal["en", "ko"]

LOOKS_LANG_VALUES: set[LooksLang] = {
    "en",
    "ko",
}


def check_looks_lang(value: str) -> LooksLang:
    if value in LOOKS_LANG_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {LOOKS_LANG_VALUES!r}")
