"""Jobs about who calls. Each is safe to run twice."""

from celery import shared_task

from tenants.idempotency import replies_forget


@shared_task(name="tenants.tasks.forget_replies")
def forget_replies() -> None:
    """Delete the replies that were kept under an Idempotency-Key, after a day."""
    replies_forget()
