"""Which days an address asks for, and which they are compared with."""

from datetime import date, timedelta

import pytest

from analytics.insights.dates import LONGEST, bucket, dates_asked

TODAY = date(2026, 3, 18)


@pytest.mark.parametrize(
    ("asked", "start", "end"),
    [
        ({}, date(2026, 2, 17), TODAY),
        ({"range": "today"}, TODAY, TODAY),
        ({"range": "7"}, date(2026, 3, 12), TODAY),
        ({"range": "month"}, date(2026, 3, 1), TODAY),
        ({"range": "last-month"}, date(2026, 2, 1), date(2026, 2, 28)),
        (
            {"range": "own", "from": "2026-01-30", "to": "2026-02-02"},
            date(2026, 1, 30),
            date(2026, 2, 2),
        ),
        # Days to come are left out, but not those before.
        ({"from": "2026-03-17", "to": "2026-12-31"}, date(2026, 3, 17), TODAY),
    ],
)
def test_the_days_of_an_address(asked: dict[str, str], start: date, end: date) -> None:
    found = dates_asked(asked, today=TODAY)
    assert (found.start, found.end, found.wrong) == (start, end, False)


@pytest.mark.parametrize("said", ["", "2026-02-30", "2026-03-19", "1999-12-31", "3.1.2026"])
def test_what_is_no_day_is_told(said: str) -> None:
    found = dates_asked({"range": "own", "from": said, "to": "2026-03-19"}, today=TODAY)
    assert found.wrong
    assert (found.start, found.end) == (date(2026, 2, 17), TODAY)


def test_as_many_days_are_compared_and_the_same_weekdays_of_a_year_before() -> None:
    week = {"range": "own", "from": "2026-03-02", "to": "2026-03-08"}
    assert dates_asked(week, today=TODAY).compared == (date(2026, 2, 23), date(2026, 3, 1))
    year = dates_asked({**week, "compare": "year"}, today=TODAY).compared
    assert year == (date(2025, 3, 3), date(2025, 3, 9))
    assert dates_asked({**week, "compare": "none"}, today=TODAY).compared is None


def test_an_address_leads_to_the_same_days_again() -> None:
    for asked in ({"range": "own", "from": "2026-01-01", "to": "2026-01-05"}, {"range": "90"}):
        found = dates_asked(asked | {"compare": "year"}, today=TODAY)
        assert dates_asked(found.asked, today=TODAY) == found
    assert found.query(color="navy", text="") == "?range=90&compare=year&color=navy"


def test_long_times_are_cut_and_shown_by_weeks_and_months() -> None:
    long = dates_asked({"from": "2001-01-01", "to": "2026-03-18"}, today=TODAY)
    assert long.end - long.start == LONGEST
    assert (long.step, dates_asked({"range": "365"}, today=TODAY).step) == ("month", "week")
    assert bucket(TODAY, "week") == date(2026, 3, 16)
    assert bucket(TODAY, "month") == date(2026, 3, 1)
    assert bucket(TODAY - timedelta(days=1), "day") == date(2026, 3, 17)
