"""Invoices: numbered without gaps, each thing billed once, never changed afterwards."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core import mail
from django.db import IntegrityError, connection, connections, transaction

from billing.invoice_states import (
    WrongState,
    credit_give,
    invoice_give_up,
    invoice_pay,
    invoice_void,
    late_find,
)
from billing.invoicing import invoice_for_period, invoice_for_use
from billing.models import Credit, Invoice, InvoiceLine, Subscription
from billing.services import usage_record
from lookus.leaving.erasing import shop_erase
from tenants.closing import shop_close
from tenants.models import Mall, Shop
from tenants.scope import shop_scope
from tests.billing.operators import operator
from tests.billing.paying import END, START, beyond, paying_mall
from tests.factories import make_shop, make_user

pytestmark = pytest.mark.django_db(transaction=True)

AT = START + timedelta(minutes=5)


def bill(mall: Mall, start: datetime = START, end: datetime = END, at: datetime = AT) -> Invoice:
    invoice = invoice_for_period(mall=mall, start=start, end=end, at=at)
    assert invoice is not None
    return invoice


def test_a_period_is_billed_once_with_the_tax_of_the_country() -> None:
    mall = paying_mall()
    invoice = bill(mall)
    assert (invoice.number, invoice.state) == ("LU-2026-000001", "open")
    assert (invoice.subtotal, invoice.tax_percent, invoice.tax) == (49_000, 10, 4_900)
    assert (invoice.total, invoice.currency) == (53_900, "KRW")
    assert invoice.bill_to["name"] == "주식회사 나무"
    assert invoice.due_at == AT + timedelta(days=14)
    assert bill(mall, at=AT + timedelta(days=1)) == invoice
    assert Invoice.objects.count() == 1
    assert [letter.to for letter in mail.outbox] == [["money@namu.example"]]
    assert "LU-2026-000001" in mail.outbox[0].body
    abroad = bill(paying_mall(currency="USD", bill_country="US", period="year"))
    assert (abroad.subtotal, abroad.tax, abroad.total) == (39_000, 0, 39_000)


def test_an_agreed_price_stands_above_the_plans_and_a_free_plan_makes_no_invoice() -> None:
    assert bill(paying_mall("enterprise", agreed_price=1_000_001)).tax == 100_000
    assert invoice_for_period(mall=paying_mall("free"), start=START, end=END, at=AT) is None
    elsewhere = paying_mall(provider="stripe")
    assert invoice_for_period(mall=elsewhere, start=START, end=END, at=AT) is None
    assert Invoice.objects.count() == 1


def test_use_beyond_the_plan_is_billed_when_its_month_is_over_and_corrected_afterwards() -> None:
    mall = paying_mall()
    october = beyond(mall, 12_345)
    beyond(mall, 999, month=date(2026, 11, 1))
    first = bill(mall)
    assert [line.amount for line in first.lines.order_by("position")] == [49_000, 7_407]
    assert first.lines.get(kind="usage").quantity == 12_345
    october.quantity = 12_000
    october.save()
    december = bill(mall, END, END + timedelta(days=31), END)
    amounts = {line.quantity: line.amount for line in december.lines.filter(kind="usage")}
    assert amounts == {-345: -207, 999: 599}
    assert invoice_for_use(mall=mall, at=END + timedelta(days=1)) is None


def test_use_alone_is_billed_once_where_the_plan_is_paid_by_the_year() -> None:
    mall = paying_mall(period="year")
    beyond(mall, 10_000)
    beyond(mall, 1_000, kind="photo")
    invoice = invoice_for_use(mall=mall, at=AT)
    assert invoice is not None
    assert invoice.subtotal == 6_000 + 5_000
    assert invoice_for_use(mall=mall, at=AT) is None


def test_credits_are_taken_off_before_the_tax_oldest_first_and_what_is_void_gives_them_back() -> (
    None
):
    mall, operator = paying_mall(), make_user()
    for amount in (9_000, 100_000):
        credit_give(mall=mall, amount=amount, currency="KRW", reason="Sorry", by=operator)
    credit_give(mall=mall, amount=5, currency="USD", reason="Another currency", by=operator)
    invoice = bill(mall)
    assert (invoice.subtotal, invoice.total, invoice.state) == (0, 0, "paid")
    assert [one.left for one in Credit.objects.order_by("pk")] == [0, 60_000, 5]
    second = bill(mall, END, END + timedelta(days=31))
    assert second.state == "paid"
    third = bill(mall, END + timedelta(days=31), END + timedelta(days=62))
    assert (third.subtotal, third.tax, third.total) == (38_000, 3_800, 41_800)
    invoice_void(invoice=third, by=operator, note="Wrong address", again=True)
    assert [one.left for one in Credit.objects.order_by("pk")] == [0, 11_000, 5]
    again = bill(mall, END + timedelta(days=31), END + timedelta(days=62))
    assert (again.total, again.number) == (41_800, "LU-2026-000004")
    with pytest.raises(ValueError, match="more than nothing"):
        credit_give(mall=mall, amount=-1, currency="KRW", reason="No", by=operator)


def test_what_a_void_invoice_billed_beyond_the_plan_is_in_the_next_one() -> None:
    mall = paying_mall()
    beyond(mall, 10_000)
    first = bill(mall)
    invoice_void(invoice=first, note="Mistake")
    second = invoice_for_use(mall=mall, at=AT)
    assert second is not None and second.subtotal == 6_000
    assert bill(mall) == first


def test_nobody_is_billed_less_than_nothing() -> None:
    mall = paying_mall(period="year")
    row = beyond(mall, 10_000)
    assert invoice_for_use(mall=mall, at=AT) is not None
    row.quantity = 0
    row.save()
    back = invoice_for_use(mall=mall, at=AT + timedelta(days=1))
    assert back is not None
    assert (back.total, back.state) == (0, "paid")
    assert Credit.objects.get().left == 6_000


def test_an_invoice_that_was_rolled_back_leaves_no_gap() -> None:
    mall = paying_mall()

    def fails() -> None:
        with transaction.atomic():
            bill(mall)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fails()
    assert not mail.outbox
    assert bill(mall).number == "LU-2026-000001"
    new_year = datetime(2026, 12, 31, 15, tzinfo=UTC)
    other = paying_mall()
    assert bill(other, new_year, new_year + timedelta(days=31), new_year).number == "LU-2027-000001"


def test_invoices_made_at_once_have_numbers_without_gaps_and_each_period_one() -> None:
    malls = [paying_mall() for _ in range(4)]

    def work(mall: Mall) -> str:
        try:
            return str(bill(mall).number)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as pool:
        numbers = list(pool.map(work, malls * 3))
    assert sorted(set(numbers)) == [f"LU-2026-00000{n}" for n in range(1, 5)]
    assert Invoice.objects.count() == 4


def test_the_database_keeps_an_issued_invoice_as_it_is() -> None:
    invoice = bill(paying_mall())
    for change in (
        lambda: Invoice.objects.filter(pk=invoice.pk).update(subtotal=1, tax=0, total=1),
        lambda: Invoice.objects.filter(pk=invoice.pk).update(bill_to={}),
        lambda: Invoice.objects.filter(pk=invoice.pk).delete(),
        lambda: InvoiceLine.objects.filter(invoice=invoice).update(amount=1),
        lambda: InvoiceLine.objects.filter(invoice=invoice).delete(),
    ):
        with pytest.raises(IntegrityError, match="was issued"):
            change()
    with connection.cursor() as cursor, pytest.raises(IntegrityError, match="adds_up"):
        cursor.execute(
            "INSERT INTO billing_invoice SELECT (i).* FROM (SELECT json_populate_record("
            'NULL::billing_invoice, (to_jsonb(b) || \'{"id": 0, "key": "x", "total": 1,'
            '"state": "draft", "number": null, "sequence": 99}\')::json) AS i'
            " FROM billing_invoice b) AS made"
        )


def test_paid_once_and_late_until_then() -> None:
    mall, operator = paying_mall(), make_user()
    invoice = bill(mall)
    assert late_find(at=AT + timedelta(days=14)) == 0
    late = AT + timedelta(days=15)
    assert late_find(at=late) == 1
    assert late_find(at=late) == 0
    assert Subscription.objects.get(mall=mall).state == "past_due"
    invoice_pay(invoice=invoice, by=operator, note="Bank, 3 December", at=late)
    assert Subscription.objects.get(mall=mall).state == "active"
    assert (invoice.state, invoice.closed_at, invoice.closed_by_id) == ("paid", late, operator.pk)
    with pytest.raises(WrongState, match="is paid"):
        invoice_pay(invoice=invoice, by=operator)
    with pytest.raises(WrongState):
        invoice_void(invoice=invoice, by=operator, note="no")


def test_an_open_invoice_outlives_its_shops_and_its_mall() -> None:
    mall, operator = paying_mall(), make_user()
    make_shop(mall).delete()
    invoice = bill(mall)
    mall.delete()
    invoice.refresh_from_db()
    assert (invoice.mall, invoice.mall_name, invoice.total) == (None, "Namu & Sons", 53_900)
    assert invoice.lines.count() == 1
    invoice_give_up(invoice=invoice, by=operator, note="Gone")
    assert invoice_pay(invoice=invoice, by=operator, note="Came back").state == "paid"


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_a_shop_deleted_with_an_open_invoice_leaves_it_to_be_read_and_paid() -> None:
    mall = paying_mall()
    shop, owner = make_shop(mall), make_user("owner", mall=mall)
    with shop_scope(shop):
        usage_record(shop=shop, kind="photo", reference="1")
    invoice = bill(mall)
    beyond(mall, 10_000, month=date(2026, 11, 1))
    with shop_scope(shop):
        shop_close(shop=shop, by=owner, typed=shop.name)
    Shop.objects.filter(pk=shop.pk).update(erase_at=START)
    assert shop_erase(shop=Shop.objects.get(pk=shop.pk))
    assert not Shop.objects.filter(pk=shop.pk).exists()
    page = f"/operator/money/invoices/{invoice.pk}/"
    staff = operator(superuser=True)
    assert "LU-2026-000001" in staff.get(page).content.decode()
    assert staff.get(f"{page}pdf/").content.startswith(b"%PDF-")
    assert staff.post(f"{page}pay/", {"note": "Bank"}).status_code == 302
    invoice.refresh_from_db()
    assert invoice.state == "paid"
    # What the shop used beyond the plan is owed by its mall.
    assert bill(mall, END, END + timedelta(days=31), END).subtotal == 49_000 + 6_000
