"""What a month will come to."""

from datetime import UTC, datetime

import pytest

from billing.forecast import month_forecast


def at(day, hour=0, month=11):
    return datetime(2026, month, day, hour, tzinfo=UTC)


OLD = datetime(2025, 1, 1, tzinfo=UTC)


def test_an_even_pace_goes_on_to_the_months_end():
    told = month_forecast(used=1000, before=3100, began=OLD, at=at(11))
    assert (told.used, told.expected) == (1000, 3000)


@pytest.mark.parametrize("hour", [0, 1, 12])
def test_the_first_hours_of_a_month_do_not_say_all_of_it(hour):
    """Five in the first hour would be 3,600: the month before counts as well."""
    told = month_forecast(used=5, before=310, began=OLD, at=at(1, hour))
    assert 295 <= told.expected <= 320


def test_a_young_mall_is_judged_by_its_own_days():
    told = month_forecast(used=100, before=0, began=at(6), at=at(11))
    assert told.expected == 100 + 20 * 20


def test_a_mall_of_an_hour_is_not_multiplied_by_the_hours_of_a_month():
    told = month_forecast(used=100, before=0, began=at(10, 23), at=at(11))
    assert told.expected == 100 + 100 * 20


def test_what_a_mall_of_the_former_month_used_it_used_in_its_own_days():
    told = month_forecast(used=0, before=50, began=at(27, month=10), at=at(1))
    assert told.expected == 10 * 30


def test_nothing_stays_nothing():
    assert month_forecast(used=0, before=0, began=OLD, at=at(15)).expected == 0


def test_a_limit_is_reached_on_a_day():
    told = month_forecast(used=1000, before=3100, began=OLD, at=at(11), allowed=1500)
    assert told.runs_out == at(16)


@pytest.mark.parametrize(("allowed", "why"), [(3001, "later"), (1000, "was"), (None, "no limit")])
def test_a_limit_that_is_not_reached_anew_has_no_day(allowed, why):
    told = month_forecast(used=1000, before=3100, began=OLD, at=at(11), allowed=allowed)
    assert told.runs_out is None, why


def test_the_last_second_of_a_month_expects_what_was_used():
    end = datetime(2026, 11, 30, 23, 59, 59, tzinfo=UTC)
    assert month_forecast(used=700, before=0, began=OLD, at=end).expected == 700


def test_march_looks_back_into_a_short_february():
    told = month_forecast(used=0, before=280, began=OLD, at=at(1, month=3))
    assert told.expected == 310
