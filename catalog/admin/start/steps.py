"""How far a shop's owner has come: read from the rows, wherever they were made."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from catalog.admin.seen import card, with_what_was_seen
from catalog.models import ImportRun, Photo, Product
from catalog.selectors import PhotoProgress, photo_progress
from tenants.models import Shop

SHOP, CATALOGUE, PHOTOS, SNIPPET = 1, 2, 3, 4
NAMES = {
    SHOP: _("Your shop"),
    CATALOGUE: _("Catalogue"),
    PHOTOS: _("First photos"),
    SNIPPET: _("Your pages"),
}
FIRST_PHOTOS = 12
RUNNING = (ImportRun.State.PENDING, ImportRun.State.WORKING)


@dataclass(frozen=True)
class Step:
    number: int
    name: Any
    done: bool


@dataclass(frozen=True)
class LeadIn:
    steps: tuple[Step, ...]
    next: int
    """The first step that is not done; the last one where all are."""
    ended: bool
    """Done, or put away: nobody is led any more."""


def lead_in(shop: Shop, photos: PhotoProgress | None = None) -> LeadIn:
    """Three queries, fewer with the `photos` that are known already; in the shop's scope."""
    photos = photos or photo_progress()
    done = {
        SHOP: bool(shop.site),
        CATALOGUE: photos.total > 0 or Product.objects.exists() or _is_running(),
        PHOTOS: photos.done > 0 and photos.waiting == 0,
        SNIPPET: shop.snippet_seen_at is not None,
    }
    steps = tuple(Step(number, name, done[number]) for number, name in NAMES.items())
    undone = [step.number for step in steps if not step.done]
    ended = not undone or shop.start_closed_at is not None
    return LeadIn(steps, undone[0] if undone else SNIPPET, ended)


def lead_in_on_today(shop: Shop, photos: PhotoProgress) -> LeadIn | None:
    """What Today links to; None (without a query) for a shop whose owner put it away."""
    if shop.start_closed_at is not None:
        return None
    found = lead_in(shop, photos)
    return None if found.ended else found


def first_photos(photos: PhotoProgress | None = None) -> dict[str, Any]:
    """What the third step shows and its page polls: how far, and the first tagged products."""
    photos = photos or photo_progress()
    running = _is_running()
    return {
        "share": (photos.done + photos.failed) / photos.total if photos.total else 0,
        "text": _said(photos, running),
        "ended": photos.total > 0 and photos.waiting == 0 and not running,
        "photos": _cards(),
        "failed": photos.failed,
    }


def _is_running() -> bool:
    return ImportRun.objects.filter(state__in=RUNNING, dry=False).exists()


def _said(photos: PhotoProgress, running: bool) -> str:
    if not photos.total:
        return gettext("The file is being read.") if running else gettext("No photo yet.")
    text = ngettext(
        "%(done)d of %(total)d photo tagged", "%(done)d of %(total)d photos tagged", photos.total
    )
    return text % {"done": photos.done, "total": photos.total}


def _cards() -> list[dict[str, Any]]:
    tagged = Photo.objects.filter(state=Photo.State.DONE).exclude(file="").order_by("id")
    first = list(dict.fromkeys(tagged.values_list("product_id", flat=True)[: FIRST_PHOTOS * 2]))
    products = with_what_was_seen(Product.objects.filter(pk__in=first[:FIRST_PHOTOS]))
    return [
        {
            "id": shown.product.pk,
            "title": shown.product.title,
            "image": shown.photo.file.url,
            "tags": " · ".join(said.value_label for said in shown.said),
            "page": reverse("admin:catalog_product_change", args=[shown.product.pk]),
        }
        for shown in (card(product) for product in products.order_by("pk"))
        if shown.photo is not None
    ]
