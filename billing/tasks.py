"""Jobs about use. Each is safe to run twice."""

from celery import shared_task

from billing import warnings


@shared_task(name="billing.tasks.warn_of_quota")
def warn_of_quota(shop_id: int) -> None:
    """Tell the shop how much of its mall's quota is used."""
    warnings.quota_warn(shop_id=shop_id)
