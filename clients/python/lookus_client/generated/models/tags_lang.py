from typing import Literal

TagsLang = Literal["en", "ko"]

TAGS_LANG_VALUES: set[TagsLang] = {
    "en",
    "ko",
}


def check_tags_lang(value: str) -> TagsLang:
    if value in TAGS_LANG_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {TAGS_LANG_VALUES!r}")
