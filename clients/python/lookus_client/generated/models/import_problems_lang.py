from typing import Literal

ImportProblemsLang = Literal["en", "ko"]

IMPORT_PROBLEMS_LANG_VALUES: set[ImportProblemsLang] = {
    "en",
    "ko",
}


def check_import_problems_lang(value: str) -> ImportProblemsLang:
    if value in IMPORT_PROBLEMS_LANG_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {IMPORT_PROBLEMS_LANG_VALUES!r}")
