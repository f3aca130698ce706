"""Bring a shop from one bundle to the next, without a minute in which it finds nothing.

1. Another VISION_BUNDLE is configured: the clock notices, and announces every finished photo.
2. `catalog.services.reseeing` looks at them with the new bundle; its garments stand beside the
   former ones, which searches go on with. New photos are seen by both.
3. When none is left the shop's own measurement is asked, and what would change of its tags is
   counted for a person to look at (`catalog.services.retagging`). Who says yes, or nothing for
   RETAG_WAIT_HOURS, has the shop switched, a large one when its new index stands too.
4. The products' tags follow the live revision, by the worker.
5. For RETAG_UNDO_DAYS a person can go back; then the former garments are removed.
"""

import time
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from catalog import seeing
from catalog.models import Garment, Photo, Product, SearchIndex
from catalog.selectors import live_revision, search_index_of
from catalog.services.garments import garments_settle
from catalog.services.retagging import preview_keep, tags_follow, undo_until
from catalog.services.search_index import search_index_keep
from catalog.signals import revision_complete
from tenants import outbox
from tenants.models import Shop
from tenants.scope import shop_scope

# Searches that had begun with the former revision are over by then.
GRACE = timedelta(minutes=2)
# The most that one shop's old garments may hold up the others' in one round.
ROUND_SECONDS = 20.0
CHUNK = 50


@dataclass(frozen=True)
class RevisionProgress:
    """Of a shop that is on its way to another bundle: photos in all, and those seen by it."""

    live: str
    coming: str
    photos: int = 0
    seen: int = 0
    ready: bool = False
    """All are seen, and not counted any more: it waits for a person."""


def revision_first(*, shop: Shop, revision: str) -> None:
    """The first bundle that sees a shop's photos is the one that the shop is searched with."""
    held, made = SearchIndex.objects.get_or_create(shop=shop, defaults={"live_revision": revision})
    if not made and not held.live_revision:
        SearchIndex.objects.filter(pk=held.pk, live_revision="").update(live_revision=revision)


def former_revision(shop: Shop) -> str:
    """The revision that the shop is still searched with, where it is not the configured bundle's,
    or that a person can go back to.

    New photos are seen by both, so that they are found today, and after the switch or the undo.
    """
    live = live_revision(shop)
    if live != seeing.revision():
        return live
    held = SearchIndex.objects.filter(shop=shop).first()
    return held.former_revision if held is not None and undo_until(held) else ""


def searchable_keep(*, shop: Shop) -> None:
    """One round of what keeps a shop well found: its revision, then its index.

    Safe to run at any time and twice. Call it outside any scope.
    """
    coming = seeing.revision()
    held, _ = SearchIndex.objects.get_or_create(shop=shop)
    if not held.live_revision:
        held.live_revision = _commonest(shop) or coming
        held.save(update_fields=["live_revision"])
    live = held.live_revision
    if live == coming:
        if held.next_revision:
            # The operator went back to the former bundle.
            _say_next(held, "")
        search_index_keep(shop=shop, revisions=(live,))
        _drop_former(shop, held)
    elif held.next_revision != coming:
        _begin(shop, held, coming)
    elif not _finished(shop, coming) or not _may_switch(shop, held):
        search_index_keep(shop=shop, revisions=(live,))
    elif search_index_keep(shop=shop, revisions=(live, coming)):
        _switch(shop, held)
        search_index_keep(shop=shop, revisions=(coming,))


def revision_progress(shop: Shop) -> RevisionProgress | None:
    """How far the new bundle has come with the shop's photos; None where none is on its way, or a
    person went back from it.

    Call it in the shop's scope.
    """
    held = search_index_of(shop)
    if held is None or not held.next_revision or held.declined_revision:
        return None
    if held.ready_at is not None:
        return RevisionProgress(held.live_revision, held.next_revision, ready=True)
    counts = _done().aggregate(
        photos=Count("pk"), seen=Count("pk", filter=Q(Exists(_garments_of(held.next_revision))))
    )
    return RevisionProgress(held.live_revision, held.next_revision, **counts)


def _begin(shop: Shop, held: SearchIndex, coming: str) -> None:
    with shop_scope(shop):
        _done().update(attempts=0)
        _say_next(held, coming)
        _announce(shop, _unseen(coming))


