"""One record to one product, or to the problems that keep it out."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from operator import itemgetter
from typing import Any

from catalog.imports.addresses import BETWEEN_URLS, is_one_address, is_web_address
from catalog.imports.columns import REQUIRED, Header
from catalog.imports.errors import Problem
from catalog.imports.meanings import in_stock, repeated_step
from catalog.imports.prices import PriceError, price_problem, read_currency, read_price
from catalog.imports.repeated import (
    address_check,
    category_in,
    gender_in,
    value_in,
)
from catalog.imports.text import Record
from catalog.models import Product
from tenants.fetch import FetchRefused

MAX_PHOTOS = 20
# Columns that go to a field of Product as they are.
PLAIN = ("title", "description", "brand", "season", "variant_group")
TAG_KINDS = ("color", "pattern", "material", "style", "season")

_BETWEEN_NAMES = re.compile(r"\s*[|,;\n]\s*")
_TRANSLATED = [
    (f"{name}_{language}", name, language)
    for name in ("title", "description")
    for language in ("ko", "en")
]
_LENGTHS = [
    (name, getattr(Product._meta.get_field(name), "max_length", None) or 0)
    for name in ("title", "brand", "url", "season", "variant_group", "feed_category")
]
_SKU_LENGTH = Product._meta.get_field("sku").max_length or 0


@dataclass(slots=True)
class Draft:
    """A product on its way in; it is left out if it has problems."""

    line: int
    sku: str = ""
    fields: dict[str, Any] = field(default_factory=dict)
    tags: dict[str, str] = field(default_factory=dict)
    photos: list[str] | None = None
    """Addresses, or names in the ZIP; None where the file has no column of photos."""
    problems: list[Problem] = field(default_factory=list)

    def reject(self, name: str, code: str, message: str, value: str = "") -> None:
        self.problems.append(Problem(name, code, message, value))


class DraftReader:
    """Reads what a record says, by our columns (`columns.COLUMNS`), whatever file it stood in.

    `in_zip`: photos are names, and only they must be there.
    """

    def __init__(self, *, currency: str, in_zip: bool = False) -> None:
        self.currency, self.in_zip = currency, in_zip
        self.required = () if in_zip else REQUIRED

    def draft(
        self,
        line: int,
        cells: Mapping[str, str],
        photos: Sequence[str] | None,
        others: Mapping[str, str],
    ) -> Draft:
        """The product of a record, or its problems.

        A column that is not in `cells` leaves the product's value alone, an empty one empties it.
        `photos` None leaves them alone; `others` are kept as attributes.
        """
        draft = Draft(line, cells.get("sku", ""))
        for name in self.required:
            if not cells.get(name):
                draft.reject(name, "required", f"{name} is empty.")
        self._texts(draft, cells)
        self._prices(draft, cells)
        self._choices(draft, cells)
        self._photos(draft, photos)
        if others:
            draft.fields["attributes"] |= {name: value for name, value in others.items() if value}
        return draft

    def _texts(self, draft: Draft, cells: Mapping[str, str]) -> None:
        fields = draft.fields
        for name in PLAIN:
            if name in cells:
                fields[name] = cells[name]
        if "category" in cells:
            fields["feed_category"] = cells["category"]
        url = cells.get("url", "")
        if "url" in cells:
            fields["url"] = url
        if url and not is_web_address(url):
            draft.reject("url", "invalid_url", f"“{url[:80]}” is no web address.", url)
        if len(draft.sku) > _SKU_LENGTH:
            _too_long(draft, "sku", draft.sku, _SKU_LENGTH)
        for name, limit in _LENGTHS:
            if name in fields and len(fields[name]) > limit:
                shown = "category" if name == "feed_category" else name
                _too_long(draft, shown, fields[name], limit)
        translations: dict[str, dict[str, str]] = {}
        for column, field_name, language in _TRANSLATED:
            if column in cells and (value := cells[column]):
                translations.setdefault(language, {})[field_name] = value
        if "title_ko" in cells or "title_en" in cells:
            fields["translations"] = translations

    def _prices(self, draft: Draft, cells: Mapping[str, str]) -> None:
        currency = self.currency
        if named := cells.get("currency"):
            try:
                currency = read_currency(named)
            except PriceError as error:
                draft.problems.append(price_problem("currency", named, error))
                return
        amounts: dict[str, int | None] = {}
        currencies = set()
        for name in ("price", "sale_price"):
            text = cells.get(name)
            if text is None:
                continue
            amounts[name] = None
            if text:
                try:
                    price = read_price(text, currency)
                except PriceError as error:
                    draft.problems.append(price_problem(name, text, error))
                    continue
                amounts[name] = price.amount
                currencies.add(price.currency)
        if len(currencies) > 1 or (cells.get("currency") and currencies - {currency}):
            text = f"{cells.get('price')} / {cells.get('sale_price')} {cells.get('currency', '')}"
            draft.reject("currency", "currencies_differ", "The prices are in two currencies.", text)
        amount, reduced = amounts.get("price"), amounts.get("sale_price")
        if reduced is not None and amount is None and not draft.problems:
            draft.reject(
                "price", "required", "There is a sale price and no price.", cells["sale_price"]
            )
        elif reduced is not None and amount is not None and reduced >= amount:
            if reduced > amount:
                message = "The sale price is above the price."
                draft.reject("sale_price", "sale_price_above_price", message, cells["sale_price"])
            amounts["sale_price"] = None
        draft.fields |= amounts
        if currencies or cells.get("currency"):
            draft.fields["currency"] = (currencies or {currency}).pop()

    def _choices(self, draft: Draft, cells: Mapping[str, str]) -> None:
        draft.fields["attributes"] = {}
        if gender := cells.get("gender"):
            known = gender_in(gender)
            draft.fields["gender"] = known or ""
            if known is None:
                draft.fields["attributes"]["gender"] = gender
        if stock := cells.get("in_stock"):
            draft.fields["in_stock"] = in_stock(stock)
            if draft.fields["in_stock"] is None:
                message = f"“{stock[:40]}” says neither yes nor no: write yes, no or a number."
                draft.reject("in_stock", "invalid_stock", message, stock)
        if category := cells.get("category"):
            if repeated := repeated_step(category):
                message = (
                    f"The category names “{repeated[:60]}” below itself: write each step of its"
                    " path once."
                )
                draft.reject("category", "category_cycle", message, category)
            if found := category_in(category):
                draft.tags["category"] = found
        for kind in TAG_KINDS:
            text = cells.get(kind, "")
            if text and (value := value_in(kind, text)):
                draft.tags[kind] = value
            if text and kind != "season":
                draft.fields["attributes"][kind] = text

    def _photos(self, draft: Draft, photos: Sequence[str] | None) -> None:
        if photos is None:
            return
        draft.photos = list(dict.fromkeys(photos))[:MAX_PHOTOS]
        for url in () if self.in_zip else draft.photos:
            try:
                address_check(url)
            except FetchRefused as refused:
                draft.reject("image_url", refused.code, refused.message[:500], url)


class RowReader:
    """Reads the records below a header."""

    def __init__(self, header: Header, *, currency: str, in_zip: bool = False) -> None:
        self.header = header
        self._names = list(header.places)
        # With the first once more, so that it always takes several.
        places = [places[0] for places in header.places.values()]
        self._cells = itemgetter(*places, places[0])
        self._between = _BETWEEN_NAMES if in_zip else BETWEEN_URLS
        self._is_one = _no_address if in_zip else is_one_address
        self._reader = DraftReader(currency=currency, in_zip=in_zip)

    def read(self, record: Record) -> Draft:
        fault = record.error or too_wide(record, self.header.width)
        if fault:
            draft = Draft(record.line)
            draft.reject("", "row_too_long", fault)
            return draft
        row = record.cells
        if len(row) < self.header.width:
            row = [*row, *[""] * (self.header.width - len(row))]
        cells = dict(zip(self._names, self._cells(row), strict=False))
        others = {name: row[place] for place, name in self.header.unknown.items()}
        return self._reader.draft(record.line, cells, self._photos(row), others)

    def _photos(self, row: Sequence[str]) -> list[str] | None:
        places = self.header.places.get("image_url")
        if places is None:
            return None
        if len(places) == 1 and self._is_one(row[places[0]]):
            return [row[places[0]]]
        return [name for at in places for name in self._between.split(row[at]) if name]


def _no_address(_cell: str) -> bool:
    return False


def _too_long(draft: Draft, name: str, value: str, limit: int) -> None:
    message = f"{name} has {len(value)} characters, at most {limit} are kept."
    draft.reject(name, "too_long", message, value)


def too_wide(record: Record, width: int) -> str:
    """What to say of a row with more cells than the header; empty if it has not."""
    if len(record.cells) <= width or not any(record.cells[width:]):
        return ""
    return (
        f"The row has {len(record.cells)} cells and the header {width}: is a quote missing around"
        " a cell with a separator in it?"
    )
