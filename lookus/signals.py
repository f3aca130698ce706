"""Every signal connection, so that what follows from what can be read in one place."""

from analytics.failures import failure_recorded
from analytics.map.jobs import map_announce
from analytics.services import search_recorded
from billing.limits import seats_hold
from catalog.signals import photo_failed, photos_tagged, revision_complete, shop_tagged
from lookus.watching import observing
from recommender.experiments import arm_searched
from recommender.mood.services import mood_announce
from recommender.quality.services import may_go_live
from recommender.signals import search_answered, search_refused
from tenants.signals import inviting


def connect() -> None:
    """Called once when the apps are ready."""
    # A search was answered → its event is kept and the shop's day counts one more.
    search_answered.connect(search_recorded, dispatch_uid="analytics.search_recorded")
    # … and, while a test of two orders runs, its visitor's arm counts one more.
    search_answered.connect(arm_searched, dispatch_uid="recommender.arm_searched")
    # A search got no answer → the shop's day counts why.
    search_refused.connect(failure_recorded, dispatch_uid="analytics.failure_recorded")
    # A shop's last waiting photo was looked at → a worker counts its styles anew.
    shop_tagged.connect(mood_announce, dispatch_uid="recommender.mood_announce")
    # … and, where its map is not of this hour, makes it anew.
    shop_tagged.connect(map_announce, dispatch_uid="analytics.map_announce")
    # What Prometheus is told: searches by part, those refused, photos tagged and given up.
    search_answered.connect(observing.search_measured, dispatch_uid="watching.search")
    search_refused.connect(observing.refusal_counted, dispatch_uid="watching.refusal")
    photos_tagged.connect(observing.photos_measured, dispatch_uid="watching.photos")
    photo_failed.connect(observing.failure_counted, dispatch_uid="watching.photo_failed")
    # Somebody is asked into a mall → the plan must have a seat.
    inviting.connect(seats_hold, dispatch_uid="billing.seats_hold")
    # A new bundle has seen all of a shop's photos → it goes live if it finds no less.
    revision_complete.connect(may_go_live, dispatch_uid="recommender.may_go_live")