def _finished(shop: Shop, coming: str) -> bool:
    """Whether nothing is left to look at; what was overlooked is announced."""
    if not outbox.idle(shop_id=shop.pk, topic=outbox.RESEE):
        return False
    with shop_scope(shop):
        left = list(_unseen(coming))
        _announce(shop, left)
    return not left


def _announce(shop: Shop, photo_ids: Iterable[int]) -> None:
    outbox.announce(shop_id=shop.pk, topic=outbox.RESEE, object_ids=photo_ids)


def _done() -> QuerySet[Photo]:
    return Photo.objects.filter(state=Photo.State.DONE)


def _unseen(revision: str) -> QuerySet[Photo, int]:
    """Ids of finished photos without a garment of the revision, but for those given up."""
    rows = _done().filter(~Exists(_garments_of(revision)), attempts__lt=settings.PHOTO_ATTEMPTS)
    return rows.order_by("pk").values_list("pk", flat=True)


def _garments_of(revision: str) -> QuerySet[Garment]:
    return Garment.objects.filter(photo_id=OuterRef("pk"), revision=revision)


def _say_next(held: SearchIndex, revision: str) -> None:
    SearchIndex.objects.filter(pk=held.pk).update(
        next_revision=revision,
        ready_at=None,
        chosen_revision="",
        declined_revision="",
        changed_at=timezone.now(),
    )


def _may_switch(shop: Shop, held: SearchIndex) -> bool:
    """Whether a finished bundle may go live now.

    A person's word stands above the measurement; without one it waits RETAG_WAIT_HOURS after it was
    found ready, so that somebody can look at what would change.
    """
    coming = held.next_revision
    if coming == held.chosen_revision:
        return True
    if coming == held.declined_revision:
        return False
    preview_keep(shop=shop, live=held.live_revision, coming=coming)
    judged = _may_go_live(shop, held)
    if held.ready_at is None:
        held.ready_at = timezone.now()
        held.save(update_fields=["ready_at"])
    waited = timezone.now() - held.ready_at
    return judged and waited >= timedelta(hours=settings.RETAG_WAIT_HOURS)


def _may_go_live(shop: Shop, held: SearchIndex) -> bool:
    """Who judges a new revision says False to hold it back."""
    answers: list[tuple[Any, Any]] = revision_complete.send(
        sender=Shop, shop=shop, live=held.live_revision, coming=held.next_revision
    )
    return all(answer is not False for _, answer in answers)


def _switch(shop: Shop, held: SearchIndex) -> None:
    """In one statement: whoever searches sees the former revision or the new, never neither.

    The tags follow from the same commit on.
    """
    now = timezone.now()
    with shop_scope(shop):
        rows = SearchIndex.objects.filter(pk=held.pk, next_revision=held.next_revision)
        rows.update(
            live_revision=held.next_revision,
            next_revision="",
            former_revision=held.live_revision,
            switched_at=now,
            ready_at=None,
            chosen_revision="",
            declined_revision="",
            # Its index stands already where the shop has one.
            indexed_revision=held.next_revision if held.indexed_revision else "",
            changed_at=now,
        )
        tags_follow(shop=shop)


def _drop_former(shop: Shop, held: SearchIndex) -> None:
    """Remove garments of other revisions, product by product, until the round's time is over; none
    while a person can go back to them."""
    if timezone.now() - held.changed_at < GRACE or undo_until(held):
        return
    if held.former_revision:
        SearchIndex.objects.filter(pk=held.pk).update(former_revision="", switched_at=None)
    end = time.monotonic() + ROUND_SECONDS
    while time.monotonic() < end:
        with shop_scope(shop):
            others = Garment.objects.exclude(revision=held.live_revision)
            ids = list(others.values_list("product_id", flat=True).distinct()[:CHUNK])
        for product_id in ids:
            with shop_scope(shop):
                locked = Product.objects.select_for_update(no_key=True)
                product = locked.filter(pk=product_id).first()
                if product is not None:
                    Garment.objects.filter(product=product).exclude(
                        revision=held.live_revision
                    ).delete()
                    garments_settle(product=product)
        if len(ids) < CHUNK:
            return


def _commonest(shop: Shop) -> str | None:
    """The revision of most of its garments: what the shop lived on before that was written down."""
    with shop_scope(shop):
        counts = Garment.objects.values("revision").annotate(rows=Count("pk")).order_by("-rows")
        first = counts.values_list("revision", flat=True).first()
    return str(first) if first else None
