"""A photo with words: what the words name replaces that part of it."""

from dataclasses import replace
from math import sqrt

import numpy as np
import pytest

from recommender.candidates import Candidate
from recommender.query import Named, QueryGarment, Shade
from recommender.rank import Parts, Ranked
from recommender.words import Chip, Understood, WordMatch, changed, fuse

NAVY = Shade("navy", "네이비", "navy", "#1f2a44", 0.7, (17.0, 3.0, -17.0))
WHITE = Shade("white", "화이트", "white", "#ffffff", 0.3, (100.0, 0.0, 0.0))


@pytest.fixture
def garment() -> QueryGarment:
    return QueryGarment(
        box=(0, 0, 10, 10),
        tags={"category": Named("dress", 0.9, False), "pattern": Named("solid", 0.6, False)},
        palette=(NAVY, WHITE),
        embedding=np.ones(256, np.float32),
        categories={"dress": 0.9, "skirt": 0.1},
        patterns={"solid": 0.6, "check": 0.4},
    )


def test_a_colour_replaces_the_palette_and_the_rest_stays(garment: QueryGarment) -> None:
    red = changed(garment, Understood(changes={"color": ("red",)}))
    assert [shade.family for shade in red.palette] == ["red"]
    assert red.palette[0].share == 1.0
    assert (red.categories, red.patterns, red.tags) == (
        garment.categories,
        garment.patterns,
        garment.tags,
    )
    assert red.embedding is garment.embedding


def test_two_colours_share_the_palette(garment: QueryGarment) -> None:
    both = changed(garment, Understood(changes={"color": ("brown", "beige")}))
    assert [(shade.family, shade.share) for shade in both.palette] == [
        ("brown", 0.5),
        ("beige", 0.5),
    ]


def test_pattern_and_category_become_sure(garment: QueryGarment) -> None:
    said = changed(garment, Understood(changes={"pattern": ("check",), "category": ("skirt",)}))
    assert said.patterns == {"check": 1.0}
    assert said.categories == {"skirt": 1.0}
    assert (said.category, said.pattern) == ("skirt", "check")


def test_what_is_refused_is_taken_out_of_what_was_seen(garment: QueryGarment) -> None:
    chips = (
        Chip("not:color:navy", "color", "navy", "", "", negated=True),
        Chip("not:pattern:solid", "pattern", "solid", "", "", negated=True),
    )
    said = changed(garment, Understood(changes={"color": (), "pattern": ()}, chips=chips))
    assert [shade.family for shade in said.palette] == ["white"]
    assert said.patterns == {"check": 1.0}


def test_every_family_has_a_typical_colour(garment: QueryGarment) -> None:
    for family in ("black", "white", "grey", "khaki", "sky", "gold", "silver", "mint"):
        palette = changed(garment, Understood(changes={"color": (family,)})).palette
        assert [shade.family for shade in palette] == [family]
    # No one colour is "multicolour": nothing is compared then.
    assert changed(garment, Understood(changes={"color": ("multicolour",)})).palette == ()


def ranked(product_id: int, score: float) -> Ranked:
    blank = Candidate(product_id, 1, 1, 0.0, "dress", "solid", "navy")
    return Ranked(blank, Parts(score, score, score, score), score)


def test_the_words_lift_what_has_them_and_the_score_stays_within_1() -> None:
    order = [ranked(1, 1.0), ranked(2, 0.9), ranked(3, 0.2)]
    fused = fuse(order, [WordMatch(2, 8.0), WordMatch(3, 4.0)])
    assert [one.candidate.product_id for one in fused] == [2, 1, 3]
    assert fused[0].score == pytest.approx(0.7 * 0.9 + 0.3)
    assert fused[2].score == pytest.approx(0.7 * 0.2 + 0.3 * sqrt(0.5), abs=5e-5)
    assert all(0 <= one.score <= 1 for one in fused)


def test_without_words_the_photos_order_stays() -> None:
    order = [ranked(1, 1.0), ranked(2, 0.9)]
    assert fuse(order, []) == order
    assert fuse(order, [WordMatch(2, 0.0)]) == order


def test_ties_stand_by_product(garment: QueryGarment) -> None:
    order = [ranked(5, 0.5), ranked(4, 0.5)]
    fused = fuse(order, [WordMatch(9, 1.0)])
    assert [one.candidate.product_id for one in fused] == [4, 5]
    assert replace(garment).palette == garment.palette
