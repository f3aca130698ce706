"""Photos as the admin shows them: their state, why they failed, the garments' boxes over them."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from catalog.admin.words import term_label
from catalog.models import Garment, Photo, Product, SearchIndex

NO_PHOTO = format_html('<span class="{}"></span>', "thumb none")
# A label in a photo is so many times smaller than the photo is wide.
LABEL_SHARE = 22
STATES = {
    Photo.State.PENDING: (_("Waiting"), ""),
    Photo.State.WORKING: (_("Being tagged"), ""),
    Photo.State.DONE: (_("Tagged"), "good"),
    Photo.State.FAILED: (_("Failed"), "bad"),
}

# What a code means to a person; `Photo.detail` has the particulars.
REASONS = {
    "not_an_image": _("This is not an image."),
    "empty": _("The file is empty."),
    "too_large": _("The file is too large."),
    "unsupported_format": _("This kind of image is not read."),
    "too_many_pixels": _("The image has too many pixels."),
    "too_small": _("The image is too small."),
    "truncated": _("The image is cut off."),
    "too_costly": _("Opening the image takes too much time or memory."),
    "decoder_died": _("Opening the image ended the program that opens images."),
    "url_refused": _("The address may not be fetched."),
    "url_failed": _("The address did not answer with a photo."),
    "over_quota": _("This month's tagged photos are used up."),
}


@dataclass(frozen=True)
class Framed:
    """A photo with the boxes of its garments, in pixels of the photo."""

    photo: Photo
    state_name: Any
    tone: str
    why: str
    boxes: tuple[dict[str, Any], ...]
    chosen: bool = False
    """A person said which of its garments is the product."""


def framed_photos(product: Product) -> list[Framed]:
    """A product's photos with the boxes of the bundle that the shop is searched with."""
    photos = product.photos.prefetch_related(
        Prefetch("garments", Garment.objects.defer("embedding", "tags").order_by("-area")),
        "choices",
    )
    held = SearchIndex.objects.filter(shop_id=product.shop_id)
    live = held.values_list("live_revision", flat=True).first() or ""
    return [
        Framed(
            photo,
            *STATES[Photo.State(photo.state)],
            why(photo),
            tuple(_boxes(photo, live)),
            any(choice.digest == photo.digest for choice in photo.choices.all()),
        )
        for photo in photos
    ]


def why(photo: Photo) -> str:
    """Why a photo failed, in words; "" where it did not."""
    words = str(REASONS.get(photo.reason, ""))
    return f"{words} {photo.detail}".strip() if photo.reason else ""


def _boxes(photo: Photo, live: str) -> Iterable[dict[str, Any]]:
    size = max(12, (photo.width or 0) // LABEL_SHARE)
    garments = list(photo.garments.all())
    revision = live if any(one.revision == live for one in garments) else photo.revision
    for garment in garments:
        if garment.revision != revision:
            continue
        x0, y0, x1, y1 = garment.box
        yield {
            "garment": garment,
            "x": x0,
            "y": y0,
            "width": x1 - x0,
            "height": y1 - y0,
            "label": term_label("category", garment.category),
            "text_x": x0 + size // 2,
            "text_y": y0 + size * 3 // 2,
            "text_size": size,
        }
