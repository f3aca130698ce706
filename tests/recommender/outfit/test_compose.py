import itertools

import pytest

from recommender.outfit.compose import Row, compose
from recommender.outfit.fit import genders_fit
from recommender.outfit.pieces import Piece
from recommender.outfit.slots import SLOTS, Slot, missing, slot_of
from tests.recommender.outfit.clothes import HEXES, piece

PATTERNS = ("solid", "check", "floral", "stripe-wide")
KINDS = (
    *("t-shirt", "shirt", "sweater", "skirt", "jeans", "trousers", "dress", "coat", "blazer"),
    *("sneakers", "heels", "bag", "hat", "scarf"),
)


def wardrobe(*pieces: Piece) -> dict[Slot, list[Piece]]:
    return {slot: [one for one in pieces if one.slot == slot] for slot in SLOTS}


def full_wardrobe() -> dict[Slot, list[Piece]]:
    """Every kind in every colour, the patterns and genders in turn."""
    turns = itertools.cycle(itertools.product(PATTERNS, ("women", "men", "unisex", "")))
    made = []
    for kind in KINDS:
        for color in HEXES:
            pattern, gender = next(turns)
            made.append(piece(kind, color, pattern=pattern, gender=gender))
        next(turns)
    return wardrobe(*made)


def dressed(
    owned: Piece | list[Piece],
    pools: dict[Slot, list[Piece]],
    together: dict[int, float] | None = None,
    choices: int = 4,
) -> tuple[Row, ...]:
    owned = owned if isinstance(owned, list) else [owned]
    ways = missing([one.category for one in owned])
    return compose(owned, pools, ways=ways, together=together or {}, choices=choices)


def firsts(rows: tuple[Row, ...]) -> list[Piece]:
    return [row.choices[0].piece for row in rows]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("pattern", ["solid", "floral"])
def test_a_look_keeps_the_rules_whichever_choice_is_taken(kind: str, pattern: str) -> None:
    mine = piece(kind, "red", pattern=pattern, gender="women")
    rows = dressed(mine, full_wardrobe())
    assert len(rows) >= 4
    look = firsts(rows)
    for at, row in enumerate(rows):
        assert 1 <= len(row.choices) <= 4
        for choice in row.choices:
            worn = [mine, *look[:at], choice.piece, *look[at + 1 :]]
            slots = [one.slot for one in worn]
            assert len(set(slots)) == len(slots)
            assert not ("full-body" in slots and {"top", "bottom"} & set(slots))
            assert sum(one.busy for one in worn) <= 1
            assert all(
                genders_fit(one.gender, other.gender)
                for one, other in itertools.combinations(worn, 2)
            )


def test_a_dress_needs_no_bottom_and_a_shirt_gets_one() -> None:
    pools = full_wardrobe()
    assert "bottom" not in [row.slot for row in dressed(piece("dress", "red"), pools)]
    assert dressed(piece("shirt", "red"), pools)[0].slot == "bottom"


def test_shoes_get_a_dress_or_a_top_and_a_bottom_whichever_is_better() -> None:
    heels = piece("heels", "black", styles={"party": 1.0})
    gown = piece("dress", "red", styles={"party": 1.0})
    gym = [
        piece("hoodie", "green", styles={"sports": 1.0}),
        piece("leggings", "purple", styles={"sports": 1.0}),
    ]
    assert [row.slot for row in dressed(heels, wardrobe(gown, *gym))] == ["full-body"]
    assert [row.slot for row in dressed(heels, wardrobe(*gym))] == []
    runners = piece("sneakers", "white", styles={"sports": 1.0})
    assert [row.slot for row in dressed(runners, wardrobe(gown, *gym))][:2] == ["top", "bottom"]


def test_the_colour_that_goes_with_it_comes_first() -> None:
    red = piece("shirt", "red")
    skirts = [piece("skirt", color) for color in ("green", "black", "purple", "dark-red")]
    row = dressed(red, wardrobe(*skirts))[0]
    assert [one.piece.family for one in row.choices[:2]] == ["dark-red", "black"]


