"""The rows of a table that were left out, as a table that can be corrected and read again.

The cells are the file's own under its own header, and behind them stands why. A spreadsheet would
run a cell that begins like a formula: it gets a quote, which is taken away when the table is read.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

from catalog.imports.formulas import REASON, quoted
from catalog.imports.text import Record


def bad_rows(rows: Iterator[Record], problems: Iterable[tuple[int, str]]) -> Iterator[str]:
    """Lines of CSV: header, then each of `rows` that a problem (line, why) names, both ascending.

    What stands to the right of the header's last column stays to the right of the reason.
    """
    header = next(rows, None)
    if header is None:
        return
    width = len(header.cells)
    yield _line([*map(quoted, header.cells), REASON])
    ahead = iter(problems)
    problem = next(ahead, None)
    for record in rows:
        reasons = []
        while problem is not None and problem[0] <= record.line:
            if problem[0] == record.line:
                reasons.append(problem[1])
            problem = next(ahead, None)
        if reasons:
            cells = [quoted(cell) for cell in record.cells]
            cells += [""] * (width - len(cells))
            yield _line([*cells[:width], quoted(" ".join(reasons)), *cells[width:]])
        if problem is None:
            return


def _line(cells: Sequence[str]) -> str:
    out = io.StringIO()
    csv.writer(out).writerow(cells)
    return out.getvalue()
