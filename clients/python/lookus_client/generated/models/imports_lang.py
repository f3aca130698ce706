from typing import Literal

ImportsLang = Literal["en", "ko"]

IMPORTS_LANG_VALUES: set[ImportsLang] = {
    "en",
    "ko",
}


def check_imports_lang(value: str) -> ImportsLang:
    if value in IMPORTS_LANG_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {IMPORTS_LANG_VALUES!r}")
