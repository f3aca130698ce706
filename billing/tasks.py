"""Jobs about use and money. Each is safe to run twice."""

from celery import shared_task
from django.conf import settings

from billing import provider_work, renewals, warnings
from tenants.jobs import shop_task


@shop_task(name="billing.tasks.warn_of_quota")
def warn_of_quota(shop_id: int) -> None:
    """Tell the shop how much of its mall's quota is used."""
    warnings.quota_warn(shop_id=shop_id)


@shared_task(name="billing.tasks.renew")
def renew() -> None:
    """End trials, roll periods on, bill them, and notice what is late."""
    renewals.renewals_run()


@shared_task(name=provider_work.ACT)
def act_on_provider_events() -> None:
    """Act on what payment providers told; what could not be done is tried again."""
    provider_work.events_act()


@shared_task(name="billing.tasks.tell_use")
def tell_use() -> None:
    """Tell providers that bill use themselves what was used beyond the plans."""
    provider_work.use_tell()


@shared_task(name=provider_work.COMPARE)
def reconcile() -> None:
    """Compare the books with the provider's."""
    if settings.PAYMENT_PROVIDER != "manual":
        provider_work.reconcile(name=settings.PAYMENT_PROVIDER)
