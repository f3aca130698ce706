"""Questions and photos as the review's pages show them. Call inside the scope."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef
from django.http import Http404

from catalog.admin.seen import choices_of
from catalog.admin.words import kind_label, term_label
from catalog.models import Garment, Photo, Product, SearchIndex, Tag
from catalog.services.reviews.queue import Question, kinds
from tenants.models import Shop
from vision.taxonomy import taxonomy

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
        photo: Any = garment.photo
        return cls(photo, x0, y0, x1 - x0, y1 - y0, garment)


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
    """One query for any number of questions."""
    photos = shown_of([one.tag.product_id for one in questions], shop=shop)
    return [_asked(one, photos.get(one.tag.product_id)) for one in questions]


def shown_of(product_ids: Iterable[int], *, shop: Shop) -> dict[int, Shown]:
    """By product, the garment of its first photo that shows it, of the live revision if it is
    among them."""
    live = SearchIndex.objects.filter(shop=shop, live_revision=OuterRef("revision"))
    rows = (
        Garment.objects.filter(product_id__in=list(product_ids), is_product=True)
        .select_related("photo")
        .defer("embedding", "palette", "tags", "shades")
        .order_by(Exists(live).desc(), "photo__position", "id")
    )
    found: dict[int, Garment] = {}
    for row in rows:
        found.setdefault(row.product_id, row)
    shown = {product_id: Shown.of(row) for product_id, row in found.items()}
    return {product_id: one for product_id, one in shown.items() if one.photo.file}


def _asked(question: Question, shown: Shown | None) -> Asked:
    tag = question.tag
    product: Any = tag.product
    # The category that holds stands in the garment's row.
    category = shown.garment.category if shown and tag.kind != "category" else ""
    if category not in taxonomy().categories:
        category = ""
    return Asked(
        product=product,
        kind=tag.kind,
        label=kind_label(tag.kind),
        guess=tag.value,
        guess_label=term_label(tag.kind, tag.value),
        percent=_percent(tag.probability),
        unsure=tag.unsure,
        sampled=question.sampled,
        revision=tag.revision,
        choices=tuple(_choices(tag, category)),
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
