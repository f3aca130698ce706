"""Values that a head says too seldom are lifted, by a part chosen on held-out answers."""

import numpy as np

from vision.training.lift import LIFTED, Judged, bias, found_and_right, judged, lifts

SLEEVES = ["sleeveless", "short", "three-quarter", "long"]
LONG, THREE_QUARTER = SLEEVES.index("long"), SLEEVES.index("three-quarter")


def answers(rare: int, gap: float) -> Judged:
    """90 long sleeves, said surely, and `rare` three-quarter ones, said `gap` less than long."""
    truth = np.zeros((90 + rare, 4), bool)
    truth[:90, LONG], truth[90:, THREE_QUARTER] = True, True
    logits = np.full(truth.shape, -6.0)
    logits[:90, LONG] = 3.0
    logits[90:, LONG], logits[90:, THREE_QUARTER] = gap, 0.0
    return Judged(logits, truth, np.ones_like(truth))


def test_a_rare_value_that_is_always_second_is_lifted_and_the_commonest_is_not() -> None:
    one = answers(10, gap=1.0)
    added = lifts({"sleeve": (SLEEVES, one)})["sleeve"]
    assert added[LONG] == 0
    assert added[THREE_QUARTER] > 1.0
    said = (one.logits + added).argmax(1)
    assert (said[90:] == THREE_QUARTER).all()
    assert (said[:90] == LONG).all()


def test_what_is_right_already_is_left_alone() -> None:
    assert lifts({"sleeve": (SLEEVES, answers(10, gap=-1.0))}) == {}


def test_heads_of_few_labels_choose_one_part_together_and_others_stay_out() -> None:
    closures = ["buttons", "zip", "pullover", "wrap"]
    given = {
        "sleeve": (SLEEVES, answers(10, gap=1.0)),
        "closure": (closures, answers(10, gap=-1.0)),
        "category": (SLEEVES, answers(10, gap=1.0)),
    }
    assert {"sleeve", "closure"} <= set(LIFTED)
    assert "category" not in LIFTED
    added = lifts(given)
    assert set(added) == {"sleeve", "closure"}
    assert np.allclose(added["sleeve"], added["closure"])


def test_a_value_that_the_category_cannot_have_does_not_compete() -> None:
    lengths = ["regular", "mini"]
    truth = np.array([[True, False]] * 6 + [[False, True]] * 6)
    logits = np.array([[0.0, 5.0]] * 12)
    one = judged("length", lengths, logits, truth, ["t-shirt"] * 6 + ["dress"] * 6)
    assert one.sayable[0].tolist() == [True, False]
    assert one.sayable[-1].tolist() == [False, True]
    assert found_and_right("length", lengths, one, 0.0) == 3.0


def test_rows_without_a_label_do_not_count() -> None:
    truth = np.array([[True, False, False, False], [False] * 4])
    one = judged("sleeve", SLEEVES, np.zeros((2, 4)), truth, ["dress", "dress"])
    assert len(one.truth) == len(one.logits) == 1


def test_a_label_of_several_values_is_shared_among_them() -> None:
    truth = np.array([[True, False]] * 40 + [[True, True]] * 20)
    assert bias(truth, 0.0).tolist() == [0, 0]
    gaps = bias(truth, 1.0)
    assert gaps[0] == 0
    assert np.isclose(gaps[1], np.log(50 / 10))


def test_a_value_that_hardly_any_label_names_is_left_alone() -> None:
    truth = np.array([[True, False, False]] * 40 + [[False, True, False]] * 4)
    assert bias(truth, 1.0).tolist() == [0, 0, 0]
