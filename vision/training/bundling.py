"""From trained weights to a bundle: ONNX, calibration, config, scores and model card."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from vision.bundle import load_bundle
from vision.training import calibrate
from vision.training.card import write_card
from vision.training.evaluate import evaluate, write_report
from vision.training.export import export_parser, export_tagger, write_config
from vision.training.predictions import Answers, answer
from vision.training.splits import CALIBRATE
from vision.training.tagger_data import SETS

# the sets that judge a head; hm for all others
JUDGES = {
    "category": ("phone", "hm"),
    "style": ("myntra",),
    "season": ("myntra",),
    "gender": ("hm", "myntra"),
}


@dataclass(frozen=True)
class BundlePlan:
    name: str
    parser: Path
    tagger: Path
    out: Path
    parser_side: int = 256
    tagger_side: int = 160
    ground: str = "keep"
    notes: str = ""
    """What was tried and decided, for the model card."""


def make_bundle(
    plan: BundlePlan, data: Path, cache: Path, *, threads: int, with_scores: bool = True
) -> None:
    """Write the bundle `plan` names; with scores also report.json and MODEL_CARD.md."""
    export_parser(plan.parser, plan.out, plan.parser_side)
    heads = export_tagger(plan.tagger, plan.out, plan.tagger_side)
    plain = {h: {"labels": v, "temperature": 1.0, "threshold": 0.5} for h, v in heads.items()}
    _write(plan, plain)
    found = {
        name: answer(
            load_bundle(plan.out), data, cache, name, CALIBRATE, threads=threads, most=1200
        )
        for name in SETS
    }
    _write(plan, {h: calibrated(h, v, found) for h, v in heads.items()})
    if with_scores:
        report = evaluate(plan.out, data, cache, threads=threads)
        write_report(report, plan.out / "report.json")
        write_card(plan.out, report, plan.parser.parent, plan.tagger.parent, plan.notes)


def _write(plan: BundlePlan, heads: dict[str, dict[str, Any]]) -> None:
    write_config(
        plan.out,
        name=plan.name,
        parser_side=plan.parser_side,
        tagger_side=plan.tagger_side,
        ground=plan.ground,
        heads=heads,
    )


def calibrated(head: str, values: list[str], found: dict[str, Answers]) -> dict[str, Any]:
    """Labels, temperature and threshold of a head, from groups that nothing else saw."""
    judges = [found[name] for name in JUDGES.get(head, ("hm",))]
    logits = np.concatenate([judge.logits[head] for judge in judges])
    truth = np.concatenate([judge.truth(head, values) for judge in judges])
    heat = calibrate.temperature(logits, truth)
    confidence, right = calibrate.answers(logits, truth, heat)
    return {
        "labels": values,
        "temperature": round(heat, 4),
        "threshold": round(calibrate.threshold(confidence, right), 4),
    }
