"""A rule and a test of two orders that the made shoppers saw; both are over and move nothing."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from recommender.models import Experiment, Rule

RULE_NAME, TEST_NAME = "Demo: 신상품 먼저 · new in first", "Demo: 색 먼저 · color first"
BEGAN, ENDED = timedelta(days=20), timedelta(days=4)
HELD_FOR = 0.4
"""Of the searches of those days."""
SUMS = {"a": [1871, 566, 2630, 812], "b": [1904, 651, 2702, 944]}
"""Visitors, those who clicked, searches, clicks."""


@dataclass(frozen=True, slots=True)
class Trial:
    """The rule's id, and from when to when it held."""

    rule: int
    begins: datetime
    ends: datetime


def trials_make(*, now: datetime) -> Trial:
    """In the shop's scope, once."""
    begins, ends = now - BEGAN, now - ENDED
    rule, _new = Rule.objects.get_or_create(
        name=RULE_NAME,
        defaults={
            "action": Rule.Action.BOOST,
            "filters": {"in_stock": True},
            "active": False,
            "starts_at": begins,
            "ends_at": ends,
        },
    )
    Experiment.objects.get_or_create(
        name=TEST_NAME,
        defaults={
            "state": Experiment.State.STOPPED,
            "b": {"weights": {"color": 0.4}},
            "started_at": begins,
            "stopped_at": ends,
            "outcome": {"judged": {**SUMS, "at": ends.isoformat()}, "stopped": SUMS},
        },
    )
    return Trial(rule.pk, begins, ends)
