from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest

from catalog.shades import shades_of, unpacked
from recommender import alike
from recommender.candidates import Candidate
from recommender.query import Named, QueryGarment, Shade
from recommender.rank import (
    DEFAULT_WEIGHTS,
    WHOLE_PHOTO_WEIGHTS,
    NothingWeighed,
    Parts,
    Weights,
    rank,
)
from vision.colorspace import hex_to_lab
from vision.taxonomy import taxonomy


def shade(hex_: str, share: float = 1.0) -> Shade:
    lab = tuple(float(one) for one in hex_to_lab(hex_))
    return Shade(hex_, hex_, "red", hex_, share, lab)  # type: ignore[arg-type]


RED, DARK_RED, PINK, BLUE, WHITE = "#c8102e", "#a00d25", "#f4a6b8", "#1f3fa8", "#fafafa"


def packed(*palette: Shade) -> bytes:
    return shades_of((one.lab, one.share) for one in palette).tobytes()


def likeness_of(one: tuple[Shade, ...], others: Sequence[tuple[Shade, ...]]) -> Any:
    mine = shades_of((shade.lab, shade.share) for shade in one)
    return alike.palettes(mine, unpacked([packed(*other) for other in others]))


def wanted(**changes: Any) -> QueryGarment:
    values: dict[str, Any] = {
        "box": (0, 0, 1, 1),
        "tags": {"category": Named("dress", 0.9, False), "pattern": Named("solid", 0.9, False)},
        "palette": (shade(RED),),
        "embedding": np.zeros(256, np.float32),
        "categories": {"dress": 1.0},
        "patterns": {"solid": 1.0},
    }
    return QueryGarment(**(values | changes))


def product(number: int, **changes: Any) -> Candidate:
    values: dict[str, Any] = {
        "product_id": number,
        "photo_id": number,
        "garment_id": number,
        "distance": 0.4,
        "category": "dress",
        "pattern": "solid",
        "color_family": "red",
        "shades": packed(shade(RED)),
    }
    return Candidate(**(values | changes))


def order(garment: QueryGarment, *found: Candidate) -> list[int]:
    return [one.candidate.product_id for one in rank(garment, found)]


def test_what_agrees_in_everything_scores_one() -> None:
    (best,) = rank(wanted(), [product(1, distance=0.0)])
    assert best.score == 1.0
    assert best.parts.shape == best.parts.color == best.parts.pattern == best.parts.category == 1.0


def test_each_part_moves_the_order_when_the_others_are_equal() -> None:
    assert order(wanted(), product(1, distance=0.5), product(2, distance=0.3)) == [2, 1]
    blue, pink = product(1, shades=packed(shade(BLUE))), product(2, shades=packed(shade(PINK)))
    assert order(wanted(), blue, pink, product(3, shades=packed(shade(DARK_RED)))) == [3, 2, 1]
    coat, jumpsuit = product(1, category="coat"), product(2, category="jumpsuit")
    assert order(wanted(), coat, jumpsuit, product(3)) == [3, 2, 1]
    floral, melange = product(1, pattern="floral"), product(2, pattern="melange")
    assert order(wanted(), floral, melange, product(3)) == [3, 2, 1]


def test_equal_scores_stand_by_product_whatever_the_order_they_came_in() -> None:
    found = [product(number) for number in (3, 1, 2)]
    assert order(wanted(), *found) == order(wanted(), *reversed(found)) == [1, 2, 3]


def test_a_very_near_shape_is_not_beaten_by_colour_alone() -> None:
    near = product(1, distance=0.05, shades=packed(shade(BLUE)))
    far = product(2, distance=0.9)
    assert order(wanted(), near, far) == [1, 2]


def test_a_doubtful_query_demands_less_of_the_category() -> None:
    doubtful = wanted(categories={"dress": 0.5, "coat": 0.5})
    (sure_coat,) = rank(wanted(), [product(1, category="coat")])
    (maybe_coat,) = rank(doubtful, [product(1, category="coat")])
    assert sure_coat.parts.category == 0.0 and maybe_coat.parts.category == 0.5


