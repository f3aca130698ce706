"""Every report of Insights, in the order of its tabs."""

from analytics.insights import (
    events,
    experiments,
    mall,
    overview,
    rules,
    searches,
    speed,
    tagging,
    trends,
    unanswered,
    unclicked,
)
from analytics.insights.reports import Report

REPORTS: tuple[Report, ...] = (
    overview.REPORT,
    searches.REPORT,
    events.REPORT,
    unanswered.REPORT,
    trends.REPORT,
    unclicked.REPORT,
    rules.REPORT,
    experiments.REPORT,
    speed.REPORT,
    tagging.REPORT,
    mall.REPORT,
)
