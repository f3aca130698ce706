"""Use beyond the plan is told to Stripe once, whatever is sent again; the books are compared."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from billing.invoicing import invoice_for_use
from billing.models import Invoice, MeterReport, Overage, ProviderEvent, Reconciliation
from billing.provider_work import reconcile, use_tell
from tests.billing.paying import beyond
from tests.billing.stripe.conftest import Paying
from tests.support.stripe_server.selling import advance
from tests.support.stripe_server.world import DAY

pytestmark = pytest.mark.django_db(transaction=True)


def month(paying: Paying) -> date:
    return timezone.localtime(paying.now).date().replace(day=1)


def use(paying: Paying, quantity: int) -> Overage:
    return beyond(paying.mall, quantity, month=month(paying))


def counted(paying: Paying) -> int:
    return sum(int(one["payload"]["value"]) for one in paying.world.meter_events)


def test_use_is_told_as_it_grows_and_billed_with_the_period(paying: Paying) -> None:
    paying.subscribe()
    row = use(paying, 700)
    assert use_tell(paying.now) == 1
    assert use_tell(paying.now) == 0
    row.quantity = 1_000
    row.save()
    paying.world.now += 3600
    assert use_tell(paying.now) == 1
    assert counted(paying) == 1_000
    names = [one.identifier for one in MeterReport.objects.order_by("pk")]
    assert names == [f"lookus-{paying.mall.slug}-{row.pk}-{n}" for n in (1, 2)]
    advance(paying.world, paying.world.now + 30 * DAY)
    paying.deliver()
    renewed = Invoice.objects.order_by("-created_at")[0]
    assert renewed.subtotal == 49_000 + 600
    assert invoice_for_use(mall=paying.mall, at=paying.now + timedelta(days=40)) is None


def test_a_worker_that_dies_after_it_told_tells_the_same_again(paying: Paying) -> None:
    paying.subscribe()
    use(paying, 500)
    use_tell(paying.now)
    MeterReport.objects.update(sent_at=None)
    assert use_tell(paying.now + timedelta(hours=1)) == 1
    assert MeterReport.objects.get().outcome == "told before"
    assert counted(paying) == 500


def test_sent_again_a_day_later_it_counts_once(paying: Paying) -> None:
    """Stripe has forgotten the name by then: the meter's sum is asked."""
    paying.subscribe()
    use(paying, 500)
    use_tell(paying.now)
    MeterReport.objects.update(sent_at=None)
    paying.world.now += 2 * DAY
    assert use_tell(paying.now) == 1
    assert MeterReport.objects.get().outcome == "counted before"
    assert counted(paying) == 500


def test_one_that_never_arrived_is_sent_a_day_later(paying: Paying) -> None:
    paying.subscribe()
    use(paying, 500)
    paying.world.faults = [500, 500, 500]
    assert use_tell(paying.now) == 0
    paying.world.now += 2 * DAY
    assert use_tell(paying.now) == 1
    assert counted(paying) == 500


def test_an_answer_that_is_lost_counts_once(paying: Paying) -> None:
    paying.subscribe()
    use(paying, 500)
    paying.world.lost = 1
    assert use_tell(paying.now) == 1
    assert counted(paying) == 500


def test_what_was_told_too_much_is_taken_back(paying: Paying) -> None:
    paying.subscribe()
    row = use(paying, 500)
    use_tell(paying.now)
    row.quantity = 480
    row.save()
    use_tell(paying.now + timedelta(minutes=5))
    assert counted(paying) == 480


def test_the_books_agree_and_every_difference_is_named(paying: Paying) -> None:
    paying.subscribe()
    use(paying, 500)
    use_tell(paying.now)
    paying.world.now += 2 * 3600
    agreed = reconcile(name="stripe", at=paying.now)
    assert agreed.differences == []
    assert agreed.compared > 8
    theirs = paying.world.all("subscription")[0]
    theirs["status"] = "past_due"
    paying.world.meter_events[0]["payload"]["value"] = "400"
    paying.world.all("invoice")[0]["status"] = "void"
    stranger = theirs | {"id": "sub_stranger", "customer": "cus_stranger"}
    paying.world.things["subscription"]["sub_stranger"] = stranger
    ProviderEvent.objects.filter(type="invoice.paid").update(
        done_at=None, received_at=paying.now - timedelta(hours=3)
    )
    found = reconcile(name="stripe", at=paying.now)
    what = {row["what"].split(" evt")[0]: (row["ours"], row["theirs"]) for row in found.differences}
    assert what["state"] == ("active", "past_due")
    assert what["use beyond the plan, search"] == ("500", "400")
    assert what["invoice STR-0001"] == ("paid 53900 KRW", "void 53900 KRW")
    assert what["subscription"] == ("–", "sub_stranger")
    assert "message" in what
    assert paying.ours.state == "active"
    assert Reconciliation.objects.count() == 2


def test_a_subscription_that_is_gone_there_and_one_unknown_here_are_named(paying: Paying) -> None:
    ours = paying.subscribe()
    made = paying.world.things["subscription"].pop(ours.provider_subscription)
    paying.world.things["subscription"]["sub_other"] = made | {"id": "sub_other"}
    rows = reconcile(name="stripe", at=paying.now).differences
    assert {(row["ours"], row["theirs"]) for row in rows if row["what"] == "subscription"} == {
        (ours.provider_subscription, "sub_other"),
        (ours.provider_subscription, "ended or unknown"),
    }
