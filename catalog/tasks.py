"""Jobs. A message says only which shop has work; the rows say what. Each is safe to run twice."""

from celery import shared_task

from catalog.services import imports, tagging
from tenants import outbox


@shared_task(name="catalog.tasks.tag_photos")
def tag_photos(shop_id: int) -> None:
    """Tag the next chunk of the shop's photos."""
    tagging.photos_tag(shop_id=shop_id)


@shared_task(name="catalog.tasks.run_imports")
def run_imports(shop_id: int) -> None:
    """Take the shop's next import some way."""
    imports.imports_run(shop_id=shop_id)


@shared_task(name="catalog.tasks.sweep")
def sweep() -> None:
    """Ring for what nobody is at: messages that were lost, workers that died."""
    for work in outbox.waiting():
        outbox.ring(shop_id=work.shop_id, topic=work.topic)
