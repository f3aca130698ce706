"""What shoppers did, what they searched for, and the sums of a day."""

from analytics.models.events import ONCE_A_SEARCH, DailyCount, Event, EventType, Visit
from analytics.models.insights import InsightMail, PhotoDay, TagDay
from analytics.models.maps import CatalogMap, MapPlace, MapSearch
from analytics.models.searches import LONGEST_TEXT, SearchDetail, SearchKind
from analytics.models.sums import COUNTS, DayRolled, DaySum, Dimension, ShopDay

__all__ = [
    "COUNTS",
    "LONGEST_TEXT",
    "ONCE_A_SEARCH",
    "CatalogMap",
    "DailyCount",
    "DayRolled",
    "DaySum",
    "Dimension",
    "Event",
    "EventType",
    "InsightMail",
    "MapPlace",
    "MapSearch",
    "PhotoDay",
    "SearchDetail",
    "SearchKind",
    "ShopDay",
    "TagDay",
    "Visit",
]
