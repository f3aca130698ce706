"""Jobs of a shop that leaves. Each is safe to run twice."""

from celery import shared_task

from lookus.leaving import erasing, exports
from lookus.watching import signs
from tenants.jobs import shop_task
from tenants.storage import parts_forget


@shop_task(name="lookus.tasks.make_exports")
def make_exports(shop_id: int) -> None:
    """Make the export that the shop's owner asked for."""
    exports.exports_make(shop_id=shop_id)


@shared_task(name="lookus.tasks.forget_exports")
def forget_exports() -> None:
    """Delete exports that nobody may fetch any more, and files that were never finished."""
    exports.exports_forget()
    parts_forget()


@shared_task(name="lookus.tasks.sign_of_life")
def sign_of_life() -> None:
    """Write down that clock, broker and worker go together."""
    signs.sign_give()


@shared_task(name="lookus.tasks.erase_shops")
def erase_shops() -> None:
    """Delete closed shops whose time is over."""
    erasing.shops_erase()
