"""Jobs of finding. A message says only which shop has work; each is safe to run twice."""

from celery import shared_task

from recommender.looks import sight


@shared_task(name="recommender.tasks.see_looks")
def see_looks(shop_id: int) -> None:
    """Look at the next photos of the shop's looks."""
    sight.looks_see(shop_id=shop_id)
