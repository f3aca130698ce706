"""Cells of a CSV that a spreadsheet must not take for a formula, and how they are read back."""

import csv
import io
from collections.abc import Sequence
from typing import Any

FORMULA = ("=", "+", "-", "@", "\t", "\r")
MARK = "'"
BYTE_ORDER_MARK = "\ufeff"


def cell_quoted(value: Any) -> Any:
    """A text that begins a formula, with a mark before it; everything else as it is."""
    if isinstance(value, str) and value.lstrip(MARK).startswith(FORMULA):
        return MARK + value
    return value


def cell_unquoted(text: str) -> str:
    """The cell before it was `cell_quoted`."""
    inner = text.removeprefix(MARK)
    return inner if inner != text and inner.lstrip(MARK).startswith(FORMULA) else text


def csv_line(values: Sequence[Any]) -> str:
    out = io.StringIO()
    csv.writer(out).writerow([cell_quoted(value) for value in values])
    return out.getvalue()
