"""An owner's pages where Stripe takes the money: the card first, then changes at once."""

import pytest

from billing.models import Subscription
from tests.admin.desk import Desk
from tests.factories import make_shop
from tests.support.stripe_server.selling import session_complete

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def desk(paying):
    Subscription.objects.update(bill_country="KR")
    return Desk(make_shop(paying.mall, slug="namu"))


def pressed(desk, path):
    """The page's button, with what it has shown."""
    response = desk.get(path)
    assert response.status_code == 200, response.headers.get("Location")
    change = response.context["change"]
    form = {"shown": response.context["signed"], "currency": change.currency}
    return change, desk.post(path, **form)


def test_the_first_plan_leads_to_the_checkout(paying, desk):
    assert "You give a card when you choose a plan" in desk.page("billing/details/")
    assert desk.post("billing/payment/").status_code == 404
    assert "Go on to the payment page" in desk.page("billing/plan/starter/month/")
    change, sent = pressed(desk, "billing/plan/starter/month/")
    assert change.total == 53_900
    assert sent.status_code == 302 and "/admin/" not in sent["Location"]
    assert paying.ours.plan == "free"
    session_complete(paying.world, sent["Location"].rpartition("/")[2])
    paying.deliver()
    assert (paying.ours.plan, paying.ours.provider) == ("starter", "stripe")


def test_a_larger_plan_costs_what_was_shown_and_the_portal_opens(paying, desk):
    paying.subscribe("starter")
    change, sent = pressed(desk, "billing/plan/growth/month/")
    assert sent["Location"].endswith("/admin/namu/billing/")
    assert paying.ours.plan == "growth"
    paying.deliver()
    newest = paying.mall.invoices.order_by("-issued_at", "-pk").first()
    assert newest.total == change.total
    portal = desk.post("billing/payment/")
    assert portal.status_code == 302 and "/admin/" not in portal["Location"]


def test_a_stripe_that_is_away_is_said_and_changes_nothing(paying, desk, settings):
    paying.subscribe("starter")
    settings.STRIPE_API_BASE = "http://127.0.0.1:9"
    told = desk.get("billing/plan/growth/month/", follow=True).content.decode()
    assert "The payment provider did not do it" in told
    assert paying.ours.plan == "starter"
