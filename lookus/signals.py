"""Every signal connection, so that what follows from what can be read in one place."""

from analytics.services import search_recorded
from recommender.experiments import arm_searched
from recommender.signals import search_answered


def connect() -> None:
    """Called once when the apps are ready."""
    # A search was answered → its event is kept and the shop's day counts one more.
    search_answered.connect(search_recorded, dispatch_uid="analytics.search_recorded")
    # … and, while a test of two orders runs, its visitor's arm counts one more.
    search_answered.connect(arm_searched, dispatch_uid="recommender.arm_searched")
