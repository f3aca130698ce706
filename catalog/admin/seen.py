"""What was seen in a product's photos, as its admin pages show it. Call inside the scope."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from catalog.admin.framed import STATES
from catalog.admin.words import kind_label, language, term_label
from catalog.models import Garment, Photo, Product, Tag
from catalog.selectors import effective_tags
from catalog.shop_taxonomy import Value, shop_taxonomy
from vision.taxonomy import taxonomy

CARD_KINDS = ("category", "pattern", "style")
SOURCES = {
    Tag.Source.PERSON: _("Person"),
    Tag.Source.FEED: _("Feed"),
    Tag.Source.MODEL: _("Model"),
}


@dataclass(frozen=True)
class Said:
    """One statement about a product, and by whom."""

    kind: str
    label: str
    value: str
    value_label: str
    source: str
    percent: int | None
    unsure: bool
    revision: str
    others: tuple[str, ...]
    who: str = ""
    """The person, where it was one and is known still."""
    at: datetime | None = None

    @property
    def source_name(self) -> str:
        return str(SOURCES[Tag.Source(self.source)])

    @property
    def by(self) -> str:
        """Who said it, in a word or two: "87 %", a person's name, "Feed"."""
        if self.source == Tag.Source.MODEL and self.percent is not None:
            return f"{self.percent} %"
        return self.who or self.source_name

    @property
    def details(self) -> str:
        """Who said it, and when or by which revision."""
        return " · ".join(str(one) for one in (self.source_name, self.who, self.when) if one)

    @property
    def when(self) -> str:
        if self.source == Tag.Source.MODEL:
            return self.revision
        return date_format(localtime(self.at), "SHORT_DATETIME_FORMAT") if self.at else ""

    @classmethod
    def of(cls, tag: Tag) -> "Said":
        return cls(
            kind=tag.kind,
            label=kind_label(tag.kind),
            value=tag.value,
            value_label=term_label(tag.kind, tag.value),
            source=tag.source,
            percent=None if tag.probability is None else round(100 * tag.probability),
            unsure=tag.unsure and tag.source == Tag.Source.MODEL,
            revision=_revision(tag),
            others=tuple(
                f"{term_label(tag.kind, value)} {round(100 * share)} %"
                for value, share in tag.top
                if value != tag.value
            ),
            who=_who(tag) if tag.source == Tag.Source.PERSON else "",
            at=tag.at,
        )


def _revision(tag: Tag) -> str:
    """Of the bundle; and of the shop's own head, where that said it."""
    if tag.head is None:
        return tag.revision
    return gettext("your own head, version %(version)s") % {"version": tag.head}


def _who(tag: Tag) -> str:
    """Read with the tags (`select_related("by")`), or one query each."""
    person: Any = tag.by if tag.by_id else None
    return str(person.get_short_name() or person.email) if person is not None else ""


@dataclass(frozen=True)
class TagRow:
    """A head of a product: what holds, what else was said, and what a person may choose."""

    kind: str
    label: str
    holds: Said | None
    overruled: tuple[Said, ...]
    choices: tuple[tuple[str, str], ...]
    by_person: bool


@dataclass(frozen=True)
class Card:
    """A product as the list shows it."""

    product: Product
    photo: Photo | None
    said: tuple[Said, ...]
    palette: list[dict[str, Any]]
    state: str
    state_name: Any
    tone: str


def with_what_was_seen(products: QuerySet[Product]) -> QuerySet[Product]:
    """Four queries for any number of products."""
    return products.prefetch_related(
        "photos",
        Prefetch("tags", Tag.objects.filter(kind__in=CARD_KINDS).select_related("by")),
        Prefetch(
            "garments",
            Garment.objects.filter(is_product=True).defer("embedding", "tags").order_by("-area"),
        ),
    )


def card(product: Product) -> Card:
    photos = list(product.photos.all())
    held = holding(product.tags.all())
    garment = next(iter(product.garments.all()), None)
    state = state_of(photos)
    name, tone = STATES[Photo.State(state)] if state else (_("No photo"), "warn")
    return Card(
        product=product,
        photo=next((photo for photo in photos if photo.file), None),
        said=tuple(held[kind] for kind in CARD_KINDS if kind in held),
        palette=(garment.palette if garment else [])[:3],
        state=state,
        state_name=name,
        tone=tone,
    )


def state_of(photos: Iterable[Photo]) -> str:
    """The state that tells most about all photos together; "" where there is none."""
    states = {photo.state for photo in photos}
    order = (Photo.State.WORKING, Photo.State.PENDING, Photo.State.FAILED, Photo.State.DONE)
    return next((str(state) for state in order if state in states), "")


def holding(tags: Iterable[Tag]) -> dict[str, Said]:
    """The tag that counts for each kind."""
    return {kind: Said.of(tag) for kind, tag in effective_tags(tags).items()}


def tag_rows(product: Product) -> list[TagRow]:
    """A row for every head that says something about the product's category; for those that only
    some bundles have, where something was said."""
    tags = list(product.tags.select_related("by"))
    held = holding(tags)
    known = taxonomy()
    category = held["category"].value if "category" in held else ""
    if category not in known.categories:
        category = ""
    kinds = [*CARD_KINDS, "color"]
    kinds += [
        kind
        for kind, head in known.attributes.items()
        if category and known.fits(kind, category) and not head.optional
    ]
    kinds += sorted(set(held) - set(kinds))
    return [_tag_row(kind, category, held.get(kind), tags) for kind in kinds]


def choices_of(kind: str, category: str = "") -> tuple[tuple[str, str], ...]:
    """What a person may say of a kind, as (value, word); of an attribute what fits the category."""
    known = taxonomy()
    values = known.terms(kind) if kind in known.kinds else {}
    if category and kind in known.attributes:
        allowed = set(known.allowed(kind, category))
        values = {name: term for name, term in values.items() if name in allowed}
    own = shop_taxonomy()
    values = {name: term for name, term in values.items() if _offered(own.value(kind, name))}
    return tuple((name, term_label(kind, name)) for name in values)


def _tag_row(kind: str, category: str, holds: Said | None, tags: list[Tag]) -> TagRow:
    return TagRow(
        kind=kind,
        label=kind_label(kind),
        holds=holds,
        overruled=tuple(
            Said.of(tag)
            for tag in tags
            if tag.kind == kind and holds and tag.source != holds.source
        ),
        choices=choices_of(kind, category),
        by_person=bool(holds and holds.source == Tag.Source.PERSON),
    )


def _offered(value: Value | None) -> bool:
    return value is None or value.shown


def palette_of(product: Product) -> list[dict[str, Any]]:
    """The colours of the garment that is sold: name, hex and share, in the reader's language."""
    garment = product.garments.filter(is_product=True).order_by("-area").first()
    lang = language()
    return [
        {
            **color,
            "label": color.get("name_ko" if lang == "ko" else "name", ""),
            "family_label": term_label("color", color.get("family", "")),
            "percent": round(100 * color.get("share", 0)),
        }
        for color in (garment.palette if garment else [])
    ]
