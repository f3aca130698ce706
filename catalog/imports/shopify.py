"""Shopify's product CSV: rows of one handle are a product, its variants and its further photos.

Both generations of column names are read, "Handle … Variant Price" and "URL handle … Price"
(help.shopify.com, "Using CSV files to import and export products").
"""

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import IO

from catalog.imports.columns import BASE
from catalog.imports.errors import FileRefused, Problem
from catalog.imports.items import Item, SeenSkus, as_item, header_of
from catalog.imports.plain import plain_text
from catalog.imports.prices import is_more
from catalog.imports.rows import Draft, DraftReader, too_wide
from catalog.imports.text import Record, records

# A product of Shopify has at most 2,048 variants and 250 photos.
MAX_ROWS = 2_500
MAX_GROUP = 100
# Our name of each column, by Shopify's names in lower case, the former ones and the new.
NAMES = {
    "handle": "handle", "url handle": "handle",
    "title": "title",
    "body (html)": "body", "description": "body",
    "vendor": "vendor",
    "product category": "category",
    "type": "type",
    "tags": "tags",
    "published": "published", "published on online store": "published",
    "status": "status",
    "variant sku": "sku", "sku": "sku",
    "variant price": "price", "price": "price",
    "variant compare at price": "compare", "compare-at price": "compare",
    "variant inventory qty": "quantity", "inventory quantity": "quantity",
    "variant inventory tracker": "tracker", "inventory tracker": "tracker",
    "variant inventory policy": "policy", "continue selling when out of stock": "policy",
    "variant barcode": "barcode", "barcode": "barcode",
    "image src": "image", "product image url": "image",
    "image position": "position",
    "variant image": "variant_image", "variant image url": "variant_image",
    **{f"option{n} name": f"option{n}_name" for n in (1, 2, 3)},
    **{f"option{n} value": f"option{n}_value" for n in (1, 2, 3)},
}  # fmt: skip
# What only Shopify's own files say, in either generation.
TELLING = {"price", "option1_name", "option1_value", "sku", "variant_image", "image", "body"}
# Shopify's own columns of no use to us; every other one becomes an attribute.
_UNUSED = re.compile(
    r"^(variant|image|seo|google shopping|gift card|cost per|included|price /|compare.at price|"
    r"charge tax|tax code|weight|requires shipping|fulfillment|unit price|option\d linked)",
    re.IGNORECASE,
)
OPTIONS = {
    "color": "color", "colour": "color", "색상": "color", "컬러": "color",
    "material": "material", "fabric": "material", "소재": "material",
    "pattern": "pattern", "패턴": "pattern", "style": "style", "스타일": "style",
    "size": "size", "사이즈": "size",
}  # fmt: skip
_TAGS = ("color", "material", "pattern", "style")


def is_shopify(names: Sequence[str]) -> bool:
    """Whether these are the column names of Shopify's product CSV."""
    plain = {name.strip().strip("\ufeff").lower() for name in names}
    known = {NAMES[name] for name in plain if name in NAMES}
    exact = "url handle" in plain or any(
        name.startswith(("variant ", "option1 ", "body (html)")) for name in plain
    )
    return exact and {"handle", "title"} <= known and len(TELLING & known) >= 2


@dataclass
class Group:
    """The rows of one handle."""

    handle: str
    line: int
    first: dict[str, str]
    others: dict[str, str]
    variants: list[tuple[int, dict[str, str]]] = field(default_factory=list)
    images: list[tuple[int, str]] = field(default_factory=list)
    problems: list[tuple[int, Problem]] = field(default_factory=list)
    rows: int = 0

    def take(self, line: int, row: dict[str, str]) -> None:
        self.rows += 1
        if self.rows > MAX_ROWS:
            if self.rows == MAX_ROWS + 1:
                message = f"The product {self.handle} has more than {MAX_ROWS} rows."
                self.problems.append((line, Problem("Handle", "too_many_rows", message)))
            return
        if row.get("image"):
            position = row.get("position", "")
            at = int(position) if position.isdecimal() else len(self.images) + 1
            self.images.append((at, row["image"]))
        if row.get("price") or row.get("sku") or row.get("option1_value"):
            self.variants.append((line, row))


