"""The ledger: written with the work, never changed, and every sum of it the same."""

import threading
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import ProgrammingError, connection, transaction
from django.db.models import Sum
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from billing.check import ledger_check
from billing.corrections import NotCounted, usage_reverse
from billing.ledger import usage_record, usages_record
from billing.models import Kind, LedgerDay, LedgerEntry, MonthlyUsage, Overage
from billing.services import OverQuota, OverSpend, quota_check, quota_left, subscription_set
from billing.subscriptions import paying_set
from billing.usage import standing
from catalog.models import Product
from tenants.callers import Caller, _current
from tenants.models import AuditEntry, Mall, Shop
from tenants.scope import shop_scope
from tests.billing.money_world import TINY, at, tiny_plan
from tests.factories import make_mall, make_shop, make_user

pytestmark = pytest.mark.django_db(transaction=True)

# The last moment of a month, and the first of the next.
MOMENTS = (at(2026, 11, 30, 23, 59, 59), at(2026, 12, 1), at(2026, 12, 2, 12))
NOW = MOMENTS[0]


class Crash(Exception):
    """The process ends in the middle of a transaction."""


@pytest.fixture
def shop(monkeypatch: pytest.MonkeyPatch) -> Shop:
    tiny_plan(monkeypatch)
    return make_shop(make_mall(plan="tiny"))


def count(shop: Shop, reference: str, *, kind: str = "search", when: datetime = NOW) -> bool:
    with shop_scope(shop):
        return usage_record(shop=shop, kind=kind, reference=reference, at=when)


def overage(mall: Mall, **which: Any) -> int:
    return Overage.objects.filter(mall=mall, **which).aggregate(sum=Sum("quantity"))["sum"] or 0


def used(mall: Mall, when: datetime = NOW) -> int:
    return standing(mall_id=mall.pk, kind="search", at=when).used


def test_one_statement_writes_the_row_and_every_sum(
    shop: Shop, django_assert_num_queries: Any
) -> None:
    with shop_scope(shop), django_assert_num_queries(1):
        usage_record(shop=shop, kind="search", reference="a", at=NOW)
    with shop_scope(shop):
        assert LedgerDay.objects.get().day == NOW.date()
    assert used(shop.mall) == 1


def test_a_row_is_never_changed_or_deleted(shop: Shop) -> None:
    count(shop, "a")
    for change in (
        lambda: LedgerEntry.objects.update(quantity=2),
        lambda: LedgerEntry.objects.all().delete(),
    ):
        with (
            shop_scope(shop),
            pytest.raises(ProgrammingError, match="denied"),
            transaction.atomic(),
        ):
            change()


def test_what_was_counted_wrongly_is_taken_back_once_by_a_row_that_says_why(shop: Shop) -> None:
    count(shop, "a")
    count(shop, "b")
    by = make_user("owner", mall=shop.mall)
    told = {"kind": "search", "reference": "a", "by": by}
    with shop_scope(shop):
        done = usage_reverse(shop=shop, reason="  answered\nwith an error ", **told)
        again = usage_reverse(shop=shop, reason="once more", **told)
        assert (done.new, again.new, again.entry.pk) == (True, False, done.entry.pk)
        row = done.entry
        assert (row.quantity, row.at, row.reason) == (-1, NOW, "answered with an error")
        assert (row.by_id, row.by_email, row.reverses.reference) == (by.pk, by.email, "a")
        assert AuditEntry.objects.filter(action="reverse").count() == 1
        with pytest.raises(NotCounted):
            usage_reverse(shop=shop, kind="search", reference="none", reason="x")
        with pytest.raises(NotCounted):
            usage_reverse(shop=shop, kind="search", reference=row.reference, reason="x")
        with pytest.raises(ValueError, match="says why"):
            usage_reverse(shop=shop, kind="search", reference="b", reason="  ")
    assert used(shop.mall) == 1
    assert count(shop, "a") is False
    stranger = make_shop(shop.mall)
    with shop_scope(stranger), pytest.raises(NotCounted):
        usage_reverse(shop=stranger, kind="search", reference="b", reason="not ours")
    assert ledger_check(mall=shop.mall).is_good


def test_beyond_the_plan_is_paid_by_use_where_the_owner_wants_it(shop: Shop) -> None:
    mall = shop.mall
    with shop_scope(shop):
        usages_record(shop=shop, kind="search", references=[f"{n}" for n in range(19)], at=NOW)
    count(shop, "19")
    assert (used(mall), overage(mall)) == (20, 0)
    count(shop, "20")
    assert overage(mall) == 0
    assert quota_left(mall_id=mall.pk, kind="search", at=NOW) == 1
    paying_set(mall=mall, overage=True, spend_cap=None)
    count(shop, "21")
    with shop_scope(shop):
        usages_record(shop=shop, kind="search", references=["22", "23", "21"], at=NOW)
    assert (used(mall), overage(mall)) == (24, 3)
    assert quota_left(mall_id=mall.pk, kind="search", at=NOW) is None
    # A batch that passes the limit pays for what is beyond it only.
    with shop_scope(shop):
        usages_record(shop=shop, kind="photo", references=["a", "b", "c", "d", "e"], at=NOW)
    assert overage(mall, kind="photo") == 2
    with shop_scope(shop):
        usage_reverse(shop=shop, kind="photo", reference="a", reason="the wrong photo")
    assert overage(mall, kind="photo") == 1
    assert ledger_check(mall=mall).is_good


