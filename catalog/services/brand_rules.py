"""Which part of its photos a brand sells: one word for all its products, those to come too."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils import timezone

from catalog.models import BrandRule, Garment, Product, ProductFacet, Tag
from catalog.services.choosing import brand_rules, chosen_by, photo_choices
from tenants import outbox
from tenants.models import User
from tenants.scope import current_shop_id
from vision.taxonomy import taxonomy

BATCH = 200
EXAMPLES = 12


@dataclass(frozen=True)
class RulePreview:
    """What a rule would change, of so many products of the brand; `examples` are pairs of garment
    ids, today's and the rule's, with the product's id."""

    products: int
    changed: int
    examples: tuple[tuple[int, int, int], ...]


class UnknownBrand(LookupError):
    """No product of the shop is of this brand."""


def rule_preview(*, brand: str, region: str, category: str = "") -> RulePreview:
    """How many products another garment would be, were this the rule. Reads every garment of the
    brand, 200 products at a time. Raises ValueError, UnknownBrand."""
    _check(region, category)
    ids = products_of(brand)
    if not ids:
        raise UnknownBrand(brand)
    today = brand_rules(brand)
    wanted = today | {category: region}
    changed = 0
    examples: list[tuple[int, int, int]] = []
    for product, rows, said in _with_garments(ids):
        if len({(row.photo_id, row.revision) for row in rows}) == len(rows):
            # One garment a photo: there is nothing to choose.
            continue
        choices = photo_choices(row.photo for row in rows)
        before = chosen_by(product, rows, said, choices=choices, rules=today)
        after = chosen_by(product, rows, said, choices=choices, rules=wanted)
        if before == after:
            continue
        changed += 1
        if len(examples) < EXAMPLES:
            photos = {row.pk: row.photo_id for row in rows}
            new = min(after - before)
            old = next(one for one in sorted(before) if photos[one] == photos[new])
            examples.append((product.pk, old, new))
    return RulePreview(len(ids), changed, tuple(examples))


def rule_make(*, brand: str, region: str, category: str = "", by: User | None) -> BrandRule:
    """Make it the rule, in the place of the one before; its products follow in the background."""
    preview = rule_preview(brand=brand, region=region, category=category)
    now = timezone.now()
    held = BrandRule.objects.filter(brand=brand.strip(), category=category)
    held.filter(undone_at__isnull=True).update(undone_at=now)
    rule = BrandRule.objects.create(
        brand=brand.strip(),
        category=category,
        region=region,
        products=preview.changed,
        by=by,
        at=now,
    )
    _follow(brand)
    return rule


def rule_undo(*, rule_id: int) -> BrandRule | None:
    """It is no rule any more: what holds without it is worked out again. None where it is none."""
    rule = BrandRule.objects.filter(pk=rule_id, undone_at__isnull=True).first()
    if rule is None:
        return None
    rule.undone_at = timezone.now()
    rule.save(update_fields=["undone_at"])
    _follow(rule.brand)
    return rule


def products_of(brand: str) -> list[int]:
    """Ids of the brand's products: by the facet, which has an index."""
    rows = ProductFacet.objects.filter(kind="brand", value=brand.strip())
    return list(rows.order_by("product_id").values_list("product_id", flat=True))


def _follow(brand: str) -> None:
    shop_id = current_shop_id()
    outbox.announce(shop_id=shop_id, topic=outbox.SETTLE, object_ids=products_of(brand))


def _with_garments(ids: list[int]) -> Iterator[tuple[Product, list[Garment], list[Tag]]]:
    """Products with their garments and what people and the feed say."""
    for first in range(0, len(ids), BATCH):
        batch = ids[first : first + BATCH]
        products = {one.pk: one for one in Product.objects.filter(pk__in=batch)}
        garments: dict[int, list[Garment]] = {}
        rows = Garment.objects.filter(product_id__in=batch).select_related("photo")
        for row in rows.defer("embedding", "palette", "shades").order_by("id"):
            garments.setdefault(row.product_id, []).append(row)
        said: dict[int, list[Tag]] = {}
        for tag in _told(batch):
            said.setdefault(tag.product_id, []).append(tag)
        for product_id, found in garments.items():
            yield products[product_id], found, said.get(product_id, [])


def _told(product_ids: list[int]) -> Iterable[Tag]:
    rows = Tag.objects.filter(product_id__in=product_ids)
    return rows.exclude(source=Tag.Source.MODEL)


def _check(region: str, category: str) -> None:
    known = taxonomy()
    if region not in known.regions:
        raise ValueError(f"no region {region!r}: there are {', '.join(known.regions)}")
    if category and category not in known.categories:
        raise ValueError(f"no category {category!r}")
