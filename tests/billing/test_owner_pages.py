"""Billing, as an owner sees it: use, the next invoice, limits, whom to bill."""

from datetime import timedelta

import pytest
from django.utils import timezone

from billing.invoicing import invoice_for_period
from billing.ledger import usages_record
from billing.models import MonthlyUsage, Subscription
from billing.plans import STARTER
from billing.usage import this_month
from tenants.models import AuditEntry
from tenants.scope import shop_scope
from tests.admin.desk import Desk
from tests.factories import make_mall, make_shop

pytestmark = pytest.mark.django_db
PAGES = ("", "plan/", "invoices/", "details/", "ledger/", "plan/starter/month/")


@pytest.fixture
def shop():
    return make_shop(slug="maru", name="Maru")


@pytest.fixture
def desk(shop):
    return Desk(shop)


def subscribed(shop, **fields):
    values = {"plan": "starter", "bill_country": "KR"} | fields
    return Subscription.objects.create(mall=shop.mall, **values)


def used(shop, kind, quantity):
    MonthlyUsage.objects.create(mall=shop.mall, month=this_month(), kind=kind, quantity=quantity)


def issued(shop):
    """The mall's invoice for a month of its plan."""
    now = timezone.now()
    invoice = invoice_for_period(mall=shop.mall, start=now, end=now + timedelta(days=30))
    assert invoice is not None
    return invoice


def test_a_new_mall_pays_nothing_and_may_choose(desk):
    page = desk.page("billing/")
    assert "Your plan is Free. You pay nothing." in page
    assert "Choose a plan" in page
    assert "At the limit</h2>" not in page


def test_use_stands_beside_the_plan_and_leads_to_its_rows(shop, desk):
    subscribed(shop)
    with shop_scope(shop):
        usages_record(shop=shop, kind="search", references=["words:a", "words:b"])
    page = desk.page("billing/")
    assert "Plan Starter" in page
    assert 'href="/admin/maru/billing/ledger/?kind=search">2</a> / 100,000' in page


@pytest.mark.parametrize(
    ("overage", "searches", "told"),
    [
        (False, 100_000, "What the plan has is used up."),
        (False, 10, "Shoppers can search on up to 110,000"),
        (True, 10, "Beyond the plan 1,000 cost ₩600."),
    ],
)
def test_what_happens_at_the_limit_is_said(shop, desk, overage, searches, told):
    subscribed(shop, overage=overage)
    used(shop, "search", searches)
    assert told in desk.page("billing/")


def test_the_next_invoice_is_said_with_its_tax(shop, desk):
    now = timezone.now()
    subscribed(shop, period_start=now, period_end=now + timedelta(days=30))
    assert "you will be billed about ₩53,900" in desk.page("billing/")


def test_an_owner_lets_it_go_on_up_to_a_cap(shop, desk):
    subscription = subscribed(shop)
    assert desk.post("billing/limits/", overage="on", spend_cap="₩50,000").status_code == 302
    subscription.refresh_from_db()
    assert (subscription.overage, subscription.spend_cap) == (True, 50_000)
    desk.post("billing/limits/", spend_cap="")
    subscription.refresh_from_db()
    assert (subscription.overage, subscription.spend_cap) == (False, None)
    with shop_scope(shop):
        assert AuditEntry.objects.filter(action="change").count() == 2


@pytest.mark.parametrize("cap", ["-5", "a lot", "1.5", "9" * 18])
def test_a_cap_that_is_no_amount_changes_nothing(shop, desk, cap):
    subscription = subscribed(shop, spend_cap=7)
    response = desk.post("billing/limits/", overage="on", spend_cap=cap)
    assert response.status_code == 400
    page = response.content.decode()
    assert "This is no amount" in page and f'value="{cap}"' in page
    subscription.refresh_from_db()
    assert (subscription.overage, subscription.spend_cap) == (False, 7)


