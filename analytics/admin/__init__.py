"""What the shop's people see of what was counted: Today, the pages of Insights and of the map."""

from analytics.admin import insights, mails, searches, today
from analytics.map import pages as map_pages

__all__ = ["insights", "mails", "map_pages", "searches", "today"]
