"""Jobs of counting. Each is safe to run twice."""

from celery import shared_task
from django.utils import timezone

from analytics.forgetting import visitors_forget
from analytics.insights.mailing import mails_send
from analytics.insights.tagging_count import tagging_count_everywhere
from analytics.keeping import months_keep
from analytics.map.jobs import maps_ask, maps_run
from analytics.rollup import days_roll
from analytics.visits import visits_forget_everywhere
from tenants.jobs import shop_task


@shared_task(name="analytics.tasks.forget_visits")
def forget_visits() -> None:
    """Delete what sessions looked at once its half hour is over."""
    visits_forget_everywhere()


@shared_task(name="analytics.tasks.forget_visitors")
def forget_visitors() -> None:
    """Take the visitor's hash from events once its days are over."""
    visitors_forget()


@shop_task(name="analytics.tasks.make_map")
def make_map(shop_id: int) -> None:
    """Make a shop's map, and lay its searches over it."""
    maps_run(shop_id=shop_id)


@shared_task(name="analytics.tasks.make_maps")
def make_maps() -> None:
    """Ask for the map of every shop, once a night."""
    maps_ask()


@shared_task(name="analytics.tasks.roll_days")
def roll_days() -> None:
    """Sum up the days that changed."""
    days_roll()


@shared_task(name="analytics.tasks.keep_months")
def keep_months() -> None:
    """Make the partitions of the months to come, and drop those whose time is over."""
    months_keep(now=timezone.now())


@shared_task(name="analytics.tasks.count_tagging")
def count_tagging() -> None:
    """Count tags and people's answers of every shop where something has changed."""
    tagging_count_everywhere()


@shared_task(name="analytics.tasks.send_insight_mails")
def send_insight_mails() -> None:
    """Send each person the numbers of the day or the week before, once."""
    mails_send(timezone.now())
