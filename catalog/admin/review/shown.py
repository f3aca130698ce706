"""Questions and photos as the review's pages show them. Call inside the scope."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import Http404

from catalog.admin.seen import choices_of
from catalog.admin.words import kind_label, term_label
from catalog.models import Garment, Photo, Product, Tag
from catalog.selectors import effective_tags
from catalog.services.reviews.queue import Question, kinds
from tenants.models import Shop

MOST_SKIPPED = 200
TOP = 3


@dataclass(frozen=True)
class Shown:
    """The photo that a product is recognised by, with the product's box in it."""

    photo: Photo
    x: int
    y: int
    width: int
    height: int
    garment: Garment

    @classmethod
    def of(cls, garment: Garment) -> "Shown":
        x0, y0, x1, y1 = garment.box
        return cls(garment.photo, x0, y0, x1 - x0, y1 - y0, garment)


@dataclass(frozen=True)
class Choice:
    number: int
    value: str
    label: str
    percent: int | None
    guess: bool


@dataclass(frozen=True)
class Asked:
    """One question as its page shows it."""

    product: Product
    kind: str
    label: str
    guess: str
    guess_label: str
    percent: int | None
    unsure: bool
    sampled: bool
    revision: str
    choices: tuple[Choice, ...]
    shown: Shown | None


def kind_or_404(kind: str) -> str:
    if kind not in kinds():
        raise Http404("no such kind of tag")
    return kind


def skipped(text: str) -> list[int]:
    """Product ids of an address, the last ones."""
    return [int(one) for one in text.split(",") if one.isdecimal() and len(one) < 19][
        -MOST_SKIPPED:
    ]


def asked(questions: Sequence[Question], *, shop: Shop) -> list[Asked]:
    """Two queries for any number of questions."""
    ids = [one.tag.product_id for one in questions]
    photos = shown_of(ids, shop=shop)
    categories = categories_of(ids)
    return [
        _asked(one, photos.get(one.tag.product_id), categories.get(one.tag.product_id, ""))
        for one in questions
    ]


def shown_of(product_ids: Iterable[int], *, shop: Shop) -> dict[int, Shown]:
    """By product, the garment of its first photo that shows it, of the live revision if it is
    among them."""
    held = getattr(shop, "search_index", None)
    live = held.live_revision if held is not None else ""
    rows = (
        Garment.objects.filter(product_id__in=list(product_ids), is_product=True)
        .select_related("photo")
        .defer("embedding", "palette", "tags", "shades")
        .order_by("photo__position", "id")
    )
    found: dict[int, Garment] = {}
    for row in rows:
        before = found.get(row.product_id)
        if before is None or (before.revision != live and row.revision == live):
            found[row.product_id] = row
    return {product_id: Shown.of(row) for product_id, row in found.items() if row.photo.file}


def categories_of(product_ids: Iterable[int]) -> dict[int, str]:
    """By product, the category that holds."""
    tags: dict[int, list[Tag]] = {}
    for tag in Tag.objects.filter(product_id__in=list(product_ids), kind="category"):
        tags.setdefault(tag.product_id, []).append(tag)
    return {one: effective_tags(held)["category"].value for one, held in tags.items()}


def _asked(question: Question, shown: Shown | None, category: str) -> Asked:
    tag = question.tag
    return Asked(
        product=tag.product,
        kind=tag.kind,
        label=kind_label(tag.kind),
        guess=tag.value,
        guess_label=term_label(tag.kind, tag.value),
        percent=_percent(tag.probability),
        unsure=tag.unsure,
        sampled=question.sampled,
        revision=tag.revision,
        choices=tuple(_choices(tag, "" if tag.kind == "category" else category)),
        shown=shown,
    )


def _choices(tag: Tag, category: str) -> Iterable[Choice]:
    """The model's word first, then its next ones, then all others in the taxonomy's order."""
    shares: Mapping[str, float] = dict(tag.top)
    labels = dict(choices_of(tag.kind, category))
    labels.setdefault(tag.value, term_label(tag.kind, tag.value))
    first = [tag.value, *(value for value in shares if value in labels and value != tag.value)]
    order = [*first[:TOP], *(value for value in labels if value not in first[:TOP])]
    for number, value in enumerate(order, 1):
        share = shares.get(value)
        if share is None and value == tag.value:
            share = tag.probability
        yield Choice(number, value, labels[value], _percent(share), value == tag.value)


def _percent(share: Any) -> int | None:
    return None if share is None else round(100 * float(share))
