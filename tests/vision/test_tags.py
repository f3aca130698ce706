"""Logits to predictions: temperature, thresholds, and only what can be said of the category."""

import numpy as np
import pytest

from vision.bundle import Head
from vision.tags import predict
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
