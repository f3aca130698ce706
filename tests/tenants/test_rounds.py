"""A round of the clock over all shops takes no longer, however many there are."""

import pytest

from tenants.rounds import shops_of_round
from tests.factories import make_mall, make_shop

pytestmark = pytest.mark.django_db


def test_few_shops_are_all_visited_each_time() -> None:
    mall = make_mall()
    shops = {make_shop(mall).pk for _ in range(3)}
    for now in (0, 60, 125):
        assert {one.pk for one in shops_of_round(seconds=60, most=3, now=now)} == shops


def test_of_many_each_has_its_turn_once_a_turn_of_all() -> None:
    mall = make_mall()
    shops = sorted(make_shop(mall).pk for _ in range(7))
    rounds = [
        [one.pk for one in shops_of_round(seconds=60, most=3, now=start + 60 * 1000)]
        for start in (0, 60, 120)
    ]
    assert sorted(pk for one in rounds for pk in one) == shops
    assert all(len(one) <= 3 for one in rounds)
