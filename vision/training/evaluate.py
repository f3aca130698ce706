"""Measure a bundle on held-out groups: one table as text and as JSON."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from vision.bundle import Bundle, load_bundle
from vision.training import scores
from vision.training.parser_scores import flat_lay_scores, street_scores
from vision.training.pasted import pasted_recall
from vision.training.predictions import Answers, answer
from vision.training.splits import TEST

# photos of each set that suffice (0: all)
MOST = {"phone": 0, "hm": 0, "myntra": 1500}


@dataclass(frozen=True)
class Line:
    """One line of the table: what, how much, and on how many photos."""

    what: str
    value: float
    photos: int


def evaluate(
    bundle: Path, data: Path, cache: Path, *, threads: int = 2, most: int = 0
) -> dict[str, Any]:
    """All figures of the bundle in a folder; `most` > 0 looks at so many photos a set at most."""
    loaded = load_bundle(bundle)
    found = {
        name: answer(loaded, data, cache, name, TEST, threads=threads, most=most or usual)
        for name, usual in MOST.items()
    }
    report: dict[str, Any] = {"revision": loaded.revision}
    report["street"] = street_scores(loaded, data, cache, threads)
    report["flat_lays"] = flat_lay_scores(loaded, data, cache, threads)
    report |= tag_scores(loaded, found)
    report["pasted"] = pasted_recall(loaded, data, cache, found["hm"], threads=threads)
    return report


def tag_scores(bundle: Bundle, found: Mapping[str, Answers]) -> dict[str, Any]:
    """The tagger's part of the report, from its answers by set."""
    heads = {k: h.labels for k, h in bundle.tagger.heads.items()}
    heat = {k: h.temperature for k, h in bundle.tagger.heads.items()}
    phone, hm, myntra = found["phone"], found["hm"], found["myntra"]
    at1, at10 = scores.design_recall(hm.embeddings, hm.groups)
    report: dict[str, Any] = {
        "phone_category": scores.phone_recalls(phone, heads),
        "hm_category": scores.category_recalls(hm, heads["category"]),
        "hm_pattern": scores.pattern_recalls(hm, heads["pattern"]),
        "style": scores.head_recalls(myntra, "style", heads["style"], scores.STYLES),
        "details": {d: scores.head_recalls(hm, d, heads[d]) for d in scores.DETAILS if d in heads},
        "same_design": {"photos": len(hm.rows), "recall@1": at1, "recall@10": at10},
        "found": {k: float(v.found.mean()) for k, v in found.items()},
        "ece": {
            head: scores.ece(hm, head, heads[head], heat[head]) for head in ("category", "pattern")
        },
    }
    return report


def lines(report: Mapping[str, Any]) -> list[Line]:
    """The report's main figures, in the order of a quality table."""
    recalls = [scores.mean_recall(r) for r in report["details"].values()]
    details = [value for value in recalls if not math.isnan(value)]
    street, flat, same = report["street"], report["flat_lays"], report["same_design"]

    def count(recalls: scores.Recalls) -> int:
        return sum(n for _, n in recalls.values())

    out = [
        Line(
            "category on phone photos, 14 kinds",
            scores.overall(report["phone_category"]),
            count(report["phone_category"]),
        ),
        Line(
            "category on catalogue photos",
            scores.overall(report["hm_category"]),
            count(report["hm_category"]),
        ),
        Line(
            "pattern, mean recall of 6",
            scores.mean_recall(report["hm_pattern"]),
            count(report["hm_pattern"]),
        ),
        Line(
            "style, mean recall of 4", scores.mean_recall(report["style"]), count(report["style"])
        ),
        Line(
            "sleeve, neckline, length, fit, mean recall",
            sum(details) / max(1, len(details)),
            same["photos"],
        ),
        Line("foreground IoU on street photos", street["foreground_iou"], street["photos"]),
        Line("mean IoU of 8 classes on street photos", street["mean_iou"], street["photos"]),
        Line("foreground IoU on flat-lays", flat["foreground_iou"], flat["photos"]),
        Line("same design, recall@1", same["recall@1"], same["photos"]),
        Line("same design, recall@10", same["recall@10"], same["photos"]),
        Line(
            "pasted photo finds its clean one, recall@1",
            report["pasted"]["recall@1"],
            report["pasted"]["queries"],
        ),
        Line("calibration error of category", report["ece"]["category"], same["photos"]),
        Line("calibration error of pattern", report["ece"]["pattern"], same["photos"]),
    ]
    return [line for line in out if line.photos]


def table(report: Mapping[str, Any]) -> str:
    """The main figures and the per-class recalls as text."""
    out = [f"{'held-out':<46} {'value':>6} {'photos':>7}"]
    out += [f"{line.what:<46} {line.value:>6.3f} {line.photos:>7}" for line in lines(report)]
    groups = {k: report[k] for k in ("phone_category", "hm_category", "hm_pattern", "style")}
    groups |= {f"details: {k}": v for k, v in report["details"].items()}
    for name, recalls in groups.items():
        words = ", ".join(f"{k} {r:.2f} ({n})" for k, (r, n) in recalls.items())
        out += ["", f"{name}: {words}"]
    out += [
        "",
        "street classes: "
        + ", ".join(f"{k} {v:.2f}" for k, v in report["street"]["class_iou"].items()),
    ]
    return "\n".join(out)


def write_report(report: Mapping[str, Any], path: Path) -> None:
    path.write_text(json.dumps(report, indent=1) + "\n")