def test_without_it_a_tenth_more_is_answered_and_no_more(shop: Shop) -> None:
    mall = shop.mall
    for number in range(22):
        quota_check(mall_id=mall.pk, kind="search", at=NOW)
        count(shop, str(number))
    with pytest.raises(OverQuota, match="allows 20 searches a month and 22 are used"):
        quota_check(mall_id=mall.pk, kind="search", at=NOW)
    assert quota_left(mall_id=mall.pk, kind="search", at=NOW) == 0
    quota_check(mall_id=mall.pk, kind="search", at=MOMENTS[1])
    assert overage(mall) == 0
    # Photos wait, which no shopper sees.
    for number in range(3):
        count(shop, str(number), kind="photo")
    with pytest.raises(OverQuota, match="3 tagged photos"):
        quota_check(mall_id=mall.pk, kind="photo", at=NOW)


def as_key(token: str) -> Any:
    return _current.set(Caller(key=token))


def test_the_spend_cap_holds_publishable_keys_and_no_others(shop: Shop) -> None:
    """₩600 a search: three of them are ₩1,800."""
    mall = shop.mall
    paying_set(mall=mall, overage=True, spend_cap=1_900)
    for number in range(20):
        count(shop, str(number))
    secret = as_key("sk_abcdefg")
    for number in range(20, 24):
        quota_check(mall_id=mall.pk, kind="search", at=NOW)
        count(shop, str(number))
    _current.reset(secret)
    public = as_key("pk_abcdefg")
    for number in range(24, 27):
        quota_check(mall_id=mall.pk, kind="search", at=NOW)
        count(shop, str(number))
    with pytest.raises(OverSpend, match="may cost ₩1,900 a month"):
        quota_check(mall_id=mall.pk, kind="search", at=NOW)
    _current.reset(public)
    quota_check(mall_id=mall.pk, kind="search", at=NOW)
    row = Overage.objects.get(mall=mall)
    assert (row.quantity, row.publishable, row.plan, row.currency) == (7, 3, "tiny", "KRW")


def test_the_quota_is_one_statement_that_reads_by_indexes_only(
    shop: Shop, django_assert_num_queries: Any
) -> None:
    paying_set(mall=shop.mall, overage=True, spend_cap=10)
    with django_assert_num_queries(1) as sent:
        quota_check(mall_id=shop.mall_id, kind="search", at=NOW)
    with connection.cursor() as cursor:
        # The tables are small, so the planner would read them whole.
        cursor.execute("SET enable_seqscan = off")
        cursor.execute("EXPLAIN " + sent.captured_queries[0]["sql"])
        plan = "\n".join(line for (line,) in cursor.fetchall())
        cursor.execute("RESET enable_seqscan")
    assert "Seq Scan" not in plan
    assert plan.count("Index") >= 3


def test_a_race_lets_no_more_through_than_are_in_flight(shop: Shop) -> None:
    threads, refused = 6, []

    def ask(name: int) -> None:
        try:
            for number in range(100):
                quota_check(mall_id=shop.mall_id, kind="search", at=NOW)
                count(shop, f"{name}-{number}")
        except OverQuota as over:
            refused.append(over)
        finally:
            connection.close()

    _together(ask, threads)
    assert len(refused) == threads
    assert 22 <= used(shop.mall) < 22 + threads
    assert ledger_check(mall=shop.mall).is_good


def test_the_same_thing_at_once_is_counted_once(shop: Shop) -> None:
    new: list[bool] = []

    def ask(name: int) -> None:
        try:
            new.append(count(shop, "the same"))
        finally:
            connection.close()

    _together(ask, 6)
    assert sorted(new) == [False] * 5 + [True]
    assert used(shop.mall) == 1


def _together(ask: Any, threads: int) -> None:
    running = [threading.Thread(target=ask, args=(name,)) for name in range(threads)]
    for one in running:
        one.start()
    for one in running:
        one.join()


REFERENCES = st.sampled_from("abcdefgh")
STEPS = st.one_of(
    st.tuples(st.just("work"), REFERENCES, st.sampled_from(MOMENTS)),
    st.tuples(st.just("crash"), REFERENCES, st.sampled_from(MOMENTS)),
    st.tuples(st.just("batch"), st.lists(REFERENCES, max_size=5), st.sampled_from(MOMENTS)),
    st.tuples(st.just("reverse"), REFERENCES, st.sampled_from(MOMENTS)),
    st.tuples(st.just("crashed reversal"), REFERENCES, st.sampled_from(MOMENTS)),
    st.tuples(st.just("replay"), st.just(""), st.sampled_from(MOMENTS)),
)


