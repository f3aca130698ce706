"""Cafe24's product CSV, as its "Excel download" gives it, in CP949 or UTF-8.

The columns' names are those of the template of 2024/25; what stands in them is told in
docs/imports.md, with what was not to be found in Cafe24's own pages.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import IO
from urllib.parse import urljoin

from catalog.imports.columns import ATTRIBUTE, BASE, unique_names
from catalog.imports.errors import FileRefused, Problem
from catalog.imports.items import Item, SeenSkus, as_item, header_of
from catalog.imports.plain import plain_text
from catalog.imports.prices import is_more
from catalog.imports.rows import Draft, DraftReader, too_wide
from catalog.imports.shopify import OPTIONS
from catalog.imports.text import Record, records

CODE, OWN_CODE = "상품코드", "자체상품코드"
SHOWN, SOLD = "진열상태", "판매상태"
PRICE, LIST_PRICE = "판매가", "소비자가"
PHOTO, MORE_PHOTOS = "이미지등록상세", "이미지등록추가"
LIST_PHOTO = "이미지등록목록"
OPTION = "옵션입력"
# Names that only Cafe24's file has; three of them are enough.
TELLING = {
    *(OWN_CODE, SHOWN, "상품분류번호", "상품분류신상품영역", PHOTO, LIST_PHOTO, OPTION),
    *("검색어설정", "상품요약설명", "공급사상품명", "옵션사용", "상품상세설명"),
}
TEXTS = ("상품상세설명", "상품간략설명", "상품요약설명")
# Kept with the product under Cafe24's own name.
KEPT = {
    OWN_CODE, "상품분류번호", "모델명", "검색어설정", "원산지", "트렌드", "자체분류코드",
}  # fmt: skip
PLAIN = {"브랜드": "brand", "상품소재": "material", "영문상품명": "title_en", "상품명": "title"}
PHOTO_FOLDER, MORE_FOLDER = "/web/product/big/", "/web/product/extra/big/"

_SPACES = re.compile(r"[\s()\[\]]+")
_OPTION = re.compile(r"(?P<name>[^{}/|]+)\{(?P<values>[^{}]*)\}")
# Brands stand there by their code, B000000A; the default one says nothing.
_BRAND_CODE = re.compile(r"^B[0-9A-Z]{7}$")
_NO = ("n", "f", "no", "false", "진열안함", "판매안함", "미진열", "미판매")


def is_cafe24(names: Sequence[str]) -> bool:
    """Whether these are the column names of Cafe24's product file."""
    plain = {_plain(name) for name in names}
    return "상품명" in plain and len(plain & TELLING) >= 3


