"""What operators do about money: who may, once, and what is kept of it."""

from datetime import timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.test import Client
from django.utils import timezone

from billing.invoicing import invoice_for_period
from billing.models import Subscription
from billing.models_invoices import Credit, Invoice
from tests.billing.operators import operator
from tests.factories import make_mall, make_shop, make_user

pytestmark = pytest.mark.django_db
MONEY = "/operator/money/"
RIGHTS = ("billing.view_invoice", "billing.change_invoice", "billing.add_credit")


@pytest.fixture
def invoice():
    mall = make_mall("namu")
    make_shop(mall)
    Subscription.objects.create(mall=mall, plan="starter")
    now = timezone.now()
    made = invoice_for_period(mall=mall, start=now, end=now + timedelta(days=30))
    assert made is not None
    return made


def address(invoice, verb=""):
    return f"{MONEY}invoices/{invoice.pk}/{verb}{'/' if verb else ''}"


def test_an_invoice_is_marked_as_paid_once(invoice):
    staff = operator(*RIGHTS)
    assert "Mark as paid" in staff.get(address(invoice)).content.decode()
    for _ in range(2):
        told = staff.post(address(invoice, "pay"), {"note": "bank transfer"}, follow=True)
        assert told.status_code == 200
    invoice.refresh_from_db()
    assert (invoice.state, invoice.note) == ("paid", "bank transfer")
    assert invoice.closed_by is not None
    assert "Somebody else was quicker" in told.content.decode()
    assert "Mark as paid" not in told.content.decode()
    assert LogEntry.objects.filter(object_id=str(invoice.pk)).count() == 1


@pytest.mark.parametrize(("verb", "state"), [("void", "void"), ("give-up", "uncollectible")])
def test_what_is_not_paid_needs_a_reason(invoice, verb, state):
    staff = operator(*RIGHTS)
    told = staff.post(address(invoice, verb), {"note": " "}, follow=True).content.decode()
    assert "Say why" in told
    invoice.refresh_from_db()
    assert invoice.state == "open"
    staff.post(address(invoice, verb), {"note": "a test shop"})
    invoice.refresh_from_db()
    assert (invoice.state, invoice.note) == (state, "a test shop")


def test_what_a_provider_collects_nobody_marks_here(invoice):
    names = ("mall", "mall_name", "state", "currency", "period_start", "period_end", "issued_at")
    told = {name: getattr(invoice, name) for name in (*names, "due_at", "year")}
    theirs = Invoice.objects.create(**told, key="in_1", number="S-1", provider="stripe")
    staff = operator(*RIGHTS)
    assert staff.post(address(theirs, "pay")).status_code == 404
    assert "Mark as paid" not in staff.get(address(theirs)).content.decode()


def test_an_invoice_of_a_mall_that_is_gone_is_read_and_paid(invoice):
    Invoice.objects.filter(pk=invoice.pk).update(mall=None)
    staff = operator(*RIGHTS)
    page = staff.get(address(invoice)).content.decode()
    assert "Namu is gone; the invoice stays." in page and "₩53,900" in page
    assert staff.get(address(invoice, "pdf")).content.startswith(b"%PDF")
    assert "gone" in staff.get(MONEY + "invoices/").content.decode()
    staff.post(address(invoice, "pay"))
    invoice.refresh_from_db()
    assert invoice.state == "paid"


def test_a_credit_is_given_with_its_reason(invoice):
    staff, mall = operator(*RIGHTS), invoice.mall
    form = {"amount": "₩50,000", "currency": "KRW", "reason": "two days without searches"}
    assert staff.post(f"{MONEY}malls/{mall.pk}/", form).status_code == 302
    credit = Credit.objects.get()
    assert (credit.amount, credit.left, credit.mall) == (50_000, 50_000, mall)
    assert credit.by_email
    page = staff.get(f"{MONEY}malls/{mall.pk}/").content.decode()
    assert "two days without searches" in page and "₩50,000" in page


@pytest.mark.parametrize(
    "wrong", [{"amount": "0"}, {"amount": "-5"}, {"amount": "1.5"}, {"reason": ""}, {"amount": ""}]
)
def test_a_credit_that_is_none_is_refused(invoice, wrong):
    form = {"amount": "500", "currency": "KRW", "reason": "sorry"} | wrong
    response = operator(*RIGHTS).post(f"{MONEY}malls/{invoice.mall_id}/", form)
    assert response.status_code == 200 and "errorlist" in response.content.decode()
    assert not Credit.objects.exists()


def test_only_those_with_the_right_change_anything(invoice):
    form = {"amount": "500", "currency": "KRW", "reason": "sorry", "note": "x"}
    owner = Client()
    owner.force_login(make_user("owner", mall=invoice.mall))
    for client, status in (
        (Client(), 302),
        (owner, 302),
        (operator(), 403),
        (operator("billing.view_invoice"), 403),
    ):
        for path in (f"{MONEY}malls/{invoice.mall_id}/", address(invoice, "pay")):
            assert client.post(path, form).status_code == status
    invoice.refresh_from_db()
    assert invoice.state == "open"
    assert not Credit.objects.exists()


@pytest.mark.parametrize("verb", ["burn", "pay2"])
def test_what_cannot_be_done_has_no_address(invoice, verb):
    assert operator(*RIGHTS).post(address(invoice, verb)).status_code == 404
