"""Jobs with another shop's ids: a message names a shop, and only that shop's rows are touched."""

import inspect
from typing import Any

import pytest
from celery import Task
from django.db import transaction
from django.utils import timezone

from catalog.models import (
    Feed,
    ImportChunk,
    ImportRun,
    OwnClass,
    Photo,
    Product,
    ShopHead,
)
from catalog.services.import_chunks import BELOW
from lookus.celery import app
from recommender.models import Look, QualityRun
from tenants import outbox
from tenants.models import Outbox, Shop, ShopExport, WebhookDelivery
from tenants.scope import shop_scope
from tests.access.scene import Scene

OF_A_SHOP, OF_A_RUN, OF_THE_CLOCK = ("shop_id",), ("shop_id", "run_id"), ()
# What each message says. One that named anything else would have to be tried here.
TASKS = {
    **dict.fromkeys(outbox.TASKS.values(), OF_A_SHOP),
    "recommender.tasks.refresh_mood": OF_A_SHOP,
    "recommender.tasks.measure_quality": OF_A_RUN,
    **dict.fromkeys(
        (
            "analytics.tasks.count_tagging",
            "analytics.tasks.forget_visitors",
            "analytics.tasks.forget_visits",
            "analytics.tasks.keep_months",
            "analytics.tasks.make_maps",
            "analytics.tasks.roll_days",
            "analytics.tasks.send_insight_mails",
            "billing.tasks.act_on_provider_events",
            "billing.tasks.reconcile",
            "billing.tasks.renew",
            "billing.tasks.tell_use",
            "catalog.tasks.forget_held_files",
            "catalog.tasks.keep_searchable",
            "catalog.tasks.remove_gone",
            "catalog.tasks.sweep",
            "catalog.tasks.teach_at_night",
            "lookus.tasks.erase_shops",
            "lookus.tasks.forget_exports",
            "lookus.tasks.sign_of_life",
            "recommender.tasks.forget_searches",
            "recommender.tasks.refresh_moods",
            "tenants.tasks.forget_replies",
            "tenants.tasks.forget_webhooks",
        ),
        OF_THE_CLOCK,
    ),
}
# Rows that the outbox names by topic; of the others the number says what to do.
OBJECTS: dict[str, Any] = {
    outbox.PHOTO: Photo,
    outbox.IMPORT: ImportRun,
    outbox.LOOK: Look,
    outbox.RESEE: Photo,
    outbox.RECHECK: Photo,
    outbox.WORDS: Product,
    outbox.SETTLE: Product,
    outbox.FEED: Feed,
    outbox.TEACH: ShopHead,
    outbox.OWN_CLASS: OwnClass,
    outbox.WEBHOOK: WebhookDelivery,
    outbox.TAGGED: Product,
    outbox.EXPORT: ShopExport,
    outbox.QUOTA: None,
    outbox.MAP: None,
}
# Of these the very same rows, announced for their own shop, do change something.
WORKING = (outbox.PHOTO, outbox.LOOK, outbox.WORDS, outbox.EXPORT)


# Celery's own, and those of other tests in this process.
OTHERS = ("celery.", "tests.")


def known() -> dict[str, Task]:
    app.loader.import_default_modules()
    return {name: task for name, task in app.tasks.items() if not name.startswith(OTHERS)}


def test_every_job_is_spoken_for() -> None:
    said = {
        name: tuple(inspect.signature(getattr(task, "_orig_run", task.run)).parameters)
        for name, task in known().items()
    }
    assert said == TASKS
    assert set(OBJECTS) == set(outbox.TASKS)


def waiting(shop: Shop) -> None:
    """Whatever can wait for a worker does."""
    with shop_scope(shop):
        Photo.objects.exclude(file="").update(state="pending", attempts=0)
        ImportRun.objects.update(state="pending")
        ShopExport.objects.update(state="pending")
        WebhookDelivery.objects.update(state="waiting")


def announced(scene: Scene, topic: str, *, to: Shop) -> None:
    """The victim's rows of a topic, said to be those of the shop `to`."""
    Outbox.objects.all().delete()
    model = OBJECTS[topic]
    ids = [0, 1]
    if model is not None:
        with shop_scope(scene.victim):
            ids = list(model.objects.values_list("pk", flat=True))
            if topic in (outbox.PHOTO, outbox.WORDS):
                ids += [BELOW + pk for pk in ImportChunk.objects.values_list("pk", flat=True)]
    outbox.announce(shop_id=to.pk, topic=topic, object_ids=ids)


@pytest.mark.parametrize("topic", OBJECTS)
def test_another_shops_ids_in_the_outbox_touch_nothing_of_it(topic: str, scene: Scene) -> None:
    task = known()[outbox.TASKS[topic]]
    with transaction.atomic():
        waiting(scene.victim)
        announced(scene, topic, to=scene.own)
        before = scene.kept()
        task(scene.own.pk)
        assert scene.kept() == before
        if topic in WORKING:
            announced(scene, topic, to=scene.victim)
            task(scene.victim.pk)
            assert scene.kept() != before
        transaction.set_rollback(True)


def test_another_shops_run_is_not_measured(scene: Scene) -> None:
    with transaction.atomic():
        waiting(scene.victim)
        before = scene.kept()
        with shop_scope(scene.victim):
            run = QualityRun.objects.get().pk
        known()["recommender.tasks.measure_quality"](scene.own.pk, run)
        assert scene.kept() == before
        transaction.set_rollback(True)


def test_a_shop_that_is_not_there_or_closed_has_no_work(scene: Scene) -> None:
    with transaction.atomic():
        waiting(scene.victim)
        for topic in OBJECTS:
            announced(scene, topic, to=scene.victim)
        now = timezone.now()
        Shop.objects.filter(pk=scene.victim.pk).update(closed_at=now, erase_at=now)
        before = scene.kept()
        for name in outbox.TASKS.values():
            known()[name](scene.victim.pk)
            known()[name](999_999_999)
        assert scene.kept() == before
        transaction.set_rollback(True)
