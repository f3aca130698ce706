"""Tell Stripe what was used beyond the plan, as meter events that count once.

Stripe refuses an identifier that it has seen, for a day at least. An event whose first try is older
than that is therefore looked for in the meter's sums before it is sent again.
"""

from datetime import UTC, datetime, timedelta

from django.utils import timezone

from billing.models import MeterReport
from billing.providers.base import ProviderFailed
from billing.providers.stripe.catalogue import event_name, meter_ids
from billing.providers.stripe.client import asked, client, is_duplicate

SURE = timedelta(hours=23)
"""So long after its first try an event is sent again without a question."""
OLDEST = timedelta(days=34)
"""Stripe takes none that is older than 35 days."""
MINUTE = timedelta(minutes=1)


def usage_report(*, report: MeterReport, at: datetime) -> str:
    """Raises ProviderFailed: `again` where it may be sent later."""
    if at - report.at > OLDEST:
        raise ProviderFailed("older than Stripe takes: bill it by hand")
    customer = _customer(report)
    if report.tried_at is not None and at - report.tried_at > SURE and _is_counted(report):
        return "counted before"
    try:
        with asked():
            client().v1.billing.meter_events.create(
                {
                    "event_name": event_name(_kind(report)),
                    "identifier": report.identifier,
                    "timestamp": int(report.at.timestamp()),
                    "payload": {"stripe_customer_id": customer, "value": str(report.quantity)},
                }
            )
    except ProviderFailed as error:
        if is_duplicate(error):
            return "told before"
        raise
    return "told"


def summed(*, meter: str, customer: str, start: datetime, end: datetime) -> int:
    """What a meter counted for a customer in [start, end), both rounded to minutes."""
    with asked():
        found = client().v1.billing.meters.event_summaries.list(
            meter,
            {
                "customer": customer,
                "start_time": int(_minute(start).timestamp()),
                "end_time": int(_minute(end).timestamp()),
                "limit": 100,
            },
        )
        return round(sum(one.aggregated_value for one in found.auto_paging_iter()))


def _is_counted(report: MeterReport) -> bool:
    """Whether the minute of the report holds it beside those that were told surely."""
    start = _minute(report.at)
    meter = meter_ids()[event_name(_kind(report))]
    theirs = summed(meter=meter, customer=_customer(report), start=start, end=start + MINUTE)
    others = MeterReport.objects.filter(
        mall=report.mall,
        overage__kind=_kind(report),
        sent_at__isnull=False,
        at__gte=start,
        at__lt=start + MINUTE,
    )
    told = sum(others.exclude(pk=report.pk).values_list("quantity", flat=True))
    return theirs >= told + report.quantity if report.quantity > 0 else theirs < told


def _kind(report: MeterReport) -> str:
    if report.overage is None:
        raise ProviderFailed("what it tells of is gone")
    return report.overage.kind


def _customer(report: MeterReport) -> str:
    customer = report.mall.subscription.provider_customer
    if not customer:
        raise ProviderFailed("the mall is no customer there")
    return customer


def _minute(moment: datetime) -> datetime:
    return timezone.localtime(moment, UTC).replace(second=0, microsecond=0)
