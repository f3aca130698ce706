"""A CSV's bytes to records: encoding and delimiter found out, memory flat, long lines cut off."""

import codecs
import csv
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from typing import IO, Any

from catalog.imports.errors import FileRefused
from catalog.imports.marks import OURS
from tenants.csv_cells import cell_unquoted

BLOCK_BYTES = 256 * 1024
MAX_LINE = 1_000_000
HEAD_BYTES = 64 * 1024
DELIMITERS = ",;\t|"
BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
SHOWN = {"utf-8": "UTF-8", "utf-8-sig": "UTF-8", "utf-16": "UTF-16", "cp949": "CP949"}


@dataclass(slots=True)
class Record:
    """One row: the line it begins on (from 1) and its cells; `error` where it cannot be read."""

    line: int
    cells: list[str]
    error: str = ""


def records(file: IO[bytes]) -> Iterator[Record]:
    """The rows of a CSV, blank ones left out, the header first.

    A table of ours, of rows that were left out before or of an export, comes without its last
    column and without the quotes before formulas. Raises FileRefused: empty, or in none of UTF-8,
    UTF-16 and CP949.
    """
    rows = _records(file)
    header = next(rows, None)
    if header is None:
        return
    if not header.cells or header.cells[-1] not in OURS:
        yield from chain([header], rows)
        return
    place = len(header.cells) - 1
    for record in chain([header], rows):
        cells = [cell_unquoted(cell) for at, cell in enumerate(record.cells) if at != place]
        if record.error or any(cells):
            yield Record(record.line, cells, record.error)


def _records(file: IO[bytes]) -> Iterator[Record]:
    encoding = find_encoding(file)
    file.seek(0)
    head = decoded_head(file, encoding)
    if not head.strip():
        raise FileRefused("empty", "The file is empty: there is no line in it.")
    file.seek(0)
    lines = _Lines(file, encoding, old_mac="\r" in head and "\n" not in head)
    reader = csv.reader(iter(lines), delimiter=find_delimiter(head))
    while True:
        begins = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            limit = f"{csv.field_size_limit():,}"
            yield Record(
                begins,
                [],
                f"A cell is longer than {limit} characters: is a closing quote missing?",
            )
            continue
        if begins in lines.overlong:
            limit = f"{MAX_LINE:,}"
            yield Record(begins, [], f"The line is longer than {limit} characters.")
        else:
            cells = [cell.strip() for cell in cells]
            if any(cells):
                yield Record(begins, cells)


def count_lines(file: IO[bytes]) -> int:
    """The file's lines, as bytes tell them: in a CSV about as many as it has rows."""
    file.seek(0)
    count, last = 0, b"\n"
    while block := file.read(BLOCK_BYTES):
        count += block.count(b"\n")
        last = block[-1:]
    return count + (last != b"\n")


def find_encoding(file: IO[bytes]) -> str:
    """UTF-8 (with or without BOM), UTF-16 or CP949, whichever the whole file can be read in."""
    file.seek(0)
    head = file.read(HEAD_BYTES)
    for bom, name in BOMS:
        if head.startswith(bom):
            _check(file, name)
            return name
    # Signs such as the comma have a zero byte in UTF-16, before or behind.
    before, behind = head[0::2].count(0), head[1::2].count(0)
    if before != behind:
        name = "utf-16-le" if behind > before else "utf-16-be"
        _check(file, name)
        return name
    for name in ("utf-8", "cp949"):
        if _fault(file, name) is None:
            return name
    line = _fault(file, "utf-8")
    raise FileRefused(
        "wrong_encoding",
        f"Line {line} is neither UTF-8 nor CP949: save the file as “CSV UTF-8”"
        " and upload it again.",
    )


def find_delimiter(head: str) -> str:
    """The sign that stands most often in the first line, outside quotes."""
    line = next(one for one in head.splitlines() if one.strip())
    bare = "".join(line.split('"')[::2])
    return max(DELIMITERS, key=lambda sign: (bare.count(sign), sign == ","))


def first_cells(head: str) -> list[str]:
    """The cells of a text's first line that is not blank; empty where there is none."""
    line = next((one for one in head.splitlines() if one.strip()), "")
    if not line:
        return []
    try:
        cells = next(csv.reader([line], delimiter=find_delimiter(line)), [])
    except csv.Error:
        return []
    return [cell.strip() for cell in cells]


def decoded_head(file: IO[bytes], encoding: str) -> str:
    return codecs.getincrementaldecoder(encoding)().decode(file.read(HEAD_BYTES))


def _check(file: IO[bytes], encoding: str) -> None:
    line = _fault(file, encoding)
    if line is not None:
        shown = SHOWN.get(encoding, "UTF-16")
        raise FileRefused(
            "wrong_encoding",
            f"The file says that it is {shown}, but line {line} is not: save it as “CSV UTF-8”"
            " and upload it again.",
        )


def _fault(file: IO[bytes], encoding: str) -> int | None:
    """The first line that cannot be read in this encoding; None if all can."""
    file.seek(0)
    decoder = codecs.getincrementaldecoder(encoding)()
    line = 1
    while True:
        block = file.read(BLOCK_BYTES)
        try:
            line += decoder.decode(block, final=not block).count("\n")
        except UnicodeDecodeError as error:
            return line + error.object[: error.start].count(b"\n")
        if not block:
            return None


class _Lines:
    """The text's lines with their ends; one that is too long comes empty and is noted."""

    def __init__(self, file: IO[bytes], encoding: str, *, old_mac: bool) -> None:
        self.overlong: set[int] = set()
        self._file, self._old_mac = file, old_mac
        self._decoder: Any = codecs.getincrementaldecoder(encoding)()

    def __iter__(self) -> Iterator[str]:
        rest, number, skipping = "", 0, False
        while True:
            block = self._file.read(BLOCK_BYTES)
            # Postgres keeps no NUL in a text.
            text = self._decoder.decode(block, final=not block).replace("\0", "")
            *whole, rest = (rest + (text.replace("\r", "\n") if self._old_mac else text)).split(
                "\n"
            )
            for line in whole:
                number += 1
                if skipping or len(line) > MAX_LINE:
                    self.overlong.add(number)
                    skipping, line = False, ""  # noqa: PLW2901 - what is left of it
                yield f"{line}\n"
            if len(rest) > MAX_LINE:
                rest, skipping = "", True
            if not block:
                if skipping:
                    self.overlong.add(number + 1)
                    yield "\n"
                elif rest:
                    yield rest
                return
