"""The rows of a table that were left out, as a table that can be corrected and read again.

The cells are the file's own under its own header, and behind them stands why. A spreadsheet would
run a cell that begins like a formula: it gets a quote, which is taken away when the table is read.
"""

from collections.abc import Iterable, Iterator

from catalog.imports.marks import REASON
from catalog.imports.text import Record
from tenants.csv_cells import csv_line


def bad_rows(rows: Iterator[Record], problems: Iterable[tuple[int, str]]) -> Iterator[str]:
    """Lines of CSV: header, then each of `rows` that a problem (line, why) names, both ascending.

    What stands to the right of the header's last column stays to the right of the reason.
    """
    header = next(rows, None)
    if header is None:
        return
    width = len(header.cells)
    yield csv_line([*header.cells, REASON])
    ahead = iter(problems)
    problem = next(ahead, None)
    for record in rows:
        reasons = []
        while problem is not None and problem[0] <= record.line:
            if problem[0] == record.line:
                reasons.append(problem[1])
            problem = next(ahead, None)
        if reasons:
            cells = [*record.cells, *[""] * (width - len(record.cells))]
            yield csv_line([*cells[:width], " ".join(reasons), *cells[width:]])
        if problem is None:
            return
