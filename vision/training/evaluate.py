"""Measure a bundle on held-out groups: figures, tables as text, CSV and pictures."""

from __future__ import annotations

import json
import math
from collections.abc import Container, Mapping, Sequence
from pathlib import Path
from typing import Any

from vision.analyzer import Analyzer
from vision.bundle import load_bundle
from vision.training import scores
from vision.training.color_scores import color_answers, color_scores
from vision.training.figures import lines
from vision.training.parser_scores import flat_lay_scores, street_scores
from vision.training.pasted import pasted_recall
from vision.training.pictures import draw_pictures
from vision.training.predictions import Served, part_of, serve
from vision.training.scores import Judged
from vision.training.sets import open_photos, read_rows
from vision.training.splits import TEST
from vision.training.street_worn import worn_colors, worn_patterns, worn_rows

# photos of each set that suffice (0: all)
MOST = {"phone": 0, "hm": 0, "myntra": 1500}
WORN = "worn"
Tables = Mapping[str, Sequence[Judged]]


def evaluate(
    bundle: Path,
    data: Path,
    cache: Path,
    *,
    threads: int = 2,
    most: int = 0,
    out: Path | None = None,
) -> dict[str, Any]:
    """All figures of the bundle in a folder, everything through its analyzer.

    `most` > 0 looks at so many photos a set at most, and seeks pasted photos among the held-out
    ones alone. With `out`, that folder gets the pictures, the per-class table and the report.
    """
    analyzer = Analyzer(load_bundle(bundle), threads)
    served = look(analyzer, data, cache, most)
    tables = judged(served, analyzer.bundle.tagger.heads, data)
    hm = served["hm"]
    at1, at10 = scores.design_recall(hm.embeddings, hm.groups)
    report: dict[str, Any] = {
        "revision": analyzer.revision,
        **recalls(tables),
        "ece": {
            head: scores.ece(scores.head_answers(hm, head, by_kin=True))
            for head in ("category", "pattern")
        },
        "street": street_scores(analyzer, data, cache),
        "flat_lays": flat_lay_scores(analyzer, data, cache),
        "color": color_scores(hm),
        "same_design": {"photos": len(hm.rows), "recall@1": at1, "recall@10": at10},
        "found": {name: _found(one) for name, one in served.items()},
        "pasted": pasted_recall(analyzer, data, cache, hm, whole=most == 0),
    }
    if out:
        out.mkdir(parents=True, exist_ok=True)
        photos = {name: open_photos(data, cache, name) for name in MOST}
        draw_pictures(out, tables, photos)
        (out / "classes.csv").write_text(class_table(tables))
        (out / "table.txt").write_text(table(report) + "\n")
        write_report(report, out / "report.json")
    return report


def look(analyzer: Analyzer, data: Path, cache: Path, most: int) -> dict[str, Served]:
    """What the analyzer says of the held-out photos, by set; and of those that stand in for
    people in the street."""
    found = {
        name: serve(analyzer, data, cache, name, part_of(data, name, TEST, most or usual))
        for name, usual in MOST.items()
    }
    worn = worn_rows(data)[: most or None]
    return found | {WORN: serve(analyzer, data, cache, "myntra", worn, blind=True)}


def judged(
    served: Mapping[str, Served], heads: Container[str], data: Path
) -> dict[str, list[Judged]]:
    """Every answer of a bundle with these heads beside its label, by table."""
    phone, hm, myntra, worn = (served[name] for name in (*MOST, WORN))
    types = scores.frequent_types(read_rows(data, "hm"))
    asked = dict.fromkeys((*scores.DETAILS, *scores.MORE), hm)
    asked |= {"gender": myntra, "season": myntra}
    return {
        "phone_category": scores.phone_kinds(phone),
        "hm_types": scores.product_types(hm, types),
        "hm_types_or_text": scores.product_types(hm, types, or_text=True),
        "hm_category": scores.head_answers(hm, "category"),
        "hm_pattern": scores.patterns(hm),
        "hm_pattern_values": scores.head_answers(hm, "pattern"),
        "hm_color": color_answers(hm),
        "worn_pattern": worn_patterns(worn),
        "worn_color": worn_colors(worn),
        "style": scores.head_answers(myntra, "style", among=scores.STYLES),
        **{
            head: scores.head_answers(of, head) if head in heads else []
            for head, of in asked.items()
        },
    }


def recalls(tables: Tables) -> dict[str, Any]:
    """Recall and count of each class by table; the four details together."""
    found = {name: scores.recalls(rows) for name, rows in tables.items()}
    details = {head: found.pop(head) for head in scores.DETAILS}
    return {**found, "details": {head: one for head, one in details.items() if one}}


def _found(served: Served) -> float:
    """Share of photos in which the parser found a garment."""
    return sum(garment.region != "photo" for garment in served.main) / max(1, len(served.rows))


def class_table(tables: Tables) -> str:
    """A line a class, as CSV: photos, recall, precision among the photos of its table, and what
    it is most often mistaken for."""
    out = ["table,class,photos,recall,precision,mistaken for"]
    for name, rows in tables.items():
        for one in scores.by_class(rows):
            precision = "" if math.isnan(one.precision) else f"{one.precision:.4f}"
            cells = (f"{one.recall:.4f}", precision, one.mistaken_for)
            out.append(",".join((name, one.name, str(one.photos), *cells)))
    return "\n".join(out) + "\n"


def table(report: Mapping[str, Any]) -> str:
    """The main figures with the floor and the goal set for each, and the per-class recalls."""
    out = [f"{'held-out':<58} {'value':>6} {'floor':>6} {'goal':>6} {'photos':>7}"]
    out += [
        f"{line.what:<58} {line.value:>6.3f} {line.floor:>6} {line.goal:>6} {line.photos:>7}"
        for line in lines(report)
    ]
    groups = {name: report[name] for name in TABLES if report.get(name)}
    groups |= {f"details: {k}": v for k, v in report["details"].items()}
    for name, found in groups.items():
        words = ", ".join(f"{k} {r:.2f} ({n})" for k, (r, n) in found.items())
        out += ["", f"{name}: {words}"]
    street = ", ".join(f"{k} {v:.2f}" for k, v in report["street"]["class_iou"].items())
    return "\n".join([*out, "", f"street classes: {street}"])


TABLES = (
    *("phone_category", "hm_types", "hm_category", "hm_pattern", "hm_color"),
    *("worn_pattern", "worn_color", "style", *scores.MORE, "gender", "season"),
)


def write_report(report: Mapping[str, Any], path: Path) -> None:
    path.write_text(json.dumps(report, indent=1) + "\n")
