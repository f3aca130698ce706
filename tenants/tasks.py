"""Jobs about who calls and who is told. Each is safe to run twice."""

from celery import shared_task

from tenants.idempotency import replies_forget
from tenants.jobs import shop_task
from tenants.webhooks import sending


@shared_task(name="tenants.tasks.forget_replies")
def forget_replies() -> None:
    """Delete the replies that were kept under an Idempotency-Key, after a day."""
    replies_forget()


@shop_task(name="tenants.tasks.send_webhooks")
def send_webhooks(shop_id: int) -> None:
    """Attempt the shop's next deliveries."""
    sending.deliveries_send(shop_id=shop_id)


@shared_task(name="tenants.tasks.forget_webhooks")
def forget_webhooks() -> None:
    """Delete old messages and how their deliveries went."""
    sending.deliveries_forget()
