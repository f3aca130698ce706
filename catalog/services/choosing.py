"""Which garments of a product's photos are the product, by what people, titles and photos say."""

from collections.abc import Iterable, Mapping
from typing import Any

from catalog.agreement import Choice, Seen, products_garments
from catalog.holding import named_category
from catalog.models import BrandRule, Garment, PhotoChoice, Product, Tag
from catalog.selectors import effective_tags
from vision.taxonomy import taxonomy


def photo_choices(photos: Iterable[Any]) -> dict[int, Choice]:
    """By id, people's words on these photos, of those that are the same still."""
    digests = {photo.pk: photo.digest for photo in photos}
    rows = PhotoChoice.objects.filter(photo_id__in=list(digests)) if digests else ()
    return {
        row.photo_id: Choice(row.region, tuple(row.box))
        for row in rows
        if row.digest == digests[row.photo_id]
    }


def brand_rules(brand: str) -> dict[str, str]:
    """The region of each category that people made a rule for; "" stands for all others."""
    rows = BrandRule.objects.filter(brand=brand.strip(), undone_at__isnull=True)
    return dict(rows.values_list("category", "region"))


def chosen_by(
    product: Product,
    rows: Iterable[Garment],
    said: Iterable[Tag],
    *,
    choices: Mapping[int, Choice],
    rules: Mapping[str, str],
) -> set[int]:
    """The ids of the product's own garments, each revision judged by itself; `said` is what people
    and the feed say, `choices` people's words on photos, `rules` those of the product's brand."""
    tags = effective_tags(said)
    words = {kind: tag.value for kind, tag in tags.items()}
    category = words.get("category") or named_category(product)
    region = words.get("region") or _by_rule(tags.get("category"), category, rules)
    revisions: dict[str, list[Seen]] = {}
    for row in rows:
        seen = Seen(
            row.pk, row.photo_id, row.region, model_word(row, "category"), row.area, tuple(row.box)
        )
        revisions.setdefault(row.revision, []).append(seen)
    chosen: set[int] = set()
    for ones in revisions.values():
        chosen |= products_garments(ones, category=category, region=region, choices=choices)
    return chosen


def model_word(row: Garment, head: str) -> str:
    told = row.tags.get(head)
    return str(told["value"]) if told else ""


def _by_rule(said: Tag | None, category: str | None, rules: Mapping[str, str]) -> str | None:
    """A rule narrowed to the category stands before the brand's; a person who named a category
    that is never seen there knew better."""
    region = rules.get(category or "") or rules.get("")
    if region and said is not None and said.source == Tag.Source.PERSON:
        known = taxonomy().categories.get(said.value)
        if known is not None and region not in known.regions:
            return None
    return region
