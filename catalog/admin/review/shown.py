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
from catalog.shop_taxonomy import shop_taxonomy
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
    shares = _shares(tag)
    guess = _guess(tag, shares)
    sure = None if tag.probability is None else shares.get(guess, tag.probability)
    return Asked(
        product=product,
        kind=tag.kind,
        label=kind_label(tag.kind),
        guess=guess,
        guess_label=term_label(tag.kind, guess) if guess else "",
        percent=_percent(sure) if guess else None,
        unsure=tag.unsure,
        sampled=question.sampled,
        revision=tag.revision,
        choices=tuple(_choices(tag, guess, shares, category)),
        shown=shown,
    )


def _shares(tag: Tag) -> dict[str, float]:
    """How likely the model calls each value, the likeliest first, as the shop has them: what it
    merged counts together, what it hides is left out."""
    own = shop_taxonomy()
    found: dict[str, float] = {}
    for value, share in tag.top:
        if not own.is_hidden(tag.kind, value):
            counts = own.counts_as(tag.kind, value)
            found[counts] = found.get(counts, 0.0) + float(share)
    return found


def _guess(tag: Tag, shares: Mapping[str, float]) -> str:
    """The model's word as the shop has it; the likeliest other where the shop hides it, "" where
    the model named none."""
    own = shop_taxonomy()
    if not own.is_hidden(tag.kind, tag.value):
        return own.counts_as(tag.kind, tag.value)
    return next(iter(shares), "")


def _choices(tag: Tag, guess: str, shares: Mapping[str, float], category: str) -> Iterable[Choice]:
    """The guess first, then the model's next ones, then all others in the taxonomy's order."""
    labels = dict(choices_of(tag.kind, category))
    if guess:
        labels.setdefault(guess, term_label(tag.kind, guess))
    first = [one for one in dict.fromkeys([guess, *shares]) if one in labels][:TOP]
    order = [*first, *(value for value in labels if value not in first)]
    for number, value in enumerate(order, 1):
        share = shares.get(value)
        if share is None and value == guess:
            share = tag.probability
        yield Choice(number, value, labels[value], _percent(share), value == guess)


def _percent(share: Any) -> int | None:
    return None if share is None else round(100 * float(share))
