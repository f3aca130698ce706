"""From trained weights to a bundle: ONNX, calibration, config, scores and model card."""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime

from vision.analyzer import METAL_WARE, Analyzer
from vision.bundle import Cloth, Head, load_bundle
from vision.color_dyes import dyes
from vision.color_families import family_table
from vision.looks import look
from vision.tags import color_prior, kin
from vision.training import calibrate
from vision.training.card import read_ablations, write_card
from vision.training.colors import FREE_SOURCE, fit_free, with_prior_weight, write_table
from vision.training.evaluate import evaluate, write_report
from vision.training.export import (
    CLOTH_OUTPUT,
    COLORS_FILE,
    JOINT_FILE,
    SECOND_FILE,
    Looks,
    export_parser,
    export_tagger,
    write_config,
)
from vision.training.joint import write_joint
from vision.training.kfashion.reading import open_kfashion
from vision.training.lift import Judged, judged, lifts
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
# shares that a second look may get
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
    second: Path | None = None
    """A second tagger as .onnx, for a second opinion."""
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
    looks = plan.looks
    if plan.second:
        shutil.copy(plan.second, plan.out / SECOND_FILE)
        looks = replace(looks, second_share=0.5, second_side=side_of(plan.second))
    _write(plan, looks, plain)
    looks, found = weighed(plan, looks, heads, data, cache, threads=threads)
    answered = calibrated(heads, found)
    write_colors(plan, found, answered)
    if plan.second:
        write_joint(Analyzer(load_bundle(plan.out), threads), data, cache, plan.out / JOINT_FILE)
    _write(plan, looks, answered)
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


def side_of(network: Path) -> int:
    """The side in pixels of the crops that an exported tagger takes."""
    shape = onnxruntime.InferenceSession(str(network)).get_inputs()[0].shape
    return int(shape[-1])


def weighed(
    plan: BundlePlan,
    looks: Looks,
    heads: Mapping[str, list[str]],
    data: Path,
    cache: Path,
    *,
    threads: int,
) -> tuple[Looks, dict[str, Answers]]:
    """The shares of the second tagger and of the cloth that make the calibration photos' labels
    likeliest, and the answers that these give, by set."""
    bundle = load_bundle(plan.out)

    def analyzer(*, cloth: float = 0.0, second: float = 0.0) -> Analyzer:
        tagger = replace(bundle.tagger, cloth=Cloth(CLOTH_OUTPUT, cloth))
        if tagger.second:
            tagger = replace(tagger, second=replace(tagger.second, share=second))
        return Analyzer(replace(bundle, tagger=tagger), threads)

    names, plain = FREE_SETS if plan.free_only else SETS, analyzer()
    found = {name: answer(plain, data, cache, name, CALIBRATE, most=MOST) for name in names}
    if plan.second:
        theirs_alone = analyzer(second=1.0).networks
        others = {name: look(theirs_alone, one.pieces)[1] for name, one in found.items()}
        pairs = [(one, others[name]["category"]) for name, one in found.items()]
        looks = replace(looks, second_share=best_share(pairs, "category", heads["category"]))
        for name, one in found.items():
            for head, theirs in others[name].items():
                one.logits[head] = mixed(one.logits[head], theirs, looks.second_share)
    if "hm" in found:
        close = look(analyzer(cloth=1.0).networks, found["hm"].pieces)[1]["pattern"]
        pairs = [(found["hm"], close)]
        looks = replace(looks, cloth_share=best_share(pairs, "pattern", heads["pattern"]))
        found["hm"].logits["pattern"] = mixed(
            found["hm"].logits["pattern"], close, looks.cloth_share
        )
    if plan.kfashion:
        source = open_kfashion(plan.kfashion, cache)
        found["kfashion"] = answer_kfashion(plain, source, CALIBRATE)
    return looks, found


def write_colors(
    plan: BundlePlan, found: dict[str, Answers], heads: Mapping[str, Mapping[str, Any]]
) -> None:
    """The bundle's table of colour families: the one that comes with LookUs, trusting this
    tagger's colour head as much as calibration photos bear out; or one of its own that no
    catalogue taught."""
    file = plan.out / COLORS_FILE
    if plan.free_only:
        write_table(fit_free(), file, FREE_SOURCE)
        return
    if "color" not in heads:
        return
    told, dyed, priors, allowed, metals = found["hm"], [], [], [], []
    color = Head("color", tuple(heads["color"]["labels"]), heads["color"]["temperature"], 0.0)
    best = told.logits["category"].argmax(1)
    for at, (piece, label) in enumerate(zip(told.pieces, told.labels, strict=True)):
        if label.get("color"):
            x0, y0, x1, y1 = piece.box
            dyed.append(dyes(piece.image[y0:y1, x0:x1], piece.mask))
            priors.append(color_prior(color, told.logits["color"][at]))
            allowed.append(label["color"])
            metals.append(heads["category"]["labels"][int(best[at])] in METAL_WARE)
    write_table(with_prior_weight(family_table(), dyed, priors, allowed, metals), file)


def _write(plan: BundlePlan, looks: Looks, heads: dict[str, dict[str, Any]]) -> None:
    write_config(plan.out, name=plan.name, looks=looks, heads=heads)


def mixed(mine: np.ndarray, other: np.ndarray, share: float) -> np.ndarray:
    """Logits [N,V] of two looks, the other's with its share."""
    return (1 - share) * mine + share * other


def best_share(pairs: Sequence[tuple[Answers, np.ndarray]], head: str, values: list[str]) -> float:
    """The other look's share under which the labels of a head are likeliest."""
    truth = np.concatenate([found.truth(head, values) for found, _ in pairs])

    def loss(share: float) -> float:
        logits = np.concatenate([mixed(one.logits[head], two, share) for one, two in pairs])
        return calibrate.log_loss(logits, truth, calibrate.temperature(logits, truth))

    return min(SHARES, key=loss)


def calibrated(
    heads: Mapping[str, list[str]], found: Mapping[str, Answers]
) -> dict[str, dict[str, Any]]:
    """Labels, bias, temperature and threshold of each head, from groups that nothing else saw. A
    head that no set labels is always unsure."""
    answers = {
        head: (values, _judged(head, values, heads["category"], found))
        for head, values in heads.items()
    }
    added = lifts(answers)
    out: dict[str, dict[str, Any]] = {}
    for head, (values, one) in answers.items():
        logits = one.logits + added.get(head, 0.0)
        heat = calibrate.temperature(logits, one.truth)
        confidence, right = calibrate.answers(logits, one.truth, heat, kin(head, values))
        out[head] = {
            "labels": values,
            "temperature": round(heat, 4),
            "threshold": round(calibrate.threshold(confidence, right), 4),
        }
        if head in added:
            out[head]["bias"] = [round(float(one), 3) for one in added[head]]
    return out


def _judged(
    head: str, values: list[str], categories: list[str], found: Mapping[str, Answers]
) -> Judged:
    """What the sets that judge a head say of it."""
    judges = [found[name] for name in JUDGES.get(head, ("hm",)) if name in found]
    judges = judges or [*found.values()]
    return judged(
        head,
        values,
        np.concatenate([judge.logits[head] for judge in judges]),
        np.concatenate([judge.truth(head, values) for judge in judges]),
        [kind for judge in judges for kind in judge.kinds(categories)],
    )