class Cafe24Source:
    """Each row is a product; its options become attributes."""

    broken = False

    def __init__(
        self, file: IO[bytes], *, currency: str, mapping: Mapping[str, str] | None = None
    ) -> None:
        self._file, self._currency, self._mapping = file, currency, mapping or {}
        self._base = self._mapping.get(BASE, "").rstrip("/")
        self._reader = DraftReader(currency=currency)

    def items(self) -> Iterator[Item]:
        rows = records(self._file)
        header = header_of(rows).cells
        if not is_cafe24(header):
            raise FileRefused("no_header", "These are not the column names of Cafe24's file.")
        names = unique_names(header)
        seen = SeenSkus()
        for record in rows:
            fault = record.error or too_wide(record, len(header))
            if fault:
                yield Item(record.line, None, [Problem("", "row_too_long", fault)])
                continue
            draft = self._draft(names, record)
            seen.check(draft)
            yield as_item(draft)

    def photo(self, name: str) -> bytes:
        raise FileNotFoundError(name)

    def _draft(self, names: Sequence[str], record: Record) -> Draft:
        said = dict(zip(names, record.cells, strict=False))
        row: dict[str, str] = {}
        for name, value in said.items():
            row.setdefault(_plain(name), value)
        cells, others = self._cells(row), _others(said)
        for option, values in _options(row.get(OPTION, "")).items():
            ours = OPTIONS.get(option.lower(), option)
            if ours in ("color", "material", "pattern", "style") and "|" not in values:
                cells.setdefault(ours, values)
            else:
                others[ours[:60]] = values.replace("|", ", ")
        self._as_mapped(said, cells, others)
        photos, nameless = self._photos(row)
        draft = self._reader.draft(record.line, cells, photos, others)
        if nameless:
            draft.reject(
                "이미지등록(상세)", "photo_without_address",
                f"“{nameless[:80]}” is a name and no address: say on the page of the columns what"
                " your shop's address is.",
                nameless,
            )  # fmt: skip
        return draft

    def _cells(self, row: Mapping[str, str]) -> dict[str, str]:
        cells = {ours: row[name] for name, ours in PLAIN.items() if name in row}
        if _BRAND_CODE.match(cells.get("brand", "")):
            del cells["brand"]
        cells["sku"] = row.get(CODE) or row.get(OWN_CODE, "")
        if any(name in row for name in TEXTS):
            texts = (plain_text(row.get(name, "")) for name in TEXTS)
            cells["description"] = next((text for text in texts if text), "")
        price, full = row.get(PRICE, ""), row.get(LIST_PRICE, "")
        cells |= {"price": price, "sale_price": ""}
        if is_more(full, price, self._currency):
            cells |= {"price": full, "sale_price": price}
        if row.get(SHOWN, "").lower() in _NO or row.get(SOLD, "").lower() in _NO:
            cells["in_stock"] = "no"
        elif row.get(SHOWN) or row.get(SOLD):
            cells["in_stock"] = "yes"
        return cells

    def _photos(self, row: Mapping[str, str]) -> tuple[list[str] | None, str]:
        """The photos' addresses, and the first name that none can be made of."""
        if PHOTO not in row and LIST_PHOTO not in row:
            return None, ""
        main = row.get(PHOTO) or row.get(LIST_PHOTO, "")
        folders = ((main, PHOTO_FOLDER), (row.get(MORE_PHOTOS, ""), MORE_FOLDER))
        found: list[str] = []
        for text, folder in folders:
            for name in filter(None, re.split(r"\s*[|\n]\s*", text)):
                if name.startswith("//"):
                    found.append(f"https:{name}")
                elif re.match(r"https?://", name):
                    found.append(name)
                elif not self._base:
                    return found, name
                else:
                    found.append(self._address(name, folder))
        return found, ""

    def _address(self, name: str, folder: str) -> str:
        """A photo's name below the shop's address; one with a path has its own place."""
        if name.startswith(("/web/", "web/")):
            return urljoin(f"{self._base}/", f"/{name.lstrip('/')}")
        below = self._base if "/web/product" in self._base else f"{self._base}{folder}".rstrip("/")
        return f"{below}/{name.lstrip('/')}"

    def _as_mapped(
        self, said: Mapping[str, str], cells: dict[str, str], others: dict[str, str]
    ) -> None:
        """What the owner chose for some columns stands above what Cafe24 means by them."""
        for name, ours in self._mapping.items():
            if name not in said or ours == "image_url":
                continue
            if ours == ATTRIBUTE:
                others[name[:60]] = said[name]
            elif ours:
                cells[ours] = said[name]
            else:
                others.pop(name[:60], None)


def needs_base(names: Sequence[str], rows: Sequence[Sequence[str]]) -> bool:
    """Whether some of these rows name their photo without an address."""
    places = [at for at, name in enumerate(names) if _plain(name) in (PHOTO, LIST_PHOTO)]
    cells = (row[at] for row in rows for at in places if at < len(row))
    return any(cell and not re.match(r"(https?:)?//", cell) for cell in cells)


def _options(text: str) -> dict[str, str]:
    """색상{블랙|화이트}//사이즈{S|M} → {"색상": "블랙|화이트", "사이즈": "S|M"}"""
    found = {one["name"].strip(): one["values"].strip() for one in _OPTION.finditer(text)}
    return {name: values for name, values in found.items() if name and values}


def _others(said: Mapping[str, str]) -> dict[str, str]:
    return {name[:60]: value for name, value in said.items() if _plain(name) in KEPT and value}


def _plain(name: str) -> str:
    return _SPACES.sub("", name.strip().strip("\ufeff"))
