from typing import Literal

SimilarLang = Literal["en", "ko"]

SIMILAR_LANG_VALUES: set[SimilarLang] = {
    "en",
    "ko",
}


def check_similar_lang(value: str) -> SimilarLang:
    if value in SIMILAR_LANG_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {SIMILAR_LANG_VALUES!r}")