class Model:
    """A shop that works: each thing done is a product of it, written with its row of the ledger.

    `done` is when each was done first, `back` what was taken back.
    """

    def __init__(self) -> None:
        self.mall = make_mall(plan="tiny")
        self.shops = (make_shop(self.mall), make_shop(self.mall))
        paying_set(mall=self.mall, overage=True, spend_cap=None)
        self.done: dict[tuple[int, str], datetime] = {}
        self.back: set[tuple[int, str]] = set()

    def take(self, step: tuple[str, Any, datetime], place: int) -> None:
        name, what, when = step
        shop = self.shops[place]
        try:
            with shop_scope(shop):
                self._inside(name, what, when, shop)
                if name.startswith("crash"):
                    raise Crash
        except (Crash, NotCounted):
            return
        names = {"replay": [key for at_, key in self.done if at_ == place]}.get(name, list(what))
        for one in names:
            if name == "reverse":
                self.back.add((place, one))
            else:
                self.done.setdefault((place, one), when)

    def _inside(self, name: str, what: Any, when: datetime, shop: Shop) -> None:
        if "revers" in name:
            usage_reverse(shop=shop, kind="photo", reference=what, reason="a mistake", at=when)
            return
        if name == "replay":
            what = list(Product.objects.values_list("sku", flat=True))
        for sku in what:
            Product.objects.get_or_create(sku=sku, defaults={"title": sku, "currency": "KRW"})
        if len(what) == 1:
            usage_record(shop=shop, kind="photo", reference=what[0], at=when)
        else:
            usages_record(shop=shop, kind="photo", references=what, at=when)

    def compare(self) -> None:
        for place, shop in enumerate(self.shops):
            mine = {name for at_, name in self.done if at_ == place}
            kept = {name for at_, name in self.done.keys() - self.back if at_ == place}
            with shop_scope(shop):
                assert set(Product.objects.values_list("sku", flat=True)) == mine
                first = LedgerEntry.objects.filter(reverses=None)
                assert set(first.values_list("reference", flat=True)) == mine
                total = LedgerEntry.objects.aggregate(sum=Sum("quantity"))["sum"] or 0
                days = LedgerDay.objects.aggregate(sum=Sum("quantity"))["sum"] or 0
            assert total == days == len(kept)
        months: dict[Any, int] = {}
        for key in self.done.keys() - self.back:
            first_day = self.done[key].date().replace(day=1)
            months[first_day] = months.get(first_day, 0) + 1
        rows = MonthlyUsage.objects.filter(mall=self.mall, quantity__gt=0)
        assert dict(rows.values_list("month", "quantity")) == months
        limit = TINY.monthly[Kind.PHOTO] or 0
        beyond = {month: used - limit for month, used in months.items() if used > limit}
        paid = Overage.objects.filter(mall=self.mall, quantity__gt=0)
        assert dict(paid.values_list("month", "quantity")) == beyond
        found = ledger_check(mall=self.mall)
        assert found.differences == []


@settings(
    max_examples=25,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
)
@given(steps=st.lists(st.tuples(STEPS, st.integers(0, 1)), min_size=1, max_size=14))
def _any_history(steps: list[Any]) -> None:
    model = Model()
    for step, place in steps:
        model.take(step, place)
    model.compare()


def test_any_history_of_work_crashes_repeats_and_reversals_adds_up(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    tiny_plan(monkeypatch)
    _any_history()


def test_the_check_finds_what_differs_and_says_where(shop: Shop) -> None:
    for number in range(3):
        count(shop, str(number))
    count(shop, "later", when=NOW + timedelta(days=1))
    assert ledger_check(mall=shop.mall).rows == 4
    with shop_scope(shop):
        LedgerDay.objects.filter(day=NOW.date()).update(quantity=2)
    MonthlyUsage.objects.filter(mall=shop.mall, month="2026-12-01").update(quantity=5)
    Overage.objects.create(
        mall=shop.mall, month="2026-11-01", kind="search", plan="tiny", currency="KRW", quantity=4
    )
    told = [(one.what, one.when, one.expected, one.found) for one in _differences(shop.mall)]
    assert told == [
        ("day", "2026-11-30", 3, 2),
        ("month", "2026-12", 1, 5),
        ("overage", "2026-11", 3, 4),
    ]


def _differences(mall: Mall) -> Any:
    return ledger_check(mall=mall).differences


def test_a_plan_without_a_limit_pays_nothing_by_use(shop: Shop) -> None:
    subscription_set(mall=shop.mall, plan="unlimited")
    for number in range(30):
        count(shop, str(number))
    assert quota_left(mall_id=shop.mall_id, kind="search", at=NOW) is None
    assert overage(shop.mall) == 0
