"""What the shop's people see of what was counted: Today, and the pages of Insights."""

from analytics.admin import insights, mails, searches, today

__all__ = ["insights", "mails", "searches", "today"]
