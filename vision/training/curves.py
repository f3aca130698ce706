"""The course of a training run as a picture, from the log in its folder."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PIL import Image

from vision.training import plots
from vision.training.runs import Schedule

NAME = "curves.png"
NOT_LOSSES = ("step", "minutes", "size", "progress", "loss", "rate")
WIDTH, PANEL, GAP, LEFT, LEGEND = 760, 210, 64, 62, 150
# a line is smoothed over this share of the run
SMOOTH = 0.05


def curves(run: Path) -> Path:
    """Draw curves.png into the folder of a run from its log.jsonl (and, for the rate, its
    config.json); returns the path. Raises ValueError for a log without two rows."""
    rows = read_log(run)
    if len(rows) < 2:
        raise ValueError(f"{run / 'log.jsonl'} holds {len(rows)} rows: a curve needs two")
    config = json.loads((run / "config.json").read_text())
    drawn(run.name, rows, rates(rows, config)).save(run / NAME, optimize=True)
    return run / NAME


def read_log(run: Path) -> list[dict[str, Any]]:
    """The rows of a run's log, without those that a resumed run did over."""
    kept: dict[int, dict[str, Any]] = {}
    for line in (run / "log.jsonl").read_text().splitlines():
        row = json.loads(line)
        kept = {step: old for step, old in kept.items() if step < row["step"]}
        kept[row["step"]] = row
    return list(kept.values())


def rates(rows: Sequence[dict[str, Any]], config: dict[str, Any]) -> list[float]:
    """The learning rate at each row: as logged, or else as the run's schedule has it."""
    schedule = Schedule(**config["schedule"])
    return [float(row.get("rate", schedule.rate(row["progress"]))) for row in rows]


def drawn(title: str, rows: Sequence[dict[str, Any]], rate: Sequence[float]) -> Image.Image:
    """Three panels over the steps: the loss, its parts (where there are any) and the rate with
    the photo size of each phase."""
    steps = [float(row["step"]) for row in rows]
    over = max(1, round(SMOOTH * len(rows)))
    parts = [key for key in rows[0] if key not in NOT_LOSSES]
    panels = 3 if parts else 2
    picture = plots.canvas(LEFT + WIDTH + (LEGEND if parts else 20), 36 + panels * (PANEL + GAP))
    loss = [float(row["loss"]) for row in rows]
    last = f"{title}: loss {plots.smoothed(loss, over)[-1]:.3f} at step {rows[-1]['step']:,}"
    if "minutes" in rows[-1]:
        last += f", {rows[-1]['minutes']:.0f} minutes"
    frame = _panel(picture, 0, steps, _span(loss), last)
    frame.line(zip(steps, loss, strict=True), plots.SOFT)
    frame.line(zip(steps, plots.smoothed(loss, over), strict=True), plots.LINES[0], 2)
    if parts:
        lines = {part: [float(row.get(part, "nan")) for row in rows] for part in parts}
        _parts(picture, steps, lines, over)
    frame = _panel(picture, panels - 1, steps, (0.0, max(rate) * 1.05), "learning rate, photo size")
    frame.line(zip(steps, rate, strict=True), plots.LINES[1], 2)
    _sizes(frame, rows)
    return plots.reduced(picture)


def _parts(
    picture: Image.Image, steps: Sequence[float], lines: dict[str, list[float]], over: int
) -> None:
    smooth = {name: plots.smoothed(line, over) for name, line in lines.items()}
    frame = _panel(picture, 1, steps, _span([v for s in smooth.values() for v in s]), "its parts")
    colors = [plots.LINES[i % len(plots.LINES)] for i in range(len(smooth))]
    # past the last colour a line is thinner
    for i, (line, color) in enumerate(zip(smooth.values(), colors, strict=True)):
        frame.line(zip(steps, line, strict=True), color, 2 if i < len(plots.LINES) else 1)
    frame.legend([f"{name} {line[-1]:.2f}" for name, line in smooth.items()], colors)


def _panel(
    picture: Image.Image, at: int, steps: Sequence[float], span: tuple[float, float], title: str
) -> plots.Frame:
    box = plots.box(LEFT, 36 + at * (PANEL + GAP), WIDTH, PANEL)
    frame = plots.Frame(picture, box, (0.0, steps[-1]), span)
    frame.axes(title, below="step")
    return frame


def _span(values: Sequence[float]) -> tuple[float, float]:
    """From nought to what all but the first few values stay under."""
    kept = sorted(value for value in values if math.isfinite(value))
    return 0.0, 1.05 * kept[min(len(kept) - 1, int(0.99 * len(kept)))]


def _sizes(frame: plots.Frame, rows: Sequence[dict[str, Any]]) -> None:
    """The photo size where each phase begins."""
    before = None
    for row in rows:
        size = row.get("size")
        if size is not None and size != before:
            before = size
            x = float(row["step"])
            frame.line([(x, frame.y[0]), (x, frame.y[1])], plots.SOFT, 1)
            frame.note(x, f"{size} px")
