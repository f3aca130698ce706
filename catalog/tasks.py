"""Jobs. A message says only which shop has work; the rows say what. Each is safe to run twice."""

import logging

from celery import shared_task
from django.conf import settings

from catalog.services import (
    feeds,
    gone,
    held,
    imports,
    postings,
    rechecking,
    reseeing,
    revisions,
    settling,
    tagged_events,
    tagging,
)
from catalog.services.teaching import heads, scores
from tenants import outbox
from tenants.jobs import shop_task
from tenants.models import Shop
from tenants.rounds import shops_of_round

log = logging.getLogger(__name__)


@shop_task(name="catalog.tasks.tag_photos")
def tag_photos(shop_id: int) -> None:
    """Tag the next chunk of the shop's photos."""
    tagging.photos_tag(shop_id=shop_id)


@shop_task(name="catalog.tasks.tell_tagged")
def tell_tagged(shop_id: int) -> None:
    """Tell the shop's webhooks which products are tagged."""
    tagged_events.tagged_tell(shop_id=shop_id)


@shop_task(name="catalog.tasks.resee_photos")
def resee_photos(shop_id: int) -> None:
    """Look again at the next chunk of the shop's photos, with a new bundle."""
    reseeing.photos_resee(shop_id=shop_id)


@shop_task(name="catalog.tasks.recheck_photos")
def recheck_photos(shop_id: int) -> None:
    """Ask the addresses of the shop's next photos whether they changed."""
    rechecking.photos_recheck(shop_id=shop_id)


@shared_task(name="catalog.tasks.remove_gone")
def remove_gone() -> None:
    """Delete what has been gone for long: a shop that fails holds no other up."""
    for shop in Shop.objects.open().order_by("pk"):
        try:
            gone.gone_delete(shop=shop)
        except Exception:  # whatever it is, the next round tries again
            log.exception("shop %s: what is gone could not be deleted", shop.pk)


@shared_task(name="catalog.tasks.keep_searchable")
def keep_searchable() -> None:
    """Every shop's revision and index, of many shops in turns: one that fails holds no other up."""
    period = settings.CELERY_BEAT_SCHEDULE["keep-searchable"]["schedule"]
    for shop in shops_of_round(seconds=period):
        try:
            revisions.searchable_keep(shop=shop)
            heads.heads_keep(shop=shop)
            scores.classes_keep(shop=shop)
        except Exception:  # whatever it is, the next round tries again
            log.exception("shop %s could not be kept searchable", shop.pk)


@shop_task(name="catalog.tasks.run_imports")
def run_imports(shop_id: int) -> None:
    """Take the shop's next import some way."""
    imports.imports_run(shop_id=shop_id)


@shop_task(name="catalog.tasks.run_feeds")
def run_feeds(shop_id: int) -> None:
    """Take the shop's next feed some way."""
    feeds.feeds_run(shop_id=shop_id)


@shared_task(name="catalog.tasks.forget_held_files")
def forget_held_files() -> None:
    """Forget uploads whose columns nobody came back to tell."""
    held.held_expire()


@shop_task(name="catalog.tasks.write_postings")
def write_postings(shop_id: int) -> None:
    """Write the terms that the shop's next products are found by."""
    postings.postings_run(shop_id=shop_id)


@shop_task(name="catalog.tasks.settle_products")
def settle_products(shop_id: int) -> None:
    """Bring the shop's next products in step with what people made the rule."""
    settling.products_settle(shop_id=shop_id)


@shop_task(name="catalog.tasks.learn_heads")
def learn_heads(shop_id: int) -> None:
    """Learn the shop's own heads, or let the one that answers now tell all products."""
    heads.heads_run(shop_id=shop_id)


@shop_task(name="catalog.tasks.learn_classes")
def learn_classes(shop_id: int) -> None:
    """Learn the shop's own classes and score every product."""
    scores.classes_run(shop_id=shop_id)


@shared_task(name="catalog.tasks.teach_at_night")
def teach_at_night() -> None:
    """Ask for the heads of every shop whose people said enough."""
    for shop in Shop.objects.open().order_by("pk"):
        try:
            heads.heads_night(shop=shop)
        except Exception:  # whatever it is, the next night tries again
            log.exception("shop %s: its heads could not be asked for", shop.pk)


@shared_task(name="catalog.tasks.sweep")
def sweep() -> None:
    """Ring for what nobody is at: messages that were lost, workers that died."""
    for work in outbox.waiting():
        outbox.ring(shop_id=work.shop_id, topic=work.topic)
