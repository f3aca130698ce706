"""What every kind of file comes down to: items in a fixed order, each one product or problems."""

import hashlib
from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import IO, Any, Protocol

from catalog.imports.batches import batched
from catalog.imports.columns import REQUIRED, missing, read_header
from catalog.imports.errors import FileRefused, Problem
from catalog.imports.rows import Draft, RowReader
from catalog.imports.text import Record, records
from catalog.shop_taxonomy import shop_taxonomy
from catalog.words import own_words

# Another number where the same cells come to mean another product: all rows are read again then.
VERSION = 1
# Rows whose products are asked for together.
KNOWN_AT_ONCE = 5000


@dataclass(slots=True)
class Item:
    """One product of a file. `draft` None: nothing can come of it, the problems say why."""

    row: int
    draft: Draft | None
    problems: list[Problem] = field(default_factory=list)
    names: tuple[str, ...] = ()
    """Photos in the ZIP; addresses are in the draft."""
    sku: str = ""
    """As the row says it, for the report; a row that is left out has no draft."""
    digest: str = ""
    """Of the row's cells and what reads them; empty where the source knows none."""
    unchanged: bool = False
    """The product's last import read this very row: it was not read again, and has no draft."""


class Source(Protocol):
    """A file that is read from the start, the same each time, and item by item.

    `broken` is true once the items ended before the file's end should have come: what is not in
    them may be in the rest, so nothing counts as gone.
    """

    broken: bool

    def items(self) -> Iterator[Item]: ...

    def photo(self, name: str) -> bytes: ...


Known = Callable[[Sequence[str]], Mapping[str, str]]
"""Of products with these SKUs, the digests of the rows that they were last read from."""


class CsvSource:
    """A table with the columns that we know, or that `mapping` gives a meaning to.

    With `known` a row that says what it said the last time is told by its cells alone, which takes
    a tenth of reading it.
    """

    broken = False
    known: Known | None = None
    done = 0
    """So many rows were taken in by former jobs: only their SKUs are read."""
    bad_lines: Container[int] = ()
    """Those of them that were left out."""

    def __init__(
        self, file: IO[bytes], *, currency: str, mapping: Mapping[str, str] | None = None
    ) -> None:
        self._file, self._currency, self._mapping = file, currency, mapping or {}

    def items(self) -> Iterator[Item]:
        seen = SeenSkus()
        rows = records(self._file)
        reader, names = _reader(rows, self._currency, self._mapping)
        # Where the shop's own words change, the same cells may come to mean something else.
        words = own_words(shop_taxonomy())
        meaning = [VERSION, self._currency, names, sorted(self._mapping.items())]
        digest = _digest_of([*meaning, words] if words else meaning)
        place = reader.header.places["sku"][0]
        for record in islice(rows, self.done):
            sku = record.cells[place] if place < len(record.cells) else ""
            left_out = record.line in self.bad_lines
            if sku and not left_out:
                seen.is_first(sku, record.line)
            told = [Problem("", "told", "")] if left_out else []
            yield Item(record.line, None, told, sku=sku, unchanged=True)
        for block in batched(rows, KNOWN_AT_ONCE, _characters):
            skus = [one.cells[place] if place < len(one.cells) else "" for one in block]
            known = self.known(skus) if self.known is not None else {}
            for record, sku in zip(block, skus, strict=True):
                said = digest(record.cells)
                if known.get(sku) == said and seen.is_first(sku, record.line):
                    yield Item(record.line, None, sku=sku, digest=said, unchanged=True)
                    continue
                draft = reader.read(record)
                seen.check(draft)
                item = as_item(draft)
                item.digest = said
                yield item

    def photo(self, name: str) -> bytes:
        raise FileNotFoundError(name)


class SeenSkus:
    """The SKUs of a file and where they stood first. Hashes, so that a million fit."""

    def __init__(self) -> None:
        self._lines: dict[int, int] = {}

    def is_first(self, sku: str, line: int) -> bool:
        """Note where a good row stands; False if its SKU stood in one before."""
        return self._lines.setdefault(hash(sku), line) == line

    def check(self, draft: Draft) -> None:
        """Reject a draft whose SKU stood in an earlier row that was good."""
        if not draft.sku or draft.problems:
            return
        first = self._lines.setdefault(hash(draft.sku), draft.line)
        if first != draft.line:
            draft.reject(
                "sku",
                "duplicate_sku",
                f"SKU {draft.sku[:60]} stands in row {first} too: that row counts.",
                draft.sku,
            )


def drafts(
    file: IO[bytes],
    *,
    currency: str,
    mapping: Mapping[str, str] | None = None,
    in_zip: bool = False,
) -> Iterator[Draft]:
    """The rows of a CSV below its header. Raises FileRefused."""
    rows = records(file)
    reader, _ = _reader(rows, currency, mapping, in_zip=in_zip)
    return _read(reader, rows)


def _reader(
    rows: Iterator[Record],
    currency: str,
    mapping: Mapping[str, str] | None,
    *,
    in_zip: bool = False,
) -> tuple[RowReader, list[str]]:
    """Who reads the rows below the header, and the header's cells. Raises FileRefused."""
    first = header_of(rows)
    header = read_header(first.cells, mapping)
    if not header.places:
        known = ", ".join(REQUIRED)
        raise FileRefused(
            "no_header",
            f"Line {first.line} holds no column names that we know: the first line must name the "
            f"columns, as {known}, image_url.",
        )
    absent = missing(header, () if in_zip else REQUIRED)
    if absent:
        there = ", ".join(name for name in first.cells if name)
        raise FileRefused(
            "missing_column",
            f"There is no column {', '.join(absent)}. The file has: {there[:300]}.",
            field=absent[0],
        )
    return RowReader(header, currency=currency, in_zip=in_zip), first.cells


def _characters(record: Record) -> int:
    return sum(map(len, record.cells))


def _digest_of(reader: list[Any]) -> Callable[[list[str]], str]:
    """A fingerprint of a row's cells, another one for each way of reading them."""
    start = hashlib.blake2b(repr(reader).encode("utf-8", "surrogatepass"), digest_size=16)

    def digest(cells: list[str]) -> str:
        said = start.copy()
        said.update("\x1f".join(cells).encode("utf-8", "surrogatepass"))
        return said.hexdigest()

    return digest


def header_of(rows: Iterator[Record]) -> Record:
    """The first row, which names the columns. Raises FileRefused."""
    first = next(rows, None)
    if first is None:
        raise FileRefused("empty", "The file is empty: there is no line in it.")
    if first.error:
        raise FileRefused("no_header", f"Line {first.line} names no columns: {first.error}")
    return first


def _read(reader: RowReader, rows: Iterator[Record]) -> Iterator[Draft]:
    for record in rows:
        yield reader.read(record)


def as_item(draft: Draft, *, names: tuple[str, ...] = ()) -> Item:
    kept = None if draft.problems else draft
    return Item(draft.line, kept, draft.problems, names, draft.sku)
