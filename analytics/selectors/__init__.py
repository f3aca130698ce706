"""What was counted, of a shop and of many; a shop's own pages read `analytics.insights`."""

from analytics.selectors.days import SHOWN_DAYS, Day, daily_counts, events_newest
from analytics.selectors.shops import shop_figures, shop_figures_by_day

__all__ = [
    "SHOWN_DAYS",
    "Day",
    "daily_counts",
    "events_newest",
    "shop_figures",
    "shop_figures_by_day",
]
