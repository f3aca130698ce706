"""Products read from a shop's pages, one record a line, as the crawler wrote them down."""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import IO, Any

from catalog.imports.errors import FileRefused, Problem
from catalog.imports.items import Item, SeenSkus, as_item
from catalog.imports.rows import DraftReader

MAX_LINE = 1_000_000


class PagesSource:
    """JSON Lines: {"cells": {column: text}, "photos": [address], "others": {name: text}}."""

    broken = False

    def __init__(
        self, file: IO[bytes], *, currency: str, mapping: Mapping[str, str] | None = None
    ) -> None:
        self._file = file
        self._reader = DraftReader(currency=currency)

    def items(self) -> Iterator[Item]:
        self._file.seek(0)
        seen, number = SeenSkus(), 0
        while line := self._file.readline(MAX_LINE):
            number += 1
            record = _read(line)
            if record is None:
                raise FileRefused("no_records", f"Line {number} holds no product of a page.")
            cells = record.get("cells", {})
            draft = self._reader.draft(
                number, cells, record.get("photos"), record.get("others", {})
            )
            if draft.problems and cells.get("url"):
                # The report names lines, and these are pages to people.
                draft.problems = [
                    Problem(one.field, one.code, f"{one.message} ({cells['url'][:200]})", one.value)
                    for one in draft.problems
                ]
            seen.check(draft)
            yield as_item(draft)
        if not number:
            raise FileRefused("empty", "None of the pages holds a product.")

    def photo(self, name: str) -> bytes:
        raise FileNotFoundError(name)


def lines_of(records: Iterable[Mapping[str, Any]]) -> bytes:
    """Records as this reader reads them."""
    lines = (json.dumps(one, ensure_ascii=False, sort_keys=True) for one in records)
    return "".join(f"{line}\n" for line in lines).encode()


def _read(line: bytes) -> dict[str, Any] | None:
    try:
        record = json.loads(line)
    except ValueError:
        return None
    return record if isinstance(record, dict) else None
