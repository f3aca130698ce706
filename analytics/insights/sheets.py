"""A report is a list of sheets: each a table, which a chart may be drawn from and a CSV written."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

Chart = Literal["", "line", "bar", "across"]
Tone = Literal["ink", "accent", "good", "warn", "bad", "faint"]
TONES: tuple[Tone, ...] = ("ink", "accent", "good", "warn", "bad", "faint")
MINUS = "−"


@dataclass(frozen=True, slots=True)
class Cell:
    """`value` is what a CSV and a chart take (a number, a text; None: nothing to say), `text` how
    people read it, `url` the rows behind it. `swatch` is a color, as #1f2a44."""

    value: Any
    text: str = ""
    url: str = ""
    swatch: str = ""
    tone: str = ""

    @property
    def shown(self) -> str:
        return self.text or ("–" if self.value is None else str(self.value))

    @property
    def charted(self) -> str:
        """The number for a chart, written as JavaScript reads it."""
        return repr(self.value) if isinstance(self.value, int | float) else ""


@dataclass(frozen=True, slots=True)
class Column:
    """With a `tone` it is a series of the sheet's chart. `dashed`: of the days compared with."""

    label: Any
    number: bool = True
    tone: Tone | None = None
    dashed: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table of a page. `slug` names its CSV; `told` says in a sentence what its chart shows.

    `folded`: the table stands closed under its chart. `empty` is said where there is no row.
    """

    slug: str
    title: Any
    columns: Sequence[Column]
    rows: Sequence[Sequence[Cell]]
    lead: Any = ""
    empty: Any = ""
    chart: Chart = ""
    unit: str = ""
    told: Any = ""

    @property
    def lines(self) -> Iterator[list[Any]]:
        """Of the CSV: the heads, then the plain values."""
        yield [str(column.label) for column in self.columns]
        for row in self.rows:
            yield ["" if cell.value is None else cell.value for cell in row]

    @property
    def paired(self) -> Iterator[list[tuple[Column, Cell]]]:
        for row in self.rows:
            yield list(zip(self.columns, row, strict=True))


def change(now: float | None, before: float | None) -> float | None:
    """How much more than before, 0.25 for a quarter more; None where it cannot be said."""
    if now is None or not before:
        return None
    return now / before - 1


def signed_percent(share: float | None) -> str:
    """+12 %, −3 %, ±0 %; "" for None."""
    if share is None:
        return ""
    percent = round(100 * share)
    return f"{'+' if percent > 0 else MINUS if percent < 0 else '±'}{abs(percent):,} %"


def percent(share: float | None, digits: int = 0) -> str:
    return "–" if share is None else f"{100 * share:,.{digits}f} %"


def rate(number: float | None) -> str:
    """0.67, of clicks for each search: there may be more than one."""
    return "–" if number is None else f"{number:,.2f}"


def ratio(part: float | None, whole: float | None) -> float | None:
    return part / whole if whole and part is not None else None
