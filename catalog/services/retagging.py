"""What a new bundle would change of a shop's tags, and a person's word on whether it may.

The bundle's garments stand beside those that are live (`catalog.services.revisions`), and the
model's tags follow the live revision. So what would change can be counted before anything does, and
for some days after the switch the way back is one statement too.
"""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Count
from django.utils import timezone

from catalog import seeing
from catalog.models import Garment, Product, RetagPreview, SearchIndex, Tag
from catalog.services.garments import words_of
from tenants import outbox
from tenants.models import Shop
from tenants.scope import shop_scope

COMPARED = 2000
"""Products at most, drawn by lot: 2,000 tell a share to within two in a hundred."""
BATCH = 100
EXAMPLES_A_KIND = 8


class NothingToSwitch(LookupError):
    """No new bundle is ready, or there is none to go back to."""


def preview_keep(*, shop: Shop, live: str, coming: str) -> None:
    """Count once what `coming` would change of `live`'s tags. Call it outside any scope."""
    with shop_scope(shop):
        if RetagPreview.objects.filter(live=live, coming=coming).exists():
            return
        ids = _drawn(coming)
        total = Garment.objects.filter(revision=coming, is_product=True)
        products = total.aggregate(products=Count("product_id", distinct=True))["products"]
    compared, counts, examples = 0, Counter[tuple[str, bool]](), []
    kept: Counter[str] = Counter()
    for first in range(0, len(ids), BATCH):
        with shop_scope(shop):
            for product_id, kind, old, new in _compared(ids[first : first + BATCH], live, coming):
                changed = old.value != new.value
                counts[kind, changed] += 1
                if changed and kept[kind] < EXAMPLES_A_KIND:
                    kept[kind] += 1
                    examples.append(_example(product_id, old, new))
    compared = len(ids)
    kinds = {
        kind: [counts[kind, True], counts[kind, True] + counts[kind, False]]
        for kind in dict.fromkeys(kind for kind, _ in counts)
    }
    with shop_scope(shop):
        RetagPreview.objects.exclude(coming=coming).delete()
        RetagPreview.objects.update_or_create(
            live=live,
            coming=coming,
            defaults={
                "products": compared,
                "total": products,
                "kinds": kinds,
                "examples": examples,
                "at": timezone.now(),
            },
        )


def revision_choose(*, shop: Shop) -> str:
    """A person says that the new bundle shall go live; the clock switches within a minute.

    Returns its revision; raises NothingToSwitch where none is ready.
    """
    held = SearchIndex.objects.select_for_update().filter(shop=shop).first()
    if held is None or not held.next_revision or held.ready_at is None:
        raise NothingToSwitch(shop.slug)
    held.chosen_revision, held.declined_revision = held.next_revision, ""
    held.save(update_fields=["chosen_revision", "declined_revision"])
    return held.next_revision


def revision_undo(*, shop: Shop) -> str:
    """Back to the bundle before: searches at once, the model's tags as the worker comes to them.

    The new one stays beside it and does not go live again unless a person says so. Returns the
    revision that is live now; raises NothingToSwitch where its garments are gone.
    """
    held = SearchIndex.objects.select_for_update().filter(shop=shop).first()
    if held is None or undo_until(held) is None:
        raise NothingToSwitch(shop.slug)
    held.next_revision = held.declined_revision = held.live_revision
    held.live_revision, held.former_revision = held.former_revision, ""
    held.chosen_revision, held.switched_at = "", None
    held.indexed_revision, held.state = "", SearchIndex.State.EXACT
    held.ready_at = held.changed_at = timezone.now()
    held.save()
    tags_follow(shop=shop)
    return held.live_revision


def undo_until(held: SearchIndex) -> datetime | None:
    """Until when a person can go back; None where it is too late, or the bundle is not kept."""
    if not held.former_revision or held.switched_at is None:
        return None
    until = held.switched_at + timedelta(days=settings.RETAG_UNDO_DAYS)
    if timezone.now() >= until or not seeing.at_hand(held.former_revision):
        return None
    return until


def tags_follow(*, shop: Shop) -> None:
    """The model's tags of every product follow the live revision. In the shop's scope."""
    seen = Garment.objects.filter(is_product=True).values_list("product_id", flat=True)
    outbox.announce(shop_id=shop.pk, topic=outbox.SETTLE, object_ids=seen.distinct())


def _drawn(coming: str) -> list[int]:
    """Products that the new bundle has seen, by lot."""
    rows = Tag.objects.filter(kind="category", source=Tag.Source.MODEL).order_by("lot")
    return list(rows.values_list("product_id", flat=True)[:COMPARED])


def _compared(ids: list[int], live: str, coming: str) -> Iterable[tuple[int, str, Tag, Tag]]:
    """(product, kind, old, new) of every tag of the model that holds, as both bundles say it."""
    overruled: dict[int, set[str]] = {}
    others = Tag.objects.filter(product_id__in=ids).exclude(source=Tag.Source.MODEL)
    for product_id, kind in others.values_list("product_id", "kind"):
        overruled.setdefault(product_id, set()).add(kind)
    garments: dict[tuple[int, str], list[Garment]] = {}
    rows = Garment.objects.filter(product_id__in=ids, is_product=True, revision__in=[live, coming])
    for row in rows.defer("embedding").order_by("photo__position", "id"):
        garments.setdefault((row.product_id, row.revision), []).append(row)
    for product in Product.objects.filter(pk__in=ids):
        if (product.pk, live) not in garments or (product.pk, coming) not in garments:
            continue
        old = {tag.kind: tag for tag in words_of(product, garments[product.pk, live])}
        for new in words_of(product, garments[product.pk, coming]):
            if new.kind in old and new.kind not in overruled.get(product.pk, ()):
                yield product.pk, new.kind, old[new.kind], new


def _example(product_id: int, old: Tag, new: Tag) -> dict[str, object]:
    return {
        "product": product_id,
        "kind": new.kind,
        "old": old.value,
        "new": new.value,
        "probability": new.probability,
    }
