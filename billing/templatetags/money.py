"""How amounts stand on pages."""

from collections.abc import Mapping

from django import template

from billing.money import shown

register = template.Library()
register.filter("money", shown)


@register.filter
def sums(amounts: Mapping[str, int]) -> str:
    """Amounts of several currencies, as "₩49,000 · $39.00"; a dash for none."""
    told = [shown(amount, currency) for currency, amount in sorted(amounts.items()) if amount]
    return " · ".join(told) or "–"
