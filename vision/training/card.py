"""The model card of a bundle, written from its runs and its report."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from vision.training.card_words import LIMITS, RECIPE, SETS
from vision.training.evaluate import lines
from vision.training.scores import Recalls


def write_card(
    bundle: Path,
    report: Mapping[str, Any],
    parser_run: Path,
    tagger_run: Path,
    notes: str = "",
) -> None:
    """Write MODEL_CARD.md into a bundle from its report and the folders of its runs; `notes` says
    what was tried and decided."""
    config = json.loads((bundle / "config.json").read_text())
    rows = [f"| {line.what} | {line.value:.3f} | {line.photos:,} |" for line in lines(report)]
    heads = [
        f"| {name} | {len(h['labels'])} | {h['temperature']:.2f} | {h['threshold']:.2f} |"
        for name, h in config["tagger"]["heads"].items()
    ]
    street = ", ".join(f"{k} {v:.2f}" for k, v in report["street"]["class_iou"].items())
    parts = [
        f"# Model card: bundle `{config['name']}`, revision {config['revision']}",
        "Finds the garments in a photo (parser) and says what each is, with a vector that finds its"
        " likes (tagger). Made by `lookus train`, served by ONNX Runtime.",
        "## Learned from",
        SETS,
        "## How",
        RECIPE,
        _run_words("Parser", parser_run),
        _run_words("Tagger", tagger_run),
        "## Scores on held-out groups",
        "| what | value | photos |\n|---|---|---|\n" + "\n".join(rows),
        _worst("Phone photos by kind", report["phone_category"]),
        _worst("Patterns", report["hm_pattern"]),
        _worst("Styles", report["style"]),
        f"IoU on street photos by class: {street}.",
        "The photo of a pasted cut-out is sought among"
        f" {report['pasted']['catalogue']:,} catalogue photos.",
        *(["## What decided the recipe", notes.strip()] if notes else []),
        "## Heads",
        "| head | values | temperature | threshold |\n|---|---|---|---|\n" + "\n".join(heads),
        "## Limits",
        LIMITS,
    ]
    (bundle / "MODEL_CARD.md").write_text("\n\n".join(parts) + "\n")


def _run_words(name: str, run: Path) -> str:
    """What a run did, after what the run it began with did."""
    config = json.loads((run / "config.json").read_text())
    last = json.loads((run / "log.jsonl").read_text().splitlines()[-1])
    schedule = config["schedule"]
    sizes = ", ".join(str(s) for s in schedule["sizes"])
    earlier = config.get("start")
    before = f"{_run_words(name, Path(earlier).parent)} Then, " if earlier else f"{name}: "
    more = ", phone photos with its own masks and their labels among them" if earlier else ""
    return (
        f"{before}{last['step']:,} steps of {schedule['batch']} photos{more}, at {sizes} px in"
        f" {last['minutes']:.0f} minutes on two CPU cores that other work shared, seed"
        f" {config['seed']}, peak rate {schedule['peak_rate']:g}."
    )


def _worst(title: str, recalls: Recalls) -> str:
    words = ", ".join(f"{k} {r:.2f} ({n})" for k, (r, n) in recalls.items())
    return f"{title}, recall (photos): {words}."
