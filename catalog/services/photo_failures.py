"""Photos that could not be tagged: tried again later, or failed with the reason."""

import random
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.conf import settings
from django.utils import timezone

from catalog.models import ImportProblem, Photo, Product
from catalog.services.garments import garments_settle
from catalog.services.photo_sight import Failure
from catalog.services.photos import photo_garments_drop
from catalog.services.tagged_events import tagged_announce
from catalog.signals import photo_failed
from tenants import outbox
from tenants.models import Shop
from tenants.scope import shop_scope

# Longer each time: 20 seconds, then 80, then 320, each with a random part.
RETRY_SECONDS = 20
RETRY_FACTOR = 4
# For as long as it takes: a storage that is away is nothing that a photo could be given up for.
BLAMELESS_SECONDS = 40


def photo_fail(*, shop: Shop, photo: Photo, until: datetime, failure: Failure) -> bool:
    """Try again later what may pass, until the attempts end; False if the lease was lost."""
    again = failure.may_pass and (photo.attempts < settings.PHOTO_ATTEMPTS or failure.blameless)
    with shop_scope(shop):
        # The product first, as everywhere: whoever locks both does it in this order.
        product_lock(photo)
        held = Photo.objects.select_for_update(no_key=True).filter(
            pk=photo.pk, state=Photo.State.WORKING, leased_until=until
        )
        if not held.exists():
            return False
        if not again:
            photo_fail_for_good(shop, photo, failure)
            return True
        tried = photo.attempts - 1
        seconds = BLAMELESS_SECONDS if failure.blameless else RETRY_SECONDS * RETRY_FACTOR**tried
        at = timezone.now() + timedelta(seconds=seconds * random.uniform(1, 1.5))  # noqa: S311
        Photo.objects.filter(pk=photo.pk).update(
            state=Photo.State.PENDING,
            leased_until=None,
            reason=failure.code,
            detail=failure.detail,
            attempts=photo.attempts - int(failure.blameless),
        )
        outbox.later(shop_id=shop.pk, topic=outbox.PHOTO, object_ids=[photo.pk], at=at)
    return True


def photo_fail_for_good(shop: Shop, photo: Photo, failure: Failure) -> None:
    """Inside a scope, the photo held: state, report of its import, outbox."""
    Photo.objects.filter(pk=photo.pk).update(
        state=Photo.State.FAILED,
        leased_until=None,
        reason=failure.code,
        detail=failure.detail,
        # Its garments go: nothing that it was seen by holds any more.
        revision="",
    )
    product = product_lock(photo)
    photo_garments_drop(photo=photo)
    if product is not None:
        # The next import looks at its row again, and so fetches the photo again.
        Product.every.filter(pk=product.pk).exclude(row_digest="").update(row_digest="")
        garments_settle(product=product)
        if photo.import_run_id is not None:
            ImportProblem.objects.create(
                run_id=photo.import_run_id,
                row=photo.import_row or 0,
                sku=product.sku,
                field="photo",
                code=failure.code,
                message=failure.detail[:500],
                value=photo.source_url[:200],
            )
    outbox.done(shop_id=shop.pk, topic=outbox.PHOTO, object_ids=[photo.pk])
    photo_failed.send(sender=Photo, reason=failure.code)
    tagged_announce(shop=shop, product_ids=[photo.product_id])


def products_lock(product_ids: Iterable[int]) -> dict[int, Product]:
    """The same of several, in order, so that two that lock some of them wait for each other."""
    rows = Product.every.select_for_update(no_key=True).filter(pk__in=list(product_ids))
    return {product.pk: product for product in rows.order_by("pk")}


def product_lock(photo: Photo) -> Product | None:
    """Held until the transaction ends, so that two photos of one product settle in turn."""
    return Product.every.select_for_update(no_key=True).filter(pk=photo.product_id).first()
