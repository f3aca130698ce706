"""From which score on nobody is needed: the arithmetic."""

import numpy as np
import pytest

from catalog.precision import CONFIDENCE, Answer, fewest, shows, threshold_of


def answers(*pairs: tuple[float, bool]) -> list[Answer]:
    return [Answer(score, right) for score, right in pairs]


def test_too_few_answers_show_nothing_and_say_how_many_are_missing() -> None:
    told = threshold_of([Answer(0.99, True)] * 40, wanted=0.97)
    assert (told.score, told.answers, told.missing) == (None, 40, fewest(0.97) - 40)
    assert fewest(0.97) == 76
    assert shows(76, 0, wanted=0.97) and not shows(75, 0, wanted=0.97)


def test_a_model_that_is_always_right_needs_nobody() -> None:
    sample = [Answer(0.5 + place / 400, True) for place in range(200)]
    told = threshold_of(sample, wanted=0.97)
    assert told.score == 0.5
    assert told.covered == 1.0


def test_what_is_wrong_below_lies_under_the_threshold() -> None:
    sure = [Answer(0.9 + place / 2000, True) for place in range(180)]
    unsure = [Answer(0.3 + place / 1000, place % 2 == 0) for place in range(60)]
    told = threshold_of([*unsure, *sure], wanted=0.97)
    assert told.score is not None and 0.3 < told.score <= 0.9
    assert 180 / 240 <= told.covered < 0.85


def test_a_model_that_is_not_right_enough_gets_no_threshold() -> None:
    sample = [Answer(place / 300, place % 10 != 0) for place in range(300)]
    told = threshold_of(sample, wanted=0.97)
    assert told.score is None and told.missing == 0


def test_equal_scores_are_not_parted() -> None:
    sample = [Answer(1.0, True)] * 90 + [Answer(0.7, True)] * 90 + [Answer(0.2, False)] * 20
    told = threshold_of(sample, wanted=0.97)
    assert told.score == 0.7 and told.covered == 0.9


@pytest.mark.parametrize("wanted", [0.9, 0.97])
def test_nine_thresholds_of_ten_hold(wanted: float) -> None:
    """Shops of a model whose probability is not calibrated: how often is the threshold too low?"""
    generator = np.random.default_rng(5)
    # The whole shop is just not right enough: any threshold must cut something off.
    power = 4 * (1 / wanted - 1) * 1.1
    shops, broken, given = 400, 0, 0
    grid = np.linspace(0, 1, 2001)
    for _ in range(shops):
        scores = generator.beta(4, 1, 300)
        right = generator.random(300) < scores**power
        told = threshold_of(
            answers(*zip(scores.tolist(), right.tolist(), strict=True)), wanted=wanted
        )
        if told.score is None:
            continue
        given += 1
        above = grid[grid >= told.score]
        density = above**3
        broken += bool((density * above**power).sum() / density.sum() < wanted)
    assert given > 40, "so many shops have a threshold that the test says something"
    assert broken / shops <= 1 - CONFIDENCE + 0.03
