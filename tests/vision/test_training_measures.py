"""What is measured of a bundle: right and wrong answers, tables, pictures and the model card."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from tests.support.training_sets import make_sets
from vision.analyzer import Analyzer
from vision.taxonomy import taxonomy
from vision.training import color_scores, pictures, plots, scores, street_worn
from vision.training.card import ablation_tables, read_ablations, scores_table, write_card
from vision.training.curves import curves, read_log
from vision.training.evaluate import class_table, evaluate, table
from vision.training.figures import FIGURES, lines
from vision.training.predictions import Served, analyzed, serve
from vision.training.scores import Judged
from vision.training.sets import Store, open_photos, read_rows, write_store
from vision.types import Color, Garment, Prediction


def judged(truth: str, answer: str, probability: float = 0.9, index: int = 0) -> Judged:
    return Judged("hm", index, truth, answer, probability, truth == answer)


def garment(families: Sequence[str] = ("black",), **tags: str) -> Garment:
    said = {head: Prediction(v, 0.8, ((v, 0.8), ("other", 0.2)), False) for head, v in tags.items()}
    share = 1 / len(families)
    colors = tuple(Color(f, f, f, "#000000", share, (0.0, 0.0, 0.0)) for f in families)
    empty = np.zeros((0, 0), bool)
    return Garment((0, 0, 1, 1), "upper", 1.0, empty, said, colors, np.ones(256, np.float32))


def served(rows: list[dict[str, str]], garments: list[tuple[Garment, ...]]) -> Served:
    labels: list[Any] = [{"pattern": frozenset(row.get("pattern", "").split())} for row in rows]
    return Served(
        "hm", np.arange(len(rows)), list(rows), labels, np.arange(len(rows)), list(garments)
    )


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_sets(tmp_path_factory.mktemp("sets"), photos=30)


@pytest.fixture(scope="module")
def report(
    tiny_bundle: Path, data: Path, cache: Path, tmp_path_factory: pytest.TempPathFactory
) -> tuple[dict[str, Any], Path]:
    out = tmp_path_factory.mktemp("measured") / "out"
    return evaluate(tiny_bundle, data, cache, threads=1, out=out), out


def test_every_photo_is_seen_as_the_analyzer_serves_it(
    analyzer: Analyzer, data: Path, cache: Path
) -> None:
    found = serve(analyzer, data, cache, "hm", np.array([3, 20, 28]))
    photo = open_photos(data, cache, "hm")[20]
    assert found.main[1].tags == analyzer.analyze(photo).main.tags
    assert found.rows[2] == read_rows(data, "hm")[28]
    assert found.embeddings.shape == (3, 256)


def test_the_labelled_garment_comes_first_unless_nobody_may_look_at_the_label(
    analyzer: Analyzer, draw: Callable[..., np.ndarray], tmp_path: Path
) -> None:
    spots = (("upper", (60, 30, 340, 260)), ("lower", (130, 300, 270, 480)))
    write_store(tmp_path / "myntra-photos", [("a", draw(*spots))])
    row = {"file": "a", "articleType": "Trousers", "productDisplayName": "Acme", "usage": ""}
    row |= {"gender": "", "season": "", "subCategory": "", "resolution": "168x224"}
    row |= {"baseColour": "Red"}
    with (tmp_path / "myntra.csv").open("w", newline="") as out:
        writer = csv.DictWriter(out, list(row))
        writer.writeheader()
        writer.writerow(row)
    chosen = np.array([0])
    seen = serve(analyzer, tmp_path, tmp_path, "myntra", chosen)
    blind = serve(analyzer, tmp_path, tmp_path, "myntra", chosen, blind=True)
    assert [one.region for one in seen.garments[0]] == ["lower", "upper"]
    assert [one.region for one in blind.garments[0]] == ["upper", "lower"]


def test_a_batch_that_is_not_full_is_analyzed_too(
    analyzer: Analyzer, data: Path, cache: Path
) -> None:
    photos = open_photos(data, cache, "phone")
    assert len(list(analyzed(analyzer, (photos[i] for i in range(19))))) == 19


def test_a_long_tee_is_right_for_a_longsleeve_and_a_short_one_is_wrong() -> None:
    rows = [{"label": "Longsleeve"}] * 3 + [{"label": "Shoes"}, {"label": "Top"}]
    garments = [
        (garment(category="t-shirt", sleeve="long"),),
        (garment(category="t-shirt", sleeve="short"),),
        (garment(category="sweater"),),
        (garment(category="heels"),),
        (garment(category="t-shirt"),),
    ]
    found = scores.recalls(scores.phone_kinds(served(rows, garments)))
    assert found == {"Longsleeve": (pytest.approx(2 / 3), 3), "Shoes": (1.0, 1)}


def test_an_all_over_print_may_be_answered_by_its_kind() -> None:
    rows = [{"pattern": "print floral animal"}, {"pattern": "floral"}, {"pattern": "solid"}]
    garments = [(garment(pattern=said),) for said in ("animal", "print", "check")]
    found = scores.patterns(served(rows, garments))
    assert [one.right for one in found] == [True, True, False]
    assert [one.answer for one in found] == ["all-over", "all-over", "check"]


def test_kin_count_together_only_where_a_probability_does() -> None:
    one = served([{"pattern": "floral"}], [(garment(pattern="print"),)])
    assert not scores.head_answers(one, "pattern")[0].right
    assert scores.head_answers(one, "pattern", by_kin=True)[0].right


def test_a_head_that_is_silent_is_wrong_and_one_among_others_gives_its_first_allowed_answer() -> (
    None
):
    rows = [{"pattern": "solid"}]
    assert not scores.head_answers(served(rows, [(garment(),)]), "pattern")[0].right
    unsure = Prediction("lace", 0.6, (("lace", 0.6), ("solid", 0.3)), False)
    seen = garment(pattern="lace")
    seen.tags["pattern"] = unsure
    found = scores.head_answers(served(rows, [(seen,)]), "pattern", among=("solid", "check"))
    assert (found[0].answer, found[0].probability) == ("solid", 0.3)


def test_product_types_are_judged_by_what_they_may_mean() -> None:
    rows = [{"product_type_name": kind} for kind in ("Top", "Top", "Bra", "Marker pen")]
    garments = [(garment(category=said),) for said in ("blouse", "coat", "underwear", "bag")]
    types = scores.frequent_types(rows)
    assert types == ["Top", "Bra"]
    found = scores.recalls(scores.product_types(served(rows, garments), types))
    assert found == {"Top": (0.5, 2), "Bra": (1.0, 1)}


def test_what_the_text_says_is_right_beside_the_type() -> None:
    seen = served([{"product_type_name": "Sweater"}] * 2, [(garment(category="hoodie"),)] * 2)
    seen.labels[1] = {"category": frozenset(["hoodie"])}
    assert not any(one.right for one in scores.product_types(seen, ["Sweater"]))
    found = scores.product_types(seen, ["Sweater"], or_text=True)
    assert [one.right for one in found] == [False, True]


def test_colours_are_judged_by_the_first_and_by_the_first_two() -> None:
    def row(master: str, group: str) -> dict[str, str]:
        return {"perceived_colour_master_name": master, "colour_group_name": group}

    rows = [
        row("Blue", "Dark Blue"),
        row("White", "Light Beige"),
        row("Red", "Red"),
        row("Unknown", "White"),
    ]
    garments = [
        (garment(("navy",)),),
        (garment(("beige", "grey")),),
        (garment(("white", "red")),),
        (garment(("white",)),),
    ]
    found = color_scores.color_scores(served(rows, garments))
    assert found["photos"] == 3
    assert found["first"] == pytest.approx(1 / 3)
    assert found["first_two"] == pytest.approx(2 / 3)
    assert found["first_by_either"] == pytest.approx(2 / 3)
    assert found["first_two_by_either"] == 1


def test_every_family_that_is_right_stands_in_the_taxonomy() -> None:
    words = [*color_scores.MASTER.values(), *color_scores.GROUP.values()]
    words += [allowed for _, allowed in street_worn.COLORS.values()]
    assert {f for one in words for f in one.split()} <= set(taxonomy().ids("color"))
    patterns = [allowed for _, allowed in street_worn.PATTERN_WORDS.values()]
    assert {p for one in patterns for p in one.split()} <= set(taxonomy().ids("pattern"))


def test_the_upper_garment_is_found_behind_trousers_and_judged() -> None:
    rows = [
        {"productDisplayName": "Acme Men Striped Navy Shirt", "baseColour": "Navy Blue"},
        {"productDisplayName": "Acme Men Check Shirt", "baseColour": "Teal"},
    ]
    jeans = garment(("navy",), category="jeans", pattern="denim")
    shirt = garment(("sky",), category="shirt", pattern="stripe-fine")
    found = served(rows, [(jeans, shirt), (jeans,)])
    assert [(one.truth, one.right) for one in street_worn.worn_patterns(found)] == [
        ("stripe", True),
        ("check", False),
    ]
    assert [(one.truth, one.right) for one in street_worn.worn_colors(found)] == [("blue", True)]


def test_the_first_word_for_a_pattern_counts() -> None:
    def named(name: str) -> str:
        return street_worn.named_pattern({"productDisplayName": name})

    assert named("Acme Men Striped Printed T-shirt") == "stripe"
    assert named("Acme Women Printed Red Tshirt") == "graphic"
    assert named("Acme Women Printed Red Kurta") == "printed"
    assert named("Acme Men Red Shirt") == ""


def test_a_class_says_what_it_is_mistaken_for() -> None:
    rows = [judged("a", "a"), judged("a", "b"), judged("a", "b"), judged("b", "b"), judged("", "b")]
    first, second = scores.by_class(rows)
    assert (first.name, first.photos, first.mistaken_for) == ("a", 3, "b")
    assert first.recall == pytest.approx(1 / 3)
    assert first.precision == 1
    assert second.precision == pytest.approx(1 / 3)
    lines = list(csv.DictReader(class_table({"t": rows}).splitlines()))
    assert lines[0]["mistaken for"] == "b"
    assert lines[1]["mistaken for"] == ""


def test_an_evaluation_leaves_figures_a_table_and_pictures(
    report: tuple[dict[str, Any], Path],
) -> None:
    figures, out = report
    assert json.loads((out / "report.json").read_text())["revision"] == figures["revision"]
    assert figures["pasted"]["catalogue"] == 30
    names = {path.name for path in out.iterdir()}
    assert {"confusion-hm_category.png", "mistakes-phone_category.png"} <= names
    assert {"reliability.png", "classes.csv", "table.txt"} <= names
    text = table(figures)
    assert "person IoU on street photos" in text
    assert "≥ .975" in text
    first = next(csv.DictReader((out / "classes.csv").read_text().splitlines()))
    assert first["table"] == "phone_category"


def test_a_small_evaluation_seeks_among_the_held_out_photos_alone(
    tiny_bundle: Path, data: Path, cache: Path
) -> None:
    figures = evaluate(tiny_bundle, data, cache, threads=1, most=4)
    assert figures["same_design"]["photos"] == 4
    assert figures["pasted"]["catalogue"] == 4


def test_every_figure_of_the_issue_names_its_floor_and_goal(
    report: tuple[dict[str, Any], Path],
) -> None:
    wanted = [figure for figure in FIGURES if figure.goal]
    assert len(wanted) == 17
    shown = {line.what: line for line in lines(report[0])}
    assert shown["calibration error of category"].goal == "≤ .03"
    assert shown["category on phone photos, 14 kinds"].floor == ".87"


def test_the_surest_mistakes_come_first_and_right_answers_never(tmp_path: Path) -> None:
    store = _colored(tmp_path / "hm")
    rows = [
        judged("a", "a", 0.99, 0),
        judged("a", "b", 0.5, 1),
        judged("a", "b", 0.9, 2),
    ]
    sheet = np.asarray(pictures.mistakes("t", rows, {"hm": store}))
    middle = 44 + pictures.PHOTO[1] // 2
    step = pictures.PHOTO[0] + 12
    places = [tuple(sheet[middle, 12 + pictures.PHOTO[0] // 2 + step * at]) for at in range(3)]
    assert places == [(0, 0, 200), (0, 200, 0), plots.PAPER]


def _colored(stem: Path) -> Store:
    photos = [np.zeros((20, 15, 3), np.uint8) for _ in range(3)]
    for channel, photo in enumerate(photos):
        photo[..., channel] = 200
    return write_store(stem, [(str(i), photo) for i, photo in enumerate(photos)])


def test_a_confusion_is_green_where_right_and_red_where_wrong() -> None:
    rows = [judged("a", "a")] * 3 + [judged("b", "a")] * 2
    sheet = np.asarray(pictures.confusion("t", rows)).reshape(-1, 3)
    colors = {tuple(int(v) for v in color) for color in sheet}
    assert tuple(pictures.RIGHT.tolist()) in colors
    assert tuple(pictures.WRONG.tolist()) in colors


def test_ticks_are_round_numbers_inside() -> None:
    assert plots.ticks(0, 1) == [0, 0.2, 0.4, 0.6, 0.8, 1.0]
    assert plots.ticks(0, 0.00042) == [0, 0.0001, 0.0002, 0.0003, 0.0004]
    assert plots.ticks(3, 3) == [3]


def test_smoothing_keeps_the_mean_and_takes_the_noise() -> None:
    line = [1.0, 3.0] * 20
    smooth = plots.smoothed(line, 10)
    assert len(smooth) == 40
    assert max(smooth[5:-5]) - min(smooth[5:-5]) < 0.3


def a_run(folder: Path, rows: list[dict[str, Any]]) -> Path:
    folder.mkdir()
    schedule = {"steps": 40, "minutes": 9, "sizes": [64], "until": [1.0], "batch": 8}
    schedule["peak_rate"] = 1e-3
    (folder / "config.json").write_text(json.dumps({"schedule": schedule, "seed": 1}))
    (folder / "log.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    return folder


def log_row(step: int, **more: float) -> dict[str, Any]:
    return {"step": step, "minutes": 1.0, "size": 64, "progress": step / 40, "loss": 2.0} | more


def test_a_run_draws_its_curves(tmp_path: Path) -> None:
    rows = [log_row(step, style=1 / step, category=2 / step) for step in range(1, 40)]
    path = curves(a_run(tmp_path / "run", rows))
    with Image.open(path) as picture:
        inked = np.asarray(picture).reshape(-1, 3)
    for color in plots.LINES[:2]:
        assert (np.abs(inked.astype(int) - color).max(1) < 12).sum() > 100


def test_a_log_that_went_back_counts_the_second_time(tmp_path: Path) -> None:
    steps = [10, 20, 30, 20, 40]
    run = a_run(tmp_path / "run", [log_row(step, loss=float(at)) for at, step in enumerate(steps)])
    assert [(row["step"], row["loss"]) for row in read_log(run)] == [(10, 0), (20, 3), (40, 4)]


def test_a_run_that_has_not_logged_twice_has_no_curve(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="holds 1 rows"):
        curves(a_run(tmp_path / "run", [log_row(10)]))


def test_the_card_compares_two_bundles_and_shows_what_was_tried(
    report: tuple[dict[str, Any], Path], tiny_bundle: Path, tmp_path: Path
) -> None:
    figures, out = report
    run = a_run(tmp_path / "run", [log_row(10), log_row(20)])
    for name in ("one", "open"):
        (tmp_path / name).mkdir()
        config = json.loads((tiny_bundle / "config.json").read_text()) | {"name": name}
        (tmp_path / name / "config.json").write_text(json.dumps(config))
        (tmp_path / name / "report.json").write_text((out / "report.json").read_text())
    tried = tmp_path / "tried.json"
    tried.write_text(
        json.dumps([{"what": "ground", "row": "kept", "figures": {"phone category": 0.9}}])
    )
    write_card(
        tmp_path / "one",
        figures,
        run,
        run,
        beside=tmp_path / "open",
        ablations=read_ablations(tried),
    )
    text = (tmp_path / "one" / "MODEL_CARD.md").read_text()
    assert "| what | `one` | `open` | floor | goal | photos |" in text
    assert "| ground | phone category |" in text
    assert "| kept | 0.900 |" in text
    assert "`myntra`" in text


def test_the_card_of_a_free_bundle_names_free_sets_alone(
    report: tuple[dict[str, Any], Path], tiny_bundle: Path, tmp_path: Path
) -> None:
    run = a_run(tmp_path / "run", [log_row(10)])
    config = json.loads((run / "config.json").read_text()) | {"free_only": True}
    (run / "config.json").write_text(json.dumps(config))
    (tmp_path / "config.json").write_text((tiny_bundle / "config.json").read_text())
    write_card(tmp_path, report[0], run, run)
    sets = (tmp_path / "MODEL_CARD.md").read_text().split("## How")[0]
    assert "`phone`" in sets
    assert "`hm`" not in sets


def test_trials_of_one_question_share_a_table_and_lack_nothing(tmp_path: Path) -> None:
    one, other = ablation_tables(
        [
            {"what": "ground", "row": "kept", "figures": {"a": 0.5}},
            {"what": "ground", "row": "mean", "figures": {"b": 0.25}},
            {"what": "losses", "row": "all", "figures": {"a": 1.0}},
        ]
    )
    assert one.splitlines()[2:] == ["| kept | 0.500 | – |", "| mean | – | 0.250 |"]
    assert other.startswith("| losses | a |")
    path = tmp_path / "tried.json"
    path.write_text(json.dumps([{"what": "ground", "figures": {}}]))
    with pytest.raises(ValueError, match="row 1 lacks row"):
        read_ablations(path)


def test_a_card_without_another_bundle_has_one_column(
    report: tuple[dict[str, Any], Path],
) -> None:
    assert scores_table("one", report[0]).startswith("| what | value | floor | goal | photos |")