class ShopifySource:
    """Each variant is a product of its own; `variant_group` is the handle."""

    broken = False

    def __init__(
        self, file: IO[bytes], *, currency: str, mapping: Mapping[str, str] | None = None
    ) -> None:
        self._file, self._currency = file, currency
        self._base = (mapping or {}).get(BASE, "").rstrip("/")
        self._reader = DraftReader(currency=currency)

    def items(self) -> Iterator[Item]:
        seen = SeenSkus()
        for found in self._groups():
            if isinstance(found, Item):
                yield found
                continue
            for line, problem in found.problems:
                yield Item(line, None, [problem], sku=found.handle)
            for draft in self._drafts(found):
                seen.check(draft)
                yield as_item(draft)

    def photo(self, name: str) -> bytes:
        raise FileNotFoundError(name)

    def _groups(self) -> Iterator[Group | Item]:
        """The handles in the file's order, and rows that cannot be read."""
        rows = records(self._file)
        header = header_of(rows).cells
        if not is_shopify(header):
            raise FileRefused("no_header", "These are not the column names of Shopify's CSV.")
        group: Group | None = None
        for record in rows:
            fault = record.error or too_wide(record, len(header))
            if fault:
                yield Item(record.line, None, [Problem("", "row_too_long", fault)])
                continue
            row, others = _cells(header, record)
            handle = row.get("handle") or (group.handle if group else "")
            if group is None or handle != group.handle:
                if group is not None:
                    yield group
                group = Group(handle, record.line, row, others)
            group.take(record.line, row)
        if group is not None:
            yield group

    def _drafts(self, group: Group) -> Iterator[Draft]:
        images = [url for _at, url in sorted(group.images, key=lambda one: one[0])]
        if not group.handle:
            draft = Draft(group.line)
            draft.reject("Handle", "required", "Handle is empty.")
            yield draft
            return
        for line, row in group.variants or [(group.line, group.first)]:
            options = self._options(group, row)
            cells = self._product(group) | self._offer(group, row)
            cells |= {name: options[name] for name in _TAGS if name in options}
            single = len(group.variants) <= 1
            cells["sku"] = row.get("sku") or _sku(group.handle, options, single=single)
            photos = [row["variant_image"]] if row.get("variant_image") else images
            others = {name: value for name, value in options.items() if name not in _TAGS}
            others |= {"tags": group.first.get("tags", ""), "barcode": row.get("barcode", "")}
            draft = self._reader.draft(line, cells, photos, group.others | others)
            if not cells.get("title"):
                draft.problems.clear()
                draft.reject(
                    "Title", "required",
                    f"Title is empty: the first row of {group.handle[:60]} must have it, and its"
                    " further rows follow that one.",
                )  # fmt: skip
            yield draft

    def _product(self, group: Group) -> dict[str, str]:
        first = group.first
        cells = {"title": first.get("title", ""), "variant_group": short_group(group.handle)}
        for ours, theirs in (("brand", "vendor"), ("description", "body")):
            if theirs in first:
                cells[ours] = plain_text(first[theirs])
        if category := first.get("type") or first.get("category"):
            cells["category"] = category
        if self._base:
            cells["url"] = f"{self._base}/products/{group.handle}"
        return cells

    def _offer(self, group: Group, row: Mapping[str, str]) -> dict[str, str]:
        """What the variant costs and whether there is one: the price before is "compare at"."""
        price, compare = row.get("price", ""), row.get("compare", "")
        cells = {"price": price, "sale_price": ""}
        if is_more(compare, price, self._currency):
            cells |= {"price": compare, "sale_price": price}
        if self._is_hidden(group.first):
            cells["in_stock"] = "no"
        elif "quantity" in row:
            tracked = row.get("tracker", "shopify") or row["quantity"]
            goes_on = row.get("policy", "").lower() in ("continue", "true", "yes")
            cells["in_stock"] = (row["quantity"] or "0") if tracked and not goes_on else "yes"
        return cells

    @staticmethod
    def _is_hidden(first: Mapping[str, str]) -> bool:
        inactive = first.get("status", "active").lower() in ("draft", "archived", "unlisted")
        return inactive or first.get("published", "").lower() == "false"

    @staticmethod
    def _options(group: Group, row: Mapping[str, str]) -> dict[str, str]:
        options = {}
        for n in (1, 2, 3):
            # The names stand in the product's first row only.
            name = row.get(f"option{n}_name") or group.first.get(f"option{n}_name", "")
            value = row.get(f"option{n}_value", "")
            if name and value and (name, value) != ("Title", "Default Title"):
                options[OPTIONS.get(name.strip().lower(), name[:60])] = value
        return options


def short_group(name: str) -> str:
    """A name as a variant group: one that is too long ends in its digest."""
    if len(name) <= MAX_GROUP:
        return name
    return f"{name[: MAX_GROUP - 13]}-{hashlib.sha256(name.encode()).hexdigest()[:12]}"


def _cells(header: Sequence[str], record: Record) -> tuple[dict[str, str], dict[str, str]]:
    """A row's cells by our names, and those that become attributes."""
    row: dict[str, str] = {}
    others: dict[str, str] = {}
    for name, value in zip(header, record.cells, strict=False):
        plain = name.strip().strip("\ufeff")
        ours = NAMES.get(plain.lower())
        if ours:
            row.setdefault(ours, value)
        elif plain and value and not _UNUSED.match(plain):
            others[plain[:60]] = value
    return row, others


def _sku(handle: str, options: Mapping[str, str], *, single: bool) -> str:
    """A number for a variant that has none: its handle, and what tells it apart."""
    words = [] if single else [re.sub(r"\s+", "-", value.strip()) for value in options.values()]
    return short_group("-".join([handle, *words]))
