from typing import Literal

ImportChangesLang = Literal["en", "ko"]

IMPORT_CHANGES_LANG_VALUES: set[ImportChangesLang] = {
    "en",
    "ko",
}


def check_import_changes_lang(value: str) -> ImportChangesLang:
    if value in IMPORT_CHANGES_LANG_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {IMPORT_CHANGES_LANG_VALUES!r}")
