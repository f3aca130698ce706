"""The rows behind every sum of Billing: by days, one by one, as a CSV."""

import csv
import io
from datetime import date, datetime, timedelta

import pytest
from django.utils import timezone

from billing.admin import ledger
from billing.ledger import usages_record
from billing.ledger_reading import MOST_DAYS, Place, Span, span_read
from tenants.scope import shop_scope
from tests.admin.desk import Desk
from tests.factories import make_shop

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 22)


@pytest.fixture
def shop():
    return make_shop(slug="maru")


def used(shop, kind, *references, at=None):
    with shop_scope(shop):
        usages_record(shop=shop, kind=kind, references=list(references), at=at)


def moment(text):
    return timezone.make_aware(datetime.fromisoformat(text))


@pytest.mark.parametrize(
    ("start", "end", "first", "last"),
    [
        ("", "", "2026-11-01", "2026-11-22"),
        ("2026-10-05", "2026-10-07", "2026-10-05", "2026-10-07"),
        ("2026-10-07", "2026-10-05", "2026-10-05", "2026-10-07"),
        ("", "2026-02-10", "2026-02-01", "2026-02-10"),
        ("never", "2026-13-01", "2026-11-01", "2026-11-22"),
    ],
)
def test_the_days_that_are_asked_for(start, end, first, last):
    span = span_read(start=start, end=end, today=TODAY)
    assert span == Span(date.fromisoformat(first), date.fromisoformat(last))


def test_a_year_is_the_most():
    span = span_read(start="1900-01-01", end="", today=TODAY)
    assert (span.end - span.start).days == MOST_DAYS - 1


@pytest.mark.parametrize(
    "text", ["", "~", "2026-11-22T10:00:00~1", "now~1", "2026-11-22T10:00:00+00:00~-1", "x" * 200]
)
def test_a_made_up_place_is_the_beginning(text):
    assert Place.read(text) is None


def test_days_and_rows_are_those_of_the_shop_and_the_dates(shop):
    used(shop, "search", "words:one", "photo:two", at=moment("2026-11-20T23:59:59"))
    used(shop, "photo", "77:abc", at=moment("2026-11-21T00:00:00"))
    used(make_shop(), "search", "words:strange", at=moment("2026-11-20T12:00:00"))
    desk = Desk(shop)
    page = desk.page("billing/ledger/?from=2026-11-20&to=2026-11-21")
    for told in ("words:one", "photo:two", "77:abc", "By words", "By a photo"):
        assert told in page
    assert "words:strange" not in page
    assert "/admin/maru/catalog/photo/77/change/" in page
    only = desk.page("billing/ledger/?from=2026-11-20&to=2026-11-20&kind=search")
    assert "words:one" in only and "77:abc" not in only
    assert "Each photo tagged" in desk.page("billing/ledger/?from=2026-11-19&to=2026-11-19")


def test_the_list_goes_on_where_it_ended(shop, monkeypatch):
    monkeypatch.setattr(ledger, "SHOWN", 2)
    at = moment("2026-11-20T12:00:00")
    used(shop, "search", *(f"words:{n}" for n in range(5)), at=at)
    used(shop, "search", "words:newer", at=at + timedelta(seconds=1))
    desk, seen, query = Desk(shop), [], {"from": "2026-11-20", "to": "2026-11-20"}
    while True:
        response = desk.get("billing/ledger/", data=query)
        seen += [row["entry"].reference for row in response.context["rows"]]
        if not response.context["next"]:
            break
        query["after"] = response.context["next"]
    assert seen[0] == "words:newer"
    assert sorted(seen[1:]) == [f"words:{n}" for n in range(5)]


def test_the_csv_has_all_of_it(shop, monkeypatch):
    monkeypatch.setattr(ledger, "CSV_ROWS", 2)
    used(shop, "search", *(f"words:{n}" for n in range(5)), at=moment("2026-11-20T12:00:00"))
    used(shop, "photo", "=cmd|1", at=moment("2026-11-20T13:00:00"))
    response = Desk(shop).get("billing/ledger.csv?from=2026-11-20&to=2026-11-20")
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    head, *lines = csv.reader(io.StringIO(text))
    assert head[:4] == ["at", "kind", "reference", "quantity"]
    assert lines[0][:4] == ["2026-11-20T13:00:00+09:00", "photo", "'=cmd|1", "1"]
    assert sorted(line[2] for line in lines[1:]) == [f"words:{n}" for n in range(5)]
    assert "maru-2026-11-20-2026-11-20.csv" in response["Content-Disposition"]


def test_the_rows_are_the_owners(shop):
    for role in ("editor", "viewer"):
        desk = Desk(shop, role)
        assert desk.get("billing/ledger/").status_code == 403
        assert desk.get("billing/ledger.csv").status_code == 403
    stranger = Desk(make_shop())
    assert stranger.client.get("/admin/maru/billing/ledger.csv").status_code == 404
