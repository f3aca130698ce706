"""Jobs of counting. Each is safe to run twice."""

from celery import shared_task

from analytics.visits import visits_forget_everywhere


@shared_task(name="analytics.tasks.forget_visits")
def forget_visits() -> None:
    """Delete what sessions looked at once its half hour is over."""
    visits_forget_everywhere()
