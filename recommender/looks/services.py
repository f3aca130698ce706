"""Making looks: the row, its pieces and its photo. Call them inside the shop's scope."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone
from django.utils.text import slugify

from catalog.models import Product
from catalog.services.photos import StoredPhoto, photo_store
from recommender.memory import REMEMBERED, digest_of, remember
from recommender.models import Look, LookItem, QueryMemory
from recommender.query import Query
from tenants import outbox
from tenants.models import Outbox
from vision.types import Box

FOLDER = "looks"
SLUG_LENGTH = 70
"""Of a slug made from a title: room is left for a number behind it."""
NOTHING_SEEN: dict[str, Any] = {"garments": [], "embeddings": b"", "revision": "", "reason": ""}


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece of a look: a product of the shop by its id, or words, or both.

    `box` is where it lies in the photo, in pixels: it is looked at there, and not searched for.
    """

    product_id: int | None = None
    box: Box | None = None
    description: str = ""
    translations: Mapping[str, Any] = field(default_factory=dict)


def look_photo_store(*, shop_id: int, data: bytes) -> StoredPhoto:
    """Check a look's photo and keep it. Call it outside any scope. Raises vision.ImageRejected."""
    return photo_store(shop_id=shop_id, data=data, folder=FOLDER)


def look_put(
    *,
    slug: str,
    title: str,
    story: str = "",
    translations: Mapping[str, Any] | None = None,
    position: int = 0,
    pieces: Sequence[Piece] = (),
    photo: StoredPhoto | None = None,
) -> Look:
    """Make the look of this slug, or make the one that is there say this."""
    look, _ = Look.objects.update_or_create(
        slug=slug,
        defaults={
            "title": title,
            "story": story,
            "translations": dict(translations or {}),
            "position": position,
        },
    )
    look_items_set(look=look, pieces=pieces)
    return look if photo is None else look_photo_set(look=look, photo=photo)


def look_items_set(*, look: Look, pieces: Sequence[Piece]) -> None:
    """The pieces of a look, in order. One of a product alone is called by the product's title."""
    former = LookItem.objects.filter(look=look, box__isnull=False).exists()
    named = Product.objects.in_bulk([one.product_id for one in pieces if one.product_id])
    LookItem.objects.filter(look=look).delete()
    LookItem.objects.bulk_create(
        LookItem(
            look=look,
            product_id=piece.product_id,
            position=position,
            box=piece.box and list(piece.box),
            **_words(piece, named.get(piece.product_id or 0)),
        )
        for position, piece in enumerate(pieces)
    )
    if look.photo and (former or any(piece.box for piece in pieces)):
        look_announce(look=look)


def look_photo_set(*, look: Look, photo: StoredPhoto) -> Look:
    """Give a look its photo; the worker finds the garments in it. The same bytes stay as seen."""
    if look.digest == photo.digest and look.photo:
        return look
    Look.objects.filter(pk=look.pk).update(
        photo=photo.name,
        digest=photo.digest,
        width=photo.width,
        height=photo.height,
        **NOTHING_SEEN,
    )
    look_announce(look=look)
    # Read anew and not refreshed, which would open the file for its size.
    return Look.objects.get(pk=look.pk)


def look_announce(*, look: Look) -> None:
    """Let the worker look at the photo of this look (again)."""
    outbox.announce(shop_id=look.shop_id, topic=outbox.LOOK, object_ids=[look.pk])


def look_renew(*, look: Look, revision: str) -> None:
    """Announce a look that another bundle than the shop's live one has seen, unless it waits."""
    if not look.photo or look.revision in ("", revision):
        return
    waiting = Outbox.objects.filter(shop=look.shop_id, topic=outbox.LOOK, object_id=look.pk)
    if not waiting.exists():
        look_announce(look=look)


def look_remember(*, look: Look, query: Query) -> Query:
    """The look's photo under a name that searches take, for half an hour from now.

    The name is that of what was seen, not of the photo's bytes: a shopper who sends the same
    photo may be shown other garments in another order.
    """
    name = digest_of(b"look" + bytes(look.embeddings))
    named = remember(query, digest=name, revision=look.revision)
    remembered = QueryMemory.objects.filter(image_id=named.image_id)
    remembered.update(expires_at=timezone.now() + REMEMBERED)
    return named


def slug_for(title: str, *, taken_by: int | None = None) -> str:
    """A free slug of the shop in scope; a title without a Latin letter is `look`."""
    base = slugify(title)[:SLUG_LENGTH].strip("-") or "look"
    others = Look.objects.exclude(pk=taken_by).filter(slug__startswith=base)
    taken = set(others.values_list("slug", flat=True))
    numbered = (f"{base}-{number}" for number in range(2, len(taken) + 3))
    return next(slug for slug in (base, *numbered) if slug not in taken)


def item_words(product: Product) -> dict[str, Any]:
    """What a piece is called after its product: its title, in every language that has one."""
    titles = {
        language: {"description": told["title"]}
        for language, told in product.translations.items()
        if told.get("title")
    }
    return {"description": product.title, "translations": titles}


def _words(piece: Piece, product: Product | None) -> dict[str, Any]:
    if product is not None and not piece.description:
        return item_words(product)
    return {"description": piece.description, "translations": dict(piece.translations)}
