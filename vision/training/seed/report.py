"""The comparison with the seed project as text, Markdown and JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

BEGIN, END = "<!-- seed:start -->", "<!-- seed:end -->"


@dataclass(frozen=True)
class Line:
    """One line of the table; `photos` is 0 where it is no share of photos."""

    what: str
    seed: float | None
    ours: float | None
    photos: int = 0


def _shown(line: Mapping[str, Any], side: str) -> str:
    value = line[side]
    if value is None:
        return "–"
    if line["what"].startswith("parameters"):
        return f"{value / 1e6:.1f} M"
    return f"{value:.0f}" if line["what"].startswith("images/s") else f"{value:.3f}"


def table(report: Mapping[str, Any]) -> str:
    """The report as text for a terminal."""
    out = [f"{'held-out':<48} {'seed':>8} {'ours':>8} {'photos':>7}"]
    for line in report["lines"]:
        photos = line["photos"] or ""
        out.append(
            f"{line['what']:<48} {_shown(line, 'seed'):>8} {_shown(line, 'ours'):>8} {photos:>7}"
        )
    return "\n".join([*out, "", effort(report)])


def markdown(report: Mapping[str, Any]) -> str:
    """The report as a Markdown table with the sentence on the training under it."""
    out = ["| what | seed project | LookUs | photos |", "|---|---:|---:|---:|"]
    for line in report["lines"]:
        what = line["what"].replace("|", "/")
        photos = f"{line['photos']:,}" if line["photos"] else ""
        out.append(f"| {what} | {_shown(line, 'seed')} | {_shown(line, 'ours')} | {photos} |")
    return "\n".join([*out, "", effort(report)])


def filled(document: str, report: Mapping[str, Any]) -> str:
    """A Markdown document with the table between its two marks. Raises ValueError without them."""
    before, begin, rest = document.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not (begin and end):
        raise ValueError(f"the document has no {BEGIN} and {END} to write between")
    return f"{before}{begin}\n{markdown(report)}\n{end}{after}"


def effort(report: Mapping[str, Any]) -> str:
    """How long the seed project's networks learned, in a sentence each."""
    said = []
    for name, of in report["training"].items():
        steps = ", ".join(f"{phase} {n} steps" for phase, (n, _) in of["phases"].items())
        passes = ", ".join(f"{group} {count:.1f}" for group, count in of["passes"].items())
        said.append(
            f"The {name} network learned {of['minutes']:g} minutes on {report['threads']} threads"
            f" ({steps}); passes over the training photos: {passes}."
        )
    return "\n".join(said)


def write_report(report: Mapping[str, Any], path: Path) -> None:
    path.write_text(json.dumps(report, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