def test_a_plan_that_sells_no_use_cannot_go_on(shop, desk):
    subscription = subscribed(shop, plan="free")
    told = desk.post("billing/limits/", overage="on", follow=True).content.decode()
    assert "This plan sells nothing beyond it" in told
    subscription.refresh_from_db()
    assert subscription.overage is False


def test_whom_to_bill_stands_on_the_next_invoice(shop, desk):
    form = {"name": "마루 주식회사", "address": "서울", "tax_number": "123-45-67890"}
    told = desk.post("billing/details/", **form, email="pay@maru.example", country="KR")
    assert told.status_code == 302
    subscription = Subscription.objects.get()
    assert subscription.bill_name == "마루 주식회사"
    Subscription.objects.update(plan="starter")
    assert issued(shop).bill_to["tax_number"] == "123-45-67890"
    assert "마루 주식회사" in desk.page("billing/details/")


@pytest.mark.parametrize(
    "wrong", [{"country": "XX"}, {"country": ""}, {"email": "no address"}, {"name": ""}]
)
def test_a_wrong_field_of_whom_to_bill_is_named(shop, desk, wrong):
    form = {"name": "Maru", "country": "KR", "email": ""} | wrong
    response = desk.post("billing/details/", **form)
    assert response.status_code == 200
    assert "errorlist" in response.content.decode()
    assert not Subscription.objects.exists()


def test_invoices_are_a_list_a_page_and_a_pdf(shop, desk):
    subscribed(shop)
    invoice = issued(shop)
    assert invoice.number in desk.page("billing/invoices/")
    page = desk.page(f"billing/invoices/{invoice.number}/")
    assert "₩53,900" in page and "₩4,900" in page and "Plan Starter, a month" in page
    pdf = desk.get(f"billing/invoices/{invoice.number}/pdf/")
    assert pdf["Content-Type"] == "application/pdf"
    assert pdf.content.startswith(b"%PDF")


def test_another_malls_invoice_is_not_there(shop, desk):
    other = make_shop()
    subscribed(other)
    number = issued(other).number
    for path in (f"billing/invoices/{number}/", f"billing/invoices/{number}/pdf/"):
        assert desk.get(path).status_code == 404
    assert number not in desk.page("billing/invoices/")


@pytest.mark.parametrize("role", ["editor", "viewer"])
def test_money_is_the_owners(shop, role):
    desk = Desk(shop, role)
    for path in PAGES:
        assert desk.get(f"billing/{path}").status_code == 403
    for path in ("limits/", "details/", "plan/starter/month/", "trial/starter/"):
        assert desk.post(f"billing/{path}").status_code == 403
    assert "billing/" not in desk.page("")
    assert not Subscription.objects.exists()


def test_a_price_that_was_agreed_on_is_the_one_that_is_shown(shop, desk):
    now = timezone.now()
    subscribed(
        shop,
        plan="enterprise",
        agreed_price=1_000_000,
        period_start=now,
        period_end=now + timedelta(days=30),
    )
    assert "₩1,000,000 a month" in desk.page("billing/")
    assert "₩1,000,000" in desk.page("billing/plan/")


def test_a_mall_with_two_shops_has_one_bill(shop, desk):
    sister = make_shop(shop.mall, slug="sister")
    subscribed(shop)
    used(shop, "photo", STARTER.monthly["photo"] // 2)
    owner = Desk(sister)
    assert "10,000</a> / 20,000" in owner.page("billing/")
    assert "10,000</a> / 20,000" not in Desk(make_shop(make_mall())).page("billing/")


def test_everybody_sees_that_a_limit_is_near_and_owners_where_to_go(shop, desk):
    subscribed(shop)
    assert 'class="notes"' not in desk.page("")
    used(shop, "search", 80_000)
    owners = desk.page("")
    assert "80,000 of the 100,000 searches of this month are used." in owners
    assert '<a href="/admin/maru/billing/">Billing</a></p>' in owners
    viewers = Desk(shop, "viewer").page("")
    assert "80,000 of the 100,000 searches" in viewers
    assert "/admin/maru/billing/" not in viewers
