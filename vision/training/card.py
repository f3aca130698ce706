"""The model card of a bundle, written from its runs and its report."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any, TypedDict

from vision.training.card_words import BACKBONE, LICENCES, LIMITS, RECIPE, SETS, sets_table
from vision.training.figures import Line, lines
from vision.training.scores import FEWEST, Recalls

Report = Mapping[str, Any]
# what the bundle for shops whose lawyers ask learns from
FREE = ("phone",)


class Ablation(TypedDict):
    """One trial: the question it belongs to, what was done, and what that gave."""

    what: str
    row: str
    figures: dict[str, float]


def read_ablations(path: Path) -> list[Ablation]:
    """The trials in a JSON list of {"what", "row", "figures": {name: value}}. Raises ValueError
    for a row without these keys."""
    rows: list[Ablation] = json.loads(path.read_text())
    for at, row in enumerate(rows):
        if missing := {"what", "row", "figures"} - set(row):
            raise ValueError(f"{path}: row {at + 1} lacks {', '.join(sorted(missing))}")
    return rows


def write_card(
    bundle: Path,
    report: Report,
    parser_run: Path,
    tagger_run: Path,
    notes: str = "",
    *,
    beside: Path | None = None,
    ablations: Sequence[Ablation] = (),
) -> None:
    """Write MODEL_CARD.md into a bundle from its report and the folders of its runs.

    `beside` is another bundle's folder, whose report.json gives a second column of scores; `notes`
    says what was tried and decided, and `ablations` what each choice gave.
    """
    config = json.loads((bundle / "config.json").read_text())
    free = json.loads((tagger_run / "config.json").read_text()).get("free_only", False)
    heads = [
        [name, len(h["labels"]), f"{h['temperature']:.2f}", f"{h['threshold']:.2f}"]
        for name, h in config["tagger"]["heads"].items()
    ]
    parts = [
        f"# Model card: bundle `{config['name']}`, revision {config['revision']}",
        "Finds the garments in a photo (parser) and says what each is, with a vector that finds its"
        " likes (tagger). Made by `lookus train`, served by ONNX Runtime.",
        "## Learned from",
        sets_table(FREE if free else tuple(SETS)),
        BACKBONE,
        LICENCES["free" if free else "all"],
        "## How",
        RECIPE,
        _run_words("Parser", parser_run),
        _run_words("Tagger", tagger_run),
        "## Scores on held-out groups",
        scores_table(config["name"], report, beside),
        *_classes(report),
        "The photo of a pasted cut-out is sought among"
        f" {report['pasted']['catalogue']:,} catalogue photos.",
        *(["## What decided the recipe"] if notes or ablations else []),
        *([notes.strip()] if notes else []),
        *ablation_tables(ablations),
        "## Heads",
        table(["head", "values", "temperature", "threshold"], heads),
        "## Limits",
        LIMITS,
    ]
    (bundle / "MODEL_CARD.md").write_text("\n\n".join(parts) + "\n")


def table(head: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """A Markdown table."""
    body = ["| " + " | ".join(str(cell) for cell in row) + " |" for row in (head, *rows)]
    return "\n".join([body[0], "|---" * len(head) + "|", *body[1:]])


def scores_table(name: str, report: Report, beside: Path | None = None) -> str:
    """The main figures with what was set for them, beside another bundle's where there is one."""
    mine = lines(report)
    if beside is None:
        head = ["what", "value", "floor", "goal", "photos"]
        rows = [[r.what, _shown(r), r.floor, r.goal, f"{r.photos:,}"] for r in mine]
        return table(head, rows)
    other = json.loads((beside / "config.json").read_text())["name"]
    theirs = {r.what: r for r in lines(json.loads((beside / "report.json").read_text()))}
    head = ["what", f"`{name}`", f"`{other}`", "floor", "goal", "photos"]
    rows = [
        [r.what, _shown(r), _shown(theirs.get(r.what)), r.floor, r.goal, f"{r.photos:,}"]
        for r in mine
    ]
    return table(head, rows)


def _shown(line: Line | None) -> str:
    return f"{line.value:.3f}" if line else "–"


def ablation_tables(rows: Sequence[Ablation]) -> Iterator[str]:
    """A table a question, its trials in the order given; a figure that a trial lacks is a dash."""
    for what, group in groupby(rows, key=lambda row: row["what"]):
        trials = list(group)
        names = list(dict.fromkeys(name for row in trials for name in row["figures"]))
        cells = [
            [
                row["row"],
                *(f"{row['figures'][n]:.3f}" if n in row["figures"] else "–" for n in names),
            ]
            for row in trials
        ]
        yield table([what, *names], cells)


def _classes(report: Report) -> Iterator[str]:
    """The figures class by class."""
    titles = {
        "phone_category": "Phone photos by kind",
        "hm_types": "Catalogue photos by product type",
        "hm_pattern": "Patterns",
        "worn_pattern": "Patterns of worn upper garments",
        "hm_color": "First colour, by the catalogue's master colour",
        "worn_color": "First colour of worn upper garments",
        "style": "Styles",
    }
    for key, title in titles.items():
        yield _by_class(title, report[key])
    for head, found in report["details"].items():
        yield _by_class(head.capitalize(), found)
    street = ", ".join(f"{k} {v:.2f}" for k, v in report["street"]["class_iou"].items())
    yield f"IoU on street photos by class: {street}."


def _by_class(title: str, recalls: Recalls) -> str:
    kept = sorted(recalls.items(), key=lambda item: -item[1][1])
    words = ", ".join(f"{k} {r:.2f} ({n})" for k, (r, n) in kept if n >= FEWEST)
    return f"{title}, recall (photos): {words}."


def _run_words(name: str, run: Path) -> str:
    """What a run did, after what it began with."""
    config = json.loads((run / "config.json").read_text())
    last = json.loads((run / "log.jsonl").read_text().splitlines()[-1])
    schedule = config["schedule"]
    sizes = ", ".join(str(s) for s in schedule["sizes"])
    more = ", phone photos with an earlier parser's masks among them"
    return (
        f"{_before(name, config.get('start'))}{last['step']:,} steps of"
        f" {schedule['batch']} photos{more if config.get('self_training') else ''}, at {sizes} px"
        f" in {last['minutes']:.0f} minutes on two CPU cores that other work shared, seed"
        f" {config['seed']}, peak rate {schedule['peak_rate']:g}."
    )


def _before(name: str, start: str | None) -> str:
    """What a run began with: nothing, another run's weights or a bundle's."""
    if not start:
        return f"{name}: "
    if (Path(start).parent / "log.jsonl").exists():
        return f"{_run_words(name, Path(start).parent)} Then, "
    config = Path(start) / "config.json"
    if config.exists():
        known = json.loads(config.read_text())
        return f"{name}: from the bundle `{known['name']}`, "
    return f"{name}: from `{Path(start).name}`, "
