"""Garments: the only place that writes their rows and their filter columns."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from django.db.models import OuterRef, Subquery

from catalog.holding import gender_that_holds, tags_that_hold
from catalog.models import Garment, Photo, Product, SearchIndex, Tag
from catalog.services.choosing import garments_chosen, model_word
from catalog.services.facets import facets_of, facets_put
from catalog.services.folds import fold_settle
from catalog.services.postings import postings_due
from catalog.services.reviews.priority import seen_of, tags_mark, thresholds
from catalog.services.tag_rows import tags_upsert
from catalog.shades import packed
from vision.types import WHOLE_PHOTO, Analysis, Prediction
from vision.types import Garment as SeenGarment

FILTERS = ("category", "pattern", "style", "color_family", "gender")
DECIMALS = 4


def garments_write(*, photo: Photo, analysis: Analysis, zoom: float = 1.0) -> None:
    """Write what was seen in a photo, in the place of what the same bundle saw before.

    `zoom` leads from the analysed pixels to those of the full photo. The product must be settled
    afterwards, in the same transaction.
    """
    Garment.objects.filter(photo=photo, revision=analysis.revision).delete()
    Garment.objects.bulk_create(
        Garment(
            product_id=photo.product_id,
            photo_id=photo.pk,
            revision=analysis.revision,
            region=seen.region,
            box=[round(edge * zoom) for edge in seen.box],
            area=seen.area,
            is_product=False,
            embedding=seen.embedding,
            palette=(palette := [asdict(color) for color in seen.palette]),
            shades=packed(palette),
            tags={head: _as_json(said) for head, said in seen.tags.items()},
            **_own_filters(seen),
        )
        for seen in analysis.garments
    )


def garments_settle(*, product: Product) -> None:
    """Bring a product's garments and model tags in step with its photos, tags and price.

    1. Which garment of each photo is the product, each bundle's revision judged by itself.
    2. The model's tags of the product, from its first photo that shows it, as the revision says
       that the shop is searched with, marked as waiting for a person or not.
    3. The filter columns: on the product's garments the tag that counts (where the model is
       unsure of the category, the one that the title names), on the others what was seen.
    4. Which other product it looks the same as, and its facets beside those columns.
    5. Its terms are due: tags are among them.
    """
    rows = list(
        Garment.objects.filter(product=product)
        .select_related("photo")
        .defer("embedding")
        .order_by("photo__position", "id")
    )
    said = [tag for tag in Tag.objects.filter(product=product) if tag.source != Tag.Source.MODEL]
    chosen = garments_chosen(product, rows, said)
    shown = [row for row in rows if row.pk in chosen]
    told = {
        revision: words_of(product, [row for row in shown if row.revision == revision])
        for revision in {row.revision for row in shown}
    }
    if told:
        limits, seen = thresholds(), seen_of(product.pk)
        for tags in told.values():
            tags_mark(tags, said=said, limits=limits, seen=seen)
    counted = {revision: tags_that_hold(product, [*said, *tags]) for revision, tags in told.items()}
    changed = []
    for row in rows:
        is_product = row.pk in chosen
        tags = counted[row.revision] if is_product else {}
        wanted = _filters(product, row, tags) | {"is_product": is_product}
        if any(getattr(row, name) != value for name, value in wanted.items()):
            for name, value in wanted.items():
                setattr(row, name, value)
            changed.append(row)
    fields = ["is_product", "selling_price", "in_stock", "variant_group", *FILTERS]
    Garment.objects.bulk_update(changed, fields, batch_size=500)
    if changed:
        fold_settle(product_id=product.pk)
    leading = _leading(shown)
    _model_tags_write(product, told.get(leading, []))
    held = counted.get(leading) or tags_that_hold(product, said)
    facets_put(wanted={product.pk: facets_of(product, held)})
    postings_due(product_ids=[product.pk])


def garments_follow_products(*, product_ids: Sequence[int]) -> None:
    """Copy price, stock and variant group of these products to their garments, in one go."""
    product = Product.objects.filter(pk=OuterRef("product_id"))
    rows = Garment.objects.filter(product_id__in=product_ids)
    rows.update(
        selling_price=Subquery(product.values("selling_price")[:1]),
        in_stock=Subquery(product.values("in_stock")[:1]),
        variant_group=Subquery(product.values("variant_group")[:1]),
    )


def words_of(product: Product, rows: list[Garment]) -> list[Tag]:
    """What the model says of the product, unsaved, from the clearest of one revision's garments."""
    clear = next((row for row in rows if row.region != WHOLE_PHOTO), rows[0])
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
    return [*tags, _color_tag(product, clear)]


def _model_tags_write(product: Product, tags: list[Tag]) -> None:
    """In the place of those before; without garments there are none."""
    held = Tag.objects.filter(product=product, source=Tag.Source.MODEL)
    held.exclude(kind__in=[tag.kind for tag in tags]).delete()
    tags_upsert(tags)


def _leading(rows: list[Garment]) -> str:
    """The revision whose word the product's tags are: the live one, where another is being made
    beside it, else the one that saw last."""
    revisions = {row.revision for row in rows}
    if len(revisions) > 1:
        live = SearchIndex.objects.filter(shop_id=rows[0].shop_id)
        held = live.values_list("live_revision", flat=True).first()
        if held in revisions:
            return str(held)
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


def _own_filters(seen: SeenGarment) -> dict[str, Any]:
    return {
        "category": seen.category,
        "pattern": seen.pattern,
        "style": seen.style,
        "color_family": seen.palette[0].family,
    }


def _as_json(said: Prediction) -> dict[str, Any]:
    return {
        "value": said.value,
        "probability": round(said.probability, DECIMALS),
        "top": [[value, round(share, DECIMALS)] for value, share in said.top],
        "unsure": said.unsure,
    }
