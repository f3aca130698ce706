"""Garments: the only place that writes their rows and their filter columns."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.db.models import OuterRef, Subquery

from catalog.holding import gender_that_holds, tags_that_hold
from catalog.models import Garment, Product, ProductSeen, SearchIndex, ShopHead, Tag
from catalog.services.choosing import brand_rules, chosen_by, model_word, photo_choices
from catalog.services.facets import facets_of, facets_put
from catalog.services.folds import folds_settle
from catalog.services.postings import postings_due
from catalog.services.reviews.priority import tags_mark, thresholds
from catalog.services.tag_rows import tags_upsert
from catalog.services.teaching.answering import heads_newest, told_by_heads
from catalog.services.teaching.following import classes_follow, classes_ready
from tenants.bulk import rows_update
from tenants.scope import current_shop_id
from vision.types import WHOLE_PHOTO

FILTERS = ("category", "pattern", "style", "color_family", "gender")
DECIMALS = 4


def garments_settle(*, product: Product) -> None:
    """`products_settle` of one."""
    products_settle(products=[product])


def products_settle(*, products: Sequence[Product]) -> None:
    """Bring products' garments and model tags in step with their photos, tags and price.

    1. Which garment of each photo is the product, each bundle's revision judged by itself.
    2. The model's tags of the product, from its first photo that shows it, as the revision says
       that the shop is searched with, marked as waiting for a person or not.
    3. The filter columns: on the product's garments the tag that counts (where the model is
       unsure of the category, the one that the title names), on the others what was seen.
    4. Which other product it looks the same as, and its facets beside those columns.
    5. Its terms are due: tags are among them.

    A product that is gone is settled when it comes back. A dozen statements for however many
    products, and a few more for each that looks the same as another.
    """
    there = [product for product in products if product.gone_at is None]
    if not there:
        return
    world = _World(there)
    settled = [_Settled(product, world) for product in there]
    rows_update(Garment, _COLUMNS, [row for one in settled for row in one.changed])
    folds_settle(product_ids=[one.product.pk for one in settled if one.changed])
    obsolete = [pk for one in settled for pk in one.obsolete]
    if obsolete:
        Tag.objects.filter(pk__in=obsolete).delete()
    tags_upsert(tag for one in settled for tag in one.model_tags)
    facets_put(wanted={one.product.pk: one.facets for one in settled})
    shown = {one.product.pk: one.clear for one in settled if one.clear is not None}
    classes_follow(clear=shown, classes=world.classes)
    postings_due(product_ids=[product.pk for product in there])


_COLUMNS = ("is_product", "selling_price", "in_stock", "variant_group", *FILTERS)


class _World:
    """What settling reads, of all the products at once."""

    def __init__(self, products: Sequence[Product]) -> None:
        ids = [product.pk for product in products]
        self.rows: dict[int, list[Garment]] = {pk: [] for pk in ids}
        self.heads, self.classes = heads_newest(), classes_ready()
        garments = Garment.objects.filter(product_id__in=ids).select_related("photo")
        if not (self.heads or self.classes):
            garments = garments.defer("embedding")
        for row in garments.order_by("photo__position", "id"):
            self.rows[row.product_id].append(row)
        self.tags: dict[int, list[Tag]] = {pk: [] for pk in ids}
        for tag in Tag.objects.filter(product_id__in=ids):
            self.tags[tag.product_id].append(tag)
        found: list[Any] = [row for rows in self.rows.values() for row in rows]
        self.choices = photo_choices(row.photo for row in found)
        seen_ones = {product.brand for product in products if self.rows[product.pk]}
        self.rules = {brand: brand_rules(brand) for brand in seen_ones if brand}
        self.limits = thresholds() if found else {}
        looked = ProductSeen.objects.filter(product_id__in=ids) if found else ()
        self.seen = {one.product_id: one.seen for one in looked}
        revisions = {row.revision for row in found}
        self.live = live_revision_kept() if len(revisions) > 1 else ""


class _Settled:
    """What one product's garments, tags and facets shall be."""

    def __init__(self, product: Product, world: _World) -> None:
        self.product = product
        rows, tags = world.rows[product.pk], world.tags[product.pk]
        said = [tag for tag in tags if tag.source != Tag.Source.MODEL]
        rules = world.rules.get(product.brand, {})
        chosen = chosen_by(product, rows, said, choices=world.choices, rules=rules)
        shown = [row for row in rows if row.pk in chosen]
        told = {
            revision: words_of(
                product, [row for row in shown if row.revision == revision], world.heads
            )
            for revision in {row.revision for row in shown}
        }
        for model in told.values():
            seen = world.seen.get(product.pk, 0)
            tags_mark(model, said=said, limits=world.limits, seen=seen)
        counted = {one: tags_that_hold(product, [*said, *model]) for one, model in told.items()}
        self.changed = list(self._changed(rows, chosen, counted))
        leading = _leading(shown, world.live)
        sold = [row for row in shown if row.revision == leading]
        self.clear = clearest(sold) if sold else None
        self.model_tags = told.get(leading, [])
        kept = {tag.kind for tag in self.model_tags}
        mine = [tag for tag in tags if tag.source == Tag.Source.MODEL]
        self.obsolete = [tag.pk for tag in mine if tag.kind not in kept]
        held = counted.get(leading) or tags_that_hold(product, said)
        self.facets = facets_of(product, held)

    def _changed(
        self, rows: Sequence[Garment], chosen: set[int], counted: dict[str, dict[str, Tag]]
    ) -> Iterator[tuple[Any, ...]]:
        for row in rows:
            is_product = row.pk in chosen
            tags = counted[row.revision] if is_product else {}
            wanted = _filters(self.product, row, tags) | {"is_product": is_product}
            if any(getattr(row, name) != value for name, value in wanted.items()):
                yield (row.pk, *(wanted[name] for name in _COLUMNS))


