from typing import Any

import pytest

from recommender.outfit.pieces import COLORS, Piece, Rack
from recommender.query import Named, QueryGarment
from tests.recommender.outfit.clothes import HEXES, piece
from vision.colorspace import hex_to_lab
from vision.taxonomy import taxonomy


def stored(**fields: Any) -> Piece:
    shade = {"name": "red", "name_ko": "빨강", "family": "red", "hex": HEXES["red"], "share": 1.0}
    row = {
        "product_id": 7,
        "category": "shirt",
        "pattern": "solid",
        "style": "casual",
        "gender": "",
        "palette": [shade | {"lab": [float(one) for one in hex_to_lab(HEXES["red"])]}],
        "variant_group": "",
        "fold": None,
        "tags__style": {"value": "casual", "top": [["casual", 0.5], ["street", 0.3]]},
        "tags__season": {"value": "summer", "top": [["summer", 0.7], ["spring", 0.2]]},
        "product__season": "",
    }
    return Piece.stored(row | fields)


def test_the_model_is_believed_as_far_as_it_is_sure() -> None:
    seen = stored()
    assert seen.styles == {"casual": 0.5, "street": 0.3}
    assert seen.seasons == {"summer": 0.7, "spring": 0.2}


def test_what_a_person_said_of_the_style_is_sure() -> None:
    assert stored(style="formal").styles == {"formal": 1.0}
    assert stored(style="", tags__style=None).styles == {}


@pytest.mark.parametrize(
    ("text", "seasons"),
    [
        ("summer", {"summer"}),
        ("봄, 가을", {"spring", "autumn"}),
        ("SS24", {"spring", "summer"}),
        ("25 F/W", {"autumn", "winter"}),
        ("AW-2025", {"autumn", "winter"}),
        ("dress", {"summer", "spring"}),
        ("", {"summer", "spring"}),
    ],
)
def test_the_shops_own_word_for_the_season(text: str, seasons: set[str]) -> None:
    assert set(stored(product__season=text).seasons) == seasons


def test_variants_and_look_alikes_are_one_group() -> None:
    assert stored(variant_group="V").group == stored(product_id=8, variant_group="V").group
    assert stored(product_id=8, fold=7).group == stored().group
    assert stored(product_id=8).group != stored().group


def test_a_photo_says_a_gender_only_where_it_is_sure() -> None:
    mine = piece("shirt", "red")

    def seen(unsure: bool) -> Piece:
        tags = {
            "category": Named("shirt", 0.9, False),
            "pattern": Named("solid", 0.9, False),
            "gender": Named("girls", 0.6, unsure),
        }
        return Piece.seen(QueryGarment((0, 0, 9, 9), tags, mine.palette, None, {}, {}))  # type: ignore[arg-type]

    assert seen(False).gender == "kids"
    assert seen(True).gender == ""
    assert (seen(False).style, seen(False).product_id) == ("", None)


def test_a_rack_holds_the_telling_colours_and_what_is_likely() -> None:
    many = piece("dress", "red", "green", "blue", "yellow")
    rack = Rack.of([many, piece("bag", "red", palette=())])
    assert rack.palettes.shares.shape == (2, COLORS)
    assert rack.palettes.shares.sum(1).tolist() == pytest.approx([1.0, 0.0])
    assert rack.styles.shape == (2, len(taxonomy().ids("style")))
    assert rack.styles[0].sum() == 1
    assert Rack.of([]).seasons.shape == (0, 4)
