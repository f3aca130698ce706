"""The names of filters and their values in the shopper's language."""

from collections.abc import Mapping

from catalog.models.teaching import OWN
from catalog.shop_taxonomy import shop_taxonomy
from recommender.filter_shape import ATTRIBUTE
from vision.taxonomy import taxonomy

KINDS: Mapping[str, tuple[str, str]] = {
    "group": ("Type", "종류"),
    "category": ("Category", "카테고리"),
    "pattern": ("Pattern", "무늬"),
    "color": ("Colour", "색상"),
    "style": ("Style", "스타일"),
    "brand": ("Brand", "브랜드"),
    OWN: ("More", "더 보기"),
    "price": ("Price", "가격"),
    "in_stock": ("Availability", "재고"),
}
"""English and Korean; the other heads have their names in the taxonomy."""
VALUES: Mapping[tuple[str, str], tuple[str, str]] = {
    ("gender", "women"): ("Women", "여성"),
    ("gender", "men"): ("Men", "남성"),
    ("gender", "unisex"): ("Unisex", "남녀공용"),
    ("gender", "kids"): ("Kids", "아동"),
    ("in_stock", "true"): ("In stock", "재고 있음"),
    ("in_stock", "false"): ("Sold out", "품절"),
}


def kind_label(kind: str, lang: str) -> str:
    """`Colour`, `Neckline`; of a shop's attribute its own name."""
    if kind in KINDS:
        return KINDS[kind][lang == "ko"]
    head = taxonomy().attributes.get(kind)
    return head.label(lang) if head else kind.removeprefix(ATTRIBUTE)


def value_label(kind: str, value: str, lang: str) -> str:
    """The value's name, the shop's in scope where it gave one; its own word is its own name."""
    named = shop_taxonomy().name(kind, value, lang)
    if named:
        return named
    if (kind, value) in VALUES:
        return VALUES[kind, value][lang == "ko"]
    term = taxonomy().terms(kind).get(value) if kind in taxonomy().kinds else None
    return term.label(lang) if term else value