def garments_follow_products(*, product_ids: Sequence[int]) -> None:
    """Copy price, stock and variant group of these products to their garments, in one go."""
    product = Product.every.filter(pk=OuterRef("product_id"))
    rows = Garment.objects.filter(product_id__in=product_ids)
    rows.update(
        selling_price=Subquery(product.values("selling_price")[:1]),
        in_stock=Subquery(product.values("in_stock")[:1]),
        variant_group=Subquery(product.values("variant_group")[:1]),
    )


def words_of(
    product: Product, rows: list[Garment], heads: Mapping[str, ShopHead] | None = None
) -> list[Tag]:
    """What the model says of the product, unsaved, from the clearest of one revision's garments;
    with `heads`, the shop's own answer in the place of the bundle's."""
    clear = clearest(rows)
    tags = [
        Tag(
            product=product,
            kind=head,
            value=said["value"],
            source=Tag.Source.MODEL,
            probability=said["probability"],
            unsure=said["unsure"],
            top=said["top"],
            revision=clear.revision,
        )
        for head, said in clear.tags.items()
    ]
    told_by_heads(tags, clear, heads or {})
    return [*tags, _color_tag(product, clear)]


def clearest(rows: Sequence[Garment]) -> Garment:
    """The first in which a garment was made out."""
    return next((row for row in rows if row.region != WHOLE_PHOTO), rows[0])


def live_revision_kept() -> str:
    """The revision that the shop in scope is searched with, as it is written down."""
    live = SearchIndex.objects.filter(shop_id=current_shop_id())
    return str(live.values_list("live_revision", flat=True).first() or "")


def _leading(rows: list[Garment], live: str) -> str:
    """The revision whose word the product's tags are: the live one, where another is being made
    beside it, else the one that saw last."""
    if live in {row.revision for row in rows}:
        return live
    return max(rows, key=_seen_at).revision if rows else ""


def _seen_at(row: Garment) -> float:
    photo: Any = row.photo
    return photo.tagged_at.timestamp() if photo.tagged_at else 0.0


def _color_tag(product: Product, row: Garment) -> Tag:
    """Colour is measured, not guessed: its shares stand where a head has probabilities. The family
    that a person would name first is the value."""
    shares: dict[str, float] = {}
    for color in row.palette:
        shares[color["family"]] = shares.get(color["family"], 0.0) + color["share"]
    first = row.palette[0]["family"]
    top = sorted(shares.items(), key=lambda one: (one[0] != first, -one[1]))[:3]
    return Tag(
        product=product,
        kind="color",
        value=top[0][0],
        source=Tag.Source.MODEL,
        unsure=row.region == WHOLE_PHOTO,
        top=[[family, round(share, DECIMALS)] for family, share in top],
        revision=row.revision,
    )


def _filters(product: Product, row: Garment, counted: dict[str, Tag]) -> dict[str, Any]:
    """The filter columns of a row; `counted` are the product's tags if the row is the product."""

    def word(kind: str, column: str) -> str:
        return counted[kind].value if kind in counted else column

    seen_color = row.palette[0]["family"] if row.palette else row.color_family
    return {
        "category": word("category", model_word(row, "category") or row.category),
        "pattern": word("pattern", model_word(row, "pattern") or row.pattern),
        "style": word("style", model_word(row, "style")),
        "color_family": word("color", seen_color),
        "gender": gender_that_holds(product, counted.get("gender")),
        "selling_price": product.price if product.sale_price is None else product.sale_price,
        "in_stock": product.in_stock,
        "variant_group": product.variant_group,
    }
