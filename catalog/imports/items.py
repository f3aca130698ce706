"""What every kind of file comes down to: items in a fixed order, each one product or problems."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import IO, Protocol

from catalog.imports.columns import REQUIRED, missing, read_header
from catalog.imports.errors import FileRefused, Problem
from catalog.imports.rows import Draft, RowReader
from catalog.imports.text import Record, records


@dataclass
class Item:
    """One product of a file. `draft` None: nothing can come of it, the problems say why."""

    row: int
    draft: Draft | None
    problems: list[Problem] = field(default_factory=list)
    names: tuple[str, ...] = ()
    """Photos in the ZIP; addresses are in the draft."""
    sku: str = ""
    """As the row says it, for the report; a row that is left out has no draft."""


class Source(Protocol):
    """A file that is read from the start, the same each time, and item by item.

    `broken` is true once the items ended before the file's end should have come: what is not in
    them may be in the rest, so nothing counts as gone.
    """

    broken: bool

    def items(self) -> Iterator[Item]: ...

    def photo(self, name: str) -> bytes: ...


class CsvSource:
    """A table with the columns that we know, or that `mapping` gives a meaning to."""

    broken = False

    def __init__(
        self, file: IO[bytes], *, currency: str, mapping: Mapping[str, str] | None = None
    ) -> None:
        self._file, self._currency, self._mapping = file, currency, mapping or {}

    def items(self) -> Iterator[Item]:
        seen = SeenSkus()
        for draft in drafts(self._file, currency=self._currency, mapping=self._mapping):
            seen.check(draft)
            yield as_item(draft)

    def photo(self, name: str) -> bytes:
        raise FileNotFoundError(name)


class SeenSkus:
    """The SKUs of a file and where they stood first. Hashes, so that a million fit."""

    def __init__(self) -> None:
        self._lines: dict[int, int] = {}

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
    reader = RowReader(header, currency=currency, in_zip=in_zip)
    return _read(reader, rows)


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
