from typing import Literal

ProductsLang = Literal["en", "ko"]

PRODUCTS_LANG_VALUES: set[ProductsLang] = {
    "en",
    "ko",
}


def check_products_lang(value: str) -> ProductsLang:
    if value in PRODUCTS_LANG_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {PRODUCTS_LANG_VALUES!r}")
