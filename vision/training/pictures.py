"""What a bundle gets wrong, as pictures: confusion, worst mistakes, reliability."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw

from vision.training import plots
from vision.training.calibrate import calibration_error
from vision.training.scores import Judged
from vision.training.sets import Pixels, Store

CELL, LABEL = 30, 12
RIGHT, WRONG = np.array((0, 140, 90)), np.array((213, 60, 0))
# a contact sheet holds so many photos, so many a line, each in a box of this size
WORST, A_LINE, PHOTO = 40, 8, (150, 190)
BINS = 10
# the shares of colours are no probabilities; the others repeat a table in finer names
NOT_RELIABLE = (
    *("hm_color", "worn_color"),
    *("hm_types", "hm_types_or_text", "hm_pattern_values"),
)


def draw_pictures(
    out: Path, tables: Mapping[str, Sequence[Judged]], photos: Mapping[str, Store]
) -> list[Path]:
    """confusion-TABLE.png and mistakes-TABLE.png of each table, and reliability.png of all, into
    a folder; returns their paths. Tables without a photo that has a label are left out."""
    made = []
    known = {name: [one for one in rows if one.truth] for name, rows in tables.items()}
    for name, rows in known.items():
        if rows:
            made += [
                _saved(confusion(name, rows), out / f"confusion-{name}.png"),
                _saved(mistakes(name, rows, photos), out / f"mistakes-{name}.png"),
            ]
    heads = {name: rows for name, rows in tables.items() if rows and name not in NOT_RELIABLE}
    if heads:
        made.append(_saved(reliability(heads), out / "reliability.png"))
    return made


def _saved(picture: Image.Image, path: Path) -> Path:
    picture.save(path, optimize=True)
    return path


def confusion(title: str, judged: Sequence[Judged]) -> Image.Image:
    """A line a class of the labels, a column an answer, numbers of photos; right answers are
    green, wrong ones red, the darker the larger their share of the line."""
    truths = [name for name, _ in Counter(one.truth for one in judged).most_common()]
    given = [name for name, _ in Counter(one.answer for one in judged).most_common()]
    answers = [t for t in truths if t in given] + [a for a in given if a not in truths]
    counts = Counter((one.truth, one.answer) for one in judged)
    right = {(one.truth, one.answer) for one in judged if one.right}
    left = 16 + round(max(plots.width_of(t, LABEL) for t in truths))
    top = 44 + round(max(plots.width_of(a, LABEL) for a in answers))
    wide = max(left + CELL * len(answers) + 110, 24 + round(plots.width_of(title, 17)))
    picture = Image.new("RGB", (wide, top + CELL * len(truths) + 14), plots.PAPER)
    draw = ImageDraw.Draw(picture)
    plots.text(draw, (8, 8), title, size=17)
    for column, answer in enumerate(answers):
        word = plots.upright(answer, LABEL)
        picture.paste(word, (left + CELL * column + 7, top - 4 - word.height))
    plots.text(draw, (left + CELL * len(answers) + 8, top - 6), "recall  photos", anchor="ls")
    for line, truth in enumerate(truths):
        y = top + CELL * line
        total = sum(counts[truth, answer] for answer in answers)
        good = sum(one.right for one in judged if one.truth == truth)
        plots.text(draw, (left - 6, y + CELL / 2), truth, anchor="rm", size=LABEL)
        for column, answer in enumerate(answers):
            corner = (left + CELL * column, y)
            _cell(draw, corner, counts[truth, answer], total, (truth, answer) in right)
        words = f"{good / total:.2f}    {total}"
        plots.text(draw, (left + CELL * len(answers) + 8, y + CELL / 2), words, anchor="lm")
    return picture


def _cell(
    draw: ImageDraw.ImageDraw, corner: tuple[int, int], count: int, total: int, right: bool
) -> None:
    x, y = corner
    share = np.sqrt(count / total)
    tint = 255 + share * ((RIGHT if right else WRONG) - 255)
    color = (int(tint[0]), int(tint[1]), int(tint[2]))
    draw.rectangle((x, y, x + CELL, y + CELL), color, plots.SOFT)
    if count:
        ink = plots.PAPER if share > 0.75 else plots.INK
        draw.text((x + CELL / 2, y + CELL / 2), str(count), ink, plots.font(LABEL), "mm")


def mistakes(title: str, judged: Sequence[Judged], photos: Mapping[str, Store]) -> Image.Image:
    """The surest wrong answers first: each photo with its label, the answer and how sure it was."""
    wrong = sorted((one for one in judged if not one.right), key=lambda one: -one.probability)
    shown = wrong[:WORST]
    wide, high = PHOTO[0] + 12, PHOTO[1] + 46
    lines = max(1, -(-len(shown) // A_LINE))
    picture = Image.new("RGB", (wide * A_LINE + 12, 44 + high * lines), plots.PAPER)
    draw = ImageDraw.Draw(picture)
    words = f"{title}: {len(wrong)} of {len(judged)} wrong, the surest first"
    plots.text(draw, (12, 12), words, size=17)
    for at, one in enumerate(shown):
        x, y = 12 + wide * (at % A_LINE), 44 + high * (at // A_LINE)
        photo = fitted(photos[one.set][one.index])
        picture.paste(photo, (x + (PHOTO[0] - photo.width) // 2, y))
        plots.text(draw, (x, y + PHOTO[1] + 3), _cut(f"is {one.truth}"), size=LABEL)
        said = _cut(f"said {one.answer}", reserve=34)
        plots.text(draw, (x, y + PHOTO[1] + 19), f"{said} {one.probability:.2f}", size=LABEL)
    return picture


def fitted(photo: Pixels) -> Image.Image:
    """A photo enlarged or reduced to fit a contact sheet's box."""
    picture = Image.fromarray(np.asarray(photo))
    scale = min(PHOTO[0] / picture.width, PHOTO[1] / picture.height)
    size = (max(1, round(picture.width * scale)), max(1, round(picture.height * scale)))
    return picture.resize(size, Image.Resampling.LANCZOS)


def _cut(words: str, reserve: int = 0) -> str:
    """Words that fit under a photo."""
    while plots.width_of(words, LABEL) > PHOTO[0] - reserve and len(words) > 1:
        words = words[:-2] + "…"
    return words


def reliability(heads: Mapping[str, Sequence[Judged]]) -> Image.Image:
    """For each head the share of right answers by how sure it was; on the faint line a probability
    means what it says. A dot's size is its number of photos."""
    side, step, a_line = 190, 250, 4
    lines = -(-len(heads) // a_line)
    picture = plots.canvas(step * min(a_line, len(heads)) + 10, step * lines + 20)
    for at, (name, judged) in enumerate(heads.items()):
        sure = np.array([one.probability for one in judged])
        right = np.array([one.right for one in judged])
        corner = (44 + step * (at % a_line), 30 + step * (at // a_line))
        frame = plots.Frame(picture, plots.box(*corner, side, side), (0, 1), (0, 1))
        gap = calibration_error(sure, right)
        frame.axes(f"{name}  ECE {gap:.3f}", below=f"probability, {len(judged)} photos")
        frame.line([(0, 0), (1, 1)], plots.SOFT)
        bins = np.minimum((sure * BINS).astype(int), BINS - 1)
        used = [(sure[bins == b], right[bins == b]) for b in np.unique(bins)]
        frame.line([(s.mean(), r.mean()) for s, r in used], plots.LINES[0])
        for s, r in used:
            radius = 1.5 + 6 * float(np.sqrt(len(s) / len(judged)))
            frame.dot(s.mean(), r.mean(), plots.LINES[0], radius)
    return plots.reduced(picture)
