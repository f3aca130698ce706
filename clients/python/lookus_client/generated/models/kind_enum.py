from typing import Literal

KindEnum = Literal["api", "cafe24", "csv", "desk", "feed", "shopify", "sitemap", "xml", "zip"]

KIND_ENUM_VALUES: set[KindEnum] = {
    "api",
    "cafe24",
    "csv",
    "desk",
    "feed",
    "shopify",
    "sitemap",
    "xml",
    "zip",
}


def check_kind_enum(value: str) -> KindEnum:
    if value in KIND_ENUM_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {KIND_ENUM_VALUES!r}")
