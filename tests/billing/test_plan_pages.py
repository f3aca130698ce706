"""Plans side by side, what a change costs before it happens, and the change as it was shown."""

from datetime import timedelta

import pytest
from django.core import signing
from django.utils import timezone

from billing.admin.change import SALT
from billing.models import Subscription
from billing.models_invoices import Invoice
from tests.admin.desk import Desk
from tests.factories import make_shop

pytestmark = pytest.mark.django_db


@pytest.fixture
def shop():
    return make_shop(slug="maru")


@pytest.fixture
def desk(shop):
    return Desk(shop)


def subscribed(shop, **fields):
    now = timezone.now()
    values = {
        "plan": "starter",
        "period_start": now - timedelta(days=15),
        "period_end": now + timedelta(days=15),
    }
    return Subscription.objects.create(mall=shop.mall, **values | fields)


def previewed(desk, path, **query):
    """The page's form, as a browser would send it."""
    response = desk.get(path, data=query)
    assert response.status_code == 200
    change = response.context["change"]
    return change, {"shown": response.context["signed"], "currency": change.currency}


def test_prices_are_shown_in_the_malls_money(shop, desk):
    page = desk.page("billing/plan/")
    assert "₩49,000" in page and "$39.00" not in page
    dollars = desk.get("billing/plan/", data={"currency": "USD", "period": "year"})
    assert "$390.00" in dollars.content.decode()


def test_money_that_a_plan_runs_in_stays(shop, desk):
    subscribed(shop)
    page = desk.get("billing/plan/", data={"currency": "USD"}).content.decode()
    assert "₩49,000" in page and "$39.00" not in page
    _change, form = previewed(desk, "billing/plan/growth/month/", currency="USD")
    assert form["currency"] == "KRW"


def test_a_first_plan_costs_what_was_shown(shop, desk):
    change, form = previewed(desk, "billing/plan/starter/month/")
    assert (change.total, change.at_once) == (53_900, True)
    assert not Invoice.objects.exists()
    assert desk.post("billing/plan/starter/month/", **form).status_code == 302
    subscription = Subscription.objects.get()
    assert (subscription.plan, subscription.state) == ("starter", "active")
    assert Invoice.objects.get().total == 53_900


def test_a_larger_plan_costs_the_rest_of_the_period(shop, desk):
    subscribed(shop)
    change, form = previewed(desk, "billing/plan/growth/month/")
    assert [line.amount < 0 for line in change.lines] == [True, False]
    page = desk.page("billing/plan/growth/month/")
    assert "Plan Starter, what is left of it" in page
    assert "Plan Growth, for the rest of the period" in page
    desk.post("billing/plan/growth/month/", **form)
    assert Invoice.objects.get().total == change.total
    assert Subscription.objects.get().plan == "growth"


def test_pressing_twice_bills_once(shop, desk):
    subscribed(shop)
    _change, form = previewed(desk, "billing/plan/growth/month/")
    for _ in range(2):
        assert desk.post("billing/plan/growth/month/", **form).status_code == 302
    assert Invoice.objects.count() == 1


def test_a_smaller_plan_follows_and_can_be_taken_back(shop, desk):
    subscription = subscribed(shop, plan="growth")
    change, form = previewed(desk, "billing/plan/starter/month/")
    assert (change.total, change.effective_at) == (0, subscription.period_end)
    desk.post("billing/plan/starter/month/", **form)
    subscription.refresh_from_db()
    assert (subscription.plan, subscription.next_plan) == ("growth", "starter")
    assert "then Starter" in desk.page("billing/")
    assert "Stay with it" in desk.page("billing/plan/")
    _change, form = previewed(desk, "billing/plan/growth/month/")
    desk.post("billing/plan/growth/month/", **form)
    subscription.refresh_from_db()
    assert (subscription.plan, subscription.next_plan) == ("growth", "")
    assert not Invoice.objects.exists()


def test_what_goes_with_a_smaller_plan_is_said(shop, desk):
    subscribed(shop, plan="growth")
    page = desk.page("billing/plan/free/month/")
    assert "The plan does not have:" in page and "Tests of two orders" in page


