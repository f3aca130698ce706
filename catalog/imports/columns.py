"""The columns of a table: the names we know them by, in English and Korean."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Column:
    """One thing that a column may say. `many`: several columns may say it, in their order."""

    name: str
    example: str
    help: str | Promise
    aliases: tuple[str, ...] = ()
    required: bool = False
    many: bool = False


COLUMNS = (
    Column(
        "sku",
        "TS-1042",
        _("Your own number of the product, the same in every upload"),
        ("id", "product_id", "item_id", "code", "product_code", "item_code", "variant_sku",
         "상품코드", "상품번호", "자체상품코드", "품번", "고유번호"),
        required=True,
    ),
    Column(
        "title",
        "Linen shirt",
        _("Its name"),
        ("name", "product_name", "item_name", "상품명", "제품명", "이름", "상품이름"),
        required=True,
    ),
    Column(
        "price",
        "39000",
        _("As people write it: 39000, 39,000원, ₩39,000 or 39.90"),
        ("regular_price", "list_price", "original_price", "variant_price",
         "가격", "정가", "소비자가", "판매가", "상품가격"),
        required=True,
    ),
    Column(
        "sale_price",
        "29000",
        _("What it costs now, if less"),
        ("discount_price", "special_price", "할인가", "세일가", "할인판매가", "특가"),
    ),
    Column("currency", "KRW", _("Where it is not the shop's own"), ("통화", "화폐")),
    Column(
        "image_url",
        "https://example.com/ts-1042.jpg",
        _("Photos, separated by |"),
        ("image", "images", "image_urls", "image_link", "photo", "photos", "photo_url", "file",
         "additional_image_link", "additional_images", "image_src", "picture",
         "이미지", "사진", "대표이미지", "추가이미지", "상세이미지", "이미지url"),
        many=True,
    ),
    Column(
        "url",
        "https://example.com/p/ts-1042",
        _("The product's page in your shop"),
        ("link", "product_url", "page", "상품url", "상품링크", "링크"),
    ),
    Column("brand", "Namu", _("Brand"), ("vendor", "manufacturer", "브랜드", "제조사")),
    Column(
        "description", "Washed linen, loose fit", _("Text"),
        ("body", "body_html", "details", "설명", "상품설명", "상세설명"),
    ),
    Column(
        "category",
        "Women > Shirts",
        _("Your own category"),
        ("product_type", "type", "google_product_category", "카테고리", "분류", "상품분류"),
    ),
    Column("gender", "women", _("women, men, unisex or kids"), ("성별", "sex")),
    Column("season", "summer", _("Season"), ("시즌", "계절")),
    Column(
        "in_stock",
        "yes",
        _("yes or no, or how many there are"),
        ("availability", "stock", "inventory", "quantity", "재고", "재고수량", "품절여부",
         "판매상태"),
    ),
    Column("color", "navy", _("Colour"), ("colour", "colors", "색상", "컬러", "색깔")),
    Column("pattern", "stripe", _("Pattern"), ("print", "패턴", "무늬")),
    Column("material", "linen", _("Material"), ("fabric", "소재", "재질")),
    Column("style", "casual", _("Style"), ("스타일",)),
    Column(
        "variant_group",
        "TS-104",
        _("The same for all colours of one design"),
        ("item_group_id", "group", "parent_sku", "handle", "옵션그룹", "상품그룹"),
    ),
    Column("title_ko", "린넨 셔츠", _("Its name in Korean"), ("korean_title", "한글상품명")),
    Column("title_en", "Linen shirt", _("Its name in English"), ("english_title", "영문상품명")),
    Column("description_ko", "워싱 린넨", _("Text in Korean"), ("한글설명",)),
    Column("description_en", "Washed linen", _("Text in English"), ("영문설명",)),
)  # fmt: skip
# A column that is kept with the product under its own name.
ATTRIBUTE = "attributes"
# A setting among a mapping's columns: the shop's address, for photos that are named without one.
BASE = ":base"
REQUIRED = tuple(column.name for column in COLUMNS if column.required)

_BY_NAME = {column.name: column for column in COLUMNS}
_IGNORED = re.compile(r"[\s_\-./()\[\]:#*]+")
# Counts only where no other column says it: the numbers of Google's own list.
_WEAK = {"googleproductcategory"}
_NUMBERED = re.compile(r"\d+$")


def example_csv() -> str:
    """A file that can be filled in: the header and one line."""
    shown = [column for column in COLUMNS if "_ko" not in column.name and "_en" not in column.name]
    header = ",".join(column.name for column in shown)
    line = ",".join(_quoted(column.example) for column in shown)
    return f"\ufeff{header}\r\n{line}\r\n"


@dataclass(frozen=True)
class Header:
    """Where each column of a file stands; `unknown` are places and names we do not know."""

    places: dict[str, tuple[int, ...]]
    unknown: dict[int, str]
    width: int

    def name_in_file(self, column: str, names: Sequence[str]) -> str:
        places = self.places.get(column)
        return names[places[0]] if places else column


def read_header(names: Sequence[str], mapping: Mapping[str, str] | None = None) -> Header:
    """Match a file's first line with the columns; the first of two with one meaning counts.

    `mapping` says of some names (as `unique_names` tells them apart) which of our columns they
    are, `ATTRIBUTE`, or nothing at all (""); the rest is guessed.
    """
    said = mapping or {}
    places: dict[str, list[int]] = {}
    unknown: dict[int, str] = {}
    taken = set(said.values())
    for place, name in enumerate(unique_names(names)):
        column = _BY_NAME.get(said[name]) if name in said else _column_of(names[place])
        if column is not None and name not in said and not column.many:
            weak = _plain(names[place]) in _WEAK and _is_said_better(column.name, names)
            if column.name in taken or weak:
                column = None
        if column is not None and (column.many or column.name not in places):
            places.setdefault(column.name, []).append(place)
        elif name.strip() and said.get(name, ATTRIBUTE):
            unknown[place] = name.strip()[:60]
    return Header({name: tuple(found) for name, found in places.items()}, unknown, len(names))


def _is_said_better(column: str, names: Sequence[str]) -> bool:
    return any(column_of(name) == column and _plain(name) not in _WEAK for name in names)


def unique_names(names: Sequence[str]) -> list[str]:
    """A file's column names, those that stand there twice told apart: image, image (2)."""
    seen: dict[str, int] = {}
    unique = []
    for name in names:
        plain = name.strip().strip("\ufeff")
        seen[plain] = seen.get(plain, 0) + 1
        unique.append(plain if seen[plain] == 1 else f"{plain} ({seen[plain]})")
    return unique


def column_of(name: str) -> str | None:
    """Which of our columns a name in a file means, if we know it."""
    column = _column_of(name)
    return column.name if column else None


def missing(header: Header, required: Iterable[str]) -> list[str]:
    return [name for name in required if name not in header.places]


def aliases(name: str) -> tuple[str, ...]:
    return _BY_NAME[name].aliases


def _column_of(name: str) -> Column | None:
    plain = _plain(name)
    found = _KNOWN.get(plain)
    if found is None and _NUMBERED.search(plain):
        # image2, 이미지3: another column of one that may stand several times.
        found = _KNOWN.get(_NUMBERED.sub("", plain))
        found = found if found is not None and found.many else None
    return found


def _plain(name: str) -> str:
    return _IGNORED.sub("", name.strip().strip("\ufeff").lower())


def _quoted(text: str) -> str:
    return f'"{text}"' if "," in text else text


_KNOWN = {_plain(name): column for column in COLUMNS for name in (column.name, *column.aliases)}
