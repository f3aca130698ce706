"""Reads of the catalogue. Call them inside the shop's scope unless they say otherwise."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import connection

from catalog import seeing
from catalog.models import Photo, SearchIndex, Tag
from tenants.models import Shop
from tenants.scope import current_shop_id

# A person's word stands above the feed's, and the feed's above the model's.
RANK = {Tag.Source.PERSON: 0, Tag.Source.FEED: 1, Tag.Source.MODEL: 2}


def live_revision(shop: Shop) -> str:
    """The bundle revision whose vectors the shop is searched with. Needs no scope.

    While a new bundle's are being made it is the former one's: see `catalog.services.revisions`.
    Where nobody kept the former bundle, it is the new one's at once, as far as it has come.
    """
    held, configured = search_index_of(shop), seeing.revision()
    if held is None or held.live_revision in ("", configured):
        return configured
    return held.live_revision if seeing.at_hand(held.live_revision) else configured


def has_search_index(shop: Shop, revision: str) -> bool:
    """Whether an HNSW index of the shop's own stands for this revision. Needs no scope."""
    held = search_index_of(shop)
    return (
        held is not None
        and held.state == SearchIndex.State.PROMOTED
        and held.indexed_revision == revision
    )


def search_index_of(shop: Shop) -> SearchIndex | None:
    """Read once for each Shop that was read from the database."""
    return getattr(shop, "search_index", None)


def effective_tags(tags: Iterable[Tag]) -> dict[str, Tag]:
    """By kind, the tag that counts, of one product's tags."""
    best: dict[str, Tag] = {}
    for tag in tags:
        held = best.get(tag.kind)
        if held is None or RANK[Tag.Source(tag.source)] < RANK[Tag.Source(held.source)]:
            best[tag.kind] = tag
    return best


def tags_of(product_id: int) -> dict[str, Tag]:
    """By kind, the tag that counts for this product."""
    return effective_tags(Tag.objects.filter(product_id=product_id))


def first_photos(product_ids: Iterable[int]) -> dict[int, Photo]:
    """By product, its first tagged photo."""
    tagged = Photo.objects.filter(product_id__in=list(product_ids), state=Photo.State.DONE)
    first: dict[int, Photo] = {}
    for photo in tagged.order_by("position", "id"):
        first.setdefault(photo.product_id, photo)
    return first


@dataclass(frozen=True)
class PhotoProgress:
    """Photos of a shop by state. `waiting` are pending and in work."""

    total: int
    done: int
    failed: int
    over_quota: int

    @property
    def waiting(self) -> int:
        return self.total - self.done - self.failed


_PROGRESS = """
    SELECT state, count(*) FROM catalog_photo WHERE shop_id = %(shop)s GROUP BY state
    UNION ALL SELECT 'over_quota', count(*) FROM catalog_photo
    WHERE shop_id = %(shop)s AND state = 'pending' AND reason = 'over_quota'
"""


def photo_progress() -> PhotoProgress:
    """One statement, by the index of states."""
    with connection.cursor() as cursor:
        cursor.execute(_PROGRESS, {"shop": current_shop_id()})
        counts: dict[str, int] = dict(cursor.fetchall())
    over_quota = counts.pop("over_quota")
    return PhotoProgress(
        total=sum(counts.values()),
        done=counts.get(Photo.State.DONE, 0),
        failed=counts.get(Photo.State.FAILED, 0),
        over_quota=over_quota,
    )
