import numpy as np
import pytest

from recommender.outfit.harmony import FADED, WORTH, Rule, harmony, neutral
from recommender.outfit.pieces import Piece, Rack
from tests.recommender.outfit.clothes import HEXES, piece
from vision.colorspace import hex_to_lab


def meet(one: Piece, other: Piece) -> tuple[float, Rule]:
    score, rule = harmony(Rack.of([one]).palettes, Rack.of([other]).palettes)
    back, same = harmony(Rack.of([other]).palettes, Rack.of([one]).palettes)
    assert score[0, 0] == pytest.approx(back[0, 0]) and rule[0, 0] == same[0, 0]
    return float(score[0, 0]), Rule(int(rule[0, 0]))


def test_what_is_worn_with_anything() -> None:
    worn = {name for name, text in HEXES.items() if neutral(hex_to_lab(text).astype(np.float64))}
    assert worn == {"black", "white", "grey", "navy", "beige", "brown", "camel"}


@pytest.mark.parametrize(
    ("one", "other", "rule"),
    [
        ("black", "white", Rule.NEUTRALS),
        ("navy", "grey", Rule.NEUTRALS),
        ("black", "red", Rule.ACCENT),
        ("beige", "green", Rule.ACCENT),
        ("red", "dark-red", Rule.TONAL),
        ("beige", "brown", Rule.TONAL),
        ("blue", "blue", Rule.SET),
        ("red", "orange", Rule.ANALOGOUS),
        ("yellow", "green", Rule.ANALOGOUS),
        ("orange", "teal", Rule.COMPLEMENTARY),
        ("yellow", "blue", Rule.COMPLEMENTARY),
        ("red", "green", Rule.CONTRAST),
    ],
)
def test_two_colours_have_a_rule(one: str, other: str, rule: Rule) -> None:
    assert meet(piece("shirt", one), piece("skirt", other))[1] == rule


def test_one_hue_is_worth_most_and_no_rule_least() -> None:
    red = piece("shirt", "red")

    def worth(color: str) -> float:
        return meet(red, piece("skirt", color))[0]

    assert worth("red") > worth("dark-red") > worth("black") >= worth("orange") > worth("yellow")
    assert worth("yellow") > worth("green") == WORTH[Rule.CONTRAST]
    orange = piece("shirt", "orange")
    assert meet(orange, piece("skirt", "teal"))[0] > WORTH[Rule.CONTRAST]


def test_two_neutrals_are_worth_more_the_nearer_their_lightness() -> None:
    black = piece("shirt", "black")
    navy, brown, white = (
        meet(black, piece("skirt", color))[0] for color in ("navy", "brown", "white")
    )
    assert navy > brown > white == WORTH[Rule.NEUTRALS]


def test_every_rule_is_worth_more_than_none_to_its_very_edge() -> None:
    worths = [WORTH[rule] for rule in Rule if rule is not Rule.CONTRAST] + list(FADED.values())
    assert min(worths) > WORTH[Rule.CONTRAST] + 0.1


def test_denim_goes_with_what_blue_does_not() -> None:
    red = piece("shirt", "red")
    assert meet(red, piece("jeans", "blue", pattern="denim"))[1] == Rule.ACCENT
    assert meet(red, piece("skirt", "blue"))[1] != Rule.ACCENT


def test_a_plain_piece_picks_up_a_colour_of_the_print() -> None:
    flowers = piece("dress", "red", "green", pattern="floral")
    worth, rule = meet(flowers, piece("cardigan", "green"))
    assert rule == Rule.ECHO
    assert worth >= WORTH[Rule.ECHO] > meet(piece("dress", "red"), piece("cardigan", "green"))[0]


def test_the_folds_of_a_plain_dress_are_no_print() -> None:
    folded = piece("dress", "red", "dark-red")
    assert meet(folded, piece("cardigan", "dark-red"))[1] == Rule.TONAL


def test_without_a_palette_nothing_is_said() -> None:
    worth, rule = meet(piece("bag", "red", palette=()), piece("skirt", "blue"))
    assert (worth, rule) == (0.5, Rule.CONTRAST)
    score, rules = harmony(Rack.of([]).palettes, Rack.of([piece("skirt", "red")]).palettes)
    assert score.shape == rules.shape == (0, 1)
