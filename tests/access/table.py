"""The tables of who may ask what: `tables/*.txt`, one line for a route and the methods alike.

    catalog/product/  POST  302  404  …

The first line names the callers. A cell is the status that is expected; `200/503` where either may
be. A route of no letters is written `.`; one that ends in a question mark and words is asked with
what `callers.ASKED` says of them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
FOLDER = Path(__file__).parent / "tables"
EMPTY = "."


@dataclass(frozen=True, slots=True)
class Line:
    route: str
    methods: tuple[str, ...]
    expected: Mapping[str, str]
    """By caller."""

    def allows(self, caller: str, status: int) -> bool:
        return str(status) in self.expected[caller].split("/")


@dataclass(frozen=True, slots=True)
class Table:
    callers: tuple[str, ...]
    lines: tuple[Line, ...]

    def routes(self) -> set[str]:
        """As the URL map has them."""
        return {line.route.partition(" ?")[0] for line in self.lines}


def table(name: str) -> Table:
    header, *rows = [
        row for row in (FOLDER / f"{name}.txt").read_text(encoding="utf-8").splitlines() if row
    ]
    callers = tuple(header.split()[2:])
    lines = []
    for row in rows:
        route, methods, *cells = row.rsplit(maxsplit=len(callers) + 1)
        assert len(cells) == len(callers), row
        route = "" if route == EMPTY else route
        lines.append(Line(route, tuple(methods.split(",")), dict(zip(callers, cells, strict=True))))
    return Table(callers, tuple(lines))


def written(callers: Sequence[str], seen: Mapping[tuple[str, str], Mapping[str, int]]) -> str:
    """The text of a table of these answers, by route and method."""
    lines = [["route", "methods", *callers]]
    for route in dict.fromkeys(route for route, _ in seen):
        alike: dict[tuple[int, ...], list[str]] = {}
        for method in METHODS:
            if (route, method) in seen:
                cells = tuple(seen[route, method][caller] for caller in callers)
                alike.setdefault(cells, []).append(method)
        lines += [
            [route or EMPTY, ",".join(methods), *map(str, cells)]
            for cells, methods in alike.items()
        ]
    widths = [max(len(line[column]) for line in lines) for column in range(len(lines[0]))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
        for line in lines
    )
