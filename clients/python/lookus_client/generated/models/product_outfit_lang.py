from typing import Literal

ProductOutfitLang = Literal["en", "ko"]

PRODUCT_OUTFIT_LANG_VALUES: set[ProductOutfitLang] = {
    "en",
    "ko",
}


def check_product_outfit_lang(value: str) -> ProductOutfitLang:
    if value in PRODUCT_OUTFIT_LANG_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {PRODUCT_OUTFIT_LANG_VALUES!r}")
