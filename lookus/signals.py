"""Every signal connection, so that what follows from what can be read in one place."""

from analytics.services import search_recorded
from recommender.signals import search_answered


def connect() -> None:
    """Called once when the apps are ready."""
    # A search was answered → its event is kept and the shop's day counts one more.
    search_answered.connect(search_recorded, dispatch_uid="analytics.search_recorded")
