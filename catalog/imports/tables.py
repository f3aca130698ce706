"""A table before it is read: its columns, its first rows, and what they may mean."""

import csv
import hashlib
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import IO

from catalog.imports.cafe24 import needs_base
from catalog.imports.columns import ATTRIBUTE, BASE, REQUIRED, read_header, unique_names
from catalog.imports.errors import FileRefused
from catalog.imports.guesses import by_values
from catalog.imports.items import Item, header_of
from catalog.imports.kinds import HEAD_BYTES, TABLES, kind_of, source_of
from catalog.imports.text import BOMS, records

SAMPLE_ROWS = 50
# A line may be long: descriptions are.
SAMPLE_BYTES = 4 * HEAD_BYTES


@dataclass(frozen=True)
class Table:
    """The beginning of a file with columns. `names` are told apart (`unique_names`)."""

    kind: str
    names: list[str]
    rows: list[list[str]]
    head: bytes
    """Whole lines of the file, the first ones."""

    @property
    def fingerprint(self) -> str:
        """The same for every file with this header, whatever its encoding and separator."""
        plain = "\x1f".join(" ".join(name.lower().split()) for name in self.names)
        return hashlib.sha256(f"{self.kind}\x1f{plain}".encode()).hexdigest()

    def examples(self, place: int, count: int = 3) -> list[str]:
        """Some different values of a column."""
        values = dict.fromkeys(row[place] for row in self.rows if place < len(row))
        return [value for value in values if value][:count]


@dataclass(frozen=True)
class Guess:
    """What columns may mean, by their name in the file; `by_values`: not sure by the name."""

    columns: dict[str, str]
    by_values: frozenset[str] = frozenset()


def table_of(file: IO[bytes], filename: str = "") -> Table | None:
    """The table that a file begins with; None if it is none whose columns have names of their own.

    Raises FileRefused where its beginning cannot be read.
    """
    file.seek(0)
    head = file.read(SAMPLE_BYTES)
    kind = kind_of(head, filename)
    if kind not in TABLES:
        return None
    if len(head) == SAMPLE_BYTES:
        head = _whole_lines(head)
    rows = records(io.BytesIO(head))
    names = unique_names(header_of(rows).cells)
    first = [record.cells for record, _ in zip(rows, range(SAMPLE_ROWS), strict=False)]
    return Table(kind, names, [cells for cells in first if cells], head)


def table_again(kind: str, names: list[str], rows: list[list[str]]) -> Table:
    """A table made anew from what was kept of it."""
    out = io.StringIO()
    csv.writer(out).writerows([names, *rows])
    return Table(kind, names, rows, out.getvalue().encode())


def guess(table: Table, currency: str) -> Guess:
    """What each column may mean: by its name; where needed ones are missing, by its values."""
    if table.kind != "csv":
        return Guess({})
    header = read_header(table.names)
    columns = {table.names[at]: name for name, places in header.places.items() for at in places}
    found = by_values(table.names, table.rows, taken=columns, currency=currency)
    rest = {name: ATTRIBUTE for name in table.names if name}
    return Guess(rest | columns | found, frozenset(found))


def asks(table: Table, columns: Mapping[str, str]) -> bool:
    """Whether somebody must say more of these columns before the file can be read."""
    if table.kind == "cafe24":
        return not columns.get(BASE) and needs_base(table.names, table.rows)
    # What has fewer columns than must be there, or no rows, is no table that anybody can explain.
    is_table = len(table.names) >= len(REQUIRED) and bool(table.rows)
    return is_table and bool(missing_of(table, columns))


def missing_of(table: Table, columns: Mapping[str, str]) -> list[str]:
    """The columns that must be there, and are not."""
    if table.kind != "csv":
        return []
    header = read_header(table.names, columns)
    return [name for name in REQUIRED if name not in header.places]


def preview(
    table: Table, columns: Mapping[str, str], currency: str, count: int = 5
) -> tuple[list[Item], str]:
    """The first rows as they would be read, and why none can be."""
    return sampled(table.kind, table.head, columns, currency, count)


def sampled(
    kind: str, head: bytes, columns: Mapping[str, str], currency: str, count: int = 5
) -> tuple[list[Item], str]:
    """The first items of a file's beginning, and why none can be read."""
    try:
        source = source_of(kind, io.BytesIO(head), currency=currency, mapping=columns)
        return [item for item, _ in zip(source.items(), range(count), strict=False)], ""
    except FileRefused as refused:
        return [], refused.message


def cut_rows(rows: Sequence[Sequence[str]], count: int = 5, width: int = 200) -> list[list[str]]:
    """A few rows with short cells, to be kept."""
    return [[cell[:width] for cell in row] for row in rows[:count]]


def _whole_lines(head: bytes) -> bytes:
    """Without the last line, which is cut off; a line feed of UTF-16 has two bytes."""
    wide = any(head.startswith(bom) for bom, name in BOMS if name == "utf-16") or b"\0" in head[:2]
    for end in (b"\n\0", b"\0\n") if wide else (b"\n", b"\r"):
        at = head.rfind(end)
        if at > 0:
            cut = at + len(end)
            return head[: cut - cut % 2] if wide else head[:cut]
    return head
