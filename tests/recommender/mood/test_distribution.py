"""Distributions over styles: shares, averages, lifts and how a photo fits, in plain numbers."""

import math

import pytest

from recommender.mood.distribution import (
    LEAST_SHARE,
    PRIOR,
    average,
    belief,
    fit,
    is_of,
    lifts,
    mood,
    sets_apart,
    smoothed,
)

STYLES = ("casual", "street", "formal")
BIG = {"casual": 800.0, "street": 150.0, "formal": 50.0}


def test_an_average_sums_to_one_and_leaves_no_style_at_nothing() -> None:
    mean = average([{"casual": 10.0}, {"street": 500.0}], STYLES)
    assert sum(mean.values()) == pytest.approx(1)
    assert 0 < mean["formal"] < 0.05


def test_without_a_shop_every_style_is_alike() -> None:
    assert average([], STYLES) == pytest.approx(dict.fromkeys(STYLES, 1 / 3))
    assert average([{}], STYLES) == pytest.approx(dict.fromkeys(STYLES, 1 / 3))


def test_a_shop_of_a_million_is_one_voice_among_shops() -> None:
    mean = average([{"casual": 1e6}, {"street": 1000.0}, {"street": 1000.0}], STYLES)
    assert mean["street"] > mean["casual"]


def test_a_shop_of_two_products_hardly_moves_the_average() -> None:
    alone = average([BIG], STYLES)
    with_tiny = average([BIG, {"formal": 2.0}], STYLES)
    assert with_tiny["formal"] - alone["formal"] < 0.1


def test_a_small_shop_is_mostly_the_mall_and_a_large_one_itself() -> None:
    mean = {"casual": 0.8, "street": 0.15, "formal": 0.05}
    small = smoothed({"formal": 3.0}, mean)
    large = smoothed({"formal": 3000.0}, mean)
    assert sum(small.values()) == pytest.approx(1)
    assert small["formal"] == pytest.approx((3 + PRIOR * 0.05) / (3 + PRIOR))
    assert small["casual"] > small["formal"]
    assert large["formal"] > 0.99


def test_a_shop_without_products_is_the_average() -> None:
    mean = {"casual": 0.8, "street": 0.15, "formal": 0.05}
    assert smoothed({}, mean) == pytest.approx(mean)


def test_the_commonest_style_is_not_everybodys_mood() -> None:
    shops = {
        "plain": {"casual": 900.0, "street": 60.0, "formal": 40.0},
        "wide": {"casual": 600.0, "street": 350.0, "formal": 50.0},
        "neat": {"casual": 550.0, "street": 50.0, "formal": 400.0},
    }
    mean = average(shops.values(), STYLES)
    assert max(mean, key=lambda style: mean[style]) == "casual"
    assert all(max(counts, key=lambda one: counts[one]) == "casual" for counts in shops.values())
    moods = {name: mood(smoothed(counts, mean), mean) for name, counts in shops.items()}
    assert moods == {"plain": "casual", "wide": "street", "neat": "formal"}


def test_a_style_that_nobody_sees_is_no_mood() -> None:
    """Two formal coats among a hundred t-shirts, where the mall has one in a thousand."""
    mean = {"casual": 0.95, "street": 0.049, "formal": 0.001}
    shares = smoothed({"casual": 98.0, "formal": 2.0}, mean)
    assert lifts(shares, mean)["formal"] > 10
    assert shares["formal"] < LEAST_SHARE
    assert mood(shares, mean) == "casual"
    # Who looks for formal clothes finds them here or nowhere.
    assert is_of("formal", shares, mean)
    assert sets_apart("formal", shares, mean) > 0 > sets_apart("street", shares, mean)


def test_the_only_shop_of_a_mall_has_the_mood_it_sells_most() -> None:
    mean = average([BIG], STYLES)
    assert mood(smoothed(BIG, mean), mean) == "casual"


def test_a_photo_is_its_garments_by_their_areas() -> None:
    mean = dict.fromkeys(STYLES, 1 / 3)
    seen = belief([({"formal": 1.0}, 0.3), ({"street": 1.0}, 0.1)], mean)
    assert seen == pytest.approx({"casual": 0.0, "formal": 0.75, "street": 0.25})


def test_what_a_photo_leaves_open_is_the_average() -> None:
    mean = {"casual": 0.8, "street": 0.1, "formal": 0.1}
    seen = belief([({"formal": 0.5}, 1.0)], mean)
    assert seen == pytest.approx({"casual": 0.4, "street": 0.05, "formal": 0.55})
    assert belief([], mean) == mean
    assert belief([({"unknown": 0.9}, 1.0)], mean) == mean
    assert sum(belief([({"formal": 0.7, "street": 0.6}, 1.0)], mean).values()) == pytest.approx(1)


def test_a_shop_with_more_of_a_photos_styles_fits_better_than_the_average() -> None:
    mean = {"casual": 0.8, "street": 0.1, "formal": 0.1}
    photo = {"casual": 0.3, "street": 0.6, "formal": 0.1}
    streets = {"casual": 0.6, "street": 0.3, "formal": 0.1}
    suits = {"casual": 0.6, "street": 0.1, "formal": 0.3}
    assert fit(photo, mean, mean) == pytest.approx(0)
    assert fit(photo, streets, mean) > 0.5 > fit(photo, suits, mean)
    assert fit(photo, streets, mean) == pytest.approx(0.3 * math.log(0.75) + 0.6 * math.log(3))
