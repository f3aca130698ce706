"""Logits to predictions: temperature, thresholds, and only what can be said of the category."""

from dataclasses import replace

import numpy as np
import pytest

from vision.bundle import Head
from vision.tags import best, predict, shares
from vision.taxonomy import taxonomy
from vision.types import Prediction


def head(name: str, temperature: float = 1.0, threshold: float = 0.5) -> Head:
    return Head(name, taxonomy().ids(name), temperature, threshold)


def logits(name: str, **values: float) -> np.ndarray:
    given = {key.replace("_", "-"): value for key, value in values.items()}
    return np.array([given.get(label, 0.0) for label in taxonomy().ids(name)], np.float32)


def tags(category: str, **options: bool) -> dict[str, Prediction]:
    heads = {name: head(name) for name in ("category", "pattern", "style", "sleeve", "fit")}
    answers = {name: logits(name) for name in heads}
    answers["category"] = logits("category", **{category.replace("-", "_"): 9.0})
    answers["fit"] = logits("fit", skinny=6.0, regular=5.0)
    return predict(heads, answers, **options)


def test_temperature_softens_the_probability_and_keeps_the_guess() -> None:
    answer = {"category": logits("category", dress=4.0)}
    sharp = predict({"category": head("category")}, answer)["category"]
    soft = predict({"category": head("category", temperature=2.0)}, answer)["category"]
    count = len(taxonomy().ids("category"))
    assert sharp.probability == pytest.approx(np.e**4 / (np.e**4 + count - 1), abs=1e-4)
    assert soft.value == sharp.value == "dress"
    assert soft.probability < sharp.probability


def test_a_bias_lets_a_rare_value_be_said_when_in_doubt() -> None:
    plain = head("sleeve")
    lifted = replace(plain, bias=tuple(2.0 * (name == "three-quarter") for name in plain.labels))
    answer = {
        "category": logits("category", blouse=9.0),
        "sleeve": logits("sleeve", long=4.0, three_quarter=3.0),
    }
    heads = {"category": head("category"), "sleeve": plain}
    assert predict(heads, answer)["sleeve"].value == "long"
    said = predict(heads | {"sleeve": lifted}, answer)["sleeve"]
    assert said.value == "three-quarter"
    assert said.probability == pytest.approx(np.e**5 / (np.e**5 + np.e**4 + 2), abs=1e-4)


def test_under_its_threshold_a_head_is_unsure_and_still_gives_its_best_guess() -> None:
    answer = {"category": logits("category", dress=1.0)}
    said = predict({"category": head("category")}, answer)["category"]
    assert said.unsure and said.value == "dress"
    assert not predict({"category": head("category", threshold=0.05)}, answer)["category"].unsure


def test_the_three_likeliest_are_given_in_order() -> None:
    answer = {"category": logits("category", dress=5.0, skirt=3.0, jumpsuit=4.0)}
    top = predict({"category": head("category")}, answer)["category"].top
    assert [value for value, _ in top] == ["dress", "jumpsuit", "skirt"]
    assert top[0][1] > top[1][1] > top[2][1]


def test_heads_that_say_nothing_about_the_category_are_left_out() -> None:
    assert set(tags("sneakers")) == {"category", "pattern", "style"}
    assert "sleeve" in tags("shirt")


def test_values_that_cannot_be_said_of_the_category_do_not_compete() -> None:
    assert tags("jeans")["fit"].value == "skinny"
    assert tags("shirt")["fit"].value == "regular"


def test_everything_is_unsure_where_no_garment_was_found() -> None:
    assert all(said.unsure for said in tags("dress", all_unsure=True).values())


def test_stripes_count_together_and_then_the_likeliest_of_them_answers() -> None:
    answer = {
        "category": logits("category", shirt=9.0),
        "pattern": logits("pattern", solid=6.0, stripe_wide=5.5, stripe_fine=5.6, dot=2.0),
    }
    heads = {name: head(name) for name in answer}
    said = predict(heads, answer)["pattern"]
    assert said.value == "stripe-fine"
    assert said.top[0] == ("stripe-fine", said.probability)
    assert [value for value, _ in said.top] == ["stripe-fine", "solid", "dot"]
    shares = np.exp([6.0, 5.5, 5.6, 2.0])
    rest = len(taxonomy().ids("pattern")) - 4
    assert said.probability == pytest.approx(shares[1:3].sum() / (shares.sum() + rest), abs=0.01)


def test_many_answers_are_decided_as_one_is() -> None:
    labels = taxonomy().ids("pattern")
    rng = np.random.default_rng(0)
    many = rng.normal(0, 2, (50, len(labels))).astype(np.float32)
    chosen, probability = best("pattern", labels, shares(head("pattern"), many))
    for at, row in enumerate(many):
        answer = {"category": logits("category", shirt=9.0), "pattern": row}
        said = predict({"category": head("category"), "pattern": head("pattern")}, answer)
        assert said["pattern"].value == labels[chosen[at]]
        assert said["pattern"].probability == pytest.approx(probability[at], abs=1e-4)


def test_the_colour_head_is_no_tag() -> None:
    answer = {"category": logits("category", shirt=9.0), "color": logits("color", red=5.0)}
    assert set(predict({name: head(name) for name in answer}, answer)) == {"category"}
