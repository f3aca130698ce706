"""The shop's styles beside its mall's."""

from typing import Any

from recommender.mood.selectors import shop_mood
from recommender.mood.styles import styles
from tenants.models import Shop

SHOWN_STYLES = 5


def mood_of(shop: Shop, language: str) -> dict[str, Any] | None:
    """The style that sets the shop apart, and its largest styles beside the mall's; None before
    its first product was tagged."""
    mood = shop_mood(shop)
    if mood is None:
        return None
    known = styles(mood.row.head)
    largest = sorted(mood.shares, key=lambda style: -mood.shares[style])[:SHOWN_STYLES]
    return {
        "label": known[mood.style].label(language),
        "joined": shop.discoverable,
        "rows": [
            {
                "label": known[style].label(language),
                "share": 100 * mood.shares[style],
                "average": 100 * mood.average[style],
            }
            for style in largest
        ],
    }
