"""Tag rows in bulk, as the feed and the model say them: one a product, kind and source."""

from collections.abc import Iterable, Mapping

from catalog.models import Tag


def feed_tags_write(*, wanted: Mapping[int, Mapping[str, str]]) -> set[int]:
    """Make the feed's tags of these products (by id) be exactly these; the ids that changed.

    The caller settles the garments of the changed products.
    """
    held: dict[int, dict[str, str]] = {product_id: {} for product_id in wanted}
    rows = Tag.objects.filter(product_id__in=list(wanted), source=Tag.Source.FEED)
    for product_id, kind, value in rows.values_list("product_id", "kind", "value"):
        held[product_id][kind] = value
    changed = {one for one, tags in wanted.items() if dict(tags) != held[one]}
    for product_id in changed:
        gone = set(held[product_id]) - set(wanted[product_id])
        if gone:
            rows.filter(product_id=product_id, kind__in=gone).delete()
    tags_upsert(
        Tag(product_id=product_id, kind=kind, value=value, source=Tag.Source.FEED)
        for product_id in sorted(changed)
        for kind, value in wanted[product_id].items()
        if held[product_id].get(kind) != value
    )
    return changed


def tags_upsert(tags: Iterable[Tag]) -> None:
    """Write tags, in the place of those of the same product, kind and source."""
    fields = ["value", "probability", "unsure", "top", "revision", "head", "at"]
    Tag.objects.bulk_create(
        tags,
        update_conflicts=True,
        unique_fields=["shop", "product", "kind", "source"],
        update_fields=fields,
        batch_size=1000,
    )