@pytest.mark.parametrize("kind", ["none", "forged", "of another plan", "old", "of another mall"])
def test_a_change_that_was_not_shown_is_shown_and_not_made(shop, desk, kind):
    subscribed(shop)
    _change, form = previewed(desk, "billing/plan/growth/month/")
    now = timezone.now().isoformat()
    if kind == "none":
        form.pop("shown")
    elif kind == "forged":
        form["shown"] = form["shown"][:-2] + "xx"
    elif kind == "of another plan":
        form["shown"] = previewed(desk, "billing/plan/growth/year/")[1]["shown"]
    elif kind == "old":
        subject = f"{shop.mall_id}:growth:month:KRW"
        old = signing.TimestampSigner(salt=SALT)
        old.timestamp = lambda: signing.b62_encode(int(timezone.now().timestamp()) - 1000)
        form["shown"] = old.sign_object([subject, now, 0, True])
    else:
        subject = f"{make_shop().mall_id}:growth:month:KRW"
        form["shown"] = signing.dumps([subject, now, 0, True], salt=SALT)
    response = desk.post("billing/plan/growth/month/", **form)
    assert response.status_code == 200
    assert "The amounts have changed since they were shown." in response.content.decode()
    assert Subscription.objects.get().plan == "starter"
    assert not Invoice.objects.exists()


def test_amounts_that_are_others_by_now_are_shown_again(shop, desk):
    """Somebody else made it a yearly plan meanwhile."""
    subscribed(shop)
    _change, form = previewed(desk, "billing/plan/growth/month/")
    Subscription.objects.update(agreed_price=10)
    response = desk.post("billing/plan/growth/month/", **form)
    assert "The amounts have changed" in response.content.decode()
    assert Subscription.objects.get().plan == "starter"
    assert not Invoice.objects.exists()


def test_a_late_payer_pays_first(shop, desk):
    subscribed(shop, state="past_due", past_due_since=timezone.now())
    told = desk.get("billing/plan/growth/month/", follow=True).content.decode()
    assert "Pay it first" in told


def test_the_country_is_asked_for_before_a_bill(desk):
    dollars = Desk(make_shop(slug="abroad", currency="USD"))
    _change, form = previewed(dollars, "billing/plan/starter/month/")
    assert form["currency"] == "USD"
    assert dollars.post("billing/plan/starter/month/", **form)["Location"].endswith("/details/")
    assert not Invoice.objects.exists()
    dollars.post("billing/details/", name="Maru", country="US", email="")
    change, form = previewed(dollars, "billing/plan/starter/month/")
    assert (change.total, change.tax) == (3_900, 0)
    assert dollars.post("billing/plan/starter/month/", **form)["Location"].endswith("/billing/")
    assert Invoice.objects.get().currency == "USD"


def test_a_trial_is_begun_once(shop, desk):
    assert "Try it for 14 days" in desk.page("billing/plan/")
    desk.post("billing/trial/growth/", currency="KRW")
    subscription = Subscription.objects.get()
    assert (subscription.plan, subscription.state) == ("growth", "trial")
    assert "You are trying Growth, at no cost" in desk.page("billing/")
    assert "Try it for 14 days" not in desk.page("billing/plan/")
    told = desk.post("billing/trial/starter/", follow=True).content.decode()
    assert "The trial was used before." in told


@pytest.mark.parametrize("path", ["unlimited/month/", "none/month/", "starter/week/"])
def test_what_is_not_sold_has_no_page(desk, path):
    assert desk.get(f"billing/plan/{path}").status_code == 404
    assert desk.post(f"billing/plan/{path}").status_code == 404


@pytest.mark.parametrize("path", ["plan/enterprise/month/", "trial/enterprise/", "trial/none/"])
def test_what_is_agreed_on_cannot_be_chosen(shop, desk, path):
    ask = desk.post if path.startswith("trial") else desk.get
    ask(f"billing/{path}")
    assert not Subscription.objects.exclude(plan="free").exists()
