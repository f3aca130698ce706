from typing import Any

import pytest

from recommender.outfit.pieces import COLORS, Piece, Rack
from recommender.outfit.seasons import COLD, HOT
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
        "tags__season": {"value": "summer", "unsure": False},
        "tags__material": {"value": "cotton", "top": [["cotton", 0.7]]},
        "tags__sleeve__value": "long",
        "product__season": "",
    }
    return Piece.stored(row | fields)


def test_the_model_is_believed_as_far_as_it_is_sure() -> None:
    seen = stored()
    assert seen.styles == {"casual": 0.5, "street": 0.3}
    assert seen.seasons == {"summer": 1.0}
    assert stored(tags__season={"value": "summer", "unsure": True}).seasons == {}


def test_what_a_person_said_of_the_style_is_sure() -> None:
    assert stored(style="formal").styles == {"formal": 1.0}
    assert stored(style="", tags__style=None).styles == {}


def test_the_cloth_and_the_shops_word_say_the_season() -> None:
    assert stored(tags__sleeve__value="short").seasons == HOT
    assert stored(tags__material={"value": "wool", "top": [["wool", 0.9]]}).seasons == COLD
    assert set(stored(product__season="FW25").seasons) == {"autumn", "winter"}
    blank = {"tags__season": None, "tags__material": None, "tags__sleeve__value": None}
    assert stored(**blank).seasons == {}


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
            "sleeve": Named("sleeveless", 0.8, False),
        }
        return Piece.seen(QueryGarment((0, 0, 9, 9), tags, mine.palette, None, {}, {}))  # type: ignore[arg-type]

    assert seen(False).gender == "kids"
    assert seen(True).gender == ""
    assert seen(True).seasons == HOT
    assert (seen(False).style, seen(False).product_id) == ("", None)


def test_a_rack_holds_the_telling_colours_and_what_is_likely() -> None:
    many = piece("dress", "red", "green", "blue", "yellow")
    rack = Rack.of([many, piece("bag", "red", palette=())])
    assert rack.palettes.shares.shape == (2, COLORS)
    assert rack.palettes.shares.sum(1).tolist() == pytest.approx([1.0, 0.0])
    assert rack.styles.shape == (2, len(taxonomy().ids("style")))
    assert rack.styles[0].sum() == 1
    assert Rack.of([]).seasons.shape == (0, 4)
