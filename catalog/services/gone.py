"""Products that are gone: out of every search at once, deleted for good some weeks later.

Until then nothing of them is lost: photos, garments and every tag lie where they were, so that
bringing them back costs no look at a photo.
"""

from collections.abc import Collection
from datetime import datetime, timedelta

from django.conf import settings
from django.utils import timezone

from catalog.models import Garment, ImportChange, ImportRun, Product, ProductFacet, Tag
from catalog.services.facets import facets_write
from catalog.services.garments import garments_settle
from catalog.services.import_chunks import chunks_forget
from catalog.services.photos import photos_wait_on, photos_waiting
from catalog.services.postings import postings_due, products_forget
from catalog.services.products import products_remove
from tenants import outbox
from tenants.models import Shop
from tenants.scope import current_shop_id, shop_scope

CHUNK = 500


def products_hide(*, product_ids: Collection[int], at: datetime) -> None:
    """These products are gone from now on. In the shop's scope, in one transaction."""
    if not product_ids:
        return
    products_forget(product_ids=product_ids)
    Product.every.filter(pk__in=product_ids).update(gone_at=at, updated_at=at)
    Garment.objects.filter(product_id__in=product_ids, is_product=True).update(is_product=False)
    ProductFacet.objects.filter(product_id__in=product_ids).delete()
    Tag.objects.filter(product_id__in=product_ids, review__isnull=False).update(review=None)
    outbox.done(
        shop_id=current_shop_id(), topic=outbox.PHOTO, object_ids=photos_waiting(product_ids)
    )


def products_return(*, product_ids: Collection[int], at: datetime) -> None:
    """Products that were gone are there again, with all that hangs on them."""
    if not product_ids:
        return
    ids = sorted(product_ids)
    Product.every.filter(pk__in=ids).update(gone_at=None, updated_at=at)
    seen = set(Garment.objects.filter(product_id__in=ids).values_list("product_id", flat=True))
    for product in Product.objects.filter(pk__in=seen).order_by("pk"):
        garments_settle(product=product)
    facets_write(product_ids=set(ids) - seen)
    postings_due(product_ids=ids)
    photos_wait_on(product_ids=ids)


def gone_delete(*, shop: Shop) -> int:
    """Delete for good what has been gone for IMPORT_UNDO_DAYS, and what undoing would have read.

    Call it outside any scope; how many products.
    """
    before = timezone.now() - timedelta(days=settings.IMPORT_UNDO_DAYS)
    deleted = 0
    while True:
        with shop_scope(shop):
            old = Product.every.filter(gone_at__lt=before).order_by("pk")
            ids = list(old.values_list("pk", flat=True)[:CHUNK])
            products_remove(product_ids=ids)
            deleted += len(ids)
            if len(ids) < CHUNK:
                runs = ImportRun.objects.filter(created_at__lt=before)
                ImportChange.objects.filter(run__in=runs.values("pk")).delete()
                chunks_forget(runs=runs)
                return deleted
