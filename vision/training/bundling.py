"""From trained weights to a bundle: ONNX, calibration, config, scores and model card."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np

from vision.analyzer import Analyzer
from vision.bundle import Cloth, load_bundle
from vision.tags import kin
from vision.training import calibrate
from vision.training.card import read_ablations, write_card
from vision.training.evaluate import evaluate, write_report
from vision.training.export import (
    CLOTH_OUTPUT,
    Looks,
    export_parser,
    export_tagger,
    write_config,
)
from vision.training.kfashion.reading import open_kfashion
from vision.training.logits import Answers, answer, answer_kfashion
from vision.training.splits import CALIBRATE
from vision.training.tagger_sets import FREE_SETS, SETS

# the sets that judge a head; hm for all others
JUDGES = {
    "category": ("phone", "hm"),
    "style": ("myntra",),
    "season": ("myntra",),
    "gender": ("hm", "myntra"),
    "color": ("hm", "myntra"),
    "kfashion-style": ("kfashion",),
}
# photos of a set that suffice
MOST = 1200
# shares of the pattern that the cloth may get
SHARES = tuple(round(0.05 * step, 2) for step in range(1, 16))


@dataclass(frozen=True)
class BundlePlan:
    name: str
    parser: Path
    tagger: Path
    out: Path
    looks: Looks = field(default_factory=Looks)
    """How the networks are fed; the cloth's share of the pattern is chosen anew."""
    free_only: bool = False
    """Whether the networks learned only from what is free to use for any purpose."""
    kfashion: Path | None = None
    """K-Fashion's folder, where the networks learned from it too."""
    notes: str = ""
    """What was tried and decided, for the model card."""
    ablations: Path | None = None
    """Trials as JSON, for tables in the model card."""
    beside: Path | None = None
    """Another bundle, whose scores stand beside this one's."""


def make_bundle(
    plan: BundlePlan, data: Path, cache: Path, *, threads: int, with_scores: bool = True
) -> None:
    """Write the bundle `plan` names; with scores also report.json and MODEL_CARD.md."""
    export_parser(plan.parser, plan.out, plan.looks.parser_side)
    heads = export_tagger(plan.tagger, plan.out, plan.looks.tagger_side)
    plain = {h: {"labels": v, "temperature": 1.0, "threshold": 0.5} for h, v in heads.items()}
    _write(plan, plan.looks, plain)
    bundle = load_bundle(plan.out)
    names = FREE_SETS if plan.free_only else SETS

    def answers(name: str, share: float) -> Answers:
        own = replace(bundle, tagger=replace(bundle.tagger, cloth=Cloth(CLOTH_OUTPUT, share)))
        return answer(Analyzer(own, threads), data, cache, name, CALIBRATE, most=MOST)

    found = {name: answers(name, 0.0) for name in names}
    looks = plan.looks
    if "hm" in names:
        close = answers("hm", 1.0).logits["pattern"]
        share = best_share(found["hm"], close, heads["pattern"])
        looks = replace(looks, cloth_share=share)
        found["hm"].logits["pattern"] = mixed(found["hm"].logits["pattern"], close, share)
    if plan.kfashion:
        source = open_kfashion(plan.kfashion, cache)
        found["kfashion"] = answer_kfashion(Analyzer(bundle, threads), source, CALIBRATE)
    _write(plan, looks, {h: calibrated(h, v, found) for h, v in heads.items()})
    if with_scores:
        report = evaluate(plan.out, data, cache, threads=threads)
        write_report(report, plan.out / "report.json")
        write_card(
            plan.out,
            report,
            plan.parser.parent,
            plan.tagger.parent,
            plan.notes,
            beside=plan.beside,
            ablations=read_ablations(plan.ablations) if plan.ablations else (),
        )


def _write(plan: BundlePlan, looks: Looks, heads: dict[str, dict[str, Any]]) -> None:
    write_config(plan.out, name=plan.name, looks=looks, heads=heads)


def mixed(whole: np.ndarray, close: np.ndarray, share: float) -> np.ndarray:
    """The pattern's logits [N,V] from the whole garment and from its cloth."""
    return (1 - share) * whole + share * close


def best_share(found: Answers, close: np.ndarray, values: list[str]) -> float:
    """The cloth's share under which the labelled patterns are likeliest."""
    truth = found.truth("pattern", values)

    def loss(share: float) -> float:
        logits = mixed(found.logits["pattern"], close, share)
        return calibrate.log_loss(logits, truth, calibrate.temperature(logits, truth))

    return min(SHARES, key=loss)


def calibrated(head: str, values: list[str], found: dict[str, Answers]) -> dict[str, Any]:
    """Labels, temperature and threshold of a head, from groups that nothing else saw. A head
    that no set labels is always unsure."""
    judges = [found[name] for name in JUDGES.get(head, ("hm",)) if name in found] or [
        *found.values()
    ]
    logits = np.concatenate([judge.logits[head] for judge in judges])
    truth = np.concatenate([judge.truth(head, values) for judge in judges])
    heat = calibrate.temperature(logits, truth)
    confidence, right = calibrate.answers(logits, truth, heat, kin(head, values))
    return {
        "labels": values,
        "temperature": round(heat, 4),
        "threshold": round(calibrate.threshold(confidence, right), 4),
    }
