"""A person points at the garment of a photo that the product is, or takes that back."""

from django.utils import timezone

from catalog.models import Garment, Photo, PhotoChoice, Product
from catalog.services.garments import garments_settle
from tenants.models import User


def garment_point(*, garment: Garment, by: User | None) -> PhotoChoice:
    """This garment is the product in its photo; other photos and later bundles find their own.

    Kept as a place in the photo, so that it survives re-tagging.
    """
    photo = Photo.objects.get(pk=garment.photo_id)
    choice, _ = PhotoChoice.objects.update_or_create(
        photo=photo,
        defaults={
            "box": list(garment.box),
            "region": garment.region,
            "digest": photo.digest,
            "by": by,
            "at": timezone.now(),
        },
    )
    garments_settle(product=Product.objects.get(pk=photo.product_id))
    return choice


def garment_unpoint(*, photo: Photo) -> bool:
    """Nobody says which garment it is any more; False where nobody did."""
    count, _ = PhotoChoice.objects.filter(photo=photo).delete()
    if count:
        garments_settle(product=Product.objects.get(pk=photo.product_id))
    return bool(count)