def test_a_whole_photo_is_ordered_by_shape_alone() -> None:
    found = [product(1, distance=0.2, category="bag"), product(2, distance=0.3)]
    assert [one.candidate.product_id for one in rank(wanted(), found, WHOLE_PHOTO_WEIGHTS)] == [
        1,
        2,
    ]


def test_scores_stay_between_nothing_and_one() -> None:
    (worst,) = rank(
        wanted(),
        [product(1, distance=2.0, category="bag", pattern="lace", shades=packed(shade("#00ff00")))],
    )
    assert 0.0 <= worst.score < 0.1
    (best,) = rank(wanted(), [product(1, distance=-1e-7)])
    assert best.score == 1.0


def test_palettes_are_compared_share_by_share() -> None:
    striped = (shade(RED, 0.5), shade(WHITE, 0.5))
    others = [
        striped,
        tuple(reversed(striped)),
        (shade(RED, 0.6), shade(WHITE, 0.4)),
        (shade(RED, 0.95), shade(WHITE, 0.05)),
        (shade(BLUE, 0.5), shade(WHITE, 0.5)),
        (shade(BLUE),),
    ]
    likeness = likeness_of(striped, others)
    assert likeness[0] == likeness[1] == pytest.approx(1.0)
    assert all(np.diff(likeness[1:]) < 0)
    there_and_back = [
        (likeness_of(one, [other])[0], likeness_of(other, [one])[0])
        for one in others
        for other in others
    ]
    for there, back in there_and_back:
        assert there == pytest.approx(back, abs=0.02)


def test_shares_that_do_not_sum_to_one_and_empty_palettes() -> None:
    assert likeness_of((shade(RED, 0.3),), [(shade(RED, 0.9),)])[0] == pytest.approx(1.0)
    assert len(likeness_of((shade(RED),), [])) == 0
    assert np.isfinite(likeness_of((), [(shade(RED),), ()])).all()


def test_kinds_of_a_category_are_nearer_than_its_group_and_that_than_the_rest() -> None:
    ids = taxonomy().ids("category")
    assert alike.categories("shirt", "blouse") == alike.categories("boots", "heels") == alike.KIN
    assert alike.categories("shirt", "sweater") == alike.SAME_GROUP
    assert alike.categories("shirt", "boots") == 0.0
    for one in ids:
        assert alike.categories(one, one) == 1.0
        for other in ids:
            assert alike.categories(one, other) == alike.categories(other, one)


def test_every_pattern_named_as_alike_is_one_of_the_taxonomy() -> None:
    named = set().union(*alike.LOOKS)
    assert named <= set(taxonomy().ids("pattern"))
    assert alike.patterns("stripe-fine", "stripe-wide") == alike.SAME_LOOK
    assert alike.patterns("floral", "check") == 0.0


def test_a_candidate_without_a_packed_palette_is_like_nothing_in_colour_and_no_error() -> None:
    (one,) = rank(wanted(), [product(1, shades=None)])
    assert one.parts.color == 0.0 and one.parts.shape == 0.6


def test_weights_are_made_to_sum_to_one_and_say_what_each_part_gave() -> None:
    weights = Weights.of({"shape": 3, "color": 1})
    assert weights == Weights(shape=0.75, color=0.25, pattern=0.0, category=0.0)
    assert weights.gave(Parts(0.8, 0.4, 1.0, 1.0)) == Parts(0.6, 0.1, 0.0, 0.0)
    with pytest.raises(NothingWeighed):
        Weights.of({"shape": 0.0})


def test_weights_move_the_order_and_what_the_parts_gave_sums_to_the_score() -> None:
    near_blue = product(1, distance=0.1, shades=packed(shade(BLUE)))
    far_red = product(2, distance=0.6)
    by_shape = rank(wanted(), [near_blue, far_red], Weights.of({"shape": 1}))
    by_color = rank(wanted(), [near_blue, far_red], Weights.of({"color": 1, "shape": 0.1}))
    assert [one.candidate.product_id for one in by_shape] == [1, 2]
    assert [one.candidate.product_id for one in by_color] == [2, 1]
    for one in rank(wanted(), [near_blue, far_red]):
        assert sum(DEFAULT_WEIGHTS.gave(one.parts)) == pytest.approx(one.score, abs=2e-4)


def test_nothing_found_ranks_to_nothing() -> None:
    assert rank(wanted(), []) == []
