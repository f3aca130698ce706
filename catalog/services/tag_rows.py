"""Tag rows in bulk, as the feed and the model say them: one a product, kind and source."""

from collections.abc import Iterable, Mapping

from catalog.models import Tag
from tenants.bulk import rows_insert

_SAID = ("value", "probability", "unsure", "top", "revision", "head", "review")
_REPLACES = "(shop_id, product_id, kind, source) DO UPDATE SET " + ", ".join(
    f"{name} = excluded.{name}" for name in (*_SAID, "at")
)


def feed_tags_write(
    *, wanted: Mapping[int, Mapping[str, str]], held: Mapping[int, Mapping[str, str]]
) -> None:
    """Make the feed's tags of these products (by id) be exactly these; `held` are those there are.

    The caller settles the garments of the changed products.
    """
    rows = Tag.objects.filter(source=Tag.Source.FEED)
    for product_id, tags in wanted.items():
        gone = set(held.get(product_id, {})) - set(tags)
        if gone:
            rows.filter(product_id=product_id, kind__in=gone).delete()
    tags_upsert(
        Tag(product_id=product_id, kind=kind, value=value, source=Tag.Source.FEED)
        for product_id in sorted(wanted)
        for kind, value in wanted[product_id].items()
        if held.get(product_id, {}).get(kind) != value
    )


def tags_upsert(tags: Iterable[Tag]) -> None:
    """Write tags, in the place of those of the same product, kind and source."""
    rows = [
        (one.product_id, one.kind, str(one.source), *(getattr(one, name) for name in _SAID))
        for one in tags
    ]
    rows_insert(Tag, ("product_id", "kind", "source", *_SAID), rows, conflict=_REPLACES)