def test_the_pieces_go_with_each_other_too() -> None:
    """Beside a white shirt both colours are fine; together they are not."""
    white = piece("shirt", "white")
    rows = dressed(
        white,
        wardrobe(
            piece("skirt", "red"),
            piece("bag", "green"),
            piece("bag", "black"),
        ),
    )
    assert [one.family for one in firsts(rows)] == ["red", "black"]


def test_a_bad_suggestion_is_none() -> None:
    party = piece("dress", "red", styles={"party": 1.0}, seasons={"summer": 1.0})
    boots = piece("boots", "green", styles={"sports": 1.0}, seasons={"winter": 1.0})
    assert dressed(party, wardrobe(boots)) == ()


def test_no_sandals_with_a_coat_whatever_they_are_worn_with() -> None:
    hot, cold = {"summer": 0.6, "spring": 0.4}, {"autumn": 0.5, "winter": 0.5}
    sandals = piece("sandals", "black", seasons=hot)
    boots = piece("boots", "black", seasons=cold, styles={"street": 1.0})
    coat = piece("coat", "black", seasons=cold)
    jeans = piece("jeans", "blue")
    assert "footwear" not in [row.slot for row in dressed(coat, wardrobe(jeans, sandals))]
    rows = {row.slot: row.choices for row in dressed(jeans, wardrobe(coat, sandals, boots))}
    assert [one.piece for one in rows["outer"]] == [coat]
    assert [one.piece for one in rows["footwear"]] == [boots]


def test_choices_differ_before_they_repeat() -> None:
    shirt = piece("shirt", "white")
    blacks = [piece("skirt", "black") for _ in range(6)]
    row = dressed(shirt, wardrobe(*blacks, piece("skirt", "navy"), piece("jeans", "blue")))[0]
    assert {(one.piece.category, one.piece.family) for one in row.choices[:3]} == {
        ("skirt", "black"),
        ("skirt", "navy"),
        ("jeans", "blue"),
    }


def test_variants_of_one_product_are_one_choice() -> None:
    shirt = piece("shirt", "white")
    sizes = [piece("skirt", "black", group="S-1") for _ in range(3)]
    row = dressed(shirt, wardrobe(*sizes, piece("skirt", "navy")))[0]
    assert len(row.choices) == 2


def test_what_shoppers_take_together_comes_first() -> None:
    shirt = piece("shirt", "white")
    one, other = piece("skirt", "navy"), piece("skirt", "black")
    pools = wardrobe(one, other)
    before = dressed(shirt, pools)[0].choices[0].piece
    later = one if before is other else other
    assert later.product_id is not None
    row = dressed(shirt, pools, together={later.product_id: 0.9})[0]
    assert row.choices[0].piece is later
    assert (row.choices[0].together, row.choices[1].together) == (0.9, 0.0)


def test_the_same_question_has_the_same_answer_in_any_order() -> None:
    mine, pools = piece("coat", "camel"), full_wardrobe()
    turned = {slot: pieces[::-1] for slot, pieces in pools.items()}
    assert dressed(mine, pools) == dressed(mine, turned)


def test_what_else_is_worn_already_is_not_suggested_and_is_minded() -> None:
    owned = [piece("shirt", "white"), piece("skirt", "red", pattern="check")]
    rows = dressed(owned, full_wardrobe())
    assert not {row.slot for row in rows} & {"top", "bottom", "full-body"}
    assert not any(one.busy for one in firsts(rows))


def test_an_empty_shop_gives_no_rows() -> None:
    assert dressed(piece("dress", "red"), {}) == ()
    assert dressed(piece("underwear", "red"), full_wardrobe()) == ()


def test_slot_of_every_choice() -> None:
    for row in dressed(piece("dress", "navy"), full_wardrobe(), choices=12):
        assert all(slot_of(one.piece.category) == row.slot for one in row.choices)
