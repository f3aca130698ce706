"""The shop's own values on a product's page: how probable it is of each."""

from dataclasses import dataclass

from catalog.admin.words import language
from catalog.models import OwnScore, Product, ProductFacet
from catalog.models.teaching import OWN
from catalog.shop_taxonomy import value_of

HUNDRED = 100


@dataclass(frozen=True)
class OwnValue:
    """`percent` is at least 1: of others nothing is kept."""

    pk: int
    label: str
    percent: int
    has: bool


def own_values(product: Product) -> list[OwnValue]:
    """The likeliest first. One statement, and a second where there are any."""
    rows = OwnScore.objects.filter(product=product).select_related("own__term")
    found = list(rows.order_by("-probability"))
    if not found:
        return []
    held = ProductFacet.objects.filter(product=product, kind=OWN).values_list("value", flat=True)
    has, lang = set(held), language()
    return [
        OwnValue(
            row.own_id,
            value_of(row.own.term).label(lang),
            round(HUNDRED * row.probability),
            row.own.term.value in has,
        )
        for row in found
    ]
