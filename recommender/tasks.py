"""Jobs of finding. A message says only which shop has work; each is safe to run twice."""

from celery import shared_task

from recommender.forgetting import searches_forget
from recommender.looks import sight
from recommender.mood import services as mood
from recommender.quality import services as quality
from tenants.jobs import shop_task
from tenants.models import Shop


@shop_task(name="recommender.tasks.see_looks")
def see_looks(shop_id: int) -> None:
    """Look at the next photos of the shop's looks."""
    sight.looks_see(shop_id=shop_id)


@shop_task(name="recommender.tasks.refresh_mood")
def refresh_mood(shop_id: int) -> None:
    """Count the styles of a shop whose photos were tagged."""
    shop = Shop.objects.filter(pk=shop_id).first()
    if shop is not None:
        mood.mood_refresh(shop=shop)


@shared_task(name="recommender.tasks.refresh_moods")
def refresh_moods() -> None:
    """Count the styles of every shop whose tags changed."""
    mood.moods_refresh()


@shop_task(name="recommender.tasks.measure_quality")
def measure_quality(shop_id: int, run_id: int) -> None:
    """Measure a shop's search, as its owner asked."""
    shop = Shop.objects.filter(pk=shop_id).first()
    if shop is not None:
        quality.quality_run(shop=shop, run_id=run_id)


@shared_task(name="recommender.tasks.forget_searches")
def forget_searches() -> None:
    """Delete what was seen in shoppers' photos, and their lists of results, after half an hour."""
    searches_forget()
