"""One line above a page, where money needs somebody; none on most days."""

from datetime import timedelta

import pytest
from django.utils import translation

from billing.models import Kind, MonthlyUsage, Overage, Subscription
from billing.selectors import banners
from billing.subscriptions import paying_set, trial_begin
from tenants.models import Mall
from tests.billing.money_world import at, tiny_plan
from tests.factories import make_mall

pytestmark = pytest.mark.django_db

NOW = at(2026, 11, 20, 12)


@pytest.fixture
def mall(monkeypatch: pytest.MonkeyPatch) -> Mall:
    tiny_plan(monkeypatch)
    return make_mall(plan="tiny")


def use(mall: Mall, kind: Kind, quantity: int) -> None:
    MonthlyUsage.objects.update_or_create(
        mall=mall, month="2026-11-01", kind=kind, defaults={"quantity": quantity}
    )


def told(mall: Mall) -> list[tuple[str, str]]:
    return [(one.code, one.tone) for one in banners(mall, at=NOW)]


def test_nothing_is_said_while_nothing_is_wrong(mall: Mall, django_assert_num_queries) -> None:
    use(mall, Kind.SEARCH, 15)
    with django_assert_num_queries(1):
        assert banners(mall, at=NOW) == ()
    assert banners(make_mall(), at=NOW) == ()


def test_most_of_the_quota_and_all_of_it(mall: Mall) -> None:
    use(mall, Kind.SEARCH, 16)
    use(mall, Kind.PHOTO, 3)
    assert told(mall) == [("photo_100", "bad"), ("search_80", "warn")]
    use(mall, Kind.SEARCH, 20)
    words = banners(mall, at=NOW)[1].text
    assert "A few more are answered" in words
    use(mall, Kind.SEARCH, 22)
    assert "Searches are refused" in banners(mall, at=NOW)[1].text
    assert told(mall) == [("photo_100", "bad"), ("search_100", "bad")]


def test_what_is_paid_by_use_and_its_cap(mall: Mall) -> None:
    paying_set(mall=mall, overage=True, spend_cap=1_900)
    use(mall, Kind.SEARCH, 23)
    row = Overage.objects.create(
        mall=mall,
        month="2026-11-01",
        kind="search",
        plan="tiny",
        currency="KRW",
        quantity=3,
        publishable=2,
    )
    assert told(mall) == [("search_beyond", "warn")]
    row.publishable = 3
    row.save()
    assert told(mall) == [("spend_cap", "bad"), ("search_beyond", "warn")]
    assert "₩1,900" in banners(mall, at=NOW)[0].text


def test_a_trial_that_ends_soon_unless_a_plan_is_chosen(settings) -> None:
    settings.TRIAL_DAYS = 14
    mall = make_mall()
    trial_begin(mall=mall, plan="growth", at=NOW - timedelta(days=8))
    assert told(mall) == []
    Subscription.objects.filter(mall=mall).update(trial_ends_at=NOW + timedelta(days=4))
    assert told(mall) == [("trial_ends", "warn")]
    with translation.override("ko"):
        assert "요금제를 골라 주세요" in banners(mall, at=NOW)[0].text
    Subscription.objects.filter(mall=mall).update(next_plan="starter", next_period="month")
    assert told(mall) == []


def test_a_late_invoice_and_a_plan_that_has_ended(mall: Mall) -> None:
    rows = Subscription.objects.filter(mall=mall)
    rows.update(state="past_due", past_due_since=NOW)
    assert told(mall) == [("past_due", "bad")]
    rows.update(state="cancelled", past_due_since=None)
    assert told(mall) == [("cancelled", "bad")]
    assert "Free" in banners(mall, at=NOW)[0].text
