from typing import Literal

ProductsTagging = Literal["done", "failed", "none", "waiting"]

PRODUCTS_TAGGING_VALUES: set[ProductsTagging] = {
    "done",
    "failed",
    "none",
    "waiting",
}


def check_products_tagging(value: str) -> ProductsTagging:
    if value in PRODUCTS_TAGGING_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {PRODUCTS_TAGGING_VALUES!r}")
