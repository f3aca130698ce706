"""Fitting the table of colour families to made-up garments."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from vision.color_dyes import Dye
from vision.color_families import FamilyTable, read_table
from vision.colorspace import hex_to_lab
from vision.training.color_lessons import Lessons, anchors, collected, families, joined
from vision.training.colors import (
    Recipe,
    _disturbed,
    _gradients,
    _layers,
    _relit,
    fitted,
    with_prior_weight,
    write_table,
)

QUICK = Recipe(steps=150, batch=128)
WHITE, RED, BLUE, GREEN = "#f4f4f4", "#c41e2c", "#2050c0", "#2a8a40"


def dye(color: str, share: float, rng: np.random.Generator) -> Dye:
    lab = hex_to_lab(color) + rng.normal(0, 2, 3)
    return Dye(lab, lab, share=share, spread=3.0, depth=1.0)


def prints(count: int) -> tuple[list[list[Dye]], list[str]]:
    """White garments with a coloured print, named by the print; and plain white ones."""
    rng = np.random.default_rng(3)
    found, told = [], []
    for at in range(count):
        color, family = ((RED, "red"), (BLUE, "blue"), (GREEN, "green"), (WHITE, "white"))[at % 4]
        share = float(rng.uniform(0.2, 0.45))
        plain = family == "white"
        ground = dye(WHITE, 1.0 if plain else 1 - share, rng)
        found.append([ground] if plain else [ground, dye(color, share, rng)])
        told.append(family)
    return found, told


def taught(found: Sequence[Sequence[Dye]], told: Sequence[str]) -> Lessons:
    allowed = [[name == family for name in families()] for family in told]
    return collected(found, allowed, [False] * len(told), 1.0)


def called(table: FamilyTable, dyes: Sequence[Dye]) -> str:
    return table.families[int(table.evidence(dyes, {}, metals=False).sum(0).argmax())]


def test_what_a_print_on_white_is_named_by_is_learned_not_given() -> None:
    found, told = prints(400)
    table = fitted(taught(found, told), QUICK)
    unseen, truth = prints(60)
    answers = [called(table, dyes) for dyes in unseen]
    assert np.mean([a == t for a, t in zip(answers, truth, strict=True)]) > 0.95
    assert table.named(unseen[0]).argmax() == 1


def test_the_same_lessons_give_the_same_file(tmp_path: Path) -> None:
    lessons = joined([taught(*prints(40)), anchors()])
    for name in ("one", "two"):
        write_table(fitted(lessons, replace(QUICK, steps=20)), tmp_path / name)
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()
    assert read_table(tmp_path / "one").families == families()


def test_the_gradients_are_those_of_the_likelihood() -> None:
    lessons, rng = taught(*prints(16)), np.random.default_rng(5)
    naming, calling = _layers(rng, 9, 4, 1), _layers(rng, 8, 4, len(families()))
    weight = rng.uniform(0.5, 2, len(lessons))

    def loss() -> float:
        table = FamilyTable(families(), naming, calling, prior_weight=1.0)
        found, _ = prints(16)
        total = 0.0
        for dyes, its, counts in zip(found, lessons.allowed, weight, strict=True):
            joint = np.exp(table.learned(dyes, metals=False) + table.named(dyes)[:, None])
            total -= counts * np.log(joint[:, its].sum())
        return total / len(found)

    values = [naming.w1, naming.b2, calling.w1, calling.w2]
    gradients = _gradients(naming, calling, lessons, weight)
    for value, gradient in zip(values, (gradients[at] for at in (0, 3, 4, 6)), strict=True):
        at = np.unravel_index(np.abs(gradient).argmax(), value.shape)
        kept = value[at]
        value[at] = kept + 1e-5
        above = loss()
        value[at] = kept - 1e-5
        below = loss()
        value[at] = kept
        assert gradient[at] == pytest.approx((above - below) / 2e-5, rel=1e-3, abs=1e-9)


def test_another_light_moves_colours_together_and_keeps_them_in_range() -> None:
    lessons = taught(*prints(40))
    moved = _disturbed(np.random.default_rng(2), lessons, replace(QUICK, disturbed=1.0))
    assert not np.allclose(moved.labs, lessons.labs, atol=1)
    assert moved.labs[:, 0].min() >= 0 and moved.labs[:, 0].max() <= 100.1
    assert np.array_equal(moved.owner, lessons.owner)
    colors = np.stack([hex_to_lab(color) for color in (WHITE, RED, BLUE, GREEN)])
    assert np.allclose(_relit(colors, np.ones((4, 3))), colors, atol=0.2)


def test_chosen_garments_keep_their_own_dyes() -> None:
    lessons = taught(*prints(12))
    some = lessons.chosen(np.array([5, 3, 5]))
    assert len(some) == 3 and np.array_equal(some.allowed, lessons.allowed[[5, 3, 5]])
    assert np.allclose(some.labs[some.owner == 0], lessons.labs[lessons.owner == 5])
    assert np.allclose(some.labs[some.owner == 2], lessons.labs[lessons.owner == 5])
    assert np.allclose(some.shares[some.owner == 1], lessons.shares[lessons.owner == 3])


def test_a_tagger_that_is_right_is_given_weight_and_one_that_is_wrong_little() -> None:
    found, told = prints(80)
    table = fitted(taught(found, told), replace(QUICK, steps=40))
    allowed, metals = [frozenset([family]) for family in told], [False] * len(told)
    wrong = [{"orange": 0.97} for _ in told]
    assert with_prior_weight(table, found, wrong, allowed, metals).prior_weight == 0.25
    rng = np.random.default_rng(1)
    ink = [[dye("#1e2029", 1.0, rng)] for _ in range(20)]
    truth = ["black" if at % 2 else "navy" for at in range(20)]
    surer = [{family: 0.7, "grey": 0.3} for family in truth]
    named = [frozenset([family]) for family in truth]
    weighed = with_prior_weight(table, ink, surer, named, [False] * 20)
    right = [
        weighed.families[int(weighed.evidence(d, p, metals=False).sum(0).argmax())] in its
        for d, p, its in zip(ink, surer, named, strict=True)
    ]
    assert np.mean(right) == 1.0
