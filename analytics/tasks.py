"""Jobs of counting. Each is safe to run twice."""

from celery import shared_task

from analytics.forgetting import visitors_forget
from analytics.visits import visits_forget_everywhere


@shared_task(name="analytics.tasks.forget_visits")
def forget_visits() -> None:
    """Delete what sessions looked at once its half hour is over."""
    visits_forget_everywhere()


@shared_task(name="analytics.tasks.forget_visitors")
def forget_visitors() -> None:
    """Take the visitor's hash from events once its days are over."""
    visitors_forget()
